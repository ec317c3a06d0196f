"""Where an article speaks of a gathering, which part of the sentence speaks of it, and what tells gatherings apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from kg import lang
from kg.extract.datelines import is_town, place_id
from kg.extract.gathering_ordinals import counts_else, ordinal_of
from kg.model import Period
from kg.recognise import Recognised, Sentence
from kg.recognise.dates import years
from kg.recognise.growing import grow_left, grow_right, neighbours
from kg.recognise.spans import Span

LEAD_WEIGHT = 1
NEAR = 30
"""Characters within which a weekday after a gathering is its day ("at a conference in Brussels on Monday")."""
GENERIC = frozenset({"", "event", "meeting", "gathering", "ceremony"})
"""Kinds by which any gathering may be spoken of again; empty where no noun says the kind."""
_CAPITALS = re.compile(r" (?:[^\W\d_a-zà-öø-ÿ][\w'’-]* ){1,3}")
"""Nothing but capitalised words, as between two nouns of one name: Forum *Foreign Ministers* Meeting."""
_YEAR = re.compile(r"(?:19|20)\d\d")
CLAUSE = re.compile(r"[,;:!?()，；：？（）]| - ")
"""What parts two clauses."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article speaks of a gathering, and the part of the sentence from ``low`` to ``high`` that
    tells of it. ``relation`` to the gathering reported is "earlier", "later", "other" or not told; ``year``, ``town``
    (the id of a place) and ``ordinal`` are what it is called by. ``kind`` is empty where no noun names it.
    """

    sentence: Sentence
    span: Span
    kind: str
    label: str
    start: int
    end: int
    low: int
    high: int
    ordinal: int | None = None
    ordinal_span: Span | None = None
    relation: str = ""
    year: int | None = None
    town: str = ""
    weight: int = LEAD_WEIGHT

    def of(self, *kinds: str) -> list[Span]:
        """The spans of these kinds in its part of the sentence, in text order."""
        return [s for s in self.sentence.of(*kinds) if self.low <= s.start < self.high]


def mentions_in(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """The gatherings that one sentence speaks of, without those it counts ("four workshops")."""
    if not sentence.of("event", "pledge", "raise", "earlier"):
        return
    nouns = [s for s in sentence.frame.spans if s.kind == "event" and not _counted(found, sentence, s)]
    nouns = [s for s in nouns if not _in_title(found, sentence, s, nouns)]
    named = [_named(found, sentence, group) for group in _joined(found, nouns, sentence.of("earlier", "later"))]
    told = [_told_apart(found, m) for m in apportioned(found, sentence, [*named, *_promised(found, sentence)])]
    yield from (_weighed(found, mention) for mention in _followed(sorted(told, key=lambda m: m.start)))


def _in_title(found: Recognised, sentence: Sentence, noun: Span, nouns: Sequence[Span]) -> bool:
    """True inside quotation marks that a word such as *titled* opens right after another gathering's noun."""
    told = [w for w in sentence.of("theme") if noun.start - 200 < w.end < noun.start]
    if not told or not any(n.end < told[-1].start and told[-1].start - n.end <= NEAR for n in nouns):
        return False
    between = found.article.text[told[-1].end : noun.start]
    return bool(re.match(r",?:? ?[“”\"«‘《„「『]", between)) and not re.search(r"[”\"»》」』].", between[4:])


