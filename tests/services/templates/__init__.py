"""Tests of rendering, of variables and of sample data."""
