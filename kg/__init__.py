"""kg: the knowledge graph of the news, with its sources."""

__version__ = "0.1.0"

from kg.build import build
from kg.graph import Graph

__all__ = ["Graph", "__version__", "build"]
