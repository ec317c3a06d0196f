"""Names that are built around a head word: bodies, venues and posts with their domain.

"Committee for Foreign NGO Affairs", « ministère de la Santé », 外国非政府组织工作委员会: from a head the name grows
over neighbouring concept words, places, nationalities and capitalised words, as the pack's ``[bodies]`` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg import lang, schemes
from kg.lang import Pack
from kg.model import Name
from kg.recognise.fold import fold, is_han
from kg.recognise.spans import Span

UNITS = frozenset({"concept", "place", "nation", "weak-place"})
_WIDE = frozenset({"national", "international", "world", "global", "asian", "african", "european", "central", "united"})
_ANY_BODY = frozenset({"standing", "general", "local", "work", "state", "central"})
STATE_HEADS = frozenset({"ministry", "government", "department", "parliament", "embassy", "state"})
_ACRONYM = re.compile(
    r" ?[(（][\"“]?([A-ZÀ-ỸĐ][A-ZÀ-ỸĐ0-9&/.-]{1,11}|[A-Z][a-z]{0,3}[A-Z][A-Za-z]{0,6}"
    r"|[A-Z]{2,6}-[A-Z][a-zà-ÿ]{2,12})[\"”]?[)）]"
)
_CAPITAL = re.compile(r"[^\W\d_a-zà-öø-ÿ][\w'’&/-]*")


class Post(NamedTuple):
    """A post: slug of the position scheme and the bag of concepts of its domain ("Minister of *Health*")."""

    slug: str
    domain: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The spans of one text that a name can grow over, by where they begin and end.

    ``stops`` is where no name goes on, ``verbs`` where verbs of holding begin. ``held`` are the characters inside words
    of the pack's lists, each with the end of its word, where names may grow over unknown characters (``bridge``).
    """

    text: str
    folded: str
    pack: Pack
    starting: dict[int, list[Span]]
    ending: dict[int, list[Span]]
    stops: frozenset[int]
    verbs: frozenset[int]
    held: Mapping[int, int]


