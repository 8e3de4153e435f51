"""The plan of actions as a drawn flow beside its list."""
