"""Numbers of things: NGOs, delegates, countries, workshops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from kg import lang
from kg.extract.count_rules import constructs
from kg.extract.topic import AID_SECTORS
from kg.model import CountFact, Evidence, MonthDay, Period
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_WORDS_BETWEEN = re.compile(r" (?:[^\W\d_][\w'-]* ){0,3}(?:[^\W\d_]{1,2}'|[^\W\d_]\w*-)?")
_MOST_WORDS = 2
"""Words between a number and what it counts, where no word such as "and" joins two of them."""
_ENDING = 2
"""Letters in which two adjectives of the same noun end alike: *petites et moyennes* entreprises."""

_PERSONS = frozenset({"child", "refugee", "delegate", "volunteer", "beneficiary"})
"""Things that are persons of a kind: the word that counts any person says less than theirs."""

_COUNTER = 3
"""Characters of a counter with the blanks around it, where nothing parts words."""

_REACH = 24
"""Characters between a thing and the number behind it, where nothing parts words."""
_LONGEST_ENDING = 6
"""Characters of the ending of a number, with the signs around it, before a word that says how exact the number is."""

_LONGEST_OPENING = 24
"""Characters before a period in which words open it: *as of the end of* 2025."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")


def count_figures(found: Recognised) -> list[CountFact]:
    """Every number that counts a thing of the countable scheme."""
    facts: list[CountFact] = []
    before: list[tuple[Decimal, str]] = []
    for sentence in found.sentences:
        told = len(sentence.of("number"))
        facts += _in_sentence(found, sentence, before)
        before = before[-told:] if told else []
    return list({(f.value, f.counts, f.evidence[0].start): f for f in facts}.values())


def _in_sentence(found: Recognised, sentence: Sentence, before: list[tuple[Decimal, str]]) -> Iterator[CountFact]:
    """What the numbers of a sentence count. ``before`` are those of the sentence before, each with what it counts, and
    gets those of this one: "300 *of them*" are of the last that are as many.
    """
    codes = sentence.of("code")  # the COP29 climate summit
    told = [n for n in sentence.of("number") if not any(c.start <= n.start < c.end for c in codes)]
    if not told:
        return
    countables = [c for c in sentence.of("countable") if not _inside_other(found, sentence, c)]
    ruled = constructs(found, sentence, countables)
    starts = {number.start: number for number in told}
    for number in told:
        value = _value(found, number)
        of_them = next((counted for many, counted in reversed(before) if many >= value), "")
        before.append((value, ""))
        thing = _counted(found, sentence, starts.get(ruled.same.get(number.start, -1), number), countables)
        rule = ruled.things.get(number.start)
        thing = rule if thing is None or (rule and _holds(rule, thing)) else thing
        if thing is None and of_them and number.start in ruled.before:
            thing = Span(number.start, number.end, "countable", of_them)
        if (
            thing is None
            or number.start in ruled.rates
            or found.folded[number.start : thing.end] in found.pack.names.get("not_counts", ())
            or value != int(value)
            or not value
            or _is_version(number, value)
            or _in_a_name(found, sentence, number, thing)
            or (_is_year(found, number) and qualifier(found, sentence, number)[0] == "exactly")
            or (value == 1 and number.value.shape == "word" and not _begins_list(found, sentence, thing, countables))
        ):
            continue
        slug, start, end = qualifier(found, sentence, number)
        if slug == "up-to" and _reached(ruled.things.get(number.start), number):
            slug = "exactly"
        behind = _behind(found, sentence, number, thing)
        if behind and slug == "exactly":  # "quatre millions de personnes *environ*"
            slug, end = str(behind.value), behind.end
        low, high = min(start, thing.start, number.start), max(end, thing.end, number.end)
        before[-1] = (value, str(thing.value))
        yield CountFact(
            value=int(value),
            counts=str(thing.value),
            qualifier=slug,
            evidence=(Evidence(low, high, "number-of-things"),),
            as_of=_as_of(found, sentence),
            period=_period(sentence),
        )


