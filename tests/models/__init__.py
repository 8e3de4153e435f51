"""What models promise, one file of tests for each module."""
