"""Bodies that no list and no head tells, but the form of their names: ОАО «Север», 北東新聞によると, صحيفة الفجر.

A pack says with patterns how companies are written (``bodies.forms``) and how papers, agencies and stations are
(``bodies.outlets``); the group ``name`` is the name. Bodies that many states have under one name are a plain list
(``bodies.institutions``): whose they are the registry can't say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels
from kg.lang.letters import plain_letters
from kg.lang.macros import written_out
from kg.model import Name
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.registry import load_registry

_LETTERS = (
    r"(?:(?:(?:Pte\.? |Pvt\.? |Pty\.? |Co\.?,? )?(?:Ltd|LTD)\b\.?|Limited\b|Berhad\b|Bhd\b\.?|Tbk\b\.?"
    r"|PLC|[Pp]lc|JSC|LLC|LLP|Inc\b\.?|Corp\b\.?|GmbH"
    r"|AG|KG|ASA|AS|A/S|AB|N\.?V\b\.?|B\.?V\b\.?|S\.A\.|S\.p\.A\.|SpA|S\.r\.l\.|Srl|SARL|SAS|Ltda\b\.?|Lda\b\.?|S\.L\.|SL|SE|Oyj?"
    r"|A[Pp]S|SA|FC|CF)(?![\w$-]))"
)
_FIRM = re.compile(
    rf"(?<![\w'’-])(?P<name>(?:(?!{_LETTERS})[^\W\d_a-zß-öø-ÿ][\w'’&+-]*,? "
    rf"(?:(?:&|and|og|och|und|et|y|e|en) (?=[^\W\d_a-zß-öø-ÿ]))?){{1,5}}{_LETTERS})"
)
"""The names of firms and clubs with the letters that firms bear behind their names in all languages of Latin script."""
_LAST = re.compile(rf",? {_LETTERS}$")
_BORNE = re.compile(rf" {_LETTERS}")
"""Such letters behind a blank, as all names of firms end: looked for alone, they say at once that there is no firm."""
_SHORTEST = 4
"""Letters that a firm's name has more than."""
KINDS = {"forms": "", "outlets": "MediaOrganization"}
"""The keys of ``bodies`` that hold such patterns, each with the type of the bodies that these tell."""


def compile_form(form: str, pack: Pack) -> re.Pattern[str]:
    """A pack's pattern of the names of bodies. Raises KgError for an unknown macro."""
    return re.compile(written_out(form, pack.macros, form))


@cache
def _forms(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The patterns of a language, each with the type of the bodies that it tells."""
    pack = lang.load(code)
    forms = [(compile_form(form, pack), kind) for key, kind in KINDS.items() for form in pack.bodies.get(key, ())]
    if names := sorted(pack.bodies.get("institutions", ()), key=len, reverse=True):
        before, behind = (r"(?<![\w'’-])", r"(?![\w-])") if pack.spaces else ("", "")
        if pack.particles:
            before, behind = r"(?<!\w)", rf"(?=(?:{pack.particles})|\W|$)"
        forms.append((re.compile(f"(?P<name>{before}(?:{'|'.join(map(re.escape, names))}){behind})"), ""))
    return tuple(forms)


@cache
def named_by_state(code: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of bodies that are named by the state whose they are (``bodies.mentioned``)."""
    pack = lang.load(code)
    return tuple(compile_form(form, pack) for form in pack.bodies.get("mentioned", ()))


def shaped(text: str, low: int, high: int, pack: Pack) -> Iterator[Span]:
    """The bodies in ``text[low:high]`` that the form of their names tells; a company's span is all that is met."""
    letters = plain_letters(text[low:high])
    for form, kind in _forms(pack.code):
        for match in form.finditer(letters):
            name = text[low + match.start("name") : low + match.end("name")].strip('«»"“” ')
            start, end = match.span("name" if kind else 0)
            cut = _opening(name, pack) if pack.spaces else 0
            name, start = name[cut:], start + cut
            if name:
                yield Span(low + start, low + end, "body", Name("organization", name, pack.code, type=kind))
    if pack.spaces and _BORNE.search(text, low, high):
        yield from _firms(text, low, high, pack)


def of_places(text: str, spans: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """The bodies whose names are that of a country and the word behind it, as the pack's ``bodies.of_place`` tells such
    words: 케냐| 수자원관개부.
    """
    words = _of_place(pack.code)
    told = {(s.start, s.end) for s in spans if s.kind == "body"}
    home = pack.home.place
    states = load_registry().by_id
    lands = (s for s in spans if s.kind == "place" and s.value != home and states[s.value].country)
    for place in lands:  # not 서울| 중구청, which tells where it is
        match = words.match(text, place.end) if words else None
        if match and (match.start() + 1, match.end()) not in told:
            name = text[place.start : match.end()]
            yield Span(place.start, match.end(), "body", Name("organization", name, pack.code))


@cache
def _of_place(code: str) -> re.Pattern[str] | None:
    written = lang.load(code).bodies.get("of_place")
    return re.compile(written) if written else None


def short_name(name: str) -> str:
    """The name of a firm without the letters of its form: *Mekong Tyre* JSC; empty for other names."""
    bare = _LAST.sub("", name)
    return bare if bare != name and len(bare) > _SHORTEST else ""


def _opening(name: str, pack: Pack) -> int:
    """The letters of a word that opens the sentence and no name: *Ved* Oslo universitetssykehus; an article may, and a
    word for bodies: *Kementerian* Koordinator.
    """
    opens, _, rest = name.partition(" ")
    plain = fold(opens) in pack.names.get("stop", ()) and opens not in pack.bodies.get("articles", ())
    plain = plain and fold(opens) not in _concepts(pack.code)
    return len(opens) + 1 if plain and opens[:1].isupper() and rest[:1].isupper() else 0


@cache
def _concepts(code: str) -> frozenset[str]:
    """The words of which names of bodies are made."""
    return frozenset(label for label, _ in labels(code).get("concept", ()))


def _firms(text: str, low: int, high: int, pack: Pack) -> Iterator[Span]:
    """The names of firms, without what opens the sentence and is no part of them; none in a line of capitals."""
    for match in _FIRM.finditer(text, low, high):
        start, end = match.span("name")
        words = text[start:end].split(" ")
        while words and fold(words[0].strip(",")) in pack.names.get("stop", ()):
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) > 1 and any(c.islower() for c in text[start : start + len(" ".join(words[:-1]))]):
            yield Span(start, end, "body", Name("organization", text[start:end], pack.code))
