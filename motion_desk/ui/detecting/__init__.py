"""Detecting: the dialog that looks for the settings of an address and offers what it found."""
