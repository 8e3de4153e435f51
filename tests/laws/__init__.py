"""Laws: what holds for every field, kind, rule and row that is declared, also for new ones."""
