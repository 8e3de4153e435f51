"""The test page: what a connection test finds, and what can be done about it."""
