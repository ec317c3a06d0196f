"""Bodies that no registry and no head word tells, but the words around them do.

An apposition (the charity *Living Rivers*), and the items of a list after a word for organizations ("NGOs including
*Vita*, *Plan Ireland* and *Self Help*"); and each of these again, wherever the article writes its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from kg import lang
from kg.extract.bodies.apposed import apposed
from kg.extract.bodies.portfolios import portfolios
from kg.extract.bodies.written import written
from kg.model import Name
from kg.recognise import Recognised, Sentence, grouped
from kg.recognise.bodies.given import acronym_after
from kg.recognise.bodies.growing import connectors
from kg.recognise.bodies.shaped import short_name
from kg.recognise.fold import fold
from kg.recognise.rules.frames import frame
from kg.recognise.spans import Span, longest

_GROUPS = frozenset({"ngo", "organization"})
"""Things counted whose names are names of bodies."""
_HELD = frozenset({"place", "body", "post", "event", "date", "period", "money", "number", "venue", "weekday"})
"""Kinds of spans that are no names of bodies, where they are all of a capitalised stretch or begin it."""
_NOUNS = frozenset({"concept", "sector", "countable", "aid"})
"""Kinds of common nouns that begin a capitalised word only in a name."""
_WORDS = 6
"""Words of the longest name that is read so."""
_LEAD = 40
"""Characters between a word for organizations and the word that opens their list ("NGOs *to receive funds are*")."""
_QUOTED = re.compile(r"(?:[“”„\"‘'‚「]|«\s?)(?P<name>[^\W\d_a-zà-þ][^“”„\"«»‘’‚「」\n]{2,60}?)(?:[”“\"’’‘」]|\s?»)")
"""A name in quotation marks: the charity *“Living Rivers”*."""
_SHORTEST = 5
"""Letters of the shortest word for a body that is part of its name."""
_LOOSE = re.compile(r" [a-zß-ÿ]{2,3} (?=[^\W\d_])")
_ARTICLED = re.compile(r"[A-ZÀ-Þ]['’\w]{0,3} [A-ZÀ-Þ][\w'’-]*[a-zß-ÿ]")
"""A name that begins with an article: the daily *Le Soleil*, the charity *Los Pinos*."""
_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*\b")


def with_bodies(found: Recognised, also: Iterable[str] = ()) -> Recognised:
    """``found`` with the names that its words tell to be bodies, and the names ``also``, as spans of kind body."""
    if not found.pack.spaces:
        return found
    told = [{s.start: s for s in _told(found, sentence)} for sentence in found.sentences]
    names = {str(s.value.text) for row in told for s in row.values()} | set(also)
    names |= {short_name(b.value.text) for sentence in found.sentences for b in sentence.of("body")} - {""}
    if not names:
        return found
    sentences = tuple(
        _with(found, sentence, {**_again(found, sentence, names), **row})
        for sentence, row in zip(found.sentences, told, strict=True)
    )
    return replace(found, sentences=sentences)


def _told(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The bodies told in one sentence."""
    yield from written(found, sentence)
    yield from portfolios(found, sentence)
    yield from apposed(found, sentence)
    for match in _called(found.pack.code).finditer(found.folded, sentence.start, sentence.end):
        span = _name_at(found, sentence, _past_words(found, sentence, match.end()))
        if span is None or _verb_at(found, sentence, match.start(), span):
            continue
        owned = any(n.end == match.start() - 1 for n in sentence.of("nation"))
        if match["of_nation"] and (not owned or len(span.value.text) == 1):  # Danish *group B*
            continue
        noun = match["compound"] and found.pack.bodies.get("capitals") and not _is_proper(span.value.text)
        if noun and not _opens_with(found, sentence, match.start()):
            continue
        if not _heads_it(found, sentence, match.start(), span):
            span = _with_its_head(found, match, span)
            yield span._replace(start=match.start())  # "to *the charity Vita*": the preposition stands before
    opens = _opening(found.pack.code)
    for group in sentence.of("countable"):
        opened = opens.match(found.folded, group.end, sentence.end) if group.value in _GROUPS else None
        if opened:
            yield from _list(found, sentence, opened.end())


def _with_its_head(found: Recognised, match: re.Match[str], span: Span) -> Span:
    """The name with the word that calls it one, where that has a capital too, in languages whose nouns are written
    small: the *Fondazione* Monte Verde.
    """
    head = match.start() + match[0].rstrip().rfind(" ") + 1
    text = found.article.text
    written = text[head : match.end()].strip()
    small = found.pack.names.get("posts_lower")
    if len(written) < _SHORTEST or "'" in written:
        return span  # *L'Ong* Porte Aperte
    if not small or span.start != match.end() or not written[:1].isupper() or written.isupper():
        return span
    return span._replace(value=replace(span.value, text=f"{written} {span.value.text}"))


