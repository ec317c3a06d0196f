"""kg: the knowledge graph of the news, with its sources."""