def grown(text: str, folded: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Posts, venues and bodies of a sentence, each grown from its head."""
    if not any(s.kind in ("post", "venue") or _is_head(s) for s in spans):
        return []
    near = neighbours(text, folded, spans, pack)
    return [*posts(near, spans), *venues(near, spans), *bodies(near, spans)]


def neighbours(text: str, folded: str, spans: Sequence[Span], pack: Pack) -> Neighbours:
    """Index ``spans`` for growing names. A name never grows over a post, a registered body, a month or an event."""
    starting: dict[int, list[Span]] = {}
    ending: dict[int, list[Span]] = {}
    stops = set()
    # without word boundaries a longer post may begin inside a body's name: 卫生部部长 in 老挝|卫生部|部长
    inner = {} if pack.spaces else {s.end: s.start for s in spans if s.kind == "post"}
    for span in spans:
        if span.kind in UNITS:
            starting.setdefault(span.start, []).append(span)
        if span.kind in UNITS or span.kind == "body":
            ending.setdefault(span.end, []).append(span)
        if span.kind in ("post", "body", "month", "event", "honorific") and not (
            span.kind == "post" and inner.get(span.end, span.start) > span.start
        ):
            stops.add(span.start)
    verbs = frozenset(s.start for s in spans if s.kind == "hold")
    held: dict[int, int] = {}
    for span in spans if pack.bodies.get("bridge") else ():
        if span.kind in pack.words and span.kind not in ("aid", "other"):
            held |= {at: max(span.end, held.get(at, 0)) for at in range(span.start, span.end)}
    return Neighbours(text, folded, pack, starting, ending, frozenset(stops), verbs, held)


@cache
def _connectors(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    bodies = lang.load(code).bodies
    words = "|".join(re.escape(w) for w in sorted(bodies["connectors"], key=len, reverse=True)) or "(?!)"
    both = "|".join(re.escape(w) for w in sorted(bodies["and"], key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?:(?:{words}))*"), re.compile(rf"(?:(?:{both}))(?:{words})*")


def _is_head(span: Span) -> bool:
    return span.kind == "concept" and span.value in schemes.load().heads


def _unit(near: Neighbours, at: int, *, capitals: bool, plain: bool) -> Span | None:
    """The longest unit that begins at ``at``; a capitalised word counts as one where ``plain``."""
    found = [s for s in near.starting.get(at, ()) if not capitals or near.text[at].isupper() or not near.pack.spaces]
    if found:
        return max(found, key=lambda s: s.end)
    if plain and at not in near.stops and (match := _CAPITAL.match(near.text, at)) and near.text[at].isupper():
        return None if fold(match[0]) in near.pack.names.get("stop", ()) else Span(at, match.end(), "word", None)
    return None


def grow_right(near: Neighbours, end: int) -> tuple[int, list[Span]]:
    """How far a name whose head ends at ``end`` reaches to the right, and the units it grew over."""
    bodies = near.pack.bodies
    capitals, place_ends = bodies.get("capitals", False), bodies.get("place_ends", False)
    connect, both = _connectors(near.pack.code)
    units: list[Span] = []
    while len(units) < 12:
        joined = both.match(near.folded, end)
        match = joined or connect.match(near.folded, end)
        at = match.end() if match else end
        if at == end:
            break
        unit = _unit(near, at, capitals=capitals, plain=bodies.get("plain", True))
        if unit is None or at in near.stops:
            break
        if joined and (
            _is_head(unit)
            or unit.kind in ("place", "nation", "weak-place")
            or (unit.kind == "word" and not capitals)
            or (joined[0][0] == "," and bodies.get("comma_capital") and not near.text[at].isupper())
        ):
            break
        if _is_head(unit) and near.text[at].isupper() and units and not capitals:
            break
        if unit.kind == "word" and bodies.get("names_end") and (_named(units) or _begins_name(near, at)):
            break
        units.append(unit)
        end = unit.end
        if place_ends and unit.kind in ("place", "weak-place"):
            break
    return _without_verb(near, units, end)


def _named(units: Sequence[Span]) -> bool:
    """True where a name under growth already says more than capitalised words do."""
    return any(u.kind != "word" for u in units)


def _begins_name(near: Neighbours, at: int) -> bool:
    """True where a surname of the pack stands before another capitalised word: Bộ Tài chính | *Lê* Công Minh."""
    first = _CAPITAL.match(near.text, at)
    if first is None or fold(first[0]) not in near.pack.names.get("surnames", ()):
        return False
    return near.text[first.end() : first.end() + 1] == " " and near.text[first.end() + 1 : first.end() + 2].isupper()


def _without_verb(near: Neighbours, units: list[Span], end: int) -> tuple[int, list[Span]]:
    """A word that is both a unit and a verb of holding (*tổ chức*) ends no name, unless a connector binds it."""
    if not units or units[-1].start not in near.verbs:
        return end, units
    connectors = tuple(c for c in near.pack.bodies["connectors"] if len(c) > 1)
    while units and units[-1].start in near.verbs and not near.folded.endswith(connectors, 0, units[-1].start):
        units = units[:-1]
        end = units[-1].end if units else end
    return end, units


def grow_left(near: Neighbours, start: int) -> tuple[int, list[Span]]:
    """How far a name whose head begins at ``start`` reaches to the left, and the units it grew over."""
    text, units = near.text, list[Span]()
    while len(units) < 10:
        end = start
        if near.pack.spaces:
            if not start or text[start - 1] not in " -":
                break
            end = start - 1
        unit = _left_unit(near, end) or _joined_unit(near, end, start)
        if unit is None or (unit.start in near.stops and unit.kind != "body"):
            break
        units.append(unit)
        start = unit.start
    return start, units[::-1]


def _joined_unit(near: Neighbours, end: int, start: int) -> Span | None:
    """A concept before a joiner, where the languages without spaces join two inside a name: 经济|合作|与|发展部."""
    joiner = next((j for j in near.pack.bodies.get("joiners", ()) if near.folded.endswith(j, 0, end)), "")
    inner = [s for s in near.starting.get(start, ()) if s.kind == "concept"]
    unit = _left_unit(near, end - len(joiner)) if joiner and inner else None
    if unit is None or unit.kind != "concept":
        return None
    # a head ends a name, unless the same one follows: 红十字与红新月
    alike = any(s.value == unit.value for s in inner)
    plain = not _is_head(unit) and not all(map(_is_head, inner))
    return Span(unit.start, end, *unit[2:]) if alike or plain else None


def _left_unit(near: Neighbours, end: int) -> Span | None:
    text, folded = near.text, near.folded
    ends = [end]
    if near.pack.spaces and folded[end - 2 : end] == "'s":
        ends.append(end - 2)
    if near.pack.spaces and near.pack.bodies.get("genitive") and folded[end - 1 : end] == "s":
        ends.append(end - 1)
    for candidate in ends:
        small = ("nation",) if near.pack.bodies.get("small_nations") else ()
        found = [
            s
            for s in near.ending.get(candidate, ())
            if not near.pack.spaces or text[s.start].isupper() or s.kind in small
        ]
        if found:
            best = min(found, key=lambda s: s.start)
            return Span(best.start, end, best.kind, best.value)
    hyphen = text[end : end + 1] == "-" and near.pack.bodies.get("proper_compounds")
    if not near.pack.spaces or not (hyphen or near.pack.bodies.get("plain", True)):
        return None
    head = end
    while head and (text[head - 1].isalnum() or text[head - 1] in "'’&-"):
        head -= 1
    word = text[head:end]
    if word[:1].isupper() and fold(word) not in near.pack.names.get("stop", ()) and len(word) > 1:
        return Span(head, end, "word", None)
    return None


def bodies(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Organizations named by a head with at least one more unit; values are ``Name``."""
    heads = [s for s in spans if _is_head(s)]
    if not heads:
        return []
    pack, text = near.pack, near.text
    lower = pack.bodies.get("lower_heads", ())
    counted = {(s.start, s.end) for s in spans if s.kind == "countable"}
    compounds = {(s.start, s.end): s for s in spans if s.kind == "compound"}
    heads_at = {h.start: h.end for h in heads}
    blocked = {
        s.start
        for s in spans
        if s.kind in ("post", "event", "body") or (s.kind == "venue" and s.end >= heads_at.get(s.start, 0))
    }
    found: dict[tuple[int, int], Span] = {}
    for head in heads:
        if head.start in blocked:
            continue
        start, end, units = head.start, head.end, list[Span]()
        if pack.bodies["right"]:
            end, units = grow_right(near, head.end)
        if pack.bodies["left"]:
            start, left = grow_left(near, head.start)
            units = left + units
        if pack.spaces and not text[head.start].isupper() and head.value not in lower and not _owned(near, start, head):
            continue
        if pack.bodies.get("bridge"):
            start, left = _bridge(near, head, start)
            units = left + units or _called(near, head)
            start = min([start, *(u.start for u in units)])
        if (head.start, head.end) in compounds:
            units = [*units, compounds[head.start, head.end]]
        if text[start - 1 : start] in pack.bodies.get("not_after", ()):
            continue
        named = (start, end) not in counted or _ministry(head, compounds.get((start, end)))
        if (
            (_telling(units, pack) or (pack.bodies.get("proper_compounds") and _proper(near, head)))
            and named
            and (_capital(near, start, end) or (pack.bodies.get("small_nations") and units[0].kind == "nation"))
        ):
            found.setdefault((start, end), _body(near, start, end, head))
    return list(found.values())


def _proper(near: Neighbours, head: Span) -> bool:
    """A longer word that ends in a head and has a capital though it opens nothing: "says *Regnskogfondet*"."""
    text = near.text
    opens = not re.search(r"[\w,;)] $", text[max(0, head.start - 2) : head.start])
    return (
        text[head.start].isupper() and not opens and near.folded[head.start : head.end] not in _concepts(near.pack.code)
    )


@cache
def _concepts(code: str) -> frozenset[str]:
    return frozenset(fold(label) for label, _ in schemes.labels(code).get("concept", ()))


def _capital(near: Neighbours, start: int, end: int) -> bool:
    return not near.pack.spaces or any(c.isupper() for c in near.text[start:end])


@cache
def _breaks(code: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    bodies = lang.load(code).bodies
    return re.compile(rf"[\u4e00-\u9fff]{{1,{bodies['bridge']}}}"), tuple(bodies.get("not_heads", ()))


def _bridge(near: Neighbours, head: Span, start: int) -> tuple[int, list[Span]]:
    """How far a name reaches to the left over a few characters that no list holds, up to a unit: 国家|乡村|振兴|局.

    Only where the language has no spaces; characters that are verbs or particles (``breaks``) end a name.
    """
    run, not_heads = _breaks(near.pack.code)
    if near.text.endswith(not_heads, 0, head.end):
        return start, []
    breaks = near.pack.bodies.get("breaks", "")
    units: list[Span] = []
    at = start
    while len(units) < 6:
        unit = None
        for gap in range(1, near.pack.bodies["bridge"] + 1):
            between = near.text[at - gap : at] if gap <= at else ""
            if not run.fullmatch(between) or between[0] in breaks:
                break
            if any(near.held.get(i, 0) > start - 12 for i in range(at - gap, at)):
                break
            found = [s for s in near.ending.get(at - gap, ()) if s.kind in UNITS and s.start not in near.stops]
            if found:
                unit = min(found, key=lambda s: s.start)
                break
        if unit is None:
            break
        reach, left = grow_left(near, unit.start)
        units = [*left, unit, *units]
        at = reach
    if units and (units[0].kind in ("place", "nation", "weak-place", "body") or units[0].value in _WIDE):
        return at, units
    return start, []


def _called(near: Neighbours, head: Span) -> list[Span]:
    """The name that no list holds of a body before the post of who heads it, from an edge on: 爱德|基金会|秘书长."""
    if head.end not in near.stops or head.end - head.start < 2:
        return []
    breaks = near.pack.bodies.get("breaks", "")
    start = head.start
    while start and is_han(near.text[start - 1]) and near.text[start - 1] not in breaks and head.start - start < 7:
        start -= 1
    edge = not start or not (is_han(near.text[start - 1]) or near.text[start - 1].isalnum())
    return [Span(start, head.start, "called", None)] if edge and head.start - start > 1 else []


def _ministry(head: Span, compound: Span | None) -> bool:
    """One word that names a ministry by its field (*Entwicklungsministerium*), though it may be counted too."""
    return compound is not None and bool(compound.value) and head.value in STATE_HEADS


def _owned(near: Neighbours, start: int, head: Span) -> bool:
    """A head in lower case right after whose it is: *Vietnams* vennskapsunion."""
    if near.pack.bodies.get("capitals") or not near.pack.bodies.get("genitive") or start == head.start:
        return False
    return _left_unit(near, head.start - 1) is not None and near.folded[head.start - 2] == "s"


def _telling(units: Sequence[Span], pack: Pack) -> bool:
    """A head alone, or with words that any body could bear ("the Standing Committee"), names nothing."""
    words = [u for u in units if u.kind == "word"]
    return any(u.kind != "word" and u.value not in _ANY_BODY for u in units) or (
        len(words) > 1 and bool(pack.bodies.get("capitals"))
    )


def acronym_after(text: str, end: int, pack: Pack) -> re.Match[str] | None:
    """The acronym given in brackets right after a body's name ends at ``end``; group 1 is the acronym."""
    match = _ACRONYM.match(text, end)
    return match if match and match[1] not in pack.bodies.get("not_acronyms", ()) else None


def _body(near: Neighbours, start: int, end: int, head: Span) -> Span:
    text = near.text
    acronym, reach = "", end
    if match := acronym_after(text, end, near.pack):
        acronym, reach = match[1], match.end()
    kind = "GovernmentBody" if head.value in STATE_HEADS else ""
    name = Name("organization", text[start:end], near.pack.code, acronym=acronym, type=kind)
    return Span(start, reach, "body", name)


def posts(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Posts with the domain that stands before or after them; values are ``Post``."""
    pack = near.pack
    found = []
    for span in spans:
        if span.kind != "post":
            continue
        start, end, units = span.start, span.end, list[Span]()
        inner = [s for s in near.ending.get(end, ()) if s.kind == "concept" and s.start > start and not _is_head(s)]
        inner = [s for s in inner if s.value not in _ANY_BODY]  # the "general" of a director general is no field
        if span.value in _TAKES_DOMAIN or inner:
            if pack.bodies.get("domain_right", True):
                reach, units = _domain_right(near, end if inner else _past_adjectives(near, end), inner)
                end = reach if units else end
            if pack.bodies.get("domain_left", True) and not units:
                start, units = _domain_left(near, start)
        domain = frozenset(str(u.value) for u in units if u.kind == "concept")
        found.append(Span(start, end, "post", Post(refine(span.value, domain), domain)))
    return found


_TAKES_DOMAIN = frozenset({"minister", "deputy-minister", "state-secretary", "commissioner"})
_DEVELOPMENT = frozenset({"development", "cooperation", "international", "aid", "humanitarian", "trade"})


def refine(slug: str, domain: frozenset[str]) -> str:
    """The narrower position that a domain makes of ``slug``: a minister of foreign affairs is a foreign-minister."""
    if "foreign-affairs" in domain:
        return {"minister": "foreign-minister", "deputy-minister": "deputy-foreign-minister"}.get(slug, slug)
    if slug == "minister" and domain <= _DEVELOPMENT and domain & {"development", "aid"}:
        return "development-minister"
    if slug == "deputy-prime-minister" and "university" in domain:
        return "head"  # the vice-chancellor of a university leads it, that of a state is its chancellor's deputy
    return slug


def _past_adjectives(near: Neighbours, end: int) -> int:
    """Past a nationality, and words of the pack such as "federal", that stand between a post and its domain."""
    words = tuple(f" {word}" for word in near.pack.bodies.get("post_words", ()))
    for _ in range(2):
        nations = [s.end for s in near.starting.get(end + 1, ()) if s.kind == "nation"]
        word = next(
            (w for w in words if near.folded.startswith(w, end) and not near.folded[end + len(w) :][:1].isalpha()), ""
        )
        end = max(nations) if nations else end + len(word)
    return end


def _domain_right(near: Neighbours, end: int, inner: Sequence[Span] = ()) -> tuple[int, list[Span]]:
    """How far a post's domain reaches; ``inner`` is the part of it that its label holds already."""
    connect, both = _connectors(near.pack.code)
    units: list[Span] = list(inner)
    at = end
    while len(units) < 8:
        match = (both.match(near.folded, at) if units else None) or connect.match(near.folded, at)
        if match is None or match.end() == at:
            break
        found = [s for s in near.starting.get(match.end(), ()) if s.kind == "concept" and not _is_head(s)]
        if not found or match.end() in near.stops:
            break
        units.append(max(found, key=lambda s: s.end))
        at = units[-1].end
    return (at, units) if units else (end, [])


def _domain_left(near: Neighbours, start: int) -> tuple[int, list[Span]]:
    end = start - 1 if near.pack.spaces and near.text[start - 1 : start] in (" ", "-") else start
    if near.pack.spaces and end == start:
        return start, []
    units: list[Span] = []
    while len(units) < 8:
        found = [s for s in near.ending.get(end, ()) if s.kind == "concept" and not _is_head(s)]
        unit = min(found, key=lambda s: s.start, default=None)
        if unit is None and not near.pack.spaces:
            unit = _joined_unit(near, end, end)
        if unit is None:
            break
        units.insert(0, unit)
        start = end = unit.start
        if near.pack.spaces:
            break
    return start, units


def _with_article(near: Neighbours, start: int) -> int:
    """The capitalised article and the adjective that open a venue's name: *Det nasjonale* konferansesenteret."""
    articles = "|".join(re.escape(a) for a in near.pack.bodies.get("articles", ())) or "(?!)"
    match = re.search(rf"(?<!\w)(?:{articles}) (?:[^\W\d_]+ )?$", near.text[max(0, start - 40) : start])
    return start - len(match[0]) if match else start


def _capitals_before(near: Neighbours, start: int) -> int:
    """Where the capitalised words begin that stand right before a venue's word: *Losby* Gods."""
    stops = near.pack.names.get("stop", ())
    while match := re.search(r"(?<![\w'-])([^\W\d_][\w'&-]*) $", near.text[max(0, start - 24) : start]):
        if not match[1][0].isupper() or fold(match[1]) in stops or start - len(match[0]) in near.stops:
            break
        start -= len(match[0])
    return start


def venues(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Halls and hotels, from a venue word of the pack; values are ``Name``."""
    found = []
    for head in spans:
        if head.kind != "venue":
            continue
        start, end = head.start, head.end
        if near.pack.bodies["left"] or not near.pack.spaces:
            start, _ = grow_left(near, start)
        if near.pack.bodies["right"] and near.pack.spaces:
            end, _ = grow_right(near, end)
        if near.pack.bodies["left"] and not near.pack.bodies.get("plain", True) and near.text[start].isupper():
            start = _capitals_before(near, start)
        start = _with_article(near, start)
        if any(c.isupper() for c in near.text[start:end]) or not near.pack.spaces:
            found.append(Span(start, end, "venue", Name("place", near.text[start:end], near.pack.code)))
    return found
