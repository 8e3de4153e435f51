"""Panels: what stands at the right of a page, about the whole document."""
