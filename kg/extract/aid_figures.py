"""Sums of money given, promised or asked for, with who gives, who gets, for what and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.actors import (
    ACTORS,
    GIVING,
    Clause,
    actor,
    asker,
    by_rules,
    clause_of,
    country_code,
    donor,
    has_actor,
    next_giver,
    partners,
    recipient,
    signed,
)
from kg.extract.count_figures import qualifier
from kg.extract.datelines import country_of, datelines
from kg.extract.sectors import named_sectors
from kg.extract.topic import about_aid, aid_words, off_topic
from kg.model import Evidence, FigureFact, Name, Period, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.money import Money
from kg.recognise.spans import Span
from kg.registry import load_registry

STATUS = (("paid", "disbursed"), ("pledge", "pledged"), ("ask", "requested"))


def aid_figures(found: Recognised, roles: Sequence[RoleFact] = ()) -> list[FigureFact]:
    """Every sum of money in a sentence about aid. ``roles`` say for which country a minister promises."""
    if not about_aid(found):
        return []
    figures: list[FigureFact] = []
    previous: Sentence | None = None
    for sentence in found.sentences:
        if sentence.of("money") and _is_aid(found, sentence):
            told = _in_sentence(found, sentence, previous, len(figures))
            told = _added(sentence, told, figures)
            figures += [_through_speaker(found, sentence, figure, roles) for figure in told]
        previous = sentence
    return _told_once(figures)


def _added(sentence: Sentence, told: list[FigureFact], earlier: Sequence[FigureFact]) -> list[FigureFact]:
    """A sum that is added to the one before ("*to this* come 5 million") has its giver and receiver."""
    if not (told and earlier and sentence.of("added")) or told[0].donors or told[0].status == "requested":
        return told
    last = earlier[-1]
    return [replace(told[0], donors=last.donors, recipients=told[0].recipients or last.recipients), *told[1:]]


def _through_speaker(
    found: Recognised, sentence: Sentence, figure: FigureFact, roles: Sequence[RoleFact]
) -> FigureFact:
    """What a minister or ambassador promises, the country gives: "*The minister* confirmed 8 million"."""
    end = figure.evidence[0].end
    verbs = [s for s in sentence.frame.spans if s.kind in GIVING and s.end <= end]
    before = [s for s in sentence.frame.spans if verbs and s.end <= verbs[0].start]
    taken = any(verbs[0].start < s.start < end for s in sentence.of("benefit")) if verbs else False
    speaker = next(iter(_inverted(found, sentence, verbs)), before[-1] if before else None)
    if figure.donors or figure.status == "requested" or taken or speaker is None or verbs[0].start - speaker.end > 24:
        return figure
    bodies = {r.body.known: r.body for r in roles if r.body and r.body.kind == "place" and _is_speaker(r, speaker)}
    if not bodies:
        bodies = _at_home(found, figure, {r.position for r in roles if not r.body and _is_speaker(r, speaker)})
    return replace(figure, donors=tuple(bodies.values())) if len(bodies) == 1 else figure


def _inverted(found: Recognised, sentence: Sentence, verbs: Sequence[Span]) -> list[Span]:
    """Who stands right after the verb where the language puts the subject there: "i går lovet *ministeren* …"."""
    if not verbs or not found.pack.names.get("verb_second"):
        return []
    return [s for s in sentence.frame.spans if s.kind in ("post", "name") and 0 < s.start - verbs[0].end <= 2]


def _at_home(found: Recognised, figure: FigureFact, positions: set[str]) -> dict[str, Name]:
    """The country of a minister whose country is not told: that of the language's press, for a sum in its money."""
    home = found.pack.names.get("home", {})
    if figure.currency != home.get("currency") or not any(
        p.endswith(("minister", "state-secretary")) for p in positions
    ):
        return {}
    text, code = load_registry().by_id[home["place"]].label(found.pack.code)
    return {home["place"]: Name("place", text, code, known=home["place"])}


def _is_speaker(role: RoleFact, span: Span) -> bool:
    if span.kind == "post":
        slug = span.value.slug
        return role.position in (slug, f"foreign-{slug}", f"development-{slug}")
    return span.kind == "name" and fold(span.value.text) in fold(role.person.text)


def _told_once(figures: Sequence[FigureFact]) -> list[FigureFact]:
    """A sum told again (headline, later sentence) is one figure: what one telling leaves out, another states."""
    kept: list[FigureFact] = []
    place: dict[int, int] = {}
    for index, figure in enumerate(figures):
        at = next((i for i, k in enumerate(kept) if _same_sum(k, figure)), None)
        if at is None:
            place[index] = len(kept)
            kept.append(figure)
            continue
        place[index] = at
        first = kept[at]
        kept[at] = replace(
            first,
            period=first.period or figure.period,
            donors=first.donors or figure.donors,
            recipients=first.recipients or figure.recipients,
            sectors=tuple(dict.fromkeys((*first.sectors, *figure.sectors))),
            status=first.status or figure.status,
            amount=min(first.amount, figure.amount),
            upper=first.upper or figure.upper,
            evidence=(*first.evidence, *figure.evidence),
            qualifier=figure.qualifier if first.qualifier == "exactly" else first.qualifier,
        )
    return [replace(f, alias=place[f.alias]) if f.alias is not None else f for f in kept]


