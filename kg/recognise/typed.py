"""All spans of one sentence, and those that its frame shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import cache

from kg import lang, schemes
from kg.lang import Pack
from kg.model import Article, Name
from kg.recognise.bodies import proper
from kg.recognise.bodies.beside import beside
from kg.recognise.bodies.coordinated import coordinated
from kg.recognise.bodies.given import own_acronym
from kg.recognise.bodies.growing import is_head, neighbours
from kg.recognise.bodies.heads import bodies
from kg.recognise.bodies.honoured import honoured
from kg.recognise.bodies.shaped import of_places, shaped
from kg.recognise.figures import figures, overlaps
from kg.recognise.fold import fold, is_han
from kg.recognise.people import names
from kg.recognise.people.callings import untitled, without_name
from kg.recognise.people.candidates import candidates
from kg.recognise.people.openings import governs
from kg.recognise.people.posts import posts
from kg.recognise.places import sides
from kg.recognise.places.venues import venues
from kg.recognise.rules.listed import framed_lists
from kg.recognise.spans import Span, longest, longest_first
from kg.recognise.sums import numbers
from kg.recognise.sums.earlier import Earlier
from kg.recognise.words.cases import in_nominative
from kg.recognise.words.declined import NOMINATIVE
from kg.recognise.words.unspaced import before_posts, places_told, whole_words
from kg.registry import load_registry

_FRAMED = frozenset({
    "event", "ordinal", "qualifier", "honorific", "place", "nation", "body", "name", "post", "venue", "date", "period",
    "money", "number",
})  # fmt: skip
_GROWING = frozenset({"post", "venue", "concept"})
"""Kinds of spans around which names grow."""
_AFTER_NAMES = frozenset({"aid", "earlier", "later", "local", "notsector", "other"})
_NAME_BEHIND = re.compile(r",? (?:[^\W\d_]\.|[^\W\d_a-zß-ÿ][\w'’-]*[^\W\d_]) [^\W\d_a-zß-ÿ]")
"""A person's name right behind a body that is also somebody's post (FNs høykommissær for flyktninger, *Ann Lee*), or
behind the place of a post: ambassador to Jordan *Ann Lee*.
"""
_APPOSED = re.compile(r" [^\W\d_a-zß-ÿ][\w'’-]+,")
_VOWELS = frozenset("aeiouyáéíóúàèäöüåæøıаеёиоуыэюя")
"""Letters one of which every word has that is no short form."""


def typed(
    article: Article, folded: str, pack: Pack, spans: list[Span], start: int, end: int, last: Earlier
) -> tuple[list[Span], list[Span]]:
    """All spans of one sentence, and those of its frame. ``last`` is the latest sum of the sentences before."""
    text = article.text
    if not pack.spaces:
        spans = whole_words(text, spans, start, end, pack)
    weak = [*_weak(text, spans, pack), *_weak_bodies(text, spans, pack)]
    spans = _gatherings([*spans, *weak])
    grown = _grown(text, folded, spans, pack)
    told = figures(article, folded, pack, spans, start, end, last)
    spans = [s for s in spans if not _common_words(s, text, pack) and not _of_person(s, text, spans, pack)]
    free = [s for s in spans if s.kind not in ("post", "venue") and (s.kind != "weak-place" or s in weak)]
    named = proper.branches(text, [_as_named(s, text, pack) for s in free], pack)
    if not pack.spaces:
        named += places_told(text, spans, start, end, pack)
    halls = [s for s in grown if s.kind == "venue"]
    grown += [s for s in proper.spelled_out(text, start, end, pack) if not overlaps(s, halls)]
    grown += [s for s in proper.linked(text, start, end, pack) if not overlaps(s, halls)]
    grown += [
        s
        for s in proper.english(text, start, end, pack)
        if not overlaps(s, [*halls, *(p for p in spans if p.kind in ("post", "event"))])
    ]
    grown += [s for s in beside(text, start, spans, pack) if not overlaps(s, halls)] + [*honoured(text, spans, pack)]
    grown += proper.abroad(text, grown, named, pack)
    shapes = [*shaped(text, start, end, pack), *of_places(text, spans, pack)]
    fields = [*halls, *(s for s in grown if s.kind == "post")]  # 르완다| 교육부 장관
    fields += (s for s in spans if s.kind == "honorific")  # Università di Padova | Prof. Marco Rossi
    shapes = [s for s in shapes if not any(s.start < p.start < s.end < p.end for p in fields)]
    whole = {s.end: s.start for s in spans if s.kind == "body"} if not pack.spaces else {}  # 按照|世界卫生组织
    grown += [s for s in shapes if s.start >= whole.get(s.end, 0) and not _in_post(s, grown)]
    grown = [s for s in grown if not _field_of_post(s, grown, spans)]
    everything = [*named, *grown, *told, *_coded(folded, start, end)]
    held = {(s.start, s.end) for s in grown if s.kind == "post" and _NAME_BEHIND.match(text, s.end)}
    everything.sort(  # of spans as long a name before a word of aid (Utviklingsfondet), a gathering before "to come"
        key=lambda s: (
            s.start,
            -s.end,
            s.kind in _AFTER_NAMES or (s.kind == "body" and (s.start, s.end) in held) or untitled(s, text, pack),
        )
    )
    owners = {(s.start, s.end) for s in named if s.kind == "body"}  # *Verdensbanken*s is a body, not a word of aid
    shown = everything if pack.spaces else longest_first(before_posts(text, everything))

    def named_in(shown: Sequence[Span], everything: Sequence[Span]) -> tuple[list[Span], list[Span]]:
        framed = _framed(shown, text, spans, owners, pack)
        met = candidates(text, folded, start, end, framed, everything, pack)
        people = [proper.foreign(text, s, pack) or s for s in met]
        return framed, [s for s in people if not _opens_concept(s, text, spans)]

    framed, people = named_in(shown, everything)
    if alone := without_name(framed, people):
        everything = [s for s in everything if s not in alone]
        framed, people = named_in([s for s in shown if s not in alone], everything)
    if not people:
        return everything, framed
    return longest_first([*everything, *people]), longest([*framed, *people])


def _field_of_post(span: Span, grown: Sequence[Span], spans: Sequence[Span]) -> bool:
    """True for the field of a post that looks like a body: Minister for Health and *Medical Services*."""
    field = span.kind == "body" and any(
        s.start == span.start and s.end == span.end for s in spans if s.kind == "sector"
    )
    return field and _in_post(span, grown)


def _in_post(span: Span, grown: Iterable[Span]) -> bool:
    """True for what is part of a post's name: *외교부* 장관."""
    return any(p.kind == "post" and p.start <= span.start and span.end <= p.end for p in grown)


