"""Room 4: the editors' desk."""
