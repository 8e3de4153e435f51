"""The waits that decide, to be dragged, and the worst case that they make."""
