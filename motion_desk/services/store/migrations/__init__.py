"""Migrations: the steps from each revision of the database's schema to the next.

A step says everything itself and never reads the declarations, which go on changing. One that
writes to a document's row seals it again (``records.seal`` of all its columns).
"""
