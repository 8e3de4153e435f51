"""Tests of finding settings from an address."""
