"""The tester: probes of an account's servers, what failed in them, why, and what to do about it."""
