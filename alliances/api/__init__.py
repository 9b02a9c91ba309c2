"""Room 4: the read-only API under /api/v1/: one list and one row of each table, as JSON.

The parameters are the filtersets', the rows the columns', the promises to its users docs/api.md's.
"""