def _behind(found: Recognised, sentence: Sentence, number: Span, thing: Span) -> Span | None:
    """The word behind a thing that says how exact its number is; where nothing parts words, also behind the counter
    before or instead of the thing: 5천 명|이 넘는| 난민.
    """
    after = sentence.of("qualifier-after")
    if found.pack.spaces:
        return next((s for s in after if s.start == thing.end + 1), None)
    last = max(thing.end + 1, number.end + _COUNTER)
    return next((s for s in after if number.end <= s.start <= last), None)


def _reached(thing: Span | None, number: Span) -> bool:
    """True where a rule tells what is counted before its number: of "the toll rose *to* 83" 83 is no limit."""
    return thing is not None and thing.start < number.start


def _inside_other(found: Recognised, sentence: Sentence, thing: Span) -> bool:
    """True for a word that is part of a longer one which counts nothing: *nước* (country, water) in *lọc nước*."""
    counted = {n.end + 1 for n in sentence.of("number")}
    places = [s for s in sentence.of("place") if s.end - s.start > thing.end - thing.start]
    if any(s.start <= thing.start and thing.end <= s.end for s in places):  # *Estados* Unidos, 中|国
        return True
    sectors = sentence.of("sector")
    begun = [s for s in sectors if s.start == thing.start and thing.end < s.end and s.value in AID_SECTORS]
    if begun and not found.pack.spaces:  # 人|道主义
        return True
    longer = (s for s in sectors if s.start < thing.start and thing.end <= s.end and s.start not in counted)
    # ال|لاجئين is the same word
    return any(not found.pack.proclitics or " " in found.folded[s.start : thing.start] for s in longer)


def _governed(found: Recognised, between: str) -> bool:
    """True where a preposition stands between a number and a thing: "three years *to* countries" counts no country."""
    return found.pack.spaces and not prepositions(found.pack.code).isdisjoint(between.split())


@cache
def prepositions(code: str) -> frozenset[str]:
    """The prepositions of a language that stand before no currency."""
    pack = lang.load(code)
    words = {w.strip() for key in ("dative", "locative", "genitive") for w in pack.names.get(key, ())}
    return frozenset(words - {j.strip() for j in pack.joiners})


def _is_version(number: Span, value: Decimal) -> bool:
    """True for a number with decimals, though they are zero: of *2.0* there are no two."""
    exponent = value.as_tuple().exponent
    return bool(number.value.scale == 1 and isinstance(exponent, int) and exponent < 0)


def _in_a_name(found: Recognised, sentence: Sentence, number: Span, thing: Span) -> bool:
    """True for a number word with a capital inside a sentence, before a capital: the *Six Nations*, a *Three* …; and
    for digits among capitalised words, or behind a letter and a hyphen: Mission *300* Africa Summit, NEC-*2* forum.
    """
    text, word = found.article.text, number.value.shape == "word"
    if text[number.start - 1 : number.start] in ("-", "‑") and text[: number.start - 1][-1:].isalpha():
        return found.pack.spaces
    inside = sentence.kind == "text" and sentence.start < number.start and text[number.start - 1] == " "
    if not inside or not text[thing.start].isupper():
        return False
    if word:
        return text[number.start].isupper()
    before, between = text[sentence.start : number.start].split(), text[number.end : thing.start].split()
    return bool(between) and len(before) > 1 and all(w[:1].isupper() for w in (before[-1], *between))


def _begins_list(found: Recognised, sentence: Sentence, thing: Span, countables: list[Span]) -> bool:
    """True where another number follows at once ("*one* plenary session and six workshops") and counts something: then
    "one" is a count.
    """
    following = [n for n in sentence.of("number") if thing.end <= n.start and n.value.value > 1]
    near = (n for n in following[:1] if len(found.folded[thing.end : n.start].split()) <= 1)
    return any(_counted(found, sentence, n, countables) is not None for n in near)


def _holds(rule: Span, thing: Span) -> bool:
    """True where the thing behind a number is what those have whom the rule counts: 2.6 million have left *their
    houses*.
    """
    return rule.value == "person" != thing.value and rule.start < thing.start and thing.end <= rule.end


