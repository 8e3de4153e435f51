"""One module a revision; ``schema.REVISIONS`` names them all."""
