"""What is packed must work where nothing else is installed."""