def _counted(found: Recognised, sentence: Sentence, number: Span, countables: list[Span]) -> Span | None:
    folded, spaces = found.folded, found.pack.spaces
    between = _WORDS_BETWEEN if spaces else lang.pattern(found.pack.code, "measure")
    exact = _qualified_behind(found, sentence, number) if spaces else None
    end = exact.end if exact else number.end  # 900 bin|den fazla| kişi
    after = [
        c
        for c in countables
        if 0 <= c.start - end <= 30
        and (
            between.fullmatch(folded, end, c.start)
            or _bare(found, number, c)
            or (not spaces and folded[end : c.start] == " ")
        )
        and not _governed(found, folded[end : c.start])
        and _qualifies(found, folded[end : c.start])
        and (not spaces or _one_phrase(found, folded[end : c.start]))
    ]
    if not spaces and lang.pattern(found.pack.code, "measure_persons").match(folded, number.end):  # 300位|村落教員
        after = [c for c in after if c.value in _PERSONS or c.value == "person"]
    before = None if spaces else _thing_before(found, number, countables)
    if not after:
        told = before is not None and lang.pattern(found.pack.code, "measure_last").match(folded, number.end)
        return before if told else None
    first = min(after, key=lambda c: (c.start, -c.end))
    if not spaces and first.value == "person":  # 児童|120人, 120万 명의| 아동
        behind = (c for c in after if c.start >= first.end and c.value in _PERSONS)
        narrow = min(behind, key=lambda c: (c.start, -c.end), default=before)
        return narrow if narrow and narrow.value in _PERSONS else first
    return _head(found, first, countables)


def _thing_before(found: Recognised, number: Span, countables: Sequence[Span]) -> Span | None:
    """The thing right before a number, where nothing parts words: 診療所|12か所. Of two things that one number counts
    together (学校や診療所20か所) neither is it.
    """
    between = lang.pattern(found.pack.code, "measure_after")
    near = [c for c in countables if 0 <= number.start - c.end <= _REACH]
    things = (c for c in near if between.fullmatch(found.folded, c.end, number.start))
    thing = min(things, key=lambda c: (-c.end, c.start), default=None)
    if thing is None:
        return None
    joins = {*found.pack.bodies.get("joiners", ()), *found.pack.bodies["and"]}
    others = (c for c in countables if c.value != thing.value and found.folded[c.end : thing.start] in joins)
    alone = all(
        found.folded[c.start - 2 : c.start].strip()[-1:].isdigit() for c in others
    )  # of 学校10|校|と診療所20か所 each has its own
    return thing if alone else None


def _one_phrase(found: Recognised, between: str) -> bool:
    """True for up to two words before a thing, or two adjectives that "and" joins: 15 *small and medium* businesses, as
    far as their endings show it; of 20 *tractors and* schools nobody counts the schools.
    """
    words = between.split()
    joins = {word.strip(" ,") for word in found.pack.bodies["and"]} & set(words)
    if not joins:
        return len(words) <= _MOST_WORDS
    return len(words) == 3 and words[1] in joins and words[0][-_ENDING:] == words[2][-_ENDING:]


def _head(found: Recognised, thing: Span, countables: list[Span]) -> Span:
    """The thing right behind ``thing``, where that says no more than which: 62 *commune* health stations. Where words
    have endings, one with an ending is counted itself: 30 *kuruluşun* temsilcileri are of thirty organisations.
    """
    if not found.pack.spaces or not found.pack.bodies.get("domain_left", True) or found.folded[thing.end :][:1] != " ":
        return thing
    head = max((c for c in countables if c.start == thing.end + 1), key=lambda c: c.end, default=thing)
    told = "head_ends" not in found.pack.names or lang.pattern(found.pack.code, "head_ends").fullmatch(
        found.folded, thing.start, head.end
    )
    return head if told else thing


def _value(found: Recognised, number: Span) -> Decimal:
    """The number of things. Things have no decimals: 446,000 people are many where these follow a comma, too."""
    value: Decimal = number.value.value
    grouped = number.value.scale == 1 and _GROUPED.fullmatch(found.folded, number.start, number.end)
    return Decimal(re.sub("[.,]", "", grouped[0])) if grouped else value


