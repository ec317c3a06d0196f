"""Where an article speaks of gatherings, which part of the sentence speaks of each, and what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.cases import governs
from kg.extract.datelines import is_town, place_id
from kg.extract.gatherings.mentions import (
    CLAUSE,
    GENERIC,
    NEAR,
    Mention,
    is_held_ceremony,
    right_after,
    silent,
    titled,
    to_come,
)
from kg.extract.gatherings.ordinals import counts_else, ordinal_of
from kg.extract.gatherings.years import listed_years, year_of
from kg.extract.leads import lead_paragraph
from kg.recognise import Recognised, Sentence
from kg.recognise.bodies.growing import grow_left, grow_right, neighbours
from kg.recognise.spans import Span

_CAPITALS = re.compile(r" (?:[^\W\d_a-zà-öø-ÿ][\w'’-]* ){1,3}")
"""Nothing but capitalised words, as between two nouns of one name: Forum *Foreign Ministers* Meeting."""
_ALIAS = re.compile(r"\([^()]{1,14}\)")
"""The short name of a gathering, in brackets: 环海合作论坛(*环海论坛*)部长会议."""
_ARTICLE = 4
"""Characters of the longest article."""
_PARTICLE = 2
"""Characters of a particle, with its blank."""
_JOINT = 10
"""Characters from *and* to the day behind it: *y el* 9 de mayo."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def mentions_in(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """The gatherings that one sentence speaks of, without those it counts ("four workshops")."""
    yield from numbered_alone(found, sentence)
    if not sentence.of("event", "pledge", "raise", "earlier"):
        return
    nouns = [s for s in sentence.frame.spans if s.kind == "event" and not _counted(found, sentence, s)]
    nouns = [s for s in nouns if not _in_title(found, sentence, s, nouns) and not _alias(found, s, nouns)]
    if not found.pack.spaces:
        nouns = [s for s in nouns if not _owns_next(found, s, nouns, sentence.of("ordinal"))]
    again = {s: head for s in nouns if (head := _apposed_to(found, sentence, s, nouns))}
    nouns = [s for s in nouns if s not in again]
    named = [_named(found, sentence, group) for group in _joined(found, nouns, sentence.of("earlier", "later"))]
    named = [replace(m, again=tuple(s for s, head in again.items() if head == m.span)) for m in named]
    told = [_told_apart(found, m) for m in apportioned(found, sentence, [*named, *_promised(found, sentence)])]
    yield from (_weighed(found, mention) for mention in _followed(sorted(told, key=lambda m: m.start)))


def numbered_alone(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """A gathering that an ordinal or a word such as *next* alone tells, held in a town: "*The fourth* will take place
    in Maputo", "*The next* is planned for Oslo".
    """
    hold = sentence.of("hold") if not sentence.of("event") and any(map(is_town, sentence.of("place"))) else ()
    for ordinal in sentence.of("ordinal")[:1] if hold else ():
        near = 2 * NEAR if _stands_alone(found, sentence, ordinal) else 1
        if ordinal.start - sentence.start <= _ARTICLE and any(0 <= v.start - ordinal.end <= near for v in hold):
            told = silent(sentence, ordinal, relation="later" if to_come(found, ordinal.end, sentence.end) else "other")
            yield replace(told, kind="event", ordinal=int(ordinal.value), ordinal_span=ordinal)
    alone = tuple(found.pack.names.get("next_alone", ()))
    for word in sentence.of("later")[:1] if alone and not sentence.of("event") else ():
        opens = word.start - sentence.start <= _ARTICLE and found.folded.startswith(alone, word.end)
        if opens and any(map(is_town, sentence.of("place"))):
            yield replace(silent(sentence, word, relation="later"), kind="event", weight=3)


def _stands_alone(found: Recognised, sentence: Sentence, ordinal: Span) -> bool:
    """True where no noun follows an ordinal: a word such as *will* does, or, where verbs come last, a particle alone
    before the place or time.
    """
    if found.pack.names.get("verb_last", False):
        told = [s.start - ordinal.end for s in sentence.of("place", "date", "period") if s.start >= ordinal.end]
        return bool(told) and told[0] <= _PARTICLE
    return found.folded.startswith(tuple(found.pack.names.get("ahead", ())), ordinal.end)


def _apposed_to(found: Recognised, sentence: Sentence, noun: Span, nouns: Sequence[Span]) -> Span | None:
    """The noun of the gathering whose kind ``noun`` tells again between commas: the third Skills *Forum*, a two-day
    *meeting* of principals; none where the one before has no name, or a verb or another comma stands between.
    """
    before = [n for n in nouns if n.end < noun.start]
    if not before or not found.pack.capitals:
        return None
    head, between = before[-1], found.article.text[before[-1].end : noun.start]
    behind, comma, opens = between.rpartition(",")
    words = tuple(found.pack.names.get("indefinite", ()))
    told = comma and len(opens) <= 2 * NEAR and opens.lower().startswith(words) and not CLAUSE.search(opens)
    named = ordinal_of(found, sentence, head) or found.article.text[head.start].isupper()
    verbs = any(head.end <= v.start < noun.start for v in sentence.of("hold", "say", "pledge", "give"))
    parted = re.search(r"[,;:]", behind)
    return head if told and named and not verbs and not parted and len(behind) <= 2 * NEAR else None


def _alias(found: Recognised, noun: Span, nouns: Sequence[Span]) -> bool:
    """True for a short name in brackets right behind the noun of the whole: 东亚—拉美合作论坛(亚拉*论坛*)."""
    opened = found.folded.rfind("(", noun.start - NEAR, noun.start)
    closed = found.folded.startswith(")", noun.end) and ")" not in found.folded[opened : noun.start]
    return opened > 0 and closed and any(0 <= opened - n.end <= 1 for n in nouns)


def _owns_next(found: Recognised, noun: Span, nouns: Sequence[Span], ordinals: Sequence[Span]) -> bool:
    """True for the noun of a body whose short name and gathering follow: 环海合作*论坛*(环海论坛)第三届|会议."""
    alias = _ALIAS.match(found.folded, noun.end)
    end = alias.end() if alias else -1
    end = next((o.end for o in ordinals if o.start == end), end)
    return any(n.start == end for n in nouns)


def _in_title(found: Recognised, sentence: Sentence, noun: Span, nouns: Sequence[Span]) -> bool:
    """True inside quotation marks that a word such as *titled* opens right after another gathering's noun."""
    told = [w for w in sentence.of("theme") if noun.start - 200 < w.end < noun.start]
    if not told or not any(n.end < told[-1].start and told[-1].start - n.end <= NEAR for n in nouns):
        return False
    between = found.article.text[told[-1].end : noun.start]
    return bool(re.match(r",?:? ?[“”\"«»‘《„「『]", between)) and not re.search(r"[”\"»》」』].", between[4:])


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
    if found.pack.bodies.get("capitals") and found.article.text[span.start].islower():
        end = min(end, max(span.end, found.folded.find(",", span.end, end)))  # "addressing the event, *Moe* said"
    end = min(end, _speaker_after(found, sentence, span, end))
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


