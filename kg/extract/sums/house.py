"""Whose money an article tells of from its first line: that of the state or body whose letterhead opens it, or of the
state whose aid budget it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from kg.extract.lands import countries_in, country_code, home_of, is_land, seat_of
from kg.extract.leads import head_of, lead_of, lines_above, whole_sentences
from kg.extract.sums.parties import actor
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name, Period
from kg.recognise import Recognised, Sentence
from kg.recognise.days.fiscal import in_days
from kg.recognise.spans import Span
from kg.recognise.sums.currencies import own_of
from kg.registry import load_registry

_OF_STATE = frozenset({"government", "embassy", "ministry"})
_PARTS = re.compile(r"\s*(?:[>|»•/\n]|[–—-] )\s*")
_LINES = 5
"""The lines at the top of a page within which a letterhead stands."""
_BESIDE = 40
"""Characters between a word for a budget and what it is for, or its year."""
_OPENING = 5
"""The sentences of an article, after its headline, that tell that it is about a budget."""
_SHARE = 3
"""How many times as long as its name such a line is at most: "Foreign Ministry press release"."""


def house_of(found: Recognised) -> Name | None:
    """The one state, or body that gives aid, whose name a line or part of a line above the text hardly more than
    bears: "Embassy of Japan in Chad | News".
    """
    told = {n.known: n for sentence in lines_above(found, _LINES) for n in _letterheads(found, sentence)}
    return next(iter(told.values())) if len(told) == 1 else None


def _letterheads(found: Recognised, sentence: Sentence) -> Iterator[Name]:
    text = found.article.text[sentence.start : sentence.end]
    edges = [0, *(at for m in _PARTS.finditer(text) for at in m.span()), len(text)]
    parts = [(sentence.start + a, sentence.start + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for span in sentence.of("body", "home"):
        if any(a <= span.start and span.end <= b and _SHARE * (span.end - span.start) >= b - a for a, b in parts):
            name = home_of(found) if span.kind == "home" else _state_or_giver(found, sentence, span)
            if name is not None:
                yield name


def _state_or_giver(found: Recognised, sentence: Sentence, span: Span) -> Name | None:
    """The state whose ministry, government or embassy a body is, or the body if it gives aid. A ministry whose name
    tells no country is that of the language's press, if the article names that country or has sums in its money.
    """
    name = actor(sentence, span)
    if (land := seat_of(name)) is not None:
        return land.name(name.language)
    if is_land(name) or is_giver(name):
        return name
    inside = [s for s in sentence.spans if span.start <= s.start and s.end <= span.end]
    kinds = {s.value for s in inside if s.kind == "concept"}
    if name.known or not kinds & _OF_STATE:
        return None
    entries = load_registry().by_id
    state = next((entries[s.value.known].name(name.language) for s in inside if _is_state(s)), None)
    return state or (home_of(found) if "ministry" in kinds and _speaks_of_home(found) else None)


def _speaks_of_home(found: Recognised) -> bool:
    """True for an article that names the country of the language's press, or has sums in its money."""
    money = any(m.value.currency == found.pack.home.currency for s in found.sentences for m in s.of("money"))
    return money or country_code(home_of(found)) in countries_in(found.sentences)


def _is_state(span: Span) -> bool:
    return span.kind in ("place", "nation") and is_land(span.value)


class Budget(NamedTuple):
    """The aid budget that an article is about: whose it is, and for which year, where its lead tells one."""

    state: Name
    year: Period | None


def budget_of(found: Recognised) -> Budget | None:
    """The aid budget that an article is about: its first sentences tell of one (``words.budget``), or of a bill or a
    request for a budget (``words.estimates``) beside a word of aid.
    """
    opening = [*head_of(found), *islice(whole_sentences(found), _OPENING)]
    told = [(sentence, span) for sentence in opening for span in _budgets(found, sentence)]
    state = _whose(found) if told else None
    years = (period for sentence, span in told for period in _years(found, sentence, span))
    return Budget(state, next(years, None)) if state is not None else None


def _whose(found: Recognised) -> Name | None:
    """The only country that the lead names, or the only one of them in whose money the sums are; where it names none
    that of the language's press, or the only one of the article in whose money its sums are.
    """
    named = countries_in(lead_of(found))
    if not named and (home := home_of(found)) is not None:
        return home
    if len(named) != 1:
        money = {m.value.currency for s in found.sentences for m in s.of("money")} - (COMMON if named else set())
        lands = named or countries_in(found.sentences)
        named = {code: name for code, name in lands.items() if own_of(code, money)}
    known = next(iter(named.values())).known if len(named) == 1 else ""
    return load_registry().by_id[known].name(found.pack.code) if known else None


COMMON = frozenset({"USD", "EUR"})
"""Money in which many countries tell what they give."""


def _budgets(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The words of a sentence for a budget for aid."""
    yield from sentence.of("budget")
    for span in sentence.of("estimates"):
        if any(_beside(found, span, aid) for aid in sentence.of("aid")):
            yield span


def _years(found: Recognised, sentence: Sentence, budget: Span) -> Iterator[Period]:
    """The years told beside a word for a budget: "the draft budget for *2026*", 2027年度|予算の概算要求."""
    for span in sentence.of("period"):
        period: Period = span.value
        one = period.start and period.end and (period.end - period.start).days in (364, 365)
        if (one or period.fiscal) and _beside(found, budget, span):
            yield period


def _beside(found: Recognised, one: Span, other: Span) -> bool:
    """True where few words and no full stop part two spans."""
    first, last = sorted((one, other), key=lambda s: s.start)
    between = found.folded[first.end : max(first.end, last.start)]
    return len(between) <= _BESIDE and not set(between) & set(".;:。；")


def of_budget(figure: FigureFact, sentence: Sentence, budget: Budget, beside: Sequence[FigureFact]) -> bool:
    """True for a sum without a giver, in the money of the budget's state, of which nobody else is named in its
    sentence but who gets one of the sums ``beside``, all of that sentence; also for a part of the budget ("*of this* 13
    billion are …") that the state gives and that has no time of its own.
    """
    part = sentence.of("added") and figure.period is None and [d.known for d in figure.donors] == [budget.state.known]
    if (figure.donors and not part) or figure.alias is not None or sentence.of("other"):
        return False
    if told_apart(sentence, "elsewhere", "cost"):
        return False
    state = country_code(budget.state)
    money = own_of(state, (figure.currency,))
    getting = {country_code(r) for f in beside for r in f.recipients}
    return bool(money) and set(countries_in([sentence])) - {state} <= getting and state not in getting


def told_apart(sentence: Sentence, *kinds: str) -> bool:
    """True where a word of one of the lists ``kinds`` stands in ``sentence``, and is no part of one for a budget, nor
    what that is for: "the credits for *development aid*".
    """
    own = sentence.of("budget", "estimates")
    words = (s for s in sentence.of(*kinds) if not any(b.start <= s.start and s.end <= b.end for b in own))
    return any(not any(0 <= s.start - b.end <= _BESIDE // 4 for b in own) for s in words)


def budgeted(figure: FigureFact, budget: Budget) -> FigureFact:
    """``figure``, one of the budget's sums, given by its state, in its year where no other is told."""
    period = figure.period or budget.year
    when = in_days(period, (budget.state,)) if period and period.fiscal else period
    return replace(figure, donors=(budget.state,), period=when)
