"""Bodies named by a head word, such as *ministry* or *committee*, and at least one word more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from functools import cache
from itertools import pairwise

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels
from kg.model import Name
from kg.recognise.bodies.edges import from_edge
from kg.recognise.bodies.given import acronym_after
from kg.recognise.bodies.growing import (
    UNITS,
    Neighbours,
    adjective_of_names,
    connectors,
    grow_left,
    grow_right,
    is_head,
    left_unit,
)
from kg.recognise.bodies.titles import in_title
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.words.cases import body_in_nominative

_WIDE = frozenset({"national", "international", "world", "global", "asian", "african", "european", "central", "united"})
ANY_BODY = frozenset({"standing", "general", "local", "work", "state", "central"})
_ANY_HEAD = frozenset({"committee", "commission", "organization", "association", "fund", "foundation", "company"})
_OWN_BODIES = frozenset({"commission", "council", "parliament", "court", "committee"})
"""Heads of bodies that larger ones have."""
_WHOLE = frozenset({"red-cross"})
"""Heads that are whole names but for whose they are: money goes to *the Red Cross* for blankets."""
_OF_UNION = frozenset({"commission", "government", "parliament"})
STATE_HEADS = frozenset({"ministry", "government", "department", "parliament", "embassy", "state"})
_SAINTS = ("St. ", "Sta. ", "Ste. ")
_SMALL_WORD = re.compile(r" ([^\W\d_A-ZÀ-Þ]+)")
_DASH = re.compile(r" ?[-–] ?")
_IN_BRACKETS = re.compile(r"((?: [^\s().,;:«»\"]+){1,11}) ?\(([A-ZÀ-Þ][A-Za-zÀ-ÿ-]{2,11})\)")
"""Words, and an acronym in brackets behind them."""
_PARTS = re.compile(r"[^\W\d_]+")


def bodies(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Organizations named by a head with at least one more unit; values are ``Name``."""
    # those programmes that are bodies are world-known
    heads = [s for s in spans if is_head(s) and not (near.pack.spaces and s.value == "programme")]
    if not heads:
        return []
    pack, text = near.pack, near.text
    lower = pack.bodies.get("lower_heads", ())
    counted = {(s.start, s.end) for s in spans if s.kind == "countable"}
    compounds = {(s.start, s.end): s for s in spans if s.kind == "compound"}
    ends = {head.start: head.end for head in heads}
    blocked = {
        s.start
        for s in spans
        if s.kind in ("event", "body")
        or (s.kind in ("post", "venue") and s.end >= ends.get(s.start, 0))  # not the *đại sứ* of đại sứ quán, 总领事|馆
    }
    words = {s.start for s in spans}
    titled = {s.end + 1 for s in spans if s.kind in ("post", "honorific") and pack.bodies.get("head_last")}
    words_of_aid = {(s.start, s.end) for s in spans if s.kind == "aid"}
    found: dict[tuple[int, int], Span] = {}
    for head in (h for h in heads if h.start not in blocked):
        start, end, units = head.start, head.end, list[Span]()
        if pack.bodies["right"]:
            end, units = _until_country(head, *grow_right(near, head.end, head=head.value))
            end = _of_two(near, head, end, units)
        end, units = _as_spelled(near, head, *with_field(near, head, *_placed(near, head, end, units)))
        if pack.bodies["left"] and not (pack.declension and text[head.start : head.end].isupper()):  # кенийского | МИД
            start, left = grow_left(near, head.start)
            start -= next((len(saint) for saint in _SAINTS if left and text.endswith(saint, 0, start)), 0)
            units = left + units
        if pack.spaces and not _small_head(near, head, lower) and not _written_as_name(near, start, head, end):
            continue
        if pack.bodies.get("bridge"):
            start, left = _bridge(near, start)
            short = acronym_after(text, head.end, pack) is not None
            start, units = from_edge(near, head, start, left + units, acronym=short)
        if (head.start, head.end) in compounds:
            units = [*units, compounds[head.start, head.end]]
        if pack.spaces and head.value in _OWN_BODIES and not units:
            end, units = _of_body(near, head, end)
        if _of_person(head, units, near):
            continue
        plain = head.value == "association" and (start, end) in words_of_aid  # "civil society" is no society
        if (
            plain
            or near.folded[start:end] in pack.bodies.get("unnamed", ())
            or text[start - 1 : start] in pack.bodies.get("not_after", ())
        ):
            continue
        named = (start, end) not in counted or _ministry(head, compounds.get((start, end)))
        if (
            (
                _telling(units, pack)
                or _worded(near, head, units)
                or (start not in titled and _by_words(near, units, head, end, words))
                or (pack.bodies.get("proper_compounds") and _proper(near, head))
            )
            and named
            and (
                _capital(near, start, end)
                or (pack.bodies.get("small_nations") and units[0].kind == "nation")
                or (head.value == "ministry" and head.value in lower and _field(units))
            )
        ):
            found.setdefault((start, end), _body(near, start, end, head))
    return list(found.values())