def _past_words(found: Recognised, sentence: Sentence, at: int) -> int:
    """``at``, or behind the nationality in small letters that stands there (la ONG *danesa* Faro Azul), or what
    else the pack lets stand there: l'association *de quartier* Lakay.
    """
    more = _between(found.pack.code).match(found.article.text, at, sentence.end)
    if more is not None:
        return more.end()
    nation = next((s for s in sentence.of("nation") if s.start == at), None)
    plain = nation is not None and found.article.text[at].islower() and found.folded[nation.end] == " "
    return nation.end + 1 if nation is not None and plain else at


@cache
def _between(code: str) -> re.Pattern[str]:
    """What may stand between a word for a body and its name, with the blank behind it."""
    return re.compile(rf"(?:{lang.load(code).names.get('called_with', '(?!)')}) (?=[^\W\d_a-zß-ÿ])")


def _is_proper(name: str) -> bool:
    """True for an acronym, or two words and more: what follows a compound may be any noun where nouns bear capitals."""
    return name.isupper() or " " in name


def _opens_with(found: Recognised, sentence: Sentence, at: int) -> bool:
    """True for a word for a body that opens its sentence with an article, where the verb comes second: what follows it
    there is no object, but its name (*Der Energiekonzern* Nordgas).
    """
    opening = found.folded[sentence.start : at].strip()
    return bool(found.pack.names.get("verb_second")) and opening in {
        "",
        *map(fold, found.pack.bodies.get("articles", ())),
    }


def _heads_it(found: Recognised, sentence: Sentence, at: int, name: Span) -> bool:
    """True for a person's name behind a post and a word for a body written small: *prezeska fundacji* Anna Moe."""
    person = any(s.kind == "name" and (s.start, s.end) == (name.start, name.end) for s in sentence.frame.spans)
    return person and found.article.text[at].islower() and any(p.end == at - 1 for p in sentence.of("post"))


def _verb_at(found: Recognised, sentence: Sentence, at: int, name: Span) -> bool:
    """True where a word for a body is, or ends, a verb of holding: "Sở Y tế *tổ chức* Hội thảo"; not before a longer
    ``name`` if it has a capital: "được *Tổ chức* Children of Vietnam".
    """
    written = found.article.text
    plain = written[at].islower() or " " not in written[name.start : name.end]
    return plain and any(s.start <= at < s.end for s in sentence.of("hold"))


def call_of(found: Recognised, body: Span) -> str:
    """The word that calls a body one and opens its span, as it is written: *the charity* Vita; empty for others."""
    match = _called(found.pack.code).match(found.folded, body.start, body.end)
    return found.article.text[match.start() : match.end()].strip() if match else ""


@cache
def _called(code: str) -> re.Pattern[str]:
    told = sorted(lang.load(code).names.get("called", ()), key=len, reverse=True)
    words = "|".join(re.escape(w) for w in told if not w.startswith("-")) or "(?!)"
    ends = "|".join(re.escape(w[1:]) for w in told if w.startswith("-")) or "(?!)"
    nation = "|".join(map(re.escape, lang.load(code).names.get("called_of_nation", ()))) or "(?!)"
    return re.compile(rf"(?<!\w)(?:(?:{words})|(?P<of_nation>{nation})|(?P<compound>[\w-]{{2,24}}(?:{ends})))[ ]")


@cache
def _opening(code: str) -> re.Pattern[str]:
    """What stands between a word for organizations and the first of their names."""
    words = sorted(lang.load(code).names.get("such_as", ()), key=len, reverse=True)
    lead = rf"(?:[ ]\([^)]{{1,12}}\))?(?:[ ][^,.;:()\d]{{1,{_LEAD}}}?)??"
    return re.compile(rf"{lead},?[ ]?(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})[ ]")


@cache
def _within(code: str) -> re.Pattern[str]:
    """What parts two words of a name: small words too, where a capitalised word may be part of any body's name."""
    return connectors(code)[0] if lang.load(code).bodies.get("plain", True) else re.compile(r"[ -]")


def _list(found: Recognised, sentence: Sentence, at: int) -> Iterator[Span]:
    """The bodies of a list that begins at ``at``: capitalised names parted by commas and "and"."""
    joint = _joint(found.pack.code)
    names: list[Span] = []
    end: int | None = at
    while end is not None and (span := _name_at(found, sentence, end, known=True)) is not None:
        names.append(span)
        after = joint.match(found.folded, span.end)
        end = after.end() if after else None
    return iter([s for s in names if s.value is not None])


@cache
def _joint(code: str) -> re.Pattern[str]:
    """What parts two items of a list."""
    words = sorted({w.strip(" ,") for w in lang.load(code).bodies["and"]} - {""}, key=len, reverse=True)
    return re.compile(rf",?[ ](?:{'|'.join(map(re.escape, words)) or '(?!)'})[ ]|,[ ]")


