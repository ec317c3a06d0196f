"""All who may give or get in a sentence, named or not, and what the words beside each say of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from kg import lang
from kg.extract.cases import governs, styled_until
from kg.extract.lands import is_land
from kg.extract.referents import referent
from kg.extract.sums.based import unnamed_bodies
from kg.extract.sums.clauses import ASIDE, CASES, GIVING, NEAR, Party, both_words, by_start, governed_by, unqualified
from kg.extract.sums.governments import governments
from kg.extract.sums.no_givers import of_no_giver
from kg.extract.sums.quoted_titles import quoted_titles
from kg.extract.sums.whose import without_owners
from kg.model import Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span
from kg.recognise.words.cases import marked
from kg.recognise.words.owners import owned_from, owner_until
from kg.registry import load_registry

_OF_COUNTRIES = frozenset({"government", "embassy"})
ACTORS = frozenset({"place", "body", "acronym"})
"""Kinds of spans that may give or get."""


PAUSES = frozenset("、，,・")
"""Joints that may part a subject from the rest as well."""


_ONLY_FOR_SOME = ("speaker", "given_country", "subject", "person", "province")
"""Words without a name that stand for somebody only where it is told for whom."""


def parties(
    found: Recognised, sentence: Sentence, roles: Sequence[RoleFact] = (), money: Span | None = None
) -> list[Party]:
    """All who may give or get in ``sentence``, named or not, in text order; ``money`` is a sum told elsewhere of what
    a sentence without one tells.
    """
    code = found.pack.code
    sources = (m for m in read(sentence.frame, code, "source") if m.start == sentence.start)  # "APA - The bank gave"
    opened = max((m.end for m in (*read(sentence.frame, code, "dateline"), *sources)), default=0)
    opened = 0 if item_of_list(found, sentence) else opened
    actors = [s for s in sentence.frame.spans if s.kind in ACTORS and s.start >= opened and not is_media(s)]
    named = without_owners(found, actors)
    origin = {s.start for s in named if s.kind == "place" and found.folded.startswith("/", s.start - 1)}
    named = [s for s in named if s.start not in origin or s.start - 1 not in {n.end for n in named}]  # GPI/*Korea*
    titles = quoted_titles(found, sentence)
    named = [s for s in named if not any(a <= s.start and s.end <= b and (a, b) != s[:2] for a, b in titles)]
    told = [Party(s, _sender(found, sentence, s) or actor(sentence, s)) for s in named]
    told += governments(found, sentence, money)
    told += [*_again(found, sentence, named, roles), *unnamed_bodies(found, sentence, named)]
    told.sort(key=lambda p: (p.start, p.end))
    owners = {p.end for p in told if p.span.kind != "place"}
    if found.pack.names.get("postpositions"):
        ends = ends_of_lists(found, told)
        return [_marked(found, sentence, p, owners, until=end) for p, end in zip(told, ends, strict=True)]
    governed: list[bool] = []
    for index, party in enumerate(told):
        governed.append(_joined_to_governed(found, sentence, party, told[max(0, index - 4) : index], governed[-4:]))
    return [_marked(found, sentence, p, owners, joined=joined) for p, joined in zip(told, governed, strict=True)]


@lru_cache(maxsize=64)
def parties_named(found: Recognised, sentence: Sentence) -> Sequence[Party]:
    """The parties of a sentence where nothing is known of roles: asked for by each sum of the next sentence."""
    return parties(found, sentence)


def item_of_list(found: Recognised, sentence: Sentence) -> bool:
    """True for an item of a list of givers, each with its sum: a line "*Norway*: 30 billion kroner", "*Oman* - …"."""
    money = next(iter(sentence.of("money")), None)
    first = next((s for s in sentence.frame.spans if s.kind in ACTORS), None)
    if money is None or first is None or money.start < first.end or first.start - sentence.start > 4:
        return False
    between = found.folded[first.end : money.start]
    return between.lstrip().startswith((":", "- ")) and len(between) <= NEAR and not any(c in between for c in ".,;")


def actor(sentence: Sentence, span: Span) -> Name:
    """The name of a giver or receiver; a capital ("Madrid would give …"), a government or an embassy stands for its
    country.
    """
    name: Name = span.value
    inside = [s for s in sentence.spans if span.start <= s.start and s.end <= span.end] if span.kind == "body" else []
    heads = [s for s in inside if s.kind == "concept" and s.value in _OF_COUNTRIES]
    pack = lang.load(name.language)
    if not (pack.spaces or pack.bodies["right"]):  # the head is last: 香港特区政府|赈灾基金 is no government
        heads = [s for s in heads if s.end == span.end]
    if not name.known and heads:
        country = next((s for s in inside if s.kind in ("place", "nation")), None)
        name = country.value if country else name
    if name.kind == "place" and name.known:
        entry = load_registry().by_id[name.known]
        if entry.capital_of:  # Brussels stands for the Union
            kind = "organization" if entry.capital_of.startswith("organization/") else name.kind
            return replace(name, known=entry.capital_of, kind=kind)
    return replace(name, kind="organization") if name.kind == "person" else name


def _sender(found: Recognised, sentence: Sentence, span: Span) -> Name | None:
    """The country that an embassy or a consulate named after it gives for: *Japan*'s embassy in Hanoi."""
    if span.kind != "body" or span.value.known or not any(s.value == "embassy" for s in sentence.of("concept")):
        return None
    posted = found.folded.startswith(tuple(found.pack.names.get("posted", ())), span.start)  # of 驻越南使馆 no one's
    inside = [s for s in sentence.of("concept", "place", "nation") if span.start <= s.start and s.end <= span.end]
    owner = next((s.value for s in inside if s.kind != "concept"), None)
    mission = any(s.kind == "concept" and s.value == "embassy" for s in inside)
    return owner if mission and not posted and owner is not None and is_land(owner) else None


