"""The preview: a finished mail beside the editor, as it would arrive, locked down."""
