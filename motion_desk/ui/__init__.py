"""The window: everything that is seen, and the only room besides app that knows Qt."""
