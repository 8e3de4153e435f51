"""The calendar: what of the workspace expires, and when."""
