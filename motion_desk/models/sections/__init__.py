"""The sections of an account and of the workspace: what Motion's page has, field by field."""
