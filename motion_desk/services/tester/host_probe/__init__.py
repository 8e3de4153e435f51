"""Host probe: what the Motion server itself can reach, by one file that is run there."""