def _speaker_after(found: Recognised, sentence: Sentence, noun: Span, end: int) -> int:
    """Where the name of a gathering ends that grew over that of somebody with a post: "told the conference *Ana Ruiz*,
    minister"; else ``end``.
    """
    posts = [p.start for p in sentence.of("post")]
    for name in (n for n in sentence.of("name") if noun.end < n.start < end):
        if any(0 < at - name.end <= NEAR and found.folded[name.end] in ",(" for at in posts):
            return noun.end + len(found.folded[noun.end : name.start].rstrip())
    return end


def _promised(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """A gathering told by a town and a past year after a word of promising, or such as *last time*: "the sum *promised
    in Paris in 2021*"; or earlier ones by the years in which they were held.
    """
    published = found.article.published
    if sentence.of("event"):
        return
    for word in sentence.of("pledge", "raise", "earlier"):
        reach = 60 if word.kind == "earlier" else 8
        held = word.kind == "earlier" and sentence.of("hold")
        towns = [p for p in sentence.of("place") if 0 < p.start - word.end <= reach and is_town(p)]
        told = [
            (p.value.start.year, max(p.end, town.end))
            for p in sentence.of("period")
            for town in towns[:1]
            if (0 <= p.start - town.end <= 4 or (held and 0 <= town.start - p.end <= 4)) and p.value.start
        ]
        if published and told and told[0][0] < published.year:
            yield silent(sentence, word, relation="earlier", year=told[0][0], end=told[0][1])
            return
        if held and len(listed_years(found, silent(sentence, word), every=False)) > 1:
            yield silent(sentence, word, relation="earlier")
            return


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
            breaks += _joined_days(found, mention, until)
            high = max(breaks) if breaks else following.start
        yield replace(mention, low=low, high=max(high, mention.end))
        low = high


def _joined_days(found: Recognised, mention: Mention, until: int) -> Iterator[int]:
    """Where a word such as *and* and a day right behind it open what is told of the next gathering: "a seminar in Hue
    *and on 9 May* a second seminar", where a day of the first is told before.
    """
    joints = found.pack.bodies["and"] if found.pack.spaces else ()
    days = mention.sentence.of("date")
    for day in days[1:]:
        before = found.folded[max(mention.end, day.start - _JOINT) : day.start]
        at = max((before.rfind(word) for word in joints if word.strip()), default=-1)
        if mention.end <= day.start < until and at >= 0:
            yield day.start - len(before) + at


def _told_apart(found: Recognised, mention: Mention) -> Mention:
    """The mention with its relation to the gathering reported, its year and its town."""
    if not mention.kind:
        return mention
    if _such(found, mention):
        return replace(mention, kind="")
    relation = next((kind for kind in ("earlier", "later") if _told(found, mention, kind)), "")
    relation = relation or ("earlier" if _in_a_past_year(found, mention) else "")
    relation = relation or ("other" if right_after(found, mention, "another") else "")
    year = year_of(found, mention)
    published = found.article.published
    if year and published and not relation:
        relation = "earlier" if year < published.year else "later" if year > published.year else ""
    towns = [s for s in mention.of("place") if is_town(s) and _calls(found, mention, s)]
    return replace(mention, relation=relation, year=year, town=place_id(towns[0].value) if towns else "")


def _in_a_past_year(found: Recognised, mention: Mention) -> bool:
    """True where a year before that of publication stands right before a gathering, and a few small words between:
    "*vergangenes Jahr* bei einer ersten Konferenz".
    """
    published = found.article.published
    before = [p for p in mention.sentence.of("period") if 0 < mention.start - p.end <= NEAR]
    if published is None or not before or not before[-1].value.end:
        return False
    between = found.folded[before[-1].end : mention.start]
    small = all(len(word) <= 5 for word in between.split()) and not set(between) & set(",;:()")
    return small and before[-1].value.end.year < published.year


def _calls(found: Recognised, mention: Mention, town: Span) -> bool:
    """True for a town in the name of a gathering, or right after it ("the conference *in Paris*")."""
    between = found.folded[mention.end : town.start]
    verbs = any(mention.end <= v.start < town.start for v in mention.of("hold", "pledge", "raise", "say"))
    after = 0 < len(between) <= 45 and not verbs and not CLAUSE.search(between)
    return (after and governs(found, town.start, town.end, "locative")) or titled(found, mention, town)


def _weighed(found: Recognised, mention: Mention) -> Mention:
    """The mention with its weight: how much its part of the sentence tells of it."""
    if not mention.kind:
        return mention
    sentence, span = mention.sentence, mention.span
    paragraph = sentence.paragraph - lead_paragraph(found) + 1
    capital = found.article.text[span.start].isupper() and found.pack.spaces and span.start > sentence.start
    weight = (
        3 * (mention.ordinal is not None)
        + 2 * bool(mention.of("hold"))
        + bool(mention.of("date"))
        + bool(mention.of("place", "venue"))
        + (capital and mention.end - mention.start > span.end - span.start)
        + (paragraph < 3)
        + (paragraph < 2)
        - 3 * (paragraph > 2 and found.folded[mention.start - 1 : mention.start] == "(")
        - 2 * (mention.kind in GENERIC and not is_held_ceremony(mention))
        + 3 * _of_body(found, mention)
    )
    return replace(mention, weight=weight)


def _of_body(found: Recognised, mention: Mention) -> bool:
    """True for a meeting in a town whose owner stands right before it, with the sign of the genitive, or a blank alone:
    *the World Bank's spring meeting in Washington*.
    """
    signs = (*found.pack.names.get("owner", ()), *(("s", ":s") if found.pack.bodies.get("genitive") else ()))
    owned = re.compile(f"(?:{'|'.join(map(re.escape, signs)) or '(?!)'}) (?:[^ .,;:]+ )?| ")
    owners = mention.sentence.of("body", "acronym") if mention.town and mention.kind == "meeting" else ()
    return any(owned.fullmatch(found.folded, o.end, max(o.end, mention.span.start)) for o in owners)


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
