"""Tests of the archive of interactions: finding, bringing in, threading and giving out."""
