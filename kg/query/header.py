"""Query files: SPARQL under a header of ``#+`` lines in YAML, as grlc reads them.

What people read of it may stand there in other languages too, under the key with the language's code:
``#+ summary@fr: …``, and ``doc@fr`` in a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kg.errors import KgError
from kg.query.parameters import TYPES

_KEYS: Final = frozenset({"summary", "description", "params", "tags"})
_PARAMETER_KEYS: Final = frozenset({"name", "type", "doc"})
#: What may be said in other languages than English, and the code after it.
_IN_LANGUAGE: Final = re.compile(r"(summary|description|doc)@([a-z]{2,8}(?:-[a-z0-9]{1,8})*)")
_NAME: Final = re.compile(r"[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: its name, type (see ``kg.query.parameters.TYPES``), what it does, and its default.

    ``default`` is the term inside the query's VALUES block, as written there; empty for one that may be left out.
    ``docs`` says in other languages what ``doc`` says in English.
    """

    name: str
    type: str
    doc: str
    default: str = ""
    docs: Mapping[str, str] = field(default_factory=dict)

    @property
    def plain_default(self) -> str:
        """The default as a user would type it."""
        return self.default.partition("^^")[0].strip('"')

    def doc_in(self, *languages: str) -> tuple[str, str]:
        """What it does, in the first of ``languages`` there is, else in English; and the code of that language."""
        return _first(self.docs, self.doc, languages)


@dataclass(frozen=True, slots=True)
class Query:
    """A prepared query. ``text`` is the whole file: valid SPARQL that runs with the defaults.

    ``summaries`` and ``descriptions`` say in other languages what ``summary`` and ``description`` say in English.
    """

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    tags: tuple[str, ...]
    text: str
    summaries: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)

    def summary_in(self, *languages: str) -> tuple[str, str]:
        """The question it asks, in the first of ``languages`` there is, else in English; and that language's code."""
        return _first(self.summaries, self.summary, languages)

    def description_in(self, *languages: str) -> tuple[str, str]:
        """As ``summary_in``, more of it."""
        return _first(self.descriptions, self.description, languages)


def read_query(path: Path) -> Query:
    """The query in the file ``path``. Raises KgError, naming the file and what is wrong with its header."""
    text = path.read_text(encoding="utf-8")
    fields = _header(text, where=str(path))
    parameters = tuple(_parameter(entry, text, where=str(path)) for entry in fields.get("params") or ())
    return Query(
        name=path.stem,
        summary=str(fields["summary"]).strip(),
        description=" ".join(str(fields.get("description", "")).split()),
        parameters=parameters,
        tags=tuple(map(str, fields.get("tags") or ())),
        text=text,
        summaries=_translated(fields, "summary"),
        descriptions=_translated(fields, "description"),
    )


def _first(texts: Mapping[str, str], english: str, languages: tuple[str, ...]) -> tuple[str, str]:
    known = {**texts, "en": english}
    language = next((each for each in languages if each in known), "en")
    return known[language], language


def _translated(fields: Mapping[str, Any], key: str) -> dict[str, str]:
    """What ``key`` says in other languages, by their codes."""
    found = ((_IN_LANGUAGE.fullmatch(each), value) for each, value in fields.items())
    return {match[2]: " ".join(str(value).split()) for match, value in found if match and match[1] == key}


def _keys(fields: Mapping[str, Any]) -> set[str]:
    """The keys, those of other languages as the English one."""
    return {match[1] if (match := _IN_LANGUAGE.fullmatch(str(key))) else str(key) for key in fields}


def values_block(name: str) -> re.Pattern[str]:
    """Where the query names its parameter: ``VALUES ?name { TERM }``; group 1 is the term."""
    return re.compile(rf"(?<=VALUES \?{name} \{{ )([^{{}}\n]+)(?= \}})")


def _header(text: str, *, where: str) -> dict[str, Any]:
    import yaml

    lines = [line[3:] if line.startswith("#+ ") else "" for line in text.splitlines() if line.startswith("#+")]
    try:
        # The loader in C is several times faster, and is there wherever PyYAML was installed from a wheel.
        fields = yaml.load("\n".join(lines), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise KgError(f"the header is not YAML: {error}", where=where) from None
    if not isinstance(fields, dict) or not fields.get("summary"):
        raise KgError("the header gives no summary", where=where, hint="Begin the file with '#+ summary: …'.")
    unknown = sorted(_keys(fields) - _KEYS)
    if unknown:
        raise KgError(f"the header has an unknown key '{unknown[0]}'", where=where, hint=f"Keys: {', '.join(_KEYS)}")
    return fields


def _parameter(entry: Any, text: str, *, where: str) -> Parameter:
    if not isinstance(entry, dict) or _keys(entry) != _PARAMETER_KEYS or "doc" not in entry:
        raise KgError("a parameter has name, type and doc", where=where)
    name, kind = str(entry["name"]), str(entry["type"])
    if not _NAME.fullmatch(name):
        raise KgError(f"'{name}' is no name for a parameter", where=where, hint="Letters and digits, as in 'minYear'.")
    if kind not in TYPES:
        raise KgError(f"parameter '{name}': unknown type '{kind}'", where=where, hint=f"One of: {', '.join(TYPES)}")
    blocks = values_block(name).findall(text)
    if len(blocks) != 1:
        found = f"{len(blocks)} blocks" if blocks else "no block"
        raise KgError(f"parameter '{name}': {found} 'VALUES ?{name} {{ … }}'", where=where, hint="Write one.")
    default = "" if blocks[0] == "UNDEF" else blocks[0]
    return Parameter(name, kind, str(entry["doc"]).strip(), default, _translated(entry, "doc"))
