"""Room 3: proposed changes of records: kept, looked at, merged, published, taken back.

Everything goes through two functions of the dossier: `export_record` and `apply_record`.
"""
