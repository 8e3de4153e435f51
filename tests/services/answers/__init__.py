"""Dispositions and canned answers as CSV files."""
