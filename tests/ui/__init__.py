"""The window's parts, each on its own."""