def _of_person(head: Span, units: Sequence[Span], near: Neighbours) -> bool:
    """True for the government of whom no list holds, a person: "President *Ada Bello's* government"."""
    own = near.pack.names.get("owner", ())
    named = head.value == "government" and bool(own) and bool(units) and all(u.kind == "word" for u in units)
    return named and near.folded[: units[-1].end].endswith(tuple(own)) and units[-1].end < head.start


def _small_head(near: Neighbours, head: Span, lower: Sequence[str]) -> bool:
    """True for a head that names are written with in small letters, itself or its concept; not one of many: *une*
    université.
    """
    return head.value in lower or (
        near.folded[head.start : head.end] in lower
        and not near.folded.endswith(tuple(near.pack.names.get("indefinite", ())), 0, head.start)
    )


def _of_body(near: Neighbours, head: Span, end: int) -> tuple[int, list[Span]]:
    """The reach of a name that a registered body ends, of which it is a part: the *Council of* the European Union."""
    small = connectors(near.pack.code)[0].match(near.folded, end)
    at = small.end() if small and small.end() > end + 1 and near.text[head.start].isupper() else -1
    whole = [s for spans in near.ending.values() for s in spans if s.kind == "body" and s.start == at]
    longest = max(whole, key=lambda s: s.end, default=None)
    return (end, []) if longest is None else (longest.end, [longest])


def _until_country(head: Span, end: int, units: list[Span]) -> tuple[int, list[Span]]:
    """A government's name ends with its country: "the *government of Turkey* to Chad"."""
    country = next((i for i, u in enumerate(units) if u.kind == "place"), None) if head.value == "government" else None
    return (end, units) if country is None else (units[country].end, units[: country + 1])


def _of_two(near: Neighbours, head: Span, end: int, units: Sequence[Span]) -> int:
    """Where a name ends that ends with two countries: *Hội hữu nghị Việt Nam - Myanmar*; a state's body has one."""
    if not units or units[-1].kind not in ("place", "nation", "weak-place") or head.value in STATE_HEADS:
        return end
    dash = _DASH.match(near.text, end)
    after = [s.end for s in near.starting.get(dash.end() if dash else end, ()) if s.kind != "concept"]
    return max(after, default=end) if dash else end


def _field(units: Sequence[Span]) -> bool:
    """True for the fields of a ministry, which some papers write small: *ministère des affaires étrangères*."""
    return bool(units) and all(u.kind in ("concept", "sector") or (u.kind == "compound" and u.value) for u in units)


def with_field(near: Neighbours, head: Span, end: int, units: list[Span]) -> tuple[int, list[Span]]:
    """How far a name reaches over words in small letters that say its field: *Direktoratet* for samfunnssikkerhet."""
    field = _field_pattern(near.pack.code)
    told = field and near.text[head.start].isupper() and head.value not in _WHOLE
    match = field.match(near.text, head.end) if field and told else None
    if match is None or match.end() <= end:
        return end, units
    end, more = grow_right(near, match.end(), head=head.value) if near.pack.bodies["right"] else (match.end(), [])
    if more and more[0].kind == "word" and not near.text[match.end() : more[0].start].strip():
        end, more = match.end(), []  # rather a person's
    return end, [Span(match.start(), match.end(), "field", None), *more]