def _again(found: Recognised, sentence: Sentence, named: Sequence[Span], roles: Sequence[RoleFact]) -> Iterator[Party]:
    """Those spoken of without their name: "the bank", "his country" as whom they stand for, "donors" as nobody."""
    again: dict[int, Name] = {}
    for span in sentence.of("again"):
        apart = not any(s.start < span.end and span.start < s.end for s in named)
        apart = apart and not _ends_a_name(found, span)
        gets = any(governed_by(found, sentence, span.start, span.end, key) for key in ("dative", "locative"))
        # of "the bank *us* gave" the pronoun is no subject
        before = next((s for s in named if s.end == span.start - 1), None) if span.value[0] == "speaker" else None
        # but of "through the bank *we* gave" it is
        object_ = before is not None and not any(
            governed_by(found, sentence, before.start, before.end, key) for _, key in CASES
        )
        given = not gets and _is_given(found, sentence, span)
        gets = gets or object_ or given
        name = referent(found, sentence, span, roles, gets=gets) if apart else None
        if name is not None and found.folded[span.start - 1] != "-":
            again[span.start] = name
            kind = "place" if name.kind == "place" else "body"
            marks = frozenset({"again", "to", "governed"} if object_ or given else {"again"})
            yield Party(Span(span.start, span.end, kind, name), name, marks)
    left = [s for s in sentence.of("again") if s.start not in again and s.value[0] not in _ONLY_FOR_SOME]
    for span in (*sentence.of("anyone"), *left):
        # "EU *countries* pledged" are part of the name before
        # and "la *Banque* mondiale" is named
        if span.start not in again and not any(s.start < span.end and span.start <= s.end + 2 for s in named):
            yield Party(span._replace(kind="anyone"), None)


