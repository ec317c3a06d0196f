"""Names to entities, across articles and languages."""