def _placed(near: Neighbours, head: Span, end: int, units: list[Span]) -> tuple[int, list[Span]]:
    """A head in small letters that a preposition of place follows, which names nothing: the *agence à* N'Djamena; and
    the one of a union that is told what for: *die Kommission für* Polen.
    """
    if units and head.value in _OF_UNION and (head.value == "government" or units[0].kind in ("place", "weak-place")):
        between = near.folded[head.end : units[0].start]
        return (head.end, []) if between in near.pack.names.get("dative", ()) else (end, units)
    small = near.pack.spaces and near.text[head.start].islower() and bool(units)
    there = (
        small
        and units[0].kind != "concept"
        and (near.folded[head.end : units[0].start] in near.pack.names.get("locative", ()))
    )
    return (head.end, []) if there else (end, units)


def _as_spelled(near: Neighbours, head: Span, end: int, units: list[Span]) -> tuple[int, list[Span]]:
    """How far a name reaches over words that no list holds up to its acronym in brackets, which their first letters
    spell: the *Association nigérienne pour le bien-être familial* (ANBEF).
    """
    if not near.pack.spaces or not near.pack.bodies["right"] or not near.text[head.start].isupper():
        return end, units
    match = _IN_BRACKETS.match(near.text, head.end)
    if match is None or match.end(1) <= end or any(head.end < at < match.end(1) for at in near.stops):
        return end, units
    words = _PARTS.findall(_plain(near.folded[head.start : match.end(1)]))
    if match[2] in near.pack.bodies.get("not_acronyms", ()) or not _begins_with(_plain(fold(match[2])), words):
        return end, units
    return match.end(1), [*units, Span(head.end, match.end(1), "field", None)]


