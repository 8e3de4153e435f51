"""The scenarios that are kept, met or not, and the form that keeps another."""