def _framed(
    everything: Iterable[Span], text: str, spans: Sequence[Span], owners: Set[tuple[int, int]], pack: Pack
) -> list[Span]:
    """Those of ``everything``, longest first, that the frame shows: none inside another. ``owners`` are the bodies."""
    kinds = _framed_kinds(pack.code)
    kept: list[Span] = []
    end = -1
    for span in everything:
        if span.start < end or span.kind not in kinds or _unframed(span, text, spans, pack):
            continue
        if span.kind != "aid" or (span.start, span.end - 1) not in owners:
            kept.append(span)
            end = span.end
    return kept


@cache
def _framed_kinds(code: str) -> frozenset[str]:
    """The kinds of spans that frames of language ``code`` show."""
    return _FRAMED | (framed_lists(lang.load(code)))


def _grown(text: str, folded: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Posts, venues and bodies of a sentence, each grown from its head."""
    if not any(s.kind in _GROWING and (s.kind != "concept" or is_head(s)) for s in spans):
        return []
    near = neighbours(text, folded, spans, pack)
    named = coordinated(text, bodies(near, spans), spans, pack)
    return [*posts(near, spans), *venues(near, spans), *named]


def _unframed(span: Span, text: str, spans: Sequence[Span], pack: Pack) -> bool:
    """True for words that are no part of the frame: an article, a title that is a word of a name (Phan *Anh* Sơn)."""
    if span.kind == "place" and pack.spaces and not pack.names.get("place_after_post"):
        return _first_name(span, text, spans, pack) or _last_name(span, text, spans)
    if span.kind in ("other", "venue") and pack.spaces and _last_name(span, text, spans):
        return True
    if span.kind == "post" and pack.names.get("posts_lower"):
        opened = fold(_word_before(span, text)) in pack.names.get("stop", ()) and not _surnames_article(span, text)
        return text[span.start].isupper() and _after_name(span, text, spans) and not opened
    if (span.kind in pack.words or span.kind in ("number", "qualifier", "nation")) and _given_name(span, text, pack):
        return True
    if span.kind in ("number", "qualifier") and (
        _inside_name(span, text, spans) or _numeral_surname(span, text, spans)
    ):
        return True
    if span.kind == "honorific" and span.end - span.start == 1 and not pack.spaces:
        return not _stands_apart(span, text, spans)
    if span.kind != "honorific" or not (pack.spaces and text[span.start].isupper()):
        return _article_like(span)
    written = text[span.start : span.end]
    # "president of Vita *Dr.* Lee", "for Nkhata Bay *Dr* Lee": no name holds a short form
    if written[-1] == "." or (len(written) > 1 and not set(fold(written)) & _VOWELS):
        return False
    return _after_name(span, text, spans) and fold(_word_before(span, text)) not in pack.names.get("stop", ())


def _stands_apart(title: Span, text: str, spans: Sequence[Span]) -> bool:
    """False for a title of one sign that is written together with what no list holds: 冈本|敦|子."""
    known = any(s.end == title.start and s.kind in ("post", "place", "nation", "body") for s in spans)
    return known or title.start == 0 or not is_han(text[title.start - 1])


def _opens_concept(name: Span, text: str, spans: Sequence[Span]) -> bool:
    """True for a capitalised word that begins a longer word of names of bodies: *Văn* phòng, *Trung* ương."""
    small = text[name.end : name.end + 1] == " " and text[name.end + 1 : name.end + 2].islower()
    return small and any(s.start == name.start and s.end > name.end for s in spans if s.kind == "concept")


def _word_before(span: Span, text: str) -> str:
    head = text.rfind(" ", 0, max(0, span.start - 1)) + 1
    return text[head : span.start - 1]


def _surnames_article(span: Span, text: str) -> bool:
    """True where the word before a span is an article of a surname: Bruno *Le* Maire, and not where it opens a sentence
    (*Le* Premier ministre).
    """
    end = max(0, span.start - 2 - len(_word_before(span, text)))
    word = text[max(0, end - 24) : end].rpartition(" ")[2]
    return word[:1].isupper() and word.isalpha()


def _given_name(span: Span, text: str, pack: Pack) -> bool:
    """True for a capitalised word in a name that a surname of the pack opens: Đỗ Thị Kim *Chi*, Nguyễn Văn *Ba*."""
    if not pack.spaces or not text[span.start].isupper() or " " in text[span.start : span.end]:
        return False
    surnames = pack.names.get("surnames", ())
    for word in reversed(text[max(0, span.start - 40) : span.start].split(" ")[:-1]):
        if not word[:1].isupper() or not word.isalpha():
            return False
        if fold(word) in surnames:
            return True
    return False


def _after_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """True right after a capitalised word that is nothing known, as in the middle of a name (Bruno Le *Maire*)."""
    before = _word_before(span, text)
    held = any(s.end == span.start - 1 and s.kind not in ("concept", "countable") for s in spans)
    return text[span.start - 1 : span.start] == " " and before[:1].isupper() and before.isalpha() and not held


def _inside_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """True for a capitalised word between two capitalised words that are nothing known: José *Dos* Santos."""
    follows = text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].isupper()
    return follows and text[span.start].isupper() and _after_name(span, text, spans)


def _numeral_surname(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """True for a capitalised word that is a number too, behind one that is nothing known: Amadou *Ba*."""
    word = text[span.start : span.end]
    return word.isalpha() and word.istitle() and _after_name(span, text, spans)


def _first_name(span: Span, text: str, spans: Sequence[Span], pack: Pack) -> bool:
    """A place between a post or title and a capitalised word is a person's first name (Health Minister *Aden* Duale;
    the minister, *Aden* Duale, said), but for one behind a label ending in a preposition: envoy to *Kenya* Ann Lee.
    """
    if governs(text, span.start, pack) < span.start or (span.value.cases and NOMINATIVE not in span.value.cases):
        return False
    apposed = _APPOSED.match(text, span.end) is not None and text[span.start - 2 : span.start] == ", "
    ends = (span.start - 1, span.start - 2) if apposed else (span.start - 1,)
    after_post = any(s.kind in ("post", "honorific") and s.end in ends for s in spans)
    follows = text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].isupper()
    return after_post and follows and not any(s.start == span.end + 1 and s.kind != "concept" for s in spans)


def _last_name(span: Span, text: str, spans: Sequence[Span]) -> bool:
    """A place or another word right after a post and a capitalised word that is nothing known is a person's surname
    (President François *Hollande*), also after a nationality: French President.
    """
    if not _after_name(span, text, spans):
        return False
    head = span.start - 2 - len(_word_before(span, text))
    nations = [s.start - 1 for s in spans if s.kind == "nation" and s.end == head]
    return any(s.kind in ("post", "honorific") and s.end in (head, *nations) for s in spans)


def _article_like(span: Span) -> bool:
    """The number one as a word, which most languages use as an article (*un* don, *eine* Spende)."""
    return span.kind == "number" and span.value.value == 1 and span.value.shape == "word"


def _gatherings(spans: list[Span]) -> list[Span]:
    """The spans without words of gathering inside phrases that mean none (press *conference*)."""
    others = [s for s in spans if s.kind == "notevent"]
    if not others:
        return spans
    return [s for s in spans if s.kind != "event" or not any(o.start <= s.start < o.end for o in others)]


def _as_named(span: Span, text: str, pack: Pack) -> Span:
    """A registered name as a ``Name`` with the registry's id."""
    kind, what = _NAMED.get(span.kind, ("", ""))
    if not kind:
        return span
    name = Name(what, _whole(span, text, pack), pack.code, str(span.value))
    if pack.declension:
        name = in_nominative(name, span, pack)
    if kind == "body" and (given := own_acronym(name, text, span.end, pack)):
        return Span(span.start, given.end(), kind, replace(name, acronym=given[1]))
    return Span(span.start, span.end, kind, name)


