"""Templates: what customers, agents and new users will see, rendered with sample data."""

SANDBOX_SWITCH = "--template-sandbox"
"""What a frozen program is started with to be the sandbox's process; see ``process``."""

RENDERS, MOVES_CSS = "renders", "moves-css"
"""What a sandbox's process is for; each imports what it needs before it is shut off."""
