"""Motion Desk: prepare, check and preview Motion's email accounts, offline."""

__version__ = "0.1.0"
