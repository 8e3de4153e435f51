"""Messages: reading them from files and mailboxes, and looking for patterns in their headers."""