def _same_sum(one: FigureFact, other: FigureFact) -> bool:
    if one.currency != other.currency or not (
        (one.amount, one.upper) == (other.amount, other.upper) or _tops(one, other) or _tops(other, one)
    ):
        return False
    pairs = ((one.donors, other.donors), (one.recipients, other.recipients), (one.period, other.period))
    return all(not a or not b or _alike(a, b) for a, b in pairs)


def _tops(one: FigureFact, other: FigureFact) -> bool:
    """True where a headline rounds a range up to its upper end, and names the same giver."""
    return one.upper is None and one.amount == other.upper and bool(one.donors) and bool(other.donors)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, Period) and isinstance(other, Period):
        return (one.start, one.end) == (other.start, other.end)
    names = [{n.known or n.text.casefold() for n in side} for side in (one, other) if isinstance(side, tuple)]
    return len(names) == 2 and bool(names[0] & names[1])


def _is_aid(found: Recognised, sentence: Sentence) -> bool:
    if off_topic(sentence):
        return False
    if sentence.of("aid", "pledge", "give", "raise"):
        return True
    if sentence is found.sentences[0] and not sentence.of("other"):
        return True  # the headline of an article about aid
    return bool(sentence.of("paid", "ask", "receive")) or (aid_words(found) >= 4 and not sentence.of("other"))


def _in_sentence(
    found: Recognised, sentence: Sentence, previous: Sentence | None, first_index: int
) -> list[FigureFact]:
    sums = [s for s in sentence.frame.spans if s.kind == "money" and not _beside(found, sentence, s)]
    figures: list[FigureFact] = []
    for index, money in enumerate(sums):
        if money.value.amount <= 0 or _not_given(sentence, money):
            continue
        twin = _twin(found, sums, index)
        if twin is not None and figures:
            base = figures[twin - index]
            value = money.value
            slug = qualifier(found, sentence, money)[0]
            figures.append(
                replace(
                    base,
                    amount=value.amount,
                    upper=value.upper,
                    currency=_currency(found, value, (*base.donors, *base.recipients)),
                    currency_as_written=value.written,
                    currency_assumed=value.assumed,
                    qualifier=slug if slug != "exactly" else base.qualifier,
                    alias=first_index + len(figures) - 1,
                    evidence=(
                        Evidence(base.evidence[0].start, max(base.evidence[0].end, money.end), "sum-in-brackets"),
                    ),
                )
            )
            continue
        figures.append(_figure(found, sentence, previous, _clause(found, sentence, sums, index), figures))
    return _shared_out(sentence, sums, figures)


