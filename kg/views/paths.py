"""What a path stands for: the node whose IRI has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from kg.store import Store
from kg.vocab import BASE, segment

_IN_PATHS: Final = "/:@!$&'()*+,;=-._~%"
_ARTICLE: Final = "article/"


def node_at(store: Store, path: str) -> NamedNode | None:
    """The node of the graph whose IRI has the path ``path`` (decoded, without its first slash); None where none has."""
    for iri in _candidates(store.base, path):
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if next(iter(store.match(node)), None) is not None:
            return node
    return None


def _candidates(base: str, path: str) -> Iterator[str]:
    """The IRIs that may be meant: as it is, its segments encoded, and an article's id with slashes of its own."""
    for start in dict.fromkeys((base, BASE)):
        host = start.removesuffix(urlsplit(start).path)
        yield f"{host}/{path}"
        yield f"{host}/{quote(path, safe=_IN_PATHS)}"
        yield f"{host}/{'/'.join(map(segment, path.split('/')))}"
    local = f"{urlsplit(base).path.removeprefix('/')}{_ARTICLE}"
    if path.startswith(local):
        parts = path.removeprefix(local).split("/")
        for cut in range(len(parts), 0, -1):
            below = "".join(f"/{segment(part)}" for part in parts[cut:])
            yield f"{base}{_ARTICLE}{segment('/'.join(parts[:cut]))}{below}"
