"""Tests of the page of sign-ins."""
