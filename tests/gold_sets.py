"""Articles that come with what a careful reader finds in them: the seeds, and both halves of the development set."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.build import build
from kg.graph import Graph

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
#: Name to (folder of articles, gold file). What is found in the seeds is told beside the repository.
SETS = {
    "seeds": (ROOT / "seeds", ROOT.parent / "shared" / "gold" / "seeds.yaml"),
    "seen": (GOLD / "seen" / "articles", GOLD / "seen" / "gold.yaml"),
    "unseen": (GOLD / "unseen" / "articles", GOLD / "unseen" / "gold.yaml"),
}


@cache
def graph(name: str) -> Graph:
    """The graph of one of the sets, in memory, built once."""
    return build([SETS[name][0]])
