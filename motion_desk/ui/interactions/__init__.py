"""Interactions: an account's conversations as Motion lists them, kept and read on this computer."""
