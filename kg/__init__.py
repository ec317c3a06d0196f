"""kg: the knowledge graph of the news, with its sources."""

from kg.build import build
from kg.graph import Graph

__all__ = ["Graph", "build"]
