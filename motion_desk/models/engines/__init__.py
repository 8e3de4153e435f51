"""Engines: pure computations over text and values, larger than a rule and free of any front end."""
