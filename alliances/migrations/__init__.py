"""Each migration has one subject and is reversible."""
