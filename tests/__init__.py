"""The tests; each folder proves one kind of promise."""
