"""Putting the graph into a triple store: over HTTP, only what changed, and checked; or in files for its loader."""
