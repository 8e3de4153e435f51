"""The timeline's page: a situation, what happens second by second, waits to drag, and scenarios."""