def _whole(span: Span, text: str, pack: Pack) -> str:
    """The words of a registered name, with its beginning where that is contracted with a small word before it."""
    written = text[span.start : span.end]
    for opens, short in pack.contracted.items():
        if fold(written).startswith(short) and fold(text[span.start - len(short) : span.start]) == short:
            labels = {fold(label.text) for label in load_registry().by_id[str(span.value)].labels}
            return written if fold(written) in labels else opens + written[len(short) :]
    return written


_NAMED = {
    "body": ("body", "organization"),
    "place": ("place", "place"),
    "weak-place": ("place", "place"),
    "nation": ("nation", "place"),
    "person": ("name", "person"),
    "name": ("name", "person"),
}
"""The kinds of spans that registered names become, and the kinds of their names."""


@cache
def _series_code() -> re.Pattern[str]:
    codes = "|".join(map(re.escape, schemes.load().series_codes)) or "(?!)"
    return re.compile(rf"(?<![a-z0-9])(?:{codes})[ -]?([0-9]{{1,2}}|[ivx]{{1,5}})(?![a-z0-9])")


def _coded(folded: str, start: int, end: int) -> list[Span]:
    """Gatherings known by a code and a number, as the event-kind scheme lists them: COP29, TICAD 8."""
    found: list[Span] = []
    for match in _series_code().finditer(folded, start, end):
        number = int(match[1]) if match[1].isdigit() else numbers.parse_roman(match[1])
        if number:
            found += [
                Span(match.start(), match.end(), "event", "conference"),
                Span(match.start(), match.end(), "code", number),
            ]
    return found


