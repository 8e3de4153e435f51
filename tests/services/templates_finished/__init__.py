"""The finished mail: its inlining, text, message, review and dark colours."""
