"""The situation: the message, who is there, which conditions hold, and what happens afterwards."""
