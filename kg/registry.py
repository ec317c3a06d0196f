"""The name registry: well-known places, organizations and people, and what a user says about names.

Read from ``ontology/places*.ttl`` and ``ontology/names*.ttl`` (and the same in ``ontology/labels/``), and
from one file of the user's own. Which languages there are is what the labels' tags say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import KgError
from kg.model import Name
from kg.resources import data_folder
from kg.vocab import BASE, KG, OWL, RDF, SKOS

#: What the first segment of an entity's id says it is, and the class it has where nobody states one.
KINDS: Final[Mapping[str, str]] = MappingProxyType({
    "place": "Place", "organization": "Organization", "person": "Person",
    "conference": "Conference", "series": "ConferenceSeries",
})  # fmt: skip

#: How sure a label is of being its entity's name; the order is the order of labels in an entry.
STRENGTHS: Final = ("strong", "weak", "acronym", "short", "demonym")

_LABELS: Final[Mapping[str, str]] = MappingProxyType({
    f"{SKOS}prefLabel": "strong", f"{SKOS}altLabel": "strong", f"{KG}weakLabel": "weak",
    f"{KG}acronym": "acronym", f"{KG}shortForm": "short", f"{KG}demonym": "demonym",
})  # fmt: skip
_LINKS: Final[Mapping[str, str]] = MappingProxyType({
    f"{KG}inCountry": "in_country", f"{KG}capitalOf": "capital_of", f"{KG}basedIn": "based_in",
    f"{KG}notSameAs": "not_same_as",
})  # fmt: skip
_OWN: Final = frozenset(
    key.removeprefix(KG) for key in (*_LABELS, *_LINKS, f"{KG}countryCode", f"{KG}separateName") if key.startswith(KG)
)
_PREF: Final = f"{SKOS}prefLabel"
_SEPARATE: Final = f"{KG}separateName"
_ACRONYM: Final = f"{KG}acronym"
_DEMONYM: Final = f"{KG}demonym"
_RANK: Final = {predicate: STRENGTHS.index(strength) for predicate, strength in _LABELS.items()}
_SAME: Final = f"{OWL}sameAs"
_TYPE: Final = f"{RDF}type"
_CODE: Final = re.compile(r"[A-Z]{2}")


class Label(NamedTuple):
    """A spelling of an entity's name.

    ``lang`` is empty for an acronym that serves every language. ``strength``: ``strong`` names the
    entity wherever it stands; ``weak`` is also something else, and names it only where the words around it
    say so; ``acronym`` is matched in its own case; ``short`` stands for it in compounds only (美 法 日);
    ``demonym`` is the adjective before a title ("Japanese"). ``preferred``: the label to show.
    """

    text: str
    lang: str
    strength: str
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry knows of one entity.

    ``id`` is the local part of its IRI (``place/japan``), ``kind`` the first segment of it, ``type`` a local
    name of the kg: namespace (``Place``, ``GovernmentBody`` …; empty for an entity that only a user's line on
    names speaks of). ``country`` is the ISO 3166-1 code of a country; ``in_country``, ``capital_of`` and
    ``based_in`` are ids of places, or empty. ``not_same_as`` are ids it must never be merged with,
    ``separate_names`` (text, language) pairs that must never be taken for it, ``same_as`` IRIs elsewhere.
    """

    id: str
    kind: str
    type: str
    labels: tuple[Label, ...] = ()
    country: str = ""
    in_country: str = ""
    capital_of: str = ""
    based_in: str = ""
    not_same_as: tuple[str, ...] = ()
    separate_names: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()

    def label(self, language: str) -> tuple[str, str]:
        """The label to show in ``language``: else the English one, else the first; (text, language)."""
        for wanted in (language, "en"):
            for label in self.labels:
                if label.preferred and label.lang == wanted:
                    return label.text, label.lang
        for label in self.labels:
            return label.text, label.lang
        return self.id.partition("/")[2], ""

    def name(self, language: str) -> Name:
        """The name by which an article in ``language`` would tell of this entry, already known to be its."""
        text, written = self.label(language)
        return Name(self.kind, text, written, known=self.id)


@dataclass(frozen=True, slots=True)
class Registry:
    """All entries, by id."""

    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]

    def labels(self, *languages: str) -> Iterator[tuple[Entry, Label]]:
        """Every label in one of ``languages`` or in none, with its entry, by id."""
        wanted = {"", *languages}
        for entry in self.entries:
            for label in entry.labels:
                if label.lang in wanted:
                    yield entry, label

    def languages(self) -> tuple[str, ...]:
        """The languages some label is in."""
        return tuple(sorted({label.lang for entry in self.entries for label in entry.labels} - {""}))

    def apart(self, one: str, other: str) -> bool:
        """Whether the entities with these ids must never be merged."""
        return any(b in self.by_id[a].not_same_as for a, b in ((one, other), (other, one)) if a in self.by_id)