def _bare(found: Recognised, number: Span, thing: Span) -> bool:
    """True where no measure word stands between a number in digits and a thing: 1800万|受灾|民众."""
    told = not found.pack.spaces and found.folded[number.start].isdigit()
    return (
        told
        and lang.pattern(found.pack.code, "measure").match(found.folded, number.end) is not None
        and bool(lang.pattern(found.pack.code, "measure_bare").fullmatch(found.folded, number.end, thing.start))
    )


def _qualifies(found: Recognised, between: str) -> bool:
    """False where a word between a number and a thing makes it count something else: "20 *per cent* of the people";
    where adjectives follow their noun, only the pack's classifiers may stand there.
    """
    words, names = set(between.split()), found.pack.names
    allowed = names.get("classifiers", ())
    return not words & set(names.get("not_counts", ())) and (not allowed or words <= set(allowed))


def _is_year(found: Recognised, number: Span) -> bool:
    written = found.folded[number.start : number.end]
    return len(written) == 4 and written.isdigit() and 1900 <= int(written) <= 2100


def qualifier(found: Recognised, sentence: Sentence, number: Span) -> tuple[str, int, int]:
    """How exact a number is, from the word right before or after it, and the stretch with that word."""
    folded = found.folded
    for span in sentence.of("qualifier"):
        if span.end <= number.start and folded[span.end : number.start].strip() in found.pack.names.get(
            "between_qualifier", ("",)
        ):
            return str(span.value), span.start, number.end
    if behind := _qualified_behind(found, sentence, number):
        return str(behind.value), number.start, behind.end
    infix = found.pack.numbers.get("infix", {})
    for char in infix:
        if char in folded[number.start + 1 : number.end + 1]:  # not in 여섯
            return str(infix[char]), number.start, number.end
    return "exactly", number.start, number.end


def _qualified_behind(found: Recognised, sentence: Sentence, number: Span) -> Span | None:
    """The word right behind a number that says how exact it is, the number's own ending between them or not:
    30|'dan fazla, 300'ü| aşkın.
    """
    gap = _ending(found.pack.code)
    near = (s for s in sentence.of("qualifier-after") if 0 <= s.start - number.end <= _LONGEST_ENDING)
    return next((s for s in near if gap.fullmatch(found.folded, number.end, s.start)), None)


@cache
def _ending(code: str) -> re.Pattern[str]:
    """What may stand between a number and a word behind it: a sign, or where words have endings that of a number."""
    pack = lang.load(code)
    return re.compile(rf".?|'?(?:{pack.particles})? " if pack.spaces and pack.particles else ".?")


def _as_of(found: Recognised, sentence: Sentence) -> date | MonthDay | None:
    words = tuple(found.pack.names.get("as_of", ()))
    for day in sentence.of("date"):
        if found.pack.names.get("postpositions"):  # 10月26日|現在
            told = found.folded.startswith(words, day.end)
        else:
            told = f" {found.folded[sentence.start : day.start]}".endswith(words)
        if told and day.value.last is None:
            first: date | MonthDay = day.value.first
            return first
    closed = (p.value.end for p in sentence.of("period") if _is_closed(found, sentence, p, words))
    return next(closed, None)


def _is_closed(found: Recognised, sentence: Sentence, period: Span, words: tuple[str, ...]) -> bool:
    """True for a period on whose last day a count was taken: *at the end of* 2025, 截至 4月|底, 2025년| 말| 기준."""
    folded, names = found.folded, found.pack.names
    opened = folded[max(sentence.start, period.start - _LONGEST_OPENING) : period.start]
    for opening in names.get("as_of_period", ()):
        at = (opened + folded[period.start : period.end]).find(opening)
        if 0 <= at <= len(opened) <= at + len(opening) + 1 and not (at and opened[at - 1].isalpha()):
            return True
    ends = (e for e in names.get("period_ends", ()) if folded.startswith(e, period.end))
    after = period.end + len(next(ends, ""))
    if after == period.end and not folded.endswith(tuple(names.get("period_ends", ("\0",))), 0, period.end):
        return False
    return folded.startswith(words, after) if names.get("postpositions") else opened.endswith(words)


def _period(sentence: Sentence) -> Period | None:
    periods = sentence.of("period")
    return periods[0].value if len(periods) == 1 and not sentence.of("money") else None