def _plain(text: str) -> str:
    """The text without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _begins_with(acronym: str, words: Sequence[str]) -> bool:
    """True where an acronym is made of the first letters of ``words`` in order, of the first word too; some words may
    give none, and some more than one: *coalition* … *synergie* … (CoSyDEP).
    """
    first, *rest = words
    starts = {i for i in range(1, len(acronym) + 1) if first.startswith(acronym[:i])}
    for word in rest:
        starts |= {i + n for i in starts for n in range(1, len(acronym) - i + 1) if word.startswith(acronym[i : i + n])}
    return len(acronym) in starts


@cache
def _field_pattern(code: str) -> re.Pattern[str] | None:
    pattern = lang.load(code).bodies.get("field")
    return re.compile(pattern) if pattern else None


def _proper(near: Neighbours, head: Span) -> bool:
    """A longer word that ends in a head and has a capital though it opens nothing: "says *Regnskogfondet*"."""
    text = near.text
    opens = not re.search(r"[\w,;)] $", text[max(0, head.start - 2) : head.start])
    return (
        text[head.start].isupper() and not opens and near.folded[head.start : head.end] not in _concepts(near.pack.code)
    )


@cache
def _concepts(code: str) -> frozenset[str]:
    return frozenset(fold(label) for label, _ in labels(code).get("concept", ()))


def _capital(near: Neighbours, start: int, end: int) -> bool:
    return not near.pack.capitals or any(c.isupper() for c in near.text[start:end])


@cache
def _run(code: str) -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{1,{lang.load(code).bodies['bridge']}}}")


def _bridge(near: Neighbours, start: int) -> tuple[int, list[Span]]:
    """How far a name reaches to the left over a few characters that no list holds, up to a unit: 国家|乡村|振兴|局.

    Only where the language has no spaces; characters that are verbs or particles (``breaks``) end a name.
    """
    run = _run(near.pack.code)
    breaks, unnamed = near.pack.bodies.get("breaks", ""), near.pack.bodies.get("unnamed", ())
    units: list[Span] = []
    at = start
    while len(units) < 6:
        unit = None
        for gap in range(1, near.pack.bodies["bridge"] + 1):
            between = near.text[at - gap : at] if gap <= at else ""
            if not run.fullmatch(between) or between[0] in breaks or between in unnamed:
                break
            if any(near.held.get(i, -1) > max(0, start - 12) for i in range(at - gap, at)):
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


def _ministry(head: Span, compound: Span | None) -> bool:
    """One word that names a ministry by its field (*Entwicklungsministerium*), though it may be counted too."""
    return compound is not None and bool(compound.value) and head.value in STATE_HEADS


def _owned(near: Neighbours, start: int, head: Span) -> bool:
    """A head in lower case right after whose it is: *Vietnams* vennskapsunion."""
    if near.pack.bodies.get("capitals") or not near.pack.bodies.get("genitive") or start == head.start:
        return False
    return left_unit(near, head.start - 1) is not None and near.folded[head.start - 2] == "s"


def _written_as_name(near: Neighbours, start: int, head: Span, end: int) -> bool:
    """True for a head with a capital, or one in lower case that is told whose it is, or that a capital opens."""
    return near.text[head.start].isupper() or _owned(near, start, head) or _opens_with_capital(near, start, head, end)


def _opens_with_capital(near: Neighbours, start: int, head: Span, end: int) -> bool:
    """True where only the first word of a name is written with a capital (*Арктический* совет), and that word does not
    open a sentence, or the name goes on behind its head.
    """
    if not near.pack.bodies.get("first_capital") or start == head.start or not near.text[start].isupper():
        return False
    return end > head.end or re.search(r"[\w,;)] $", near.text[max(0, start - 2) : start]) is not None


def _telling(units: Sequence[Span], pack: Pack) -> bool:
    """A head alone, or with words that any body could bear ("the Standing Committee"), names nothing."""
    words = [u for u in units if u.kind == "word"]
    if pack.names.get("district_ends") and any(
        a.value == "local" and b.kind == "word" for a, b in pairwise(units)
    ):  # the government of *Kabupaten Belu*
        return True
    if not pack.spaces and units and all(u.value in _ANY_HEAD for u in units):
        return False  # 委员会|秘书处
    return any(u.kind not in ("word", "epithet") and u.value not in ANY_BODY for u in units) or (
        len(words) > 1 and bool(pack.bodies.get("capitals"))
    )


def _worded(near: Neighbours, head: Span, units: Sequence[Span]) -> bool:
    """True for a head with a capital and the proper name right behind it, or behind an adjective, where names are so
    written: the *Fédération Wallonie-Bruxelles*, the *Conseil régional de Kaolack*; no government (of a person).
    """
    if not near.pack.bodies.get("head_and_word") or head.value in STATE_HEADS or not near.text[head.start].isupper():
        return False
    word = next((u for u in units if u.kind == "word"), None)
    if word is None:
        return False
    behind = near.text[head.end : word.start]
    return behind in (" ", "-") or any(u.kind == "epithet" for u in units)


def _by_words(near: Neighbours, units: Sequence[Span], head: Span, end: int, words: Set[int]) -> bool:
    """True for a name of capitalised words alone, or with words that any body could bear, behind a head that such names
    follow: *Trường tiểu học* Hoa Mai, *Municipalidad* Provincial de Vilcas, Leeds City *Council*; not where a word in
    small letters follows that no list holds, and may be its end, unless heads end names or the pack tells such words
    by their endings (``bodies.adjective``): Université Cheikh Anta Diop *accueille*. ``words`` are
    where listed ones begin.
    """
    generic = near.pack.bodies.get("generic", ())
    own = any(u.kind == "word" and fold(near.text[u.start : u.end]) not in generic for u in units)
    if head.value not in near.pack.bodies.get("named_heads", ()) or not own:
        return False
    if near.pack.bodies.get("head_last"):
        return not in_title(near.text, head.start)
    first = next(i for i, u in enumerate(units) if u.kind == "word")
    if near.text[([head, *units][first]).end : units[first].start].strip():
        return True  # the hôpital régional *de* Gao
    after = _SMALL_WORD.match(near.text, end)
    if after is None or after.start(1) in words or fold(after[1]) in near.pack.names.get("stop", ()):
        return True
    adjective = adjective_of_names(near.pack.code)
    return adjective is not None and adjective.match(near.folded, after.start(1)) is None


def _body(near: Neighbours, start: int, end: int, head: Span) -> Span:
    text = near.text
    acronym, reach = "", end
    if match := acronym_after(text, end, near.pack):
        acronym, reach = match[1], match.end()
    kind = "GovernmentBody" if head.value in STATE_HEADS else ""
    name = Name("organization", text[start:end], near.pack.code, acronym=acronym, type=kind)
    if near.pack.declension:
        name = body_in_nominative(name, near.pack)
    return Span(start, reach, "body", name)
