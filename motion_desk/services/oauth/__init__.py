"""Signing in by OAuth 2 at Microsoft: the only door to MSAL, to HTTP by requests, and to tokens."""
