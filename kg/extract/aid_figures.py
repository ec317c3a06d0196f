"""Sums of money given, promised or asked for, with who gives, who gets, for what and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.count_figures import qualifier
from kg.extract.topic import about_aid, aid_words, off_topic
from kg.model import Evidence, FigureFact, Name, Period
from kg.recognise import Recognised, Sentence
from kg.recognise.frames import find, rules
from kg.recognise.spans import Span
from kg.registry import load_registry

ACTORS = frozenset({"place", "body", "acronym", "nation", "name"})
STATUS = (("paid", "disbursed"), ("pledge", "pledged"), ("ask", "requested"))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sum, and the stretch of its sentence that speaks of it: from the sum before to the sum after."""

    money: Span
    start: int
    end: int
    before: tuple[Span, ...]
    after: tuple[Span, ...]
    first: bool


def aid_figures(found: Recognised) -> list[FigureFact]:
    """Every sum of money in a sentence about aid."""
    if not about_aid(found):
        return []
    figures: list[FigureFact] = []
    previous: Sentence | None = None
    for sentence in found.sentences:
        if sentence.of("money") and _is_aid(found, sentence):
            figures += _in_sentence(found, sentence, previous, len(figures))
        previous = sentence
    return _told_once(figures)


def _told_once(figures: Sequence[FigureFact]) -> list[FigureFact]:
    """A sum told again (in the headline, in a later sentence) is one figure: what one telling leaves out, another states."""
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
            evidence=(*first.evidence, *figure.evidence),
            qualifier=figure.qualifier if first.qualifier == "exactly" else first.qualifier,
        )
    return [replace(f, alias=place[f.alias]) if f.alias is not None else f for f in kept]


def _same_sum(one: FigureFact, other: FigureFact) -> bool:
    if (one.amount, one.upper, one.currency) != (other.amount, other.upper, other.currency):
        return False
    pairs = ((one.donors, other.donors), (one.recipients, other.recipients), (one.period, other.period))
    return all(not a or not b or _alike(a, b) for a, b in pairs)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, Period) and isinstance(other, Period):
        return (one.start, one.end) == (other.start, other.end)
    names = [{n.known or n.text.casefold() for n in side} for side in (one, other) if isinstance(side, tuple)]
    return len(names) == 2 and bool(names[0] & names[1])


def _is_aid(found: Recognised, sentence: Sentence) -> bool:
    if off_topic(sentence):
        return False
    if sentence.of("aid", "pledge", "give"):
        return True
    return bool(sentence.of("paid", "ask")) or (aid_words(found) >= 4 and not sentence.of("other"))


def _in_sentence(
    found: Recognised, sentence: Sentence, previous: Sentence | None, first_index: int
) -> list[FigureFact]:
    sums = [s for s in sentence.frame.spans if s.kind == "money"]
    figures: list[FigureFact] = []
    for index, money in enumerate(sums):
        if money.value.amount <= 0:
            continue
        twin = _twin(found, sums, index)
        if twin is not None and figures:
            base = figures[twin - index]
            value = money.value
            figures.append(
                replace(
                    base,
                    amount=value.amount,
                    upper=value.upper,
                    currency=value.currency,
                    currency_as_written=value.written,
                    currency_assumed=value.assumed,
                    alias=first_index + len(figures) - 1,
                    evidence=(
                        Evidence(base.evidence[0].start, max(base.evidence[0].end, money.end), "sum-in-brackets"),
                    ),
                )
            )
            continue
        figures.append(_figure(found, sentence, previous, _clause(sentence, sums, index), figures))
    return figures


def _twin(found: Recognised, sums: Sequence[Span], index: int) -> int | None:
    """The index of the sum that this one repeats in another currency, in brackets or after "or"."""
    if index == 0 or sums[index].value.currency == sums[index - 1].value.currency:
        return None
    between = found.folded[sums[index - 1].end : sums[index].start].strip()
    return index - 1 if between in found.pack.names.get("equals", ("(",)) else None


def _clause(sentence: Sentence, sums: Sequence[Span], index: int) -> _Clause:
    money = sums[index]
    start = sums[index - 1].end if index else sentence.start
    end = sums[index + 1].start if index + 1 < len(sums) else sentence.end
    spans = sentence.frame.spans
    return _Clause(
        money,
        start,
        end,
        tuple(s for s in spans if start <= s.start and s.end <= money.start),
        tuple(s for s in spans if money.end <= s.start and s.end <= end),
        index == 0,
    )


def _figure(
    found: Recognised, sentence: Sentence, previous: Sentence | None, clause: _Clause, earlier: Sequence[FigureFact]
) -> FigureFact:
    money = clause.money
    slug, start, end = qualifier(found, sentence, money)
    read, rule = _by_rules(found, sentence, money)
    donor = read.get("donor") or _donor(found, sentence, clause)
    shared = earlier[-1].donors if donor is None and earlier and not _has_actor(clause) else ()
    recipient = read.get("recipient") or _recipient(found, sentence, clause, donor, previous)
    period = _period(sentence, clause)
    sectors = tuple(
        dict.fromkeys(
            str(s.value)
            for s in sentence.of("sector")
            if clause.money.end <= s.start < clause.end or (clause.first and s.start < clause.money.start)
        )
    )
    used = [s for s in (donor, recipient, period) if s and sentence.start <= s.start < sentence.end]
    first, last = min([start, *(s.start for s in used)]), max([end, *(s.end for s in used)])
    value = money.value
    status = _status(sentence, clause) or (earlier[-1].status if earlier and value.carried else "")
    return FigureFact(
        amount=value.amount,
        currency=value.currency,
        upper=value.upper,
        currency_as_written=value.written,
        currency_assumed=value.assumed,
        qualifier=slug,
        period=period.value if period else None,
        donors=(_actor(donor),) if donor else shared,
        recipients=(_actor(recipient),) if recipient else (),
        sectors=sectors,
        status=status,
        evidence=(Evidence(first, last, rule or "sum-in-clause"),),
    )


