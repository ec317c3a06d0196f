"""What templates need to say things of the graph: labels in the reader's language, and terms by name."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.store import Store
from kg.tables import Labels
from kg.vocab import kg


def terms(store: Store, language: str) -> dict[str, object]:
    """Values for a template: ``labels``; ``kg`` and ``iri``, which make terms; ``last``, the last part of an IRI."""
    return {"labels": Labels(store, (language,)), "kg": kg, "iri": NamedNode, "last": last}


def last(iri: str) -> str:
    """What follows the last ``/`` or ``#``."""
    return re.split(r"[/#]", iri)[-1]


def is_node(value: object) -> bool:
    """Whether a term is an IRI and not a literal."""
    return isinstance(value, NamedNode)