def _beside(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for a sum in a stretch between commas that speaks of other things (", whose trade was worth 4 billion,")."""
    text = found.folded
    low = max((text.rfind(mark, sentence.start, money.start) for mark in (", ", "; ", "(", "，", "；")), default=-1)
    ends = [at for mark in (", ", "; ", ")", "，", "；") if (at := text.find(mark, money.end, sentence.end)) >= 0]
    start, end = max(low, sentence.start), min(ends, default=sentence.end)

    def told(*kinds: str) -> bool:
        return any(start <= s.start < end for s in sentence.of(*kinds))

    return told("other") and not told("aid", "pledge", "give", "paid")


def _not_given(sentence: Sentence, money: Span) -> bool:
    """True for a sum right after a word such as "cost" or "claimed back": nobody gives it."""
    words = [s for s in sentence.of("not_given") if s.end <= money.start]
    return bool(words) and money.start - words[-1].end <= 16


def _clause(found: Recognised, sentence: Sentence, sums: Sequence[Span], index: int) -> Clause:
    """The stretch that speaks of a sum reaches past the same sum told in another currency."""
    own = [s for i, s in enumerate(sums) if i == index or _twin(found, sums, i) is None]
    return clause_of(sentence, own, own.index(sums[index]))


def _shared_out(sentence: Sentence, sums: Sequence[Span], figures: list[FigureFact]) -> list[FigureFact]:
    """Each giver with its own sum, where the words say so ("A and B will give 12 and 18 million respectively")."""
    if not sentence.of("respectively") or len(figures) != len(sums):
        return figures
    before = [[s for s in clause_of(sentence, sums, i).before if s.kind in ACTORS] for i in range(len(sums))]
    for index, givers in enumerate(before):
        end = index + len(givers)
        if len(givers) > 1 and end <= len(sums) and not any(before[index + 1 : end]):
            pairs = zip(figures[index:end], givers, strict=True)
            status = figures[index].status
            figures[index:end] = [replace(f, donors=(actor(sentence, giver),), status=status) for f, giver in pairs]
    return figures


def _twin(found: Recognised, sums: Sequence[Span], index: int) -> int | None:
    """The index of the sum that this one repeats in another currency, in brackets or after "or"."""
    if index == 0 or sums[index].value.currency == sums[index - 1].value.currency:
        return None
    between = found.folded[sums[index - 1].end : sums[index].start].strip()
    words = sorted((f" {w}" for row in found.pack.qualifiers.values() for w in row), key=len, reverse=True)
    bare = next((between.removesuffix(w) for w in words if between.endswith(w)), between)
    return index - 1 if {between, bare} & set(found.pack.names.get("equals", ("(",))) else None


def _figure(
    found: Recognised, sentence: Sentence, previous: Sentence | None, clause: Clause, earlier: Sequence[FigureFact]
) -> FigureFact:
    money = clause.money
    slug, start, end = qualifier(found, sentence, money)
    read, rule = by_rules(found, sentence, money)
    both = signed(found, sentence, clause)
    read = both | read if not read or read.get("donor") == both.get("donor") else read
    giver = read.get("donor") or donor(found, sentence, clause)
    shared = earlier[-1].donors if giver is None and earlier and not has_actor(found, clause) else ()
    giver = None if giver is not None and giver == read.get("recipient") else giver
    taker = read.get("recipient") or recipient(found, sentence, clause, giver, previous)
    joined = bool(earlier) and giver is None and not has_actor(found, clause) and _joined(found, clause)
    status = _status(clause) or (earlier[-1].status if earlier and money.value.carried else "")
    if status == "requested" and taker is None:
        giver, taker = None, asker(found, clause)
    donors = tuple(actor(sentence, s) for s in (giver, *partners(found, clause, giver))) if giver else shared
    period = _period(found, sentence, clause)
    sectors = tuple(
        dict.fromkeys(
            str(s.value)
            for s in named_sectors(sentence)
            if clause.money.end <= s.start < clause.end or (clause.first and s.start < clause.money.start)
        )
    )
    used = [s for s in (giver, taker, period) if s and sentence.start <= s.start < sentence.end]
    first, last = min([start, *(s.start for s in used)]), max([end, *(s.end for s in used)])
    value = money.value
    return FigureFact(
        amount=value.amount,
        currency=_currency(found, value, (*donors, *((actor(sentence, taker),) if taker else ()))),
        upper=value.upper,
        currency_as_written=value.written,
        currency_assumed=value.assumed,
        qualifier=slug,
        period=period.value if period else None,
        donors=donors,
        recipients=(actor(sentence, taker),) if taker else earlier[-1].recipients if joined else (),
        sectors=sectors,
        status=status,
        evidence=(Evidence(first, last, rule or "sum-in-clause"),),
    )


def _joined(found: Recognised, clause: Clause) -> bool:
    """True where nothing parts a sum from the one before: "85 million in loans and 6 million in grants"."""
    return not clause.first and not set(found.folded[clause.start : clause.money.start]) & set(",;:(")


def _currency(found: Recognised, value: Money, actors: tuple[Name, ...]) -> str:
    """An open word such as "kroner" is the currency of the country that gives or gets, else of the one that the
    article is dated from, or of one it names, where the pack says whose it may be.
    """
    whose = found.pack.raw["money"].get("whose", {}).get(fold(value.written), {})
    here = [country_of(place) for place, _ in datelines(found)] if whose and not found.pack.names.get("home") else []
    codes = [whose[code] for code in (*(country_code(d) for d in actors), *here, *_own(found, value)) if code in whose]
    return codes[0] if value.assumed and codes else value.currency


def _own(found: Recognised, value: Money) -> list[str]:
    """The countries an article names, where it nowhere names the one that an open word is taken for otherwise."""
    if not value.written.isalpha() and " " not in value.written:
        return []
    named = [country_code(p.value) for s in found.sentences for p in s.of("place", "nation")]
    return [] if value.currency[:2] in named or value.currency == "USD" else named


def _period(found: Recognised, sentence: Sentence, clause: Clause) -> Span | None:
    periods = [p for p in sentence.of("period") if clause.start <= p.start < clause.end]
    periods = [p for p in periods if not _in_aside(found, clause, p)]
    if clause.end < sentence.end:  # what stands behind the next giver is told of the next sum
        periods = [p for p in periods if p.start < next_giver(found, clause)]
    if not clause.first:
        opens = min(
            (s.start for s in clause.before if s.kind in ACTORS | GIVING),
            default=clause.end,
        )
        periods = [p for p in periods if not p.start < opens < clause.money.start]
    return min(periods, key=lambda p: (_unbounded(p.value), abs(p.start - clause.money.end)), default=None)


def _in_aside(found: Recognised, clause: Clause, period: Span) -> bool:
    """True for a period in a relative clause before the sum ("Tokyo, which gave nothing *last year*, will …")."""
    words = found.pack.names.get("relative", ())
    opened = max((found.folded.rfind(w, clause.start, period.start) for w in words), default=-1)
    if opened < 0 or "," in found.folded[opened + 2 : period.start]:
        return False
    return "," in found.folded[period.end : clause.money.start]


def _unbounded(period: Period) -> bool:
    """True for "each year", which says less than "until 2035"."""
    return period.start is None and period.end is None


def _status(clause: Clause) -> str:
    kinds = {s.kind for s in (*clause.before, *clause.after)}
    return next((status for kind, status in STATUS if kind in kinds), "")
