"""Tests of the checks of domains."""
