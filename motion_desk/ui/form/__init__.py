"""The form: rows and pages that draw views and send edits to the desk."""
