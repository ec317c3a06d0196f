"""Values of parameters, put where the defaults of a query stand.

Nothing a user types is ever pasted into a query: what goes in is the written form of a checked RDF term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.errors import KgError
from kg.query.header import Parameter, Query, values_block
from kg.query.parameters import TYPES

_OPEN: Final = re.compile(r"^ *VALUES \?[a-z][A-Za-z0-9]* \{ UNDEF \}\n", re.MULTILINE)


def bind(query: Query, values: Mapping[str, str], store: Dataset) -> str:
    """The text of ``query`` with ``values`` in place of the defaults; what is left open has no VALUES block.

    A block of UNDEF says nothing, and some engines lose the variable over it. Raises KgError for a parameter the query
    does not have and for a value its type does not accept.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    text = query.text
    for name, value in values.items():
        if name not in known:
            raise _unknown(name, query)
        written = str(checked(known[name], value, store))
        block = values_block(name).search(text)
        assert block is not None, "reading the query checked it"
        text = text[: block.start()] + written + text[block.end() :]
    return _OPEN.sub("", text)


def checked(parameter: Parameter, value: str, store: Dataset) -> NamedNode | Literal:
    """The term a value of ``parameter`` stands for. Raises KgError where its type does not accept the value."""
    return TYPES[parameter.type](value, store, f"--{parameter.name}")


def _unknown(name: str, query: Query) -> KgError:
    names = [parameter.name for parameter in query.parameters]
    near = get_close_matches(name, names, n=1)
    listed = f"It takes: {', '.join(f'--{each}' for each in names)}" if names else "It takes none."
    return KgError(
        f"the query '{query.name}' has no parameter '{name}'",
        where=f"--{name}",
        hint=f"Did you mean '--{near[0]}'?" if near else listed,
    )
