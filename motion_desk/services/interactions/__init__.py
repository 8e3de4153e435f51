"""Interactions: an account's conversations, kept in a file of their own beside the workspace."""
