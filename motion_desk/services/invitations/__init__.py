"""Invitations: whom to invite, what is missing for it, what they get, and sending it."""
