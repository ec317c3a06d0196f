"""What a language lacks or has wrong, in its pack and in everything else that a language is made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg import lang, schemes
from kg.errors import KgError
from kg.lang import Pack, Pattern
from kg.lang.faults import Problem, lacking, problems, unknown
from kg.lang.macros import named_in
from kg.recognise.bodies.shaped import KINDS, compile_form
from kg.recognise.days.dates import compile_time
from kg.recognise.rules.frames import compile_rule
from kg.recognise.rules.listed import listed, words_of
from kg.registry import load_registry
from kg.resources import data_folder, ontology_files
from kg.vocab import term

#: The schemes whose labels a language needs, by the name of their file.
SCHEMES: Final = {
    "positions": "position", "sectors": "sector", "countables": "countable", "event-kinds": "eventkind",
    "concepts": "concept",
}  # fmt: skip
#: Lists of words that say opposite things: no word can be in both.
OPPOSITES: Final = (
    ("words.aid", "words.other"), ("words.earlier", "words.later"), ("words.pledge", "words.ask"),
    ("words.pledge", "words.paid"), ("words.give", "words.ask"), ("words.paid", "words.ask"),
)  # fmt: skip
_LABELS: Final = frozenset(term(f"skos:{kind}Label").value for kind in ("pref", "alt", "hidden"))
_MESSAGE: Final = ox.NamedNode("http://www.w3.org/ns/shacl#message")
_PERIODS: Final = re.compile(
    r"years|run(?: to)?|pair|year|until(?: -?\d+)?|until-half|until-month(?: this)?|since(?: -?\d+)?|since-month|months"
    r"|half(?: [12])?|quarter(?: [1-4])?|month(?: -?\d+)?|open|none|this|first (?:months|quarters)"
    r"|next (?:years|decades|months)|past (?:years|decades|months)|until -?\d+|fiscal(?: run)?(?: -?\d+)?"
    r"|calendar -?\d+(?: -?\d+)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Lack:
    """A file, a line of it (0 where it has none), a key, and what is wrong with it."""

    file: str
    line: int
    key: str
    message: str

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Language:
    """A language and what there is of it. ``labels`` are counted by scheme; ``corpus`` is None outside a checkout."""

    code: str
    name: str
    rules: int
    words: int
    labels: Mapping[str, int]
    corpus: int | None


def languages() -> list[Language]:
    """All languages with a pack, by code. Raises KgError where a pack cannot be read."""
    return [_language(lang.load(code)) for code in lang.codes()]


def _language(pack: Pack) -> Language:
    rules = sum(map(len, pack.patterns.values())) + len(pack.periods) + len(pack.dates)
    lists = (pack.words, pack.qualifiers, pack.qualifiers_after, pack.currencies)
    words = len({word for table in lists for row in table.values() for word in row})
    labels = {
        name: sum(
            label.language in lang.kin(pack.code) for found in _labels().get(name, {}).values() for label in found
        )
        for name in SCHEMES
    }
    return Language(pack.code, pack.name, rules, words, labels, _corpus_rows(pack.code))


def check(what: str) -> list[Lack]:
    """All that language ``what`` lacks or has wrong; ``what`` is a code, or the path of a pack (``xx.toml``).

    Raises KgError for a code without a pack and for a file that cannot be read.
    """
    if what.endswith(".toml"):
        path = Path(what)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise KgError(f"'{path}' cannot be read: {error.strerror or error}", where="PACK") from error
        except UnicodeDecodeError as error:
            raise KgError("is not UTF-8", where=str(path)) from error
        return check_pack(text, file=str(path))
    return check_pack(lang.source(what), file=f"kg/lang/{what}.toml")


def check_pack(text: str, *, file: str) -> list[Lack]:
    """All that the language of the pack in ``text`` lacks or has wrong; ``file`` is what the pack is called."""
    try:
        own = tomllib.loads(text)
        data = lang.whole(own, where=file)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return [Lack(file, int(line[1]) if line else 0, "", f"not valid TOML: {error}")]
    except KgError as error:
        key = (error.where or "").rpartition(" ")[2]
        return [Lack(file, line_of(text, key), key, error.message)]
    wrong = list(problems(data))
    if wrong:
        return [Lack(file, line_of(text, p.key), p.key, p.message) for p in wrong]
    pack = lang.parse(text, where=file)
    found = [(p.key, p.message) for p in (*unknown(data), *lacking(data), *_repeated(own))]
    found += [*_patterns(pack), *_twice(pack), *_unmet(pack)]
    code = pack.code
    if Path(file).stem != code:
        found.append(
            ("language.code", f"the file is called {Path(file).name}, so the code is to be '{Path(file).stem}'")
        )
    in_pack = [Lack(file, line_of(text, key), key, message) for key, message in found]
    met = (code, pack.like) if pack.like else (code,)
    return [*in_pack, *_labels_of(met), *_places(met), *_messages(met), *_markers(code), *_corpus(code)]


def line_of(text: str, key: str) -> int:
    """The line of a pack's ``text`` where ``key`` stands (``numbers.words``, ``patterns.people 3``), or its section.

    0 where neither does.
    """
    name, _, number = key.partition(" ")
    section, _, last = name.partition(".")
    lines = text.splitlines()
    rules = [n for n, line in enumerate(lines, 1) if line.strip() == f"[[{name}]]"]
    if rules:
        return rules[min(int(number or 1), len(rules)) - 1]
    inside, start = False, 0
    for n, line in enumerate(lines, 1):
        if header := re.match(r"\[+([\w.-]+)\]", line):
            inside = header[1] == section
            start = n if (inside and not start) or header[1] == name else start
            if header[1] == name:
                return n
        elif inside and re.match(rf"[\"']?{re.escape(last)}[\"']?\s*=", line):
            return n
    return start


def _patterns(pack: Pack) -> Iterator[tuple[str, str]]:
    """Patterns that do not compile or match where nothing stands, and periods that mean nothing."""
    for key, compiled in _compilers(pack):
        if wrong := _wrong(compiled):
            yield key, wrong
    for number, row in enumerate(pack.periods, 1):
        if not _PERIODS.fullmatch(row.means):
            yield f"periods {number}", f"'{row.means}' is no meaning of a period"


def _compilers(pack: Pack) -> Iterator[tuple[str, Callable[[], re.Pattern[str]]]]:
    """What compiles each pattern of a pack, with the key of the pattern."""
    for family, rows in pack.patterns.items():
        yield from ((f"patterns.{family} {n}", partial(_rule, row, pack)) for n, row in enumerate(rows, 1))
    yield from (("dates.patterns", partial(compile_time, pattern, pack)) for pattern in pack.dates)
    days = pack.names.get("days_long", ())
    yield from (("names.days_long", partial(compile_time, pattern, pack)) for pattern in days)
    for key in KINDS:
        forms = pack.bodies.get(key, ())
        yield from ((f"bodies.{key} {n}", partial(compile_form, form, pack)) for n, form in enumerate(forms, 1))
    yield from ((f"periods {n}", partial(compile_time, row.pattern, pack)) for n, row in enumerate(pack.periods, 1))


def _rule(row: Pattern, pack: Pack) -> re.Pattern[str]:
    return compile_rule(row.name, row.pattern, row.means, pack).regex


def _wrong(compiled: Callable[[], re.Pattern[str]]) -> str:
    """What is wrong with a pattern; one that matches where nothing stands would match everywhere."""
    try:
        regex = compiled()
    except KgError as error:
        return f"{error.message}. {error.hint}".removesuffix(". ")
    return f"'{regex.pattern}' matches where nothing stands" if regex.fullmatch("") else ""


def _unmet(pack: Pack) -> Iterator[tuple[str, str]]:
    """Words of lists that a pattern names where it tells what must not stand there: frames have signs for them."""
    words = words_of(pack)
    framed = named_in((rule.pattern for rules in pack.patterns.values() for rule in rules), pack.macros)
    rows = [(f"macros.{name}", name, pattern) for name, pattern in pack.macros.items() if name in framed]
    for family, rules in pack.patterns.items():
        rows += [(f"patterns.{family} {number}", rule.name, rule.pattern) for number, rule in enumerate(rules, 1)]
    for key, name, pattern in rows:
        for one in listed(pattern, words, barred=True):
            yield key, f"'{one.word}' in '{name}' is never met there, as it is in a list: ask for {{{one.kind}}}"


def _twice(pack: Pack) -> Iterator[tuple[str, str]]:
    """Words that stand in two lists of which a word can only be in one."""
    tables = {"words": pack.words, "qualifiers": pack.qualifiers, "money.currencies": pack.currencies}
    lists = {f"{table}.{name}": words for table, rows in tables.items() for name, words in rows.items()}
    pairs = list(OPPOSITES)
    for table in ("qualifiers", "money.currencies"):
        names = sorted(name for name in lists if name.startswith(f"{table}."))
        pairs += [(one, other) for i, one in enumerate(names) for other in names[i + 1 :]]
    for one, other in pairs:
        for word in sorted({w.lower() for w in lists.get(one, ())} & {w.lower() for w in lists.get(other, ())}):
            yield other.replace("money.currencies.", "money.currencies "), f"'{word}' is in {one} too"


def _repeated(own: Mapping[str, Any]) -> Iterator[Problem]:
    """What a pack says though it has it from the one that it is like."""
    language = own["language"]
    if "like" not in language:
        return
    head = {"language": {key: language[key] for key in ("like", "instead", "without") if key in language}}
    base = lang.whole(head, where="language.like")
    for section, table in (row for row in own.items() if row[0] != "language"):
        for name, value in table.items() if isinstance(table, dict) else ():
            told = base.get(section, {}).get(name)
            if isinstance(value, str | bool | int) and told == value:
                yield Problem(f"{section}.{name}", f"is the same in {language['like']}")
            for item in value if isinstance(value, list | dict) and isinstance(told, type(value)) else ():
                if item in told and (isinstance(value, list) or value[item] == told[item]):
                    yield Problem(f"{section}.{name}", f"'{item}' is in {language['like']} too")


@cache
def _labels() -> Mapping[str, Mapping[str, tuple[ox.Literal, ...]]]:
    """Scheme to concept to the labels it is recognised by; concepts that are only for show are left out."""
    found: dict[str, dict[str, list[ox.Literal]]] = {name: {} for name in SCHEMES}
    for quad in _quads(ontology_files()):
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal) and quad.predicate.value in _LABELS:
            for name, start in ((name, f"{schemes.BASE}{scheme}/") for name, scheme in SCHEMES.items()):
                if subject.value.startswith(start):
                    found[name].setdefault(subject.value.removeprefix(start), []).append(value)
    return {name: {slug: tuple(labels) for slug, labels in sorted(rows.items())} for name, rows in found.items()}


def _labels_of(languages: Sequence[str]) -> Iterator[Lack]:
    """Concepts without a label in the first of ``languages``, or in another that it is like."""
    for name, concepts in _labels().items():
        missing = [
            slug for slug, labels in concepts.items() if not any(label.language in languages for label in labels)
        ]
        for slug in missing:
            yield Lack(f"ontology/{name}.ttl", 0, slug, f"has no label in '{languages[0]}'")


def _places(languages: Sequence[str]) -> Iterator[Lack]:
    """Places that no text in the language can name."""
    for entry in load_registry().entries:
        if entry.kind == "place" and not any(label.lang in ("", *languages) for label in entry.labels):
            yield Lack("ontology/places.ttl", 0, entry.id, f"has no label in '{languages[0]}'")


def _messages(languages: Sequence[str]) -> Iterator[Lack]:
    """Shapes that say nothing in the language."""
    spoken: dict[str, set[str]] = {}
    for quad in _quads(sorted(data_folder("shapes").rglob("*.ttl"))):
        shape, message = quad.subject, quad.object
        if quad.predicate == _MESSAGE and isinstance(shape, ox.NamedNode) and isinstance(message, ox.Literal):
            spoken.setdefault(shape.value, set()).add(message.language or "")
    for name in sorted(name for name, codes in spoken.items() if codes.isdisjoint(languages)):
        yield Lack("shapes", 0, re.split("[/#]", name)[-1], f"has no message in '{languages[0]}'")


def _markers(code: str) -> Iterator[Lack]:
    """Words of pages (byline, source, date …) that ``kg.read`` sets aside."""
    file = "kg/read/markers.toml"
    markers = tomllib.loads((files("kg.read") / "markers.toml").read_text(encoding="utf-8"))
    wanted = set().union(*(table for name, table in markers.items() if isinstance(table, dict)))
    for key in sorted(wanted - set(markers.get(code, {}))):
        yield Lack(file, 0, f"{code}.{key}", "is missing")


def _corpus_file(code: str) -> Path | None:
    """The corpus of the language; None where kg is not a checkout."""
    tests = Path(__file__).resolve().parents[1] / "tests"
    return tests / "corpus" / f"{code}.toml" if (tests / "corpus").is_dir() else None


def _corpus_rows(code: str) -> int | None:
    path = _corpus_file(code)
    if path is None:
        return None
    return len(tomllib.loads(path.read_text(encoding="utf-8")).get("row", ())) if path.exists() else 0


def _corpus(code: str) -> Iterator[Lack]:
    if _corpus_rows(code) == 0:
        yield Lack(f"tests/corpus/{code}.toml", 0, "row", "there is no test sentence in this language")


def _quads(paths: Iterable[Path]) -> Iterator[ox.Quad]:
    for path in paths:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