def load_registry(extra: Path | None = None, *, base: str = BASE) -> Registry:
    """The registry that comes with kg and, where given, the user's Turtle file ``extra``.

    Ids in ``extra`` are read under ``base`` or the default base. Raises KgError, with file and line, where
    the file cannot be read, is not Turtle, or says what the registry does not understand.
    """
    if extra is None:
        return _bundled()
    statements = {name: list(rows) for name, rows in _bundled_statements().items()}
    for name, rows in _user_statements(extra, base=base).items():
        statements.setdefault(name, []).extend(rows)
    return _registry(statements)


#: A statement about an entity: predicate, object (an IRI or the text of a literal), its language ("-": an IRI).
_Row = tuple[str, str, str]
_IRI: Final = "-"


def registry_files() -> tuple[Path, ...]:
    """The files of the registry that comes with kg, by name."""
    folder = data_folder("ontology")
    found = [path for part in (folder, folder / "labels") for path in part.glob("*.ttl")]
    return tuple(sorted(path for path in found if re.fullmatch(r"(?:places|names)(?:-\w+)?", path.stem)))


@cache
def _bundled() -> Registry:
    return _registry(_bundled_statements())


@cache
def _bundled_statements() -> Mapping[str, list[_Row]]:
    statements: dict[str, list[_Row]] = {}
    for path in registry_files():
        # What _fault asks for is tested, not checked again at every start.
        for iri, rows in _read(path, path.read_bytes()).items():
            for number, (predicate, value, language) in enumerate(rows):
                if language == _IRI and predicate in _LINKS:
                    rows[number] = predicate, _local(value, BASE), _IRI
            statements.setdefault(_local(iri, BASE), []).extend(rows)
    return statements


