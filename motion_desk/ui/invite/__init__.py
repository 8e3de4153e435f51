"""The panel “Invite staff”: who is invited, what each gets, sending it, and what was sent."""
