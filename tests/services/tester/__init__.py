"""The tester: its steps, what it makes of failures, and what it offers against them."""
