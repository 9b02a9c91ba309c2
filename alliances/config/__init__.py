"""The site around the app: settings, addresses, server entry point, checks of the installation."""
