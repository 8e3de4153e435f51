"""What stands beside dispositions and canned answers: CSV in and out, labels to insert, a search."""
