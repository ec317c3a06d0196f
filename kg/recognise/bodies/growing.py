"""How names grow around a head word.

"Committee for Foreign NGO Affairs", « ministère de la Santé », 外国非政府组织工作委员会: from a head a name grows over
neighbouring concept words, places, nationalities and capitalised words, as the pack's ``[bodies]`` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import lang, schemes
from kg.lang import Pack
from kg.recognise.bodies.titles import in_title
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.words.cases import may_own
from kg.recognise.words.declined import tables
from kg.recognise.words.owners import jointly, unowned

UNITS = frozenset({"concept", "place", "nation", "weak-place"})
SHORTEST = 4
"""Letters that an adjective has more than."""
_CAPITAL = re.compile(r"[^\W\d_a-zà-öø-ÿ][\w'’&/-]*")
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper() and c != c.lower())
_SUM = re.compile(r" (?:[^\W\d_]+ ){0,3}\d")
"""A number right behind a verb, a few words of how exact it is between."""
_DISTRICT = re.compile(rf"\d{{1,2}}(?!\w)|[{_UPPER}][\w'’-]*(?: [{_UPPER}][\w'’-]*){{0,5}}(?: \d{{1,2}}(?![\w/.,]))?")
"""The name of a district, or its number."""
_COMMA = re.compile(", ")
_FIELDED = ("ministry", "department")  # which several fields name
_FIELD = re.compile(r"[a-zß-ÿ]{6,}")  # a word in small letters that may be the field of a ministry
_RUN = re.compile(r"[^\W\d_a-zà-öø-ÿ][\w'’&-]*(?: [^\W\d_a-zà-öø-ÿ][\w'’&-]*)*")
_INITIAL = re.compile(r" [A-Z]\.")
_JOINED = re.compile(r"[a-zß-ÿ][A-Z]")
"""What a name joined of two words shows, which is a body of its own: the Department of Health and *BrightPath*."""


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


def neighbours(text: str, folded: str, spans: Sequence[Span], pack: Pack) -> Neighbours:
    """Index ``spans`` for growing names. A name never grows over a post, a registered body, a month, an event, or
    words by which two act together.
    """
    starting: dict[int, list[Span]] = {}
    ending: dict[int, list[Span]] = {}
    stops = set()
    # without word boundaries a longer post may begin inside a body's name: 卫生部部长 in 老挝|卫生部|部长
    inner = {} if pack.spaces else {s.end: s.start for s in spans if s.kind == "post"}
    # and a shorter one that of an embassy: *Đại sứ* quán
    concepts = {s.start: s.end for s in sorted(spans, key=lambda s: s.end) if is_head(s)} if pack.spaces else {}
    for span in spans:
        if span.kind in UNITS and not may_own(folded[span.start : span.end], pack.code):
            continue
        if span.kind in UNITS:
            starting.setdefault(span.start, []).append(span)
        if span.kind in UNITS or span.kind == "body":
            ending.setdefault(span.end, []).append(span)
        if jointly(text, folded, span, pack):
            stops.add(span.start)
        if span.kind in ("post", "body", "month", "event", "honorific") and not (
            span.kind == "post"
            and (inner.get(span.end, span.start) > span.start or concepts.get(span.start, 0) > span.end)
        ):
            stops.add(span.start)
    verbs = frozenset(s.start for s in spans if s.kind == "hold" or (s.kind == "give" and _SUM.match(folded, s.end)))
    held: dict[int, int] = {}
    for span in spans if pack.bodies.get("bridge") else ():
        if span.kind in pack.words and span.kind not in ("aid", "other"):
            held |= {at: max(span.end, held.get(at, 0)) for at in range(span.start, span.end)}
    return Neighbours(text, folded, pack, starting, ending, frozenset(stops), verbs, held)


@cache
def connectors(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the small words inside names, and of those that join two parts of one."""
    bodies, names = lang.load(code).bodies, lang.load(code).names
    # a name goes on over a district where surnames tell the name of a person behind it
    over = names.get("districts", ()) if names.get("surnames") else ()
    small = [*bodies["connectors"], *(f" {word} " for word in over)]
    words = "|".join(re.escape(w) for w in sorted(small, key=len, reverse=True)) or "(?!)"
    both = "|".join(re.escape(w) for w in sorted(bodies["and"], key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?:(?:{words}))*"), re.compile(rf"(?:(?:{both}))(?:{words})*")


def is_head(span: Span) -> bool:
    """True for a concept such as *ministry*, around which names grow."""
    return span.kind == "concept" and span.value in schemes.load().heads


def _unit(near: Neighbours, at: int, *, capitals: bool, plain: bool) -> Span | None:
    """The longest unit that begins at ``at``; a capitalised word counts as one where ``plain``."""
    found = [s for s in near.starting.get(at, ()) if not capitals or near.text[at].isupper() or not near.pack.capitals]
    if found:
        return max(found, key=lambda s: s.end)
    if plain and at not in near.stops and (match := _CAPITAL.match(near.text, at)) and near.text[at].isupper():
        return None if fold(match[0]) in near.pack.names.get("stop", ()) else Span(at, match.end(), "word", None)
    return None


def grow_right(near: Neighbours, end: int, *, head: str = "") -> tuple[int, list[Span]]:
    """How far a name whose head ends at ``end`` reaches to the right, and the units it grew over; ``head``: that of
    a body, which no bare word follows where heads end names (``bodies.head_last``): Green Roots Foundation | *Opens*.
    """
    bodies = near.pack.bodies
    capitals, place_ends = bodies.get("capitals", False), bodies.get("place_ends", False)
    last = bool(head) and bodies.get("head_last", False)
    connect, both = connectors(near.pack.code)
    units: list[Span] = []
    while len(units) < 12:
        joined = both.match(near.folded, end) or (_next_field(near, end, units) if head in _FIELDED else None)
        match = joined or connect.match(near.folded, end)
        at = _past_small(near, end, match, joined)
        if at == end and near.pack.spaces:
            break
        unit = (
            _district(near, at)
            or _unit(near, at, capitals=capitals, plain=bodies.get("plain", True))
            or (_adjective(near, at) if at == end + 1 else None)
        )
        field = joined is not None and head == "ministry" and joined[0] in bodies.get("field_joints", ())
        if unit is None and field and (more := _FIELD.match(near.text, at)):
            unit = Span(at, more.end(), "field", None)
        if unit is None or at in near.stops:
            break
        if joined and (
            is_head(unit)
            or unit.kind in ("place", "nation", "weak-place")
            or near.text.startswith("- ", unit.end)  # Utenriksdepartementet og |*Klima-* og miljødepartementet
            or (unit.kind == "word" and (not (capitals or field) or _JOINED.search(near.text, unit.start, unit.end)))
            or (unit.kind in ("word", "concept") and _begins_other(near, joined[0], units, unit, head))
            or (last and _other_name(near, joined[0], units, unit))
            or (joined[0][0] == "," and bodies.get("comma_capital") and not near.text[at].isupper())
        ):
            break
        if is_head(unit) and near.text[at].isupper() and units and not capitals:
            break
        if joined and joined[0][0] == "," and unit.kind == "word" and _two_words(near, unit.end):
            break  # "for the Joint Secretariat, *Ann Moe*, director": a person
        if last and not units and unit.kind == "word" and match and match[0] == " ":
            break
        named = unit.kind == "word" and not _of_district(near, units, unit)
        person = bodies.get("names_end") or (head == "ministry" and at == end + 1 and _two_words(near, unit.end, ""))
        if named and (_begins_name(near, at) or (person and _named(units))):
            break  # the Ministry of Health | *John Moyo*
        units.append(unit)
        end = unit.end
        if place_ends and unit.kind in ("place", "weak-place", "district"):
            break
    return _without_verb(near, units, end)


def _next_field(near: Neighbours, end: int, units: Sequence[Span]) -> re.Match[str] | None:
    """The comma before another field of a ministry behind those in ``units``, where the fields behind it end with
    "and" and one more, all with a capital or none: Ministeriet for Fødevarer|, *Landbrug* og Fiskeri.
    """
    comma = first = _COMMA.match(near.folded, end) if units else None
    capital = comma is not None and near.text[units[-1].start].isupper()
    while comma is not None and (at := _field_ends(near, comma.end(), capital=capital)):
        joint = connectors(near.pack.code)[1].match(near.folded, at)
        if joint and joint[0].strip() != "," and _field_ends(near, joint.end(), capital=capital):
            return first
        comma = _COMMA.match(near.folded, at)
    return None


def _field_ends(near: Neighbours, at: int, *, capital: bool) -> int:
    """Where the longest field ends that begins at ``at`` with a capital, or without; 0 if none does."""
    found = [s.end for s in near.starting.get(at, ()) if s.kind == "concept" and not is_head(s)]
    return max(found, default=0) if near.text[at : at + 1].isupper() == capital else 0


def _past_small(near: Neighbours, end: int, match: re.Match[str] | None, joined: re.Match[str] | None) -> int:
    """Where the next unit of a name begins: behind the small words that ``match`` holds, but for those with which a
    listed label begins: وزارة *الشؤون الاجتماعية*, กระทรวง|การคลัง; also behind an "and" written together with it.
    """
    at = match.end() if match else end
    if joined and near.pack.proclitics:
        return next((i for i in range(end + 2, at) if near.starting.get(i)), at)
    if match and at > end + 1 and near.folded[end] == " " and near.starting.get(end + 1):
        return end + 1
    return end if not near.pack.spaces and near.starting.get(end) else at


def _begins_other(near: Neighbours, joint: str, units: Sequence[Span], first: Span, head: str) -> bool:
    """True where ``first`` behind ``joint`` begins another body's name: an acronym (Universitas Cendana dan *PMI*), and
    behind a comma what follows a proper name (Kelompok Tani Harapan Jaya, *Koperasi* …); not the fields of a
    ministry.
    """
    if head in ("ministry", "department"):
        return False
    acronym = near.text[first.start : first.end].isupper() and first.end - first.start > 1
    return acronym or (joint.strip() == "," and bool(units) and units[-1].kind == "word")


def _other_name(near: Neighbours, joint: str, units: Sequence[Span], first: Span) -> bool:
    """True where another name begins with ``first`` behind ``joint``: that of a body whose head ends it (the Bank of
    Zambia and *Lakeside Bank*), and what follows a bare head; or the acronym of the body: the Seed Agency, *SA*, tests.
    """
    if joint[0] == ",":
        return near.text[first.start : first.end].isupper() and near.text.startswith(",", first.end)
    if not units:
        return True
    run = _RUN.match(near.text, first.start) if first.kind == "word" else None
    ends = {s.end for at in range(first.end, run.end()) for s in near.starting.get(at, ()) if is_head(s)} if run else ()
    return any(end <= run.end() for end in ends) if run else False


def _adjective(near: Neighbours, at: int) -> Span | None:
    """An adjective in small letters, over which names grow where they stand behind a head: Agence *régionale* …"""
    pattern = adjective_of_names(near.pack.code)
    match = pattern.match(near.folded, at) if pattern and at not in near.stops and near.text[at].islower() else None
    return Span(at, match.end(), "epithet", None) if match else None


@cache
def adjective_of_names(code: str) -> re.Pattern[str] | None:
    """The pattern of an adjective in small letters that may be part of a body's name; None where the pack has none."""
    pattern = lang.load(code).bodies.get("adjective")
    return re.compile(pattern) if pattern else None


def _district(near: Neighbours, at: int) -> Span | None:
    """The name behind the word for a district, which no list holds: *huyện* Đức Linh. A person's name may follow it:
    it begins with the commonest surname of the words behind the first (… Bình *Nguyễn* Văn Ba).
    """
    words = tuple(f" {word} " for word in near.pack.names.get("districts", ()))
    surnames: tuple[str, ...] = near.pack.names.get("surnames", ())
    if not words or not surnames or not near.folded.endswith(words, 0, at):
        return None
    match = _DISTRICT.match(near.text, at)
    if match is None or any(s.kind == "place" for s in near.starting.get(at, ())):
        return None
    ends = [m.end() + at for m in re.finditer(r"[^ ]+", match[0])]
    starts = [m.start() + at for m in re.finditer(r"[^ ]+", match[0])]
    opens = [
        (surnames.index(word), i)
        for i in range(1, len(ends) - 1)
        if (word := fold(near.text[starts[i] : ends[i]])) in surnames
    ]
    return Span(at, ends[min(opens)[1] - 1] if opens else ends[-1], "district", None)


def _two_words(near: Neighbours, end: int, mark: str = ",") -> bool:
    """True where a second capitalised word that no list holds follows, and then ``mark``."""
    second = _CAPITAL.match(near.text, end + 1) if near.text[end : end + 1] == " " else None
    return second is not None and not near.starting.get(end + 1) and near.text.startswith(mark, second.end())


def _of_district(near: Neighbours, units: Sequence[Span], unit: Span) -> bool:
    """True for the name of a district right behind the word for one, or a second word of it: Kabupaten *Alor Barat*."""
    ends = near.pack.names.get("district_ends", ())
    second = units[-1:] and units[-1].kind == "word" and near.folded[unit.start : unit.end] in ends
    local = [u for u in units[-2 if second else -1 :] if u.value == "local"]
    return bool(ends) and any(near.folded[u.start : u.end] in near.pack.names.get("districts", ()) for u in local)


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
        unit = left_unit(near, end) or joined_unit(near, end, start) or _local(near, end)
        if unit is None or (unit.start in near.stops and unit.kind != "body"):
            break
        if units and units[-1].kind == "word" and is_head(unit) and _closed(near, unit):
            break  # Green Roots *Foundation* Opens School
        units.append(unit)
        start = unit.start
    return start, units[::-1]


def _local(near: Neighbours, end: int) -> Span | None:
    """The word for what a place is, in small letters between its name and a head: Ha Giang *provincial* People's …"""
    words = (s for s in near.ending.get(end, ()) if s.kind == "concept" and s.value == "local")
    return next((s for s in words if any(p.kind == "place" for p in near.ending.get(s.start - 1, ()))), None)


def _closed(near: Neighbours, head: Span) -> bool:
    """True in a title where heads end names, as the one before a verb does."""
    return bool(near.pack.bodies.get("head_last")) and in_title(near.text, head.start)


def joined_unit(near: Neighbours, end: int, start: int) -> Span | None:
    """A concept before a joiner, where the languages without spaces join two inside a name: 经济|合作|与|发展部."""
    joiner = next((j for j in near.pack.bodies.get("joiners", ()) if near.folded.endswith(j, 0, end)), "")
    inner = [s for s in near.starting.get(start, ()) if s.kind == "concept"]
    unit = left_unit(near, end - len(joiner)) if joiner and inner else None
    if unit is None or unit.kind != "concept":
        return None
    # a head ends a name, unless the same one follows: 红十字与红新月
    alike = any(s.value == unit.value for s in inner)
    plain = not is_head(unit) and not all(map(is_head, inner))
    return Span(unit.start, end, *unit[2:]) if alike or plain else None


def left_unit(near: Neighbours, end: int) -> Span | None:
    """The longest unit that ends at ``end``, an owner's sign included; a capitalised word counts as one."""
    text, folded = near.text, near.folded
    ends = [end]
    if (name := unowned(folded, end, near.pack)) < end:
        ends.append(name)
    if near.pack.spaces and near.pack.bodies.get("genitive") and folded[end - 1 : end] == "s":
        ends.append(end - 1)
    for candidate in ends:
        small = ("nation",) if near.pack.bodies.get("small_nations") else ()
        found = [
            s
            for s in near.ending.get(candidate, ())
            if not near.pack.capitals or text[s.start].isupper() or s.kind in small
        ]
        if found:
            best = min(found, key=lambda s: s.start)
            if candidate < end and (best.kind == "body" or (best.kind == "concept" and _linked(near, best.start))):
                return None  # the *Department of State's* | Bureau of Population
            return Span(best.start, end, best.kind, best.value)
    proper = near.pack.bodies.get("proper_compounds")
    hyphen = text[end : end + 1] == "-" and proper
    # Nobels *Fredssenter*
    owner = proper and near.pack.bodies.get("genitive") and folded[end - 1 : end] == "s" and text[end + 1].isupper()
    first = near.pack.bodies.get("first_capital", False) and text[end + 1 : end + 2].islower()
    if not near.pack.spaces or not (hyphen or owner or first or near.pack.bodies.get("plain", True)):
        return None
    head = _word_begins(text, end)
    word = text[head:end]
    if lang.pattern(near.pack.code, "epithet", table="bodies").fullmatch(fold(word)):
        return None
    if first and len(word) > SHORTEST and folded.endswith(_adjectives(near.pack.code), head, end):
        return None if fold(word) in near.pack.names.get("stop", ()) else Span(head, end, "adjective", None)
    if near.pack.bodies.get("first_capital"):
        return None
    if word[:1].isupper() and fold(word) not in near.pack.names.get("stop", ()) and len(word) > 1:
        return Span(head, end, "word", None)
    return None


def _word_begins(text: str, end: int) -> int:
    """Where the word begins that ends at ``end``, or the initial: Conrad *N.* Hilton Foundation."""
    if _INITIAL.fullmatch(text[max(0, end - 3) : end]):
        return end - 2
    while end and (text[end - 1].isalnum() or text[end - 1] in "'’&-"):
        end -= 1
    return end


def _linked(near: Neighbours, start: int) -> bool:
    """True behind a small word that goes on a name: Department *of* State."""
    small = tuple(word for word in near.pack.bodies["connectors"] if word.strip().isalpha())
    return near.folded.endswith(small, 0, start)


@cache
def _adjectives(code: str) -> tuple[str, ...]:
    """How adjectives end in all cases and genders, by the tables of a language that declines."""
    told = tables(code)
    rows = [(ending, row) for ending, rows in told.adjectives.items() for row in rows] if told else []
    forms = {fold(form) for ending, row in rows for case in row.forms(ending) for form in case}
    return tuple(sorted(forms | {fold(ending) for ending, _ in rows}))
