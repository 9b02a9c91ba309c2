"""The one app of the site: who has promised whom what degree of military support."""
