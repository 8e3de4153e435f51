"""The round trip: a message that an account sends to itself, followed until it arrives."""
