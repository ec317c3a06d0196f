"""Whether the graph merges exactly the mentions that are of one entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from kg.score.model import Tally
from kg.score.view import fold


@dataclass
class Identity:
    """Mentions that gold names and the graph has: article, folded names, IRI."""

    mentions: list[tuple[str, frozenset[str], str]] = field(default_factory=list)

    def note(self, article: str, names: Iterable[str], node: str) -> None:
        """Add a mention."""
        self.mentions.append((article, frozenset(map(fold, names)), node))

    def tally(self) -> Tally:
        """Pairs of mentions in different articles: rightly merged, merged, of one entity."""
        owner = self._owners()
        right = merged = same = 0
        for (i, (one, _, node)), (j, (other, _, second)) in combinations(enumerate(self.mentions), 2):
            if one != other:
                is_merged, is_same = node == second, owner[i] == owner[j]
                right, merged, same = right + (is_merged and is_same), merged + is_merged, same + is_same
        return Tally(right, merged, same)

    def _owners(self) -> list[int]:
        """For each mention the number of its entity: those that share a name, directly or not, are one."""
        owner = list(range(len(self.mentions)))
        first: dict[str, int] = {}
        for index, (_, names, _) in enumerate(self.mentions):
            joined = {owner[first[name]] for name in names if name in first} | {index}
            owner = [min(joined) if number in joined else number for number in owner]
            first.update(dict.fromkeys(names, index))
        return owner
