"""How a build goes: what changed is read, what that changes in the graph is worked out and written."""
