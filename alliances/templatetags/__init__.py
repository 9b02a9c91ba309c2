"""Room 4: what templates need beyond Django's own tags."""
