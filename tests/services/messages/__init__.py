"""Messages: reading them, and looking for patterns in them."""