def _name_at(found: Recognised, sentence: Sentence, at: int, *, known: bool = False) -> Span | None:
    """The capitalised name that begins at ``at``; None where none does, or where it is a name of something else.

    Where a list goes on over ``known`` names, those come as spans without a value.
    """
    text = found.article.text
    if (quoted := _QUOTED.match(text, at, sentence.end)) is not None:
        return Span(at, quoted.end(), "body", Name("organization", quoted["name"].strip(), found.pack.code))
    articles = (f"{w} " for w in found.pack.names.get("articles", ()))
    at = end = at + len(next((w for w in articles if found.folded.startswith(w, at)), ""))
    small = _within(found.pack.code)
    stops = found.pack.names.get("stop", ())
    places = {s.start for s in sentence.frame.spans if s.kind == "place"}
    # l'ONG Tassaght | *à* Gao
    there = found.pack.names.get("locative", ())
    for _ in range(_WORDS):
        gap = small.match(found.folded, end) if end > at else None
        loose = _LOOSE.match(text, end) if known and end > at and not _joint(found.pack.code).match(text, end) else None
        if loose and loose.end() not in places:
            gap = loose  # between the commas of a list: Children *in* Crossfire
        begin = gap.end() if gap else end
        if end > at and (begin == end or found.folded[end:begin] in there):
            break
        word = _WORD.match(text, begin, sentence.end)
        if word is None or not word[0][0].isupper():
            break
        stopped = end == at and found.folded[begin : word.end()] in stops
        if stopped and (known or not _ARTICLED.match(text, begin, sentence.end)):
            break
        if any(s.start == begin and s.kind in ("post", "honorific", "date") for s in sentence.frame.spans):
            break
        end = word.end()
    if end == at:
        return None
    end = next((s.end for s in sentence.frame.spans if s.kind == "name" and s.start == at and s.end > end), end)
    end = end if known else _with_second(found, sentence, at, end)
    held = [s for s in sentence.frame.spans if s.kind in _HELD and s.start < end and at - 2 < s.end]
    whole = next((s for s in held if s.kind == "body" or (s.start <= at and s.end >= end)), None)
    if whole or (held and held[0].start == at and held[0].kind != "place"):
        first = whole or held[0]
        return Span(at, max(first.end, end), "body", None) if known and first.kind in ("body", "place") else None
    if any((n.start, n.end) == (at, end) for n in sentence.of("nation")):
        return Span(at, end, "body", None) if known else None  # among them *Danish* groups
    acronym = acronym_after(text, end, found.pack)
    name = Name("organization", text[at:end], found.pack.code, acronym=acronym[1] if acronym else "")
    return Span(at, acronym.end() if acronym else end, "body", name)


def _with_second(found: Recognised, sentence: Sentence, at: int, end: int) -> int:
    """Where a name of two nouns ends that "and" joins, one of which is a word for a field or a thing: the association
    *Femmes et Avenir*, l'associazione *Acqua e Vita*; ``end`` for all others.
    """
    text = found.article.text
    joint = _plain_and(found.pack.code).match(found.folded, end)
    second = _WORD.match(text, joint.end(), sentence.end) if joint else None
    if second is None or not second[0][0].isupper() or " " in text[at:end] or second[0].isupper():
        return end
    starts = (at, second.start())
    nouns = any(s.start in starts and s.kind in _NOUNS and " " not in text[s.start : s.end] for s in sentence.spans)
    other = any(s.start == second.start() and s.kind in _HELD for s in sentence.frame.spans)
    return second.end() if nouns and not other else end


@cache
def _plain_and(code: str) -> re.Pattern[str]:
    """The word for "and" between two nouns, with its blanks: the first of ``bodies.and`` without an article."""
    words = [w for w in lang.load(code).bodies["and"] if w.strip().isalpha()]
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _again(found: Recognised, sentence: Sentence, names: set[str]) -> dict[int, Span]:
    """The capitalised words of unknown meaning that are one of ``names``."""
    code = found.pack.code
    spans = [s for s in sentence.frame.spans if s.kind == "name" and s.value.text in names]
    return {s.start: Span(s.start, s.end, "body", Name("organization", s.value.text, code)) for s in spans}


def _with(found: Recognised, sentence: Sentence, told: dict[int, Span]) -> Sentence:
    """The sentence with the bodies ``told`` in place of all that overlaps them."""
    if not told:
        return sentence
    bodies = longest(told.values())

    def apart(span: Span) -> bool:
        return not any(span.start < b.end and b.start < span.end for b in bodies)

    spans = sorted([*filter(apart, sentence.spans), *bodies], key=lambda s: (s.start, -s.end))
    framed = sorted([*filter(apart, sentence.frame.spans), *bodies], key=lambda s: s.start)
    return replace(
        sentence,
        spans=tuple(spans),
        frame=frame(found.folded, sentence.start, sentence.end, framed, found.pack.code),
        by_kind=grouped(spans),
    )
