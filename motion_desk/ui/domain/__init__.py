"""The sender's domain: what DNS says of it, and what that means for replies."""