def _common_words(span: Span, text: str, pack: Pack) -> bool:
    """True for words that are a registered body's only when its capitals are left out: *Irish aid* organisations."""
    if span.kind != "body" or not (pack.spaces and pack.bodies.get("capitals")):
        return False
    written = text[span.start : span.end]
    if not written.rpartition(" ")[2][:1].islower() or not text[span.end + 1 : span.end + 2].islower():
        return False
    return written not in {label.text for label in load_registry().by_id[str(span.value)].labels}


def _of_person(span: Span, text: str, spans: Sequence[Span], pack: Pack) -> bool:
    """True for a place that is somebody's given name: behind a surname after a title or post (Ông Lê *Thành Đô*)."""
    if span.kind not in ("place", "weak-place") or not (pack.spaces and pack.names.get("surnames")):
        return False
    surname = text[: span.start - 1].rpartition(" ")[2] if text[span.start - 1 : span.start] == " " else ""
    if not surname[:1].isupper() or fold(surname) not in pack.names["surnames"]:
        return False
    titles = {s.end for s in spans if s.kind in ("honorific", "post")}
    return span.start - len(surname) - 2 in titles


def _weak_bodies(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Ambiguous names of bodies, of two words or more, that stand apart from other names: the *Red Cross*, not the
    Kenya *Red Cross*.
    """
    if not (pack.spaces and pack.bodies["left"]):
        return []
    found = []
    for span in (s for s in spans if s.kind == "weak-body"):
        words = text[span.start : span.end].split(" ")
        titled = len(words) > 1 and all(w[:1].isupper() for w in words)
        if not titled or fold(words[0]) in pack.names.get("articles", ()):
            continue
        before = text[max(0, span.start - 24) : span.start].rstrip().rpartition(" ")[2]
        after = text[span.end : span.end + 2]
        alone = not before[:1].isupper() or before[-1] in ",;:)" or fold(before) in pack.names.get("stop", ())
        if alone and not (after[:1] in " -" and after[1:2].isupper()) and "'s" not in before:
            found.append(span._replace(kind="body"))
    return found


def _weak(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Ambiguous names of places (Jordan, Đức, Nga) where no capitalised neighbour says that they are part of a name."""
    if not any(s.kind in ("weak-place", "short-place") for s in spans):
        return []
    found = []
    ends = {s.end for s in spans if s.kind in ("post", "nation", "place", "body", "concept")}
    starts = {s.start for s in spans if s.kind in ("post", "place", "nation", "body")}
    posts = {s.start for s in spans if s.kind == "post"}
    posted = {s.end for s in spans if s.kind == "post"}
    for span in spans:
        if span.kind == "weak-place":
            before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
            head = span.start - 1
            while head > 0 and text[head - 1].isalnum():
                head -= 1
            near = names.linked(text, span.start, pack) if pack.names.get("place_after_post") else span.start - 1
            sent = _NAME_BEHIND.match(text, span.end) and governs(text, span.start, pack) in posted
            supported = {span.start - 1, span.start, near} & ends or sent
            lead = before.endswith(" ") and text[head : span.start].strip()[:1].isupper() and not supported
            follow = after[:1] == " " and after[1:2].isupper() and span.end + 1 not in starts and not supported
            if not (lead or follow or (after[:1] in "-'’" and after[1:2].isalpha())):
                found.append(span)
        elif span.kind == "short-place" and {span.end, span.end + (text[span.end : span.end + 1] == " ")} & posts:
            found.append(span._replace(kind="weak-place"))
        elif span.kind == "short-place" and (whole := sides.whole(text, span, pack)):
            found.append(whole)
    return [s for s in found if s.kind == "weak-place"]
