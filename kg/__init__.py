"""kg: the knowledge graph of the news, with its sources."""

from kg.build import build
from kg.graph import Graph
from kg.resources import VERSION

__all__ = ["Graph", "__version__", "build"]

__version__ = VERSION
