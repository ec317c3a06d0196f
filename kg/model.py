"""The frozen values that pass from stage to stage: articles, names, facts and their evidence.

Offsets are Unicode code points of ``Article.text``; ``end`` is exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article's body and where it stands in the file it was read from.

    ``kind`` is ``headline``, ``text``, ``caption``, ``byline`` (who wrote it) or ``source`` (the
    agency or address it was taken from). ``line`` and ``column`` count from 1; 0 where unknown.
    ``breaks``: where a wrapped paragraph goes on in the file, as (offset, line, column).
    """

    start: int
    end: int
    kind: str = "text"
    line: int = 0
    column: int = 1
    breaks: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its body (NFC text, paragraphs ended by a newline) and what is known of it."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    language: str
    published: date | None = None
    headline: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    path: str = ""

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of ``offset`` in the file the article was read from; (0, 0) where unknown."""
        index = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        if index < 0 or not self.paragraphs[index].line:
            return 0, 0
        paragraph = self.paragraphs[index]
        place = (paragraph.start, paragraph.line, paragraph.column)
        start, line, column = max((mark for mark in paragraph.breaks if mark[0] <= offset), default=place)
        return line, column + offset - start


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, where it is, and why."""

    path: str
    reason: str
    hint: str = ""

    def __str__(self) -> str:
        """In a line."""
        return f"{self.path}: {self.reason}" + (f" ({self.hint})" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands in its article and the name of the rule that read it."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organization or place as an article names it, before it is resolved.

    ``text`` is as written, without titles, honorifics and articles of the language. ``known`` is the
    local part of a registry IRI (``place/japan``, ``organization/united-nations``) where the
    recogniser met a registered name. ``acronym`` is one given beside the name, as in
    "Committee for Foreign NGO Affairs (COMINGO)". ``type`` narrows an organization's class
    (``GovernmentBody`` …); empty where unknown. ``cases`` are those in which it may stand (letters of the pack's
    ``language.declension``); empty where its language, or the name, has none.
    """

    kind: str
    text: str
    language: str
    known: str = ""
    acronym: str = ""
    type: str = ""
    cases: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a time (None where open), and how the article wrote it.

    ``fiscal``: a fiscal year, whose days depend on whose it is; ``within`` is a day in it where no year is written, or
    in the first of so many that it ``lasts``.
    """

    start: date | None
    end: date | None
    label: str = ""
    fiscal: bool = False
    within: date | None = None
    lasts: int = 1


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month whose year the article does not state (xsd:gMonthDay)."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A person's post as the article states it. ``body`` is an organization or a place."""

    person: Name
    position: str
    title: str
    evidence: tuple[Evidence, ...]
    body: Name | None = None
    observed: date | None = None


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A sum of money. ``amount`` is in units of ``currency`` (ISO 4217).

    ``conference`` is the ``key`` of a ConferenceFact of the same article. ``alias`` is the index,
    among the article's figures, of the same sum in another currency.
    """

    amount: Decimal
    currency: str
    evidence: tuple[Evidence, ...]
    upper: Decimal | None = None
    currency_as_written: str = ""
    currency_assumed: bool = False
    qualifier: str = "exactly"
    period: Period | None = None
    donors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    sectors: tuple[str, ...] = ()
    status: str = ""
    conference: int | None = None
    alias: int | None = None


@dataclass(frozen=True, slots=True)
class CountFact:
    """A number of things; ``counts`` is a slug in the countable scheme. ``session_of``: key of a ConferenceFact."""

    value: int
    counts: str
    evidence: tuple[Evidence, ...]
    qualifier: str = "exactly"
    as_of: date | MonthDay | None = None
    period: Period | None = None
    place: Name | None = None
    session_of: int | None = None


StatementValue: TypeAlias = int | str | date | MonthDay | Name


@dataclass(frozen=True, slots=True)
class Statement:
    """One property of a conference, with its evidence.

    ``property`` is a local name of the kg: namespace: ``ordinal`` (int), ``startDate`` ``endDate``
    (date), ``monthDay`` (MonthDay), ``year`` (int), ``place`` ``venue`` ``organizer`` ``participant``
    (Name), ``theme`` (str, as written), ``previousEdition`` (int, a year), ``reviewPeriodStart``
    ``reviewPeriodEnd`` (date), ``topic`` (str: the topic of a session that is part of it).
    """

    property: str
    value: StatementValue
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ConferenceFact:
    """A gathering. ``key`` numbers the article's conferences from 0; ``label`` is its name as written.

    ``event_kind`` is a slug of the event-kind scheme (``conference``, ``summit``, ``forum`` …).
    ``time`` says how the article sees it: ``reported`` (the one it is about), ``past``, ``future`` or ``named`` (in
    passing, without a time).
    """

    key: int
    event_kind: str
    label: str
    evidence: tuple[Evidence, ...]
    statements: tuple[Statement, ...] = ()
    time: str = "reported"


@dataclass(frozen=True, slots=True)
class SectorFact:
    """A sector the article names; slug of the sector scheme."""

    sector: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class QuotationFact:
    """Words the article puts between quotation marks, with who said them."""

    text: str
    speaker: Name
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MentionFact:
    """A person, organization or place named in the article, with every place where it is."""

    name: Name
    evidence: tuple[Evidence, ...]


Fact: TypeAlias = RoleFact | FigureFact | CountFact | ConferenceFact | SectorFact | QuotationFact | MentionFact


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one article: its facts, in text order."""

    article: Article
    facts: tuple[Fact, ...]
