"""Panels: pages below the sections that are no forms, and the problems at the right of a page."""