def _actor(span: Span) -> Name:
    name: Name = span.value
    if name.kind == "place" and name.known:
        entry = load_registry().by_id[name.known]
        if entry.capital_of:
            return replace(name, known=entry.capital_of)
    return replace(name, kind="organization") if name.kind == "person" else name


def _by_rules(found: Recognised, sentence: Sentence, money: Span) -> tuple[dict[str, Span], str]:
    """Donor and recipient as the pack's rules of family ``aid`` read them around this sum, and the first rule's name."""
    read: dict[str, Span] = {}
    name = ""
    for rule in rules(found.pack.code, "aid"):
        for match in find(rule, sentence.frame):
            if money not in match.slots.get("money", ()):
                continue
            for slot in ("donor", "recipient"):
                if slot not in read and (span := match.one(slot)):
                    read[slot] = span
                    name = name or match.rule
    return read, name


def _preceded(found: Recognised, span: Span, key: str) -> bool:
    before = found.folded[max(0, span.start - 24) : span.start]
    return any(before.endswith(word) for word in found.pack.names.get(key, ()))


def _media(span: Span) -> bool:
    entry = load_registry().by_id.get(span.value.known)
    return entry is not None and entry.type == "MediaOrganization"


def _merely_there(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for the place of a gathering or post where a language says "in" and "to" alike (*réunis à Genève*)."""
    if not _preceded(found, span, "locative"):
        return False
    before = [s for s in sentence.frame.spans if s.end <= span.start and s.kind in ("hold", "post", "event")]
    if before and len(found.folded[before[-1].end : span.start].split()) <= 2:
        return True
    entry = load_registry().by_id.get(span.value.known)
    return entry is not None and bool(entry.in_country)


def _free(found: Recognised, span: Span) -> bool:
    """A subject: not governed by a preposition."""
    return not any(_preceded(found, span, key) for key in ("locative", "dative", "genitive"))


def _donor(found: Recognised, sentence: Sentence, clause: _Clause) -> Span | None:
    """The nearest free actor before the verb of giving; right before the sum where the verb is left out."""
    verbs = [s for s in clause.before if s.kind in ("give", "pledge", "paid")]
    dateline = [m.one("place") for rule in rules(found.pack.code, "dateline") for m in find(rule, sentence.frame)]
    actors = [s for s in clause.before if s.kind in ("place", "body", "acronym") and s not in dateline and not _media(s)]
    if verbs:
        subjects = [a for a in actors if a.end <= verbs[-1].start and _free(found, a)]
        if subjects:
            return subjects[-1]
    elif not clause.first:
        near = [a for a in actors if clause.money.start - a.end <= 12]
        if near:
            return near[-1]
    return next(
        (a for a in clause.after if a.kind in ("place", "body", "acronym") and _preceded(found, a, "ablative")), None
    )


def _has_actor(clause: _Clause) -> bool:
    return any(s.kind in ("place", "body", "acronym") for s in clause.before)


def _recipient(
    found: Recognised, sentence: Sentence, clause: _Clause, donor: Span | None, previous: Sentence | None
) -> Span | None:
    actors = [s for s in (*clause.after, *clause.before) if s.kind in ("place", "body") and s != donor]
    given = [a for a in actors if _preceded(found, a, "dative") and not _merely_there(found, sentence, a)]
    if given:
        return given[0]
    verbs = [s for s in clause.before if s.kind in ("give", "pledge", "paid")]
    direct = [a for a in clause.before if a.kind == "place" and verbs and 0 <= a.start - verbs[-1].end <= 2]
    if direct and direct[0] != donor:
        return direct[0]
    inside = [
        a for a in actors if a.kind == "place" and _preceded(found, a, "locative") and a.end <= clause.money.start
    ]
    if inside and donor is None:
        return inside[-1]
    if donor is None and previous is not None and previous.paragraph == sentence.paragraph and not inside:
        earlier = [a for a in previous.frame.spans if a.kind == "place" and _preceded(found, a, "locative")]
        return earlier[-1] if earlier else None
    return None


def _period(sentence: Sentence, clause: _Clause) -> Span | None:
    periods = [p for p in sentence.of("period") if clause.start <= p.start < clause.end]
    if not clause.first:
        opens = min(
            (s.start for s in clause.before if s.kind in ("place", "body", "acronym", "give", "pledge")),
            default=clause.end,
        )
        periods = [p for p in periods if not p.start < opens < clause.money.start]
    return min(periods, key=lambda p: (_unbounded(p.value), abs(p.start - clause.money.end)), default=None)


def _unbounded(period: Period) -> bool:
    """"Each year" says less than "until 2035"."""
    return period.start is None and period.end is None


def _status(sentence: Sentence, clause: _Clause) -> str:
    kinds = {s.kind for s in (*clause.before, *clause.after)}
    return next((status for kind, status in STATUS if kind in kinds), "")
