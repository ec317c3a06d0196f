"""Putting the graph into a triple store over HTTP: one graph at a time, only what changed, checked at the end."""

from __future__ import annotations

from kg.load.run import Outcome, load

__all__ = ["Outcome", "load"]