def _is_given(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for "the country" in the form that tells who gets something, or between a verb of giving and the sum: "has
    granted *the country* some 5 million".
    """
    if span.value[0] != "country":
        return bool(span.value[0] == "given_country")
    verbs = any(v.end < span.start for v in sentence.of("give", "pledge"))
    gaps = (found.folded[span.end : m.start] for m in sentence.of("money") if m.start > span.end)
    return verbs and not unqualified(next(gaps, "-").strip(), found.pack.code)


def _ends_a_name(found: Recognised, span: Span) -> bool:
    """True for a bare word for a body behind other characters, in a language without spaces: the last of a name that no
    list holds (江河|*基金会*).
    """
    bare = not found.pack.spaces and found.folded[span.start : span.end] == span.value[1]
    return bare and found.folded[span.start - 1 : span.start].isalpha()


def _marked(
    found: Recognised, sentence: Sentence, party: Party, owners: Set[int], *, joined: bool = False, until: int = 0
) -> Party:
    """The party with its marks. ``joined`` to a governed name; ``owners`` are the ends of the bodies beside it, and
    ``until`` is where its list ends, where what governs it stands behind.
    """
    span, folded = party.span, found.folded
    # "in the *African* Sahel": the preposition stands before the nationality
    nation = _before(sentence.of("nation"), span.start)
    start = nation.start if nation and nation.end == span.start - 1 else span.start
    whose = _before(sentence.of("place"), span.start) if span.kind == "body" and not found.pack.spaces else None
    start = whose.start if whose and whose.end == span.start else start
    owner_end = owner_until(folded, span.start, found.pack)
    owner = _before(sentence.of("place"), span.start) if owner_end is not None else None
    start = owner.start if owner and owner.end == owner_end else start
    marks = {
        mark
        for mark, key in CASES
        if any(governed_by(found, sentence, at, until or span.end, key) for at in {span.start, start})
    }
    if "to" in marks and governed_by(found, sentence, span.start, until or span.end, "told_by"):
        marks = (marks - {"to"}) | {"of"}
    if "to" in marks and _is_copula(found, sentence, span):
        marks = set()
    if found.pack.declension and not marks and isinstance(span.value, Name):
        after_sum = any(
            folded[s.end : span.start].strip() in ("", "-") for s in sentence.of("money") if s.end < span.start
        )
        marks |= marked(span.value, found.pack, after_sum=after_sum)
    marks |= _companion(found, sentence, span)
    if marks or joined:
        marks.add("governed")
    if until and governs(found, span.start, until, "subject"):
        marks.add("subject")
    if span.kind == "place":
        marks.add("country" if is_land(span.value) else "town")
    if _merely_there(found, sentence, span, marks) or _after_its_town(sentence, span):
        marks.add("there")
    if _says_which(found, sentence, span) or _field_of_post(found, sentence, span):
        marks = (marks - {"to"}) | {"which"}
    asks = _behind(sentence.of("ask"), span.end + 1)
    if asks and asks.start - span.end <= NEAR:
        marks.add("asks")
    if owned_from(folded, span.end, found.pack) is not None and span.start - 2 in owners:
        marks.add("explains")
    if _in_aside(found, sentence, span):
        marks.add("aside")
    own = of_no_giver(found, sentence, span, marks, listed=item_of_list(found, sentence))
    return replace(party, marks=party.marks | own)


def _companion(found: Recognised, sentence: Sentence, span: Span) -> set[str]:
    """The marks of one with whom somebody works, with other words after "with": 与总部设在伦敦的|乐施会|合作."""
    pattern: str = found.pack.names.get("companion", "")
    told = re.compile(pattern).finditer(found.folded, sentence.start, sentence.end) if pattern else ()
    return {"there", "governed"} if any(m.start() < span.start and span.end <= m.end() for m in told) else set()


def _is_copula(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True where the word before a name that may also mean "for" means "is", as no verb of giving stands behind it
    before the next comma: 为|东南亚国家中最多.
    """
    words: tuple[str, ...] = found.pack.names.get("copula", ())
    if not found.folded.endswith(words, 0, span.start) if words else True:
        return False
    comma = found.folded.find(",", span.end, sentence.end)
    end = comma if comma >= 0 else sentence.end
    return not any(span.end <= s.start < end for s in sentence.of(*GIVING, "aid", "hold", "raise"))


def ends_of_lists(found: Recognised, told: Sequence[Party]) -> list[int]:
    """For each of ``told`` where the list ends in which it stands: what governs a list stands behind the last."""
    rows: list[list[Party]] = []
    for party in told:
        if rows and found.folded[styled_until(found, rows[-1][-1].end) : party.start] in both_words(found.pack):
            rows[-1].append(party)
        else:
            rows.append([party])
    return [row[-1].end if is_list(found, row) else party.end for row in rows for party in row]


def is_list(found: Recognised, row: Sequence[Party]) -> bool:
    """True for names joined by "and", or by marks where they are three or more: of 日本、ケニア|に the first is the
    subject.
    """
    joints = (found.folded[styled_until(found, a.end) : b.start].strip() for a, b in pairwise(row))
    return len(row) > 2 or any(joint not in PAUSES for joint in joints)


def _joined_to_governed(
    found: Recognised, sentence: Sentence, party: Party, near: Sequence[Party], governed: Sequence[bool]
) -> bool:
    """True for a name joined to one after a preposition: "hosted by Poland and *Sweden*".

    ``near`` are the few before it, ``governed`` the same answer for each of them.
    """
    joined = [
        (p, g)
        for p, g in zip(near, governed, strict=True)
        if (
            p.end < party.start
            and found.folded[p.end : party.start] in both_words(found.pack)
            and not (_is_town(p) and party.span.kind == "body")  # "in Lima, *the Embassy of Japan* signed"
        )
        or (p.end == party.start and not found.pack.spaces)  # 驻|越南|胡志明市
    ]
    return bool(joined) and (
        joined[-1][1]
        or any(governed_by(found, sentence, joined[-1][0].start, joined[-1][0].end, key) for _, key in CASES)
    )


def _is_town(party: Party) -> bool:
    return party.span.kind == "place" and not is_land(party.span.value)


def _before(spans: Sequence[Span], at: int) -> Span | None:
    """The last of ``spans`` (in text order) that begins before ``at``."""
    index = bisect_left(spans, at, key=by_start)
    return spans[index - 1] if index else None


def _behind(spans: Sequence[Span], at: int) -> Span | None:
    """The first of ``spans`` (in text order) that begins at ``at`` or behind it."""
    index = bisect_left(spans, at, key=by_start)
    return spans[index] if index < len(spans) else None


def _merely_there(found: Recognised, sentence: Sentence, span: Span, marks: set[str]) -> bool:
    """True for the place of a gathering or post where a language says "in" and "to" alike (*réunis à Genève*)."""
    if "in" not in marks:
        return False
    missions = [b for b in sentence.of("body") if 0 < span.start - b.end <= 6]
    if any(
        s.value == "embassy" and missions[-1].start <= s.start < missions[-1].end
        for s in sentence.of("concept")
        if missions
    ):
        return True  # the embassy *in Hanoi*
    spans = sentence.frame.spans
    for index in range(bisect_left(spans, span.start, key=by_start) - 1, -1, -1):
        words = found.folded[max(spans[index].end, span.start - ASIDE) : span.start]
        for between in (s for s in spans[index + 1 :] if s.start < span.start and s.kind in ("period", "date")):
            words = words.replace(found.folded[between.start : between.end], "")
        if len(re.findall(r"\w+", words)) > 2:
            break
        if spans[index].kind in ("hold", "post", "event") or spans[index] in _held(sentence):
            return True
    entry = load_registry().by_id.get(span.value.known) if span.kind in ACTORS else None
    return entry is not None and bool(entry.in_country)


def _field_of_post(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for what the post of somebody is about: "the minister for the *Indo-Pacific*, Ann Lee", "Ann Lee, envoy for
    *Syria*, pledged", "the commissioner for the *Mediterranean* pledged".
    """
    post, name = _before(sentence.of("post"), span.start), _behind(sentence.of("name"), span.end)
    if post is None or span.start - post.end > 12:
        return False
    if name is None or name.start - span.end > 2:
        verb = _behind(sentence.of("say", *GIVING), span.end)
        apart = found.folded.startswith(", ", span.end)
        if not found.pack.bodies.get("domain_right") or not (apart or (verb and verb.start - span.end == 1)):
            return False
    words = found.folded[post.end : span.start]
    return any(words.strip() == case.strip() for case in found.pack.names.get("dative", ()))


def _after_its_town(sentence: Sentence, span: Span) -> bool:
    """True for a country told after one of its towns: "signed in Busan in *Korea*", "in Lyon, *France*"."""
    town = _before(sentence.of("place"), span.start) if span.kind == "place" else None
    entry = load_registry().by_id.get(town.value.known) if town and 0 < span.start - town.end <= 8 else None
    return entry is not None and entry.in_country == span.value.known


def _held(sentence: Sentence) -> set[Span]:
    """Spans of verbs that may mean holding or meeting, though the frame reads them as others (*gathered*)."""
    places = {(s.start, s.end) for s in sentence.of("hold")}
    return {s for s in sentence.of("raise", "give") if (s.start, s.end) in places}


def _says_which(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True for a name right before a gathering or hall: 布鲁塞尔会议, 非洲|气候|峰会."""
    following = _behind(sentence.frame.spans, span.end)
    if following is None or following.kind not in ("event", "venue"):
        return False
    between = found.folded[span.end : following.start]
    breaks = found.pack.bodies.get("breaks", "")
    apart = found.pack.spaces and between in (" ", "-")
    return (
        not between
        or apart
        or (bool(breaks) and len(between) <= 8 and between.isalpha() and not set(between) & set(breaks))
    )


def _in_aside(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True inside a relative clause: "Italy, which chairs the *G7*, gives", "led by Italy, *Qatar* and Chad"."""
    words = found.pack.names.get("relative", ())
    since = max(sentence.start, span.start - ASIDE)
    opened = max((found.folded.rfind(w, since, span.start) for w in words), default=-1)
    if opened < 0:
        return False
    listed = {s.end for s in sentence.frame.spans if s.kind in ACTORS}
    marks = (m.start() + opened + 2 for m in re.finditer(r"[.;,]", found.folded[opened + 2 : span.start]))
    return all(mark in listed for mark in marks)


def is_media(span: Span) -> bool:
    """True for a paper, an agency or a station, which tells of sums and gives none."""
    name = span.value if isinstance(span.value, Name) else Name("", "", "")
    entry = load_registry().by_id.get(name.known)
    return name.type == "MediaOrganization" or (entry is not None and entry.type == "MediaOrganization")
