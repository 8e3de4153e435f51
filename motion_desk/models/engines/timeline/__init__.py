"""The timeline: what happens to one message, second by second, as Motion's documentation has it."""
