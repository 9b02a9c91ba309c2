"""Room 3: the border where outside data enters and leaves.

A record's *form* is its dossier shape: plain dicts, lists and strings, keys absent where empty.
"""
