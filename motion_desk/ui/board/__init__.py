"""The board: all accounts at a glance, tested at once."""
