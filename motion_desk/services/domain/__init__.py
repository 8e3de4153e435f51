"""Domain: what DNS says of a sender's domain, and what that means for mail that Motion sends."""