def _user_statements(path: Path, *, base: str) -> dict[str, list[_Row]]:
    """The statements of the user's file, by the id of their subject; each is checked."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise KgError(f"cannot read the registry: {error.strerror}", where=str(path)) from None
    statements: dict[str, list[_Row]] = {}
    for iri, rows in _read(path, source).items():
        for row in rows:
            fault, hint = _fault(iri, row, base=base)
            if fault:
                raise _error(path, source, fault, _needles(iri, row), hint=hint)
        statements[_local(iri, base)] = [(p, _local(v, base) if p in _LINKS else v, lang) for p, v, lang in rows]
    return statements


def _read(path: Path, source: bytes) -> dict[str, list[_Row]]:
    """The statements of a Turtle file, by the IRI of their subject. Raises KgError where it is not Turtle."""
    statements: defaultdict[str, list[_Row]] = defaultdict(list)
    try:
        for subject, predicate, value, _ in ox.parse(input=source, format=ox.RdfFormat.TURTLE):
            if isinstance(value, ox.Literal):
                statements[subject.value].append((predicate.value, value.value, value.language or ""))
            elif isinstance(value, ox.NamedNode):
                statements[subject.value].append((predicate.value, value.value, _IRI))
            else:
                raise _error(path, source, "the registry has no use for blank nodes", ("[", "_:", "("))
    except SyntaxError as error:
        where = f"{path}:{error.lineno or 1}:{error.offset or 1}"
        # The parser says the place once more, before what is wrong.
        fault = re.sub(r"^Parser error at line .*?: ", "", error.msg)
        raise KgError(f"this is not Turtle: {fault}", where=where) from None
    return statements


def _local(iri: str, base: str) -> str:
    """The local part of an IRI under ``base`` or the default base; empty for another IRI."""
    for start in (base, BASE):
        if iri.startswith(start):
            return iri.removeprefix(start)
    return ""


def _fault(iri: str, row: _Row, *, base: str) -> tuple[str, str]:
    """What is wrong with a statement, and a hint; empty where nothing is."""
    predicate, value, language = row
    own = predicate.removeprefix(KG)
    entities = f"Entities are {', '.join(f'{base}{kind}/…' for kind in KINDS)}"
    if not _is_entity(_local(iri, base)):
        return f"<{iri}> is no entity of this graph", entities
    if predicate.startswith(KG) and own not in _OWN:
        close = get_close_matches(own, sorted(_OWN), n=1)
        known = f"Did you mean kg:{close[0]}?" if close else f"Known: {', '.join(f'kg:{key}' for key in sorted(_OWN))}"
        return f"the registry knows no property kg:{own}", known
    if predicate in _LABELS or own == "separateName":
        if language == _IRI or not value.strip():
            return f"<{iri}> has a name that is not a text", 'Write it like "Red Cross"@en'
        if not language and own != "acronym":
            return f'the name "{value}" has no language', f'Write "{value}"@en, with the language it is in'
    if own == "countryCode" and not (language == "" and _CODE.fullmatch(value)):
        return f'"{value}" is no ISO 3166-1 country code', 'Two capital letters, like "VN"'
    if predicate in _LINKS and not (language == _IRI and _is_entity(_local(value, base))):
        return f"kg:{own} wants an entity of this graph, not {value}", entities
    if predicate == _TYPE and not (language == _IRI and value.startswith(KG)):
        return f"<{iri}> has a type that is no class of kg", "Classes are kg:Person, kg:Organization, kg:Place …"
    return "", ""


def _is_entity(name: str) -> bool:
    kind, _, rest = name.partition("/")
    return kind in KINDS and bool(rest)


def _needles(subject: str, row: _Row) -> tuple[str, ...]:
    """Texts that show where in a file a statement stands, the surest first."""
    predicate, value, _ = row
    last = [re.split("[#/]", iri)[-1] for iri in (predicate, value, subject)]
    return f'"{value}"', *last[:2], "/".join(subject.rsplit("/", 2)[1:]), last[2]


def _error(path: Path, source: bytes, message: str, needles: tuple[str, ...], *, hint: str = "") -> KgError:
    """A KgError at the first line that holds one of ``needles``: a parser of Turtle gives no lines for triples."""
    lines = source.decode("utf-8", errors="replace").splitlines()
    for needle in needles:
        for number, line in enumerate(lines, start=1):
            if needle and needle in line and not line.lstrip().startswith(("#", "@")):
                return KgError(message, where=f"{path}:{number}:{line.index(needle) + 1}", hint=hint)
    return KgError(message, where=f"{path}:1", hint=hint)


def _registry(statements: Mapping[str, list[_Row]]) -> Registry:
    entries = tuple(_entry(name, statements[name]) for name in sorted(statements))
    return Registry(entries=entries, by_id=MappingProxyType({entry.id: entry for entry in entries}))


def _entry(name: str, rows: list[_Row]) -> Entry:
    """One entry of all that is said of ``name``, in an order that does not depend on the files'."""
    kind = name.partition("/")[0]
    said: dict[str, list[str]] = {}
    for predicate, value, _ in rows:
        if predicate not in _RANK:
            said.setdefault(predicate, []).append(value)
    types = sorted(value.removeprefix(KG) for value in said.get(_TYPE, ()))
    links = {field: sorted(set(said[predicate])) for predicate, field in _LINKS.items() if predicate in said}
    separate = {(text, language) for predicate, text, language in rows if predicate == _SEPARATE}
    labels = _labels(rows, separate)
    return Entry(
        id=name,
        kind=kind,
        # Of several classes the narrower one: the general ones are the kinds' own.
        type=next((one for one in types if one != KINDS[kind]), KINDS[kind] if types or labels else ""),
        labels=labels,
        country=min(said.get(f"{KG}countryCode", ()), default=""),
        in_country=min(links.get("in_country", ()), default=""),
        capital_of=min(links.get("capital_of", ()), default=""),
        based_in=min(links.get("based_in", ()), default=""),
        not_same_as=tuple(links.get("not_same_as", ())),
        separate_names=tuple(sorted(separate)),
        same_as=tuple(sorted(set(said.get(_SAME, ())))),
    )


def _labels(rows: list[_Row], separate: set[tuple[str, str]]) -> tuple[Label, ...]:
    """The labels, each once: a text that is also weak or an acronym is that, and keeps being the one to show."""
    found: dict[tuple[str, str, bool], tuple[str, bool, int, str]] = {}
    everywhere = {text for predicate, text, language in rows if predicate == _ACRONYM and not language}
    for predicate, text, language in rows:
        rank = _RANK.get(predicate)
        if rank is None or (separate and (text, language) in separate):
            continue
        # An adjective may be spelled as the name is ("Swiss", fr "suisse"): both are kept.
        key = (language, text, predicate == _DEMONYM)
        other = predicate != _PREF
        if text in everywhere:
            rank = max(rank, _RANK[_ACRONYM])
        if key in found:
            other, rank = other and found[key][1], max(rank, found[key][2])
        found[key] = (language, other, rank, text)
    # By language, the one to show first, then the surer ones.
    return tuple(
        [Label(text, language, STRENGTHS[rank], not other) for language, other, rank, text in sorted(found.values())]
    )
