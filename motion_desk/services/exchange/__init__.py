"""Documents in and out: one YAML file per account, its schema and its reference."""