def _followed(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, where of "the *follow-up* meeting of the Madrid conference" the meeting is told, as one to come
    after the conference.
    """
    for index, mention in enumerate(mentions):
        before, after = mentions[index - 1] if index else None, mentions[index + 1 : index + 2]
        if after and _follows(mention, after[0]):
            yield replace(mention, relation="")
        elif before is not None and _follows(before, mention):
            yield replace(mention, relation="earlier")
        else:
            yield mention


def _follows(one: Mention, other: Mention) -> bool:
    """True where a word such as *follow-up* stands right behind one gathering's noun and before that of the other."""
    words = one.sentence.of("later")
    near = other.start - one.span.end <= NEAR
    return near and any(0 <= w.start - one.span.end <= 1 and w.end <= other.start for w in words)


def _joined(found: Recognised, nouns: Sequence[Span], told: Sequence[Span]) -> list[list[Span]]:
    """Nouns of one name together: "the 12th *edition* of the World Urban *Forum*"; one ``told`` to come after the other
    is another ("the *follow-up* meeting of the Madrid conference").
    """
    groups: list[list[Span]] = []
    for noun in nouns:
        between = found.article.text[groups[-1][-1].end : noun.start] if groups else "."
        joint = next((c for c in found.pack.bodies["connectors"] if c.strip() and between.startswith(c)), None)
        plain = joint is not None and str(groups[-1][-1].value) in GENERIC and len(between) <= NEAR
        plain = plain or (bool(groups) and found.pack.spaces and _CAPITALS.fullmatch(between) is not None)
        follows = groups and any(groups[-1][-1].end <= w.start < noun.start for w in told)
        if groups and (not between or (plain and not follows and not re.search(r"[^\w '&-]", between))):
            groups[-1].append(noun)
        else:
            groups.append([noun])
    return groups


def _named(found: Recognised, sentence: Sentence, nouns: Sequence[Span]) -> Mention:
    """A gathering that a noun, or several in one name, calls by name, with the words of the name and its ordinal."""
    near = neighbours(found.article.text, found.folded, sentence.spans, found.pack)
    span = nouns[-1]
    start, _ = grow_left(near, nouns[0].start)
    end, _ = grow_right(near, span.end)
    ordinal = next((o for noun in nouns if (o := ordinal_of(found, sentence, noun))), None)
    start = min(start, ordinal.start) if ordinal else start
    verbal = any(start <= v.start and v.end <= end for v in sentence.of("hold", "earlier", "later"))
    return Mention(
        sentence=sentence,
        span=span,
        kind=str(span.value),
        label="" if verbal and str(span.value) == "event" else found.article.text[start:end],
        start=start,
        end=end,
        low=sentence.start,
        high=sentence.end,
        ordinal=int(ordinal.value) if ordinal else None,
        ordinal_span=ordinal,
    )


def _promised(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """A gathering told by a town and a past year after a word of promising, or such as *last time*: "the sum *promised
    in Paris in 2021*".
    """
    published = found.article.published
    if published is None or sentence.of("event"):
        return
    for word in sentence.of("pledge", "raise", "earlier"):
        reach = 60 if word.kind == "earlier" else 8
        towns = [p for p in sentence.of("place") if 0 < p.start - word.end <= reach and is_town(p)]
        told = [
            p.value.start.year
            for p in sentence.of("period")
            for town in towns[:1]
            if 0 <= p.start - town.end <= 4 and p.value.start
        ]
        if told and told[0] < published.year:
            yield silent(sentence, word, relation="earlier", year=told[0], end=towns[0].end)
            return


def silent(sentence: Sentence, span: Span, *, relation: str = "", year: int | None = None, end: int = 0) -> Mention:
    """A gathering that no noun names, told by the verb or word ``span``."""
    return Mention(
        sentence=sentence,
        span=span,
        kind="",
        label="",
        start=span.start,
        end=end or span.end,
        low=sentence.start,
        high=sentence.end,
        relation=relation,
        year=year,
    )


def apportioned(found: Recognised, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of one sentence, each with its part: cut at the last break of clauses before the next of them."""
    ordered = sorted(mentions, key=lambda m: m.start)
    inner = {b.start for a, b in pairwise(ordered) if _follows(a, b)}  # of "the follow-up meeting of the Oslo talks"
    yield from (replace(m, low=m.start, high=m.end) for m in ordered if m.start in inner)
    ordered = [m for m in ordered if m.start not in inner]
    low = sentence.start
    for index, mention in enumerate(ordered):
        high = sentence.end
        if index + 1 < len(ordered):
            following = ordered[index + 1]
            until = max(mention.end, following.start)
            breaks = [m.start() for m in CLAUSE.finditer(found.folded, mention.end, until)]
            breaks += [s.start for s in sentence.of("succeeds") if mention.end <= s.start < until]
            high = max(breaks) if breaks else following.start
        yield replace(mention, low=low, high=max(high, mention.end))
        low = high


def _told_apart(found: Recognised, mention: Mention) -> Mention:
    """The mention with its relation to the gathering reported, its year and its town."""
    if not mention.kind:
        return mention
    if _such(found, mention):
        return replace(mention, kind="")
    relation = next((kind for kind in ("earlier", "later") if _told(found, mention, kind)), "")
    relation = relation or ("other" if right_after(found, mention, "another") else "")
    year = _year_of(found, mention)
    published = found.article.published
    if year and published and not relation:
        relation = "earlier" if year < published.year else "later" if year > published.year else ""
    towns = [s for s in mention.of("place") if is_town(s) and _calls(found, mention, s)]
    return replace(mention, relation=relation, year=year, town=place_id(towns[0].value) if towns else "")


def _calls(found: Recognised, mention: Mention, town: Span) -> bool:
    """True for a town in the name of a gathering, or right after it ("the conference *in Paris*")."""
    between = found.folded[mention.end : town.start]
    verbs = any(mention.end <= v.start < town.start for v in mention.of("hold", "pledge", "raise", "say"))
    after = 0 < len(between) <= 45 and not verbs and not CLAUSE.search(between)
    return (after and ends_with(found, town.start, "locative")) or titled(found, mention, town)


def titled(found: Recognised, mention: Mention, town: Span) -> bool:
    """True for a town in a gathering's name that says where it is: the *Paris* conference, the conference *Paris*; not
    the *Tokyo* International Conference.
    """
    if not is_town(town) or town.end > mention.span.start:
        return is_town(town) and (town.start == mention.span.end + 1 or mention.span.end <= town.start < mention.end)
    noun = mention.span.start + max(0, found.article.text[mention.span.start : mention.span.end].rfind(" "))
    between = found.article.text[town.end : noun]
    for name in (s.value.text for s in mention.of("place") if town.end < s.start < noun):
        between = between.replace(name, "")
    plain = not any(c.isupper() for c in between) if found.pack.spaces else not between
    return mention.start - 1 <= town.end and plain


def _year_of(found: Recognised, mention: Mention) -> int | None:
    """The year by which a gathering is called: one in or before its name, close behind it, or that it was held in."""
    before = found.folded[max(mention.sentence.start, mention.span.start - 40) : mention.span.start]
    if (match := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)[^,.;:]{0,12}$", before)) and not _listed(found, mention):
        meant_for = ends_with(found, mention.span.start - len(before) + match.start(), "dative")
        return None if meant_for and mention.of("hold") else int(match[1])  # "met to pledge *for 2019*"
    if (year := past_year(found, mention)) is not None:
        return year
    published = found.article.published
    near = [p.value for p in mention.of("period") if within_year(p.value) and _beside(found, mention, p)]
    return next((p.start.year for p in near if p.start and published and p.start.year < published.year), None)


def _beside(found: Recognised, mention: Mention, span: Span) -> bool:
    """True for a time that stands close behind a gathering, or right before it ("last year the summit …")."""
    if span.start >= mention.end:
        between = found.folded[mention.end : span.start]
        apart = between.startswith(tuple(f",{word}" for word in found.pack.names.get("locative", ())))
        return len(between) <= NEAR and not CLAUSE.search(between, 1 if apart else 0)
    return 0 <= mention.start - span.end <= (8 if found.pack.spaces else 16)


def _listed(found: Recognised, mention: Mention) -> bool:
    return len(listed_years(found, mention, every=False)) > 1


def _weighed(found: Recognised, mention: Mention) -> Mention:
    """The mention with its weight: how much its part of the sentence tells of it."""
    if not mention.kind:
        return mention
    sentence, span = mention.sentence, mention.span
    capital = found.article.text[span.start].isupper() and found.pack.spaces and span.start > sentence.start
    weight = (
        3 * (mention.ordinal is not None)
        + 2 * bool(mention.of("hold"))
        + bool(mention.of("date"))
        + bool(mention.of("place"))
        + (capital and mention.end - mention.start > span.end - span.start)
        + (sentence.paragraph < 3)
        + (sentence.paragraph < 2)
        - 3 * (sentence.paragraph > 2 and found.folded[mention.start - 1 : mention.start] == "(")
        - 2 * (mention.kind in GENERIC)
    )
    return replace(mention, weight=weight)


def is_ahead(found: Recognised, mention: Mention) -> bool:
    """True where all days told of the gathering come after the publication, or it is told as something to come."""
    published = found.article.published
    days = [d.value.first for d in mention.of("date") if d.value.stated]
    if not days and any(to_come(found, max(mention.low, v.start - NEAR), v.end) for v in mention.of("hold")):
        return True
    if not days and mention.ordinal is not None and to_come(found, mention.end, mention.end + NEAR):
        return True
    days = days or [p.value.start for p in mention.of("period")]
    return published is not None and bool(days) and all(isinstance(d, date) and d > published for d in days)


def to_come(found: Recognised, low: int, high: int) -> bool:
    """True where a word such as *will* stands between two offsets."""
    part = f" {found.folded[low:high]} "
    return any(word in part for word in found.pack.names.get("ahead", ()))


def _counted(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True where a number right before it says that there are several; "one" may be an article (*un* forum)."""
    after = sentence.of("earlier")
    if any(0 <= word.start - span.end <= 2 for word in after):
        return False  # "the two earlier conferences": their years follow
    return any(
        n.start < span.start
        and not found.folded[n.end : span.start].strip(" ")
        and not (n.value.value == 1 and n.value.shape == "word")
        and not _YEAR.fullmatch(found.folded, n.start, n.end)
        and not re.search(r" [A-Z][\w-]+ $", found.article.text[sentence.start : n.start])  # the Mission 300 summit
        for n in sentence.of("number")
    )


def _such(found: Recognised, mention: Mention) -> bool:
    """True where the ordinal numbers the gathering reported: "the third *such* meeting", "the first meeting *of its
    kind*".
    """
    ordinal = mention.ordinal_span
    if ordinal is None:
        return False
    words = found.pack.names.get("such", ())
    between = found.folded[ordinal.end : mention.span.start].split()
    return bool(set(between) & set(words)) or found.folded[mention.span.end :][:20].lstrip().startswith(tuple(words))


def _told(found: Recognised, mention: Mention, kind: str) -> bool:
    """True where a word of ``kind`` (earlier, later) stands in the gathering's words, right before or right after."""
    span = mention.span
    if kind == "earlier" and any(0 <= mention.start - s.end <= 16 for s in mention.sentence.of("succeeds")):
        return True
    relative = found.pack.names.get("relative", ()) if kind == "earlier" else ()
    return any(
        (span.start <= word.start and word.end <= span.end)
        or 0 <= span.start - word.end <= 16
        or 0 <= mention.start - word.end <= 16
        or (mention.start <= word.start < span.start)
        or (0 <= word.start - span.end <= 2 and not counts_else(found, word))  # the summit *next* week
        or found.folded[span.end : word.start] in relative  # "the conference, which was last held in 2019"
        for word in mention.sentence.of(kind)
    )


def past_year(found: Recognised, mention: Mention) -> int | None:
    """The year before that of publication, where the sentence says that a gathering was held then ("last year")."""
    published = found.article.published
    if published is None or mention.of("date"):
        return None
    verbs = mention.of("hold", "pledge", "raise", "closes")
    told = [p for p in mention.of("period") if within_year(p.value) and any(_close(p, verb, mention) for verb in verbs)]
    past = [p.value.end.year for p in told if p.value.end.year < published.year]
    numbered = mention.ordinal == 1 and len(told) > 1
    if numbered and any(told[0].end <= o.start < told[1].start for o in mention.sentence.of("ordinal")):
        past = past[:1]  # "the first was held in Kyiv in 2019 and the second in Riga in 2021"
    return past[0] if len(past) == 1 and not mention.of("review") else None


def _close(period: Span, verb: Span, mention: Mention) -> bool:
    """True where a period and a verb stand near one another: nearer where there are sums between."""
    first, second = sorted((period, verb))
    told = any(first.end <= s.start < second.start for s in mention.sentence.of("money", "pledge", "give", "say"))
    return second.start - first.end <= (NEAR if told or verb is second else 2 * NEAR)


def right_after(found: Recognised, mention: Mention, key: str) -> bool:
    """True right after one of the pack's words ``names.<key>``, or after one and an adjective."""
    words = tuple(found.pack.names.get(key, ()))
    before = " " + found.folded[max(0, mention.start - NEAR) : mention.start]
    heads = (before, before.rstrip(" ").rpartition(" ")[0] + " ")
    return bool(words) and any(head.endswith(words) for head in heads)


def ends_with(found: Recognised, position: int, key: str) -> bool:
    """True where one of the pack's words ``names.<key>`` stands right before ``position``."""
    before = " " + found.folded[max(0, position - 24) : position].replace("\n", " ")
    return before.endswith(found.pack.names.get(key, ()))


def within_year(period: Period) -> bool:
    """True for a period that begins and ends in one calendar year: a year, or a month of one."""
    return period.start is not None and period.end is not None and period.start.year == period.end.year


def one_year(period: Period) -> bool:
    """True for a period of just one calendar year."""
    first, last = period.start, period.end
    if first is None or last is None or first.year != last.year:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def listed_years(found: Recognised, mention: Mention, *, every: bool) -> list[tuple[int, int, int]]:
    """Years written as a list ("1992, 2003, 2013, and 2019"), not as a period or as part of a day; ``every`` free year
    of the sentence where it speaks of earlier gatherings ("in Nairobi in 2017 and in Rome in 2020").
    """
    taken = [(s.start, s.end) for s in mention.of("date", "money")]
    taken += [
        (s.start, s.end)
        for s in mention.of("period")
        if s.value.start and s.value.end and s.value.end.year > s.value.start.year
    ]
    free = [y for y in years(found.folded, mention.low, mention.high) if not any(a <= y[0] < b for a, b in taken)]
    if every:
        return free
    joint = _year_joint(found.pack.code)
    best: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, int]] = []
    for year in free:
        run = [*run, year] if run and joint.fullmatch(found.folded, run[-1][1], year[0]) else [year]
        best = max(best, run, key=len)
    return best


@cache
def _year_joint(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    words = [w.strip() for w in (*pack.bodies["and"], *pack.names.get("year_words", ()))]
    return re.compile(rf"(?:[ ,、，]|{'|'.join(re.escape(w) for w in words if w)})*")
