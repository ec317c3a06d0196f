"""In whose money a sum is told whose word or sign leaves that open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from kg.extract.datelines import datelines
from kg.extract.lands import country_code, lands_of, state_of
from kg.extract.sums.house import house_of
from kg.model import FigureFact, Name
from kg.recognise import Recognised
from kg.recognise.fold import fold
from kg.recognise.sums.currencies import of_its_day, own_of
from kg.recognise.sums.money import Money

FEW = 3
"""Characters of another script that tell in which an article is written."""


def currency_of(found: Recognised, value: Money, actors: tuple[Name, ...]) -> str:
    """An open word such as "kroner" is the currency of the country that gives or gets, else of the one that the
    article is dated from, or of one it names, where the pack says whose it may be.
    """
    whose = found.pack.raw["money"].get("whose", {}).get(fold(value.written), ())
    here = [country_code(place.value) for place, _ in datelines(found)] if whose and not found.pack.home.place else []
    if not value.assumed or not whose:
        return value.currency
    told = [own_of(country, whose) for country in (*map(country_code, actors), *here)]
    often = Counter(filter(None, (own_of(country, whose) for country in _own(found, value)))).most_common(1)
    return next(filter(None, (*told, *(currency for currency, _ in often))), value.currency)


def in_common_money(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, with an open word such as "dollars" read as US dollars throughout where also somebody whose money it
    is not gives some: an article that tells what Japan and Canada give counts both in the same.
    """
    common = {fold(w) for w, code in found.pack.raw["money"].get("assumed", {}).items() if code == "USD"}
    whose = found.pack.raw["money"].get("whose", {})
    mixed = {
        f.currency_as_written
        for f in figures
        if _is_open(f, common)
        and any(not own_of(country_code(d), whose.get(fold(f.currency_as_written), ())) for d in f.donors)
    }
    out = [replace(f, currency="USD") if f.currency_as_written in mixed and _is_open(f, common) else f for f in figures]
    out = [f if f.currency_as_written == f.currency else _of_its_day(found, f) for f in out]
    return _in_told_dollars(found, out)


def _is_open(figure: FigureFact, words: Set[str]) -> bool:
    """True for a sum in money that one of ``words`` tells, and nothing says whose it is."""
    return figure.currency_assumed and fold(figure.currency_as_written) in words


def _of_its_day(found: Recognised, figure: FigureFact) -> FigureFact:
    return replace(figure, currency=of_its_day(figure.currency, found.article.published))


def _in_told_dollars(found: Recognised, figures: list[FigureFact]) -> list[FigureFact]:
    """The figures, with a bare sign ("$") read as the one dollar that the article writes out otherwise, where the
    country whose dollar it is gives, or gives nothing and US dollars are written out too: "*NZ$*6 million, of
    which *$*2 million".
    """
    sums = [m.value for s in found.sentences for m in s.of("money")]
    full = {v.currency for v in sums if not v.assumed and v.written.endswith("$")}
    others = full - {"USD"}
    if len(others) != 1:
        return figures
    other = next(iter(others))
    # what Canada gives is told in its dollars and that of all in others
    here = "USD" in full and other[:2] not in {country_code(d) for f in figures for d in f.donors}

    def told(figure: FigureFact) -> bool:
        bare = figure.currency_assumed and figure.currency_as_written == "$" and figure.alias is None
        givers = {country_code(d) for d in figure.donors} - {""}
        return bare and (givers == {other[:2]} or (here and "US" not in givers))

    aliased = {f.alias for f in figures if f.alias is not None}
    return [replace(f, currency=other) if told(f) and i not in aliased else f for i, f in enumerate(figures)]


def _otherwise_written(found: Recognised, currency: str) -> bool:
    """True for an article in characters that the country of a currency does not write: 元 of 災民 is no renminbi."""
    written = found.pack.raw["money"].get("not_where", {}).get(currency)
    return bool(written) and len(re.findall(written, found.folded)) >= FEW


def _own(found: Recognised, value: Money) -> Iterable[str]:
    """The countries an article names, where it nowhere names the one that an open word is taken for otherwise, and
    the word is not the money of the readers, of whom no article need say so.
    """
    if not value.written.isalpha() and " " not in value.written:
        return ()
    named = [land.country for land in lands_of(found)]
    named = [code for code in named if code != value.currency[:2] or not _otherwise_written(found, value.currency)]
    told = value.currency != "" and value.currency[:2] in named
    return () if told or value.currency in ("USD", found.pack.home.currency) else named


_DOLLARS = ("AUD", "CAD", "NZD")
"""Dollars that their countries' own papers and ministries write with a bare sign."""
MANY = 3
"""How many sums of one giver tell that they are told in its money."""


def in_givers_dollars(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, with "$" or "dollars" read as those of the one country that gives all sums so told, where they are
    many, or a body of that country publishes the article, and the article writes out no other dollar: what *Canada*'s
    ministry tells of its gifts is in its dollars.
    """
    common = {fold(w) for w, code in found.pack.raw["money"].get("assumed", {}).items() if code == "USD"}
    open_ = [f for f in figures if f.currency_assumed and fold(f.currency_as_written) in common]
    given = [f for f in open_ if f.donors]
    codes = {country_code(d) or state_of(d) for f in given for d in f.donors}
    own = own_of(next(iter(codes)), _DOLLARS) if len(codes) == 1 else ""
    sums = [m.value for s in found.sentences for m in s.of("money")]
    full = any(not v.assumed and v.currency.endswith("D") for v in sums)
    house = house_of(found) if own else None
    few = len(given) < MANY and (house is None or own_of(state_of(house) or country_code(house), (own,)) != own)
    few = few or 4 * len(given) < 3 * len(open_)
    if not own or full or few or any(f.alias is not None for f in open_):
        return list(figures)
    return [replace(f, currency=own) if f in open_ else f for f in figures]
