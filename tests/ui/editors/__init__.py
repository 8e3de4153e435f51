"""Tests of the editors of single values."""
