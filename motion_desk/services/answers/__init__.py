"""Dispositions and canned answers as CSV files, in and out."""
