"""The corpus: sentences of our own, by language, each with the facts that must be read from it and those that must not.

``tests/corpus/xx.toml`` holds the rows of language ``xx``::

    context = "…"            # optional: a paragraph that says that the article is about aid and states nothing itself;
                             # it is put after the text of every row, and what is read from it is left out

    [[row]]
    text = "…"               # one or more sentences; paragraphs are parted by a newline
    published = 2024-05-27   # optional: the day of publication
    alone = true             # optional: without the context (markets, matches, crime)
    roles = [["岩屋毅", "foreign-minister", "日本"]]         # person, position, body ("" where none is stated)
    figures = [{ amount = "95000000000", currency = "JPY", donor = "日本", from = 2024-01-01 }]
    counts = [{ value = 379, of = "ngo" }]
    conferences = [{ ordinal = 5, date = 2025-12-04, place = "河内" }]   # or, for one: conference = { … }
    sectors = ["health", "education"]
    quotations = [["岩屋毅", "…"]]                          # speaker, words
    bodies = ["外務省"]                                     # every organization named
    none = ["roles", "figures"]                             # kinds of which nothing may be read

A kind that a row does not name is not checked. Of a kind that it names, just these facts must be read, no more; of
a fact, just the keys given are checked, and ``""`` says that nothing is stated. Keys:

* figures: ``amount`` ``upper`` ``currency`` ``qualifier`` ``from`` ``to`` ``donor`` ``recipient`` ``sector``
  (one of them) ``status`` ``written`` (the currency as written) ``assumed``
* counts: ``value`` ``of`` ``qualifier`` ``asof`` (a date, or "--12-04" where no year is known) ``from`` ``to``
  ``place``
* conferences: ``kind`` ``ordinal`` ``date`` ``end`` ``monthday`` ("12-04") ``year`` ``place`` ``venue``
  ``organizers`` ``participants`` ``theme`` ``previous`` (years) ``reviews`` (first and last year) ``time``

Donors, recipients, places and bodies are given as the text writes them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg import lang
from kg.extract import read_facts
from kg.model import (
    ConferenceFact,
    CountFact,
    Fact,
    FigureFact,
    MentionFact,
    MonthDay,
    Name,
    QuotationFact,
    Reading,
    RoleFact,
    SectorFact,
)
from kg.read import read_text

CORPUS = Path(__file__).parent / "corpus"
KINDS: dict[str, type[Fact]] = {
    "roles": RoleFact, "figures": FigureFact, "counts": CountFact, "conferences": ConferenceFact,
    "sectors": SectorFact, "quotations": QuotationFact, "bodies": MentionFact,
}  # fmt: skip
KEYS = {*KINDS, "text", "published", "alone", "conference", "none"}
FACT_KEYS = {
    "figures": {"amount", "upper", "currency", "qualifier", "from", "to", "donor", "recipient", "sector", "status",
                "written", "assumed"},
    "counts": {"value", "of", "qualifier", "asof", "from", "to", "place"},
    "conferences": {"kind", "ordinal", "date", "end", "monthday", "year", "place", "venue", "organizers",
                    "participants", "theme", "previous", "reviews", "time"},
}  # fmt: skip


def _rows() -> list[Any]:
    params = []
    for path in sorted(CORPUS.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for number, row in enumerate(data["row"], 1):
            context = "" if row.get("alone") else data.get("context", "")
            params.append(pytest.param(path.stem, row, context, id=f"{path.stem}-{number:03}"))
    return params


ROWS = _rows()


def read_row(code: str, row: dict[str, Any], context: str) -> tuple[Reading, list[Fact]]:
    """The reading of a row, and its facts without those that the context alone states."""
    text = row["text"].strip()
    article = read_text(
        f"{text}\n\n{context}" if context else text, id="row", language=code, published=row.get("published")
    )
    reading = read_facts(article)
    at = article.text.rfind(context) if context else -1
    end = at if at >= 0 else len(article.text)
    return reading, [fact for fact in reading.facts if any(e.start < end for e in fact.evidence)]


def _text(name: Name | None) -> str:
    return name.text if name else ""


def _first(names: Iterable[Name]) -> str:
    return next((n.text for n in names), "")


def _day(value: object) -> object:
    return f"--{value.month:02}-{value.day:02}" if isinstance(value, MonthDay) else value if value is not None else ""


def _figure(fact: FigureFact) -> dict[str, Any]:
    period = fact.period
    return {
        "amount": f"{fact.amount.normalize():f}",
        "upper": f"{fact.upper.normalize():f}" if fact.upper is not None else "",
        "currency": fact.currency,
        "qualifier": fact.qualifier,
        "from": _day(period.start) if period else "",
        "to": _day(period.end) if period else "",
        "donor": _first(fact.donors),
        "recipient": _first(fact.recipients),
        "sector": list(fact.sectors),
        "status": fact.status,
        "written": fact.currency_as_written,
        "assumed": fact.currency_assumed,
    }


def _count(fact: CountFact) -> dict[str, Any]:
    period = fact.period
    return {
        "value": fact.value,
        "of": fact.counts,
        "qualifier": fact.qualifier,
        "asof": _day(fact.as_of),
        "from": _day(period.start) if period else "",
        "to": _day(period.end) if period else "",
        "place": _text(fact.place),
    }


def _conference(fact: ConferenceFact) -> dict[str, Any]:
    def values(name: str) -> list[Any]:
        return [s.value.text if isinstance(s.value, Name) else s.value for s in fact.statements if s.property == name]

    def one(name: str) -> Any:
        return next(iter(values(name)), "")

    day = one("monthDay")
    bounds = [value.year for name in ("reviewPeriodStart", "reviewPeriodEnd") for value in values(name)]
    return {
        "kind": fact.event_kind,
        "time": fact.time,
        "ordinal": one("ordinal"),
        "date": one("startDate"),
        "end": one("endDate"),
        "monthday": f"{day.month:02}-{day.day:02}" if day else "",
        "year": one("year"),
        "place": one("place"),
        "venue": one("venue"),
        "theme": one("theme"),
        "organizers": sorted(values("organizer")),
        "participants": sorted(values("participant")),
        "previous": sorted(values("previousEdition")),
        "reviews": bounds,
    }


def _agrees(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    for key, value in wanted.items():
        here = got[key]
        if key == "sector":
            if value not in here and not (value == "" and not here):
                return False
        elif (sorted(value) if isinstance(value, list) else value) != here:
            return False
    return True


def _all_agree(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> bool:
    """One to one: each wanted fact agrees with one of those read, and none is left over."""
    if len(wanted) != len(got):
        return False
    if not wanted:
        return True
    return any(_agrees(wanted[0], one) and _all_agree(wanted[1:], got[:i] + got[i + 1 :]) for i, one in enumerate(got))


def plain(kind: str, facts: list[Fact]) -> list[Any]:
    """The facts of one kind in the form in which rows give them."""
    chosen: list[Any] = [f for f in facts if isinstance(f, KINDS[kind])]
    if kind == "roles":
        return [[f.person.text, f.position, _text(f.body)] for f in chosen]
    if kind == "sectors":
        return sorted(f.sector for f in chosen)
    if kind == "bodies":
        return [f.name.text for f in chosen if f.name.kind == "organization"]
    if kind == "quotations":
        return [[f.speaker.text, f.text] for f in chosen]
    shape: Any = {"figures": _figure, "counts": _count, "conferences": _conference}[kind]
    return [shape(f) for f in chosen]


def _wanted(row: dict[str, Any]) -> dict[str, list[Any]]:
    wanted = {kind: row[kind] for kind in KINDS if kind in row}
    if "conference" in row:
        wanted["conferences"] = [row["conference"]]
    return wanted | {kind: [] for kind in row.get("none", ())}


@pytest.mark.parametrize(("code", "row", "context"), ROWS)
def test_row(code: str, row: dict[str, Any], context: str) -> None:
    """What the row states is read from it, and nothing else of those kinds."""
    _, facts = read_row(code, row, context)
    for kind, wanted in _wanted(row).items():
        got = plain(kind, facts)
        if kind in FACT_KEYS:
            assert _all_agree(wanted, got), f"{kind}: wanted {wanted}, read {got}"
        else:
            assert sorted(wanted) == sorted(got), f"{kind}: wanted {wanted}, read {got}"


@pytest.mark.parametrize(("code", "row", "context"), ROWS)
def test_evidence_stands_in_the_text(code: str, row: dict[str, Any], context: str) -> None:
    """Every fact's evidence is a stretch of the article with something in it, and names a rule."""
    reading, _ = read_row(code, row, context)
    size = len(reading.article.text)
    for fact in reading.facts:
        marks = [*fact.evidence]
        if isinstance(fact, ConferenceFact):
            marks += [s.evidence for s in fact.statements]
        assert marks
        assert all(0 <= m.start < m.end <= size and m.rule for m in marks), fact


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.toml")), ids=lambda p: p.stem)
def test_corpus_file_is_well_formed(path: Path) -> None:
    """A corpus is in a language with a pack, says each thing once, and only in keys that are checked."""
    assert path.stem in lang.codes()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = Counter(row["text"] for row in data["row"])
    assert [text for text, times in texts.items() if times > 1] == []
    for row in data["row"]:
        assert set(row) <= KEYS, row["text"]
        assert not isinstance(row.get("published"), str), "a day is written without quotes"
        assert row.get("published") is None or isinstance(row["published"], date)
        assert set(row.get("none", ())) <= set(KINDS), row["text"]
        assert _wanted(row), f"nothing is checked: {row['text']}"
        for kind, keys in FACT_KEYS.items():
            for fact in _wanted(row).get(kind, []):
                assert set(fact) <= keys, (row["text"], fact)
