"""Connections to mail servers: time, size, end, secrets and certificates."""
