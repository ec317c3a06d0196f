"""Names as their nominative, with the cases in which they stand, in a language that declines.

What the lists hold is led back by them; a person's name only where that is certain: by the case of the post beside it,
or by the nominative elsewhere in the article. Else it stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.words.declined import NOMINATIVE, Tables, Undone, closest, rows_of, tables, undone
from kg.recognise.words.entries import Stand
from kg.recognise.words.lexicon import lexicon
from kg.registry import load_registry

BESIDE = 90
"""Characters between a post and the name behind it, whose case it shares."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def stands(kind: str, text: str, pack: Pack) -> tuple[Stand, ...]:
    """The cases in which ``text`` may stand as a label of a kind."""
    return lexicon(pack.code).stands.get((kind, fold(text)), ())


def in_nominative(name: Name, span: Span, pack: Pack) -> Name:
    """A registered name as its label in the nominative, with its cases."""
    found = [s for s in stands(span.kind, name.text, pack) if s.value == span.value]
    if not found:
        return name
    cases = "".join(dict.fromkeys(s.case for s in found))
    return replace(name, text=name.text if NOMINATIVE in cases else found[0].label, cases=cases)


def body_in_nominative(name: Name, pack: Pack) -> Name:
    """The name of a body grown around a head, with adjectives and head in the nominative."""
    told = tables(pack.code)
    words = name.text.split(" ")
    if told is not None and told.last:
        return _last_in_nominative(name, words, told, pack)
    for at, word in enumerate(words[:4]) if told else ():
        heads = [s for s in stands("concept", word, pack) if s.label and not _adjective(s.label, pack)]
        if not heads:
            continue
        best = [h for h in heads if _leads(words[:at], h, pack) is not None]
        oblique = [h for h in best if h.case != NOMINATIVE and _gender(h.label, pack) != "p"]
        plain = [h for h in best if h.case == NOMINATIVE]
        singular = [h for h in plain if _gender(h.label, pack) != "p"]
        if singular or not oblique:
            return replace(name, cases="".join(dict.fromkeys(h.case for h in best)))
        head = oblique[0]
        rest = words[at + 1 :]
        behind = _follow(rest, head, pack)
        led = [*(_leads(words[:at], head, pack) or ()), _like(head.label, word), *behind, *rest[len(behind) :]]
        cases = "".join(dict.fromkeys(h.case for h in oblique))
        return replace(name, text=" ".join(led), cases=cases)
    return name


def _last_in_nominative(name: Name, words: Sequence[str], told: Tables, pack: Pack) -> Name:
    """The name of a body that ends with its head, which may be the end of a longer word, with that word and the
    adjectives right before it in the nominative: Kenian *terveysministeriön*.
    """
    word = words[-1]
    heads = next((h for at in range(len(word) - 3) if (h := stands("concept", word[at:], pack))), ())
    cases = "".join(dict.fromkeys(h.case for h in heads))
    if not heads or NOMINATIVE in cases:
        return replace(name, cases=cases)
    form = next(size for size in range(len(word), 0, -1) if stands("concept", word[-size:], pack))
    label = fold(heads[0].label)
    led = [_like(label, word) if form == len(word) else word[:-form] + label]
    for before in reversed(words[:-1]):
        back = list(undone(before, told.adjectives, told, heads[0].case))
        if not back:
            break
        led.insert(0, back[0].word)
    return replace(name, text=" ".join([*words[: len(words) - len(led)], *led]), cases=cases)


def _adjective(label: str, pack: Pack) -> bool:
    told = tables(pack.code)
    return told is not None and any(fold(label).endswith(end) for end in told.adjectives) and not _gender(label, pack)


def _gender(label: str, pack: Pack) -> str:
    """The gender of a noun; empty where the tables do not tell it."""
    told = tables(pack.code)
    folded = fold(label.split(" ", maxsplit=1)[0])
    if told is None:
        return ""
    for at in range(len(folded)):
        if folded[at:] in told.nouns:
            return told.nouns[folded[at:]][0].gender
        if folded[at:] in told.adjectives:
            return ""
    return ""


def _leads(words: Sequence[str], head: Stand, pack: Pack) -> list[str] | None:
    """The adjectives ``words`` in the nominative, where all agree with ``head``."""
    told = tables(pack.code)
    if told is None or head.case == NOMINATIVE:
        return list(words)
    gender, led = _gender(head.label, pack), list[str]()
    for word in words:
        back = [u for u in undone(word, told.adjectives, told, head.case) if u.gender == gender]
        if not back:
            return None
        led.append(back[0].word)
    return led


def _follow(words: Sequence[str], head: Stand, pack: Pack) -> list[str]:
    """The adjectives right behind ``head`` in the nominative, as many as agree with it."""
    told = tables(pack.code)
    led = list[str]()
    for word in words if told is not None and told.behind else ():
        gender = _gender(head.label, pack)
        back = [u for u in undone(word, told.adjectives, told, head.case) if u.gender == gender] if told else []
        if not back:
            break
        led.append(back[0].word)
    return led


def _like(label: str, written: str) -> str:
    return label[:1].upper() + label[1:] if written[:1].isupper() else label[:1].lower() + label[1:]


def led_back(
    text: str, rows: Sequence[tuple[list[Span], list[Span]]], pack: Pack
) -> list[tuple[list[Span], list[Span]]]:
    """The spans of all sentences with names of persons in the nominative, where it is certain."""
    known = _capitalised(text)
    return [_led_back(text, row, known, pack) for row in rows]


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(m[0] for m in _WORD.finditer(text) if m[0][0].isupper())


def _led_back(
    text: str, row: tuple[list[Span], list[Span]], known: frozenset[str], pack: Pack
) -> tuple[list[Span], list[Span]]:
    everything, framed = row
    changed: dict[Span, Span] = {}
    for at, span in enumerate(framed):
        if span.kind == "name":
            cases = _told_behind(text, span.end, pack) or _case_of(text, framed, at, pack)
            nominative = _nominative(span.value, cases, known, pack)
            if nominative != span.value.text:
                changed[span] = span._replace(value=replace(span.value, text=nominative))
    if not changed:
        return row
    return [changed.get(s, s) for s in everything], [changed.get(s, s) for s in framed]


def _told_behind(text: str, end: int, pack: Pack) -> str:
    """The case that the word right behind a name asks for: Elina Valtosen *mukaan*."""
    told = tables(pack.code)
    word = _WORD.match(text, end + 1) if told and told.beside and text[end : end + 1] == " " else None
    return told.beside.get(fold(word[0]), "") if told and word else ""


def _case_of(text: str, framed: Sequence[Span], at: int, pack: Pack) -> str:
    """The cases of the post before a name, or of the honorific; empty where there is none, or it is not told. Of two
    posts side by side the first is that of the name: *doradcy* prezydenta.
    """
    name = framed[at]
    for behind, span in enumerate(reversed(framed[max(0, at - 4) : at]), 1):
        if span.kind in ("name", "say", "give", "pledge", "hold", "host") or name.start - span.end > BESIDE:
            return ""
        if span.kind in ("post", "honorific"):
            first = framed[at - behind - 1] if behind < at else span
            own = first if first.kind == span.kind == "post" and text[first.end : span.start] == " " else span
            return _cases(text[own.start : own.end], own.kind, pack)
    return ""


def _cases(text: str, kind: str, pack: Pack) -> str:
    """The cases of the longest label with which ``text`` begins."""
    words = text.split(" ")
    for size in range(min(len(words), 5), 0, -1):
        if found := stands(kind, " ".join(words[:size]), pack):
            return "".join(dict.fromkeys(s.case for s in found))
    return ""


def _nominative(person: Name, cases: str, known: frozenset[str], pack: Pack) -> str:
    """A person's name in the nominative; as written where that is not certain."""
    if person.known:
        label, code = load_registry().by_id[person.known].label(pack.code)
        return label if code == pack.code else person.text
    told, name = tables(pack.code), person.text
    if told is None or (cases == NOMINATIVE and not told.last):
        return name
    words = name.split(" ")
    if told.last:  # a title before a name tells nothing there: *pääministeri* Petteri Orpolle
        sure = cases if cases in told.beside.values() else ""
        back = closest([u for u in _options(words[-1], sure, told) if u.case], told.names)
        if back is not None:
            return " ".join([*words[:-1], back.word])
        cases = ""
    if NOMINATIVE in cases and (len(words) < 2 or rows_of(words[0], told.names)):
        cases = ""
    best = _best(name, cases.replace(NOMINATIVE, "") or "".join(told.cases), told)
    if NOMINATIVE in cases:  # of "главы" that of one or of several: the name has no ending of a nominative
        best = [led for led in best if all(one != two for one, two in zip(led, words, strict=True))]
    if not best:
        return name
    if not cases:  # the nominative stands elsewhere in the article
        best = [led for led in best if _elsewhere(led, words, known)]
    return " ".join(best[0]) if len({tuple(led) for led in best}) == 1 else name


def _elsewhere(led: Sequence[str], words: Sequence[str], known: frozenset[str]) -> bool:
    """True where each word of a name that was led back stands in the article so, or the last does."""
    return led[-1] != words[-1] and led[-1] in known


def _best(name: str, cases: str, told: Tables) -> list[list[str]]:
    """The ways to lead most words of a name back that agree in gender, the first word among them where it can be."""
    words = name.split(" ")
    found: list[tuple[tuple[int, bool], list[str]]] = []
    for case in cases:
        options = [_options(word, case, told) for word in words]
        if told.last:
            options[:-1] = [[Undone(word, "", "")] for word in words[:-1]]
        for chosen in product(*options) if len(words) <= MAX_NAME else ():
            back = [u for u in chosen if u.case]
            if back and len({u.gender for u in back}) == 1:
                # foreign surnames stay as they are oftener than first names do: *Бекима* Аджи
                found.append(((len(back), bool(chosen[0].case)), [u.word for u in chosen]))
    top = max((score for score, _ in found), default=None)
    return [led for score, led in found if score == top]


MAX_NAME = 5


@cache
def _acronym_ends(code: str) -> re.Pattern[str]:
    told = tables(code)
    ends = "|".join(map(re.escape, sorted(told.acronyms if told else (), key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?:{ends})(?!\w)")


def acronym_until(text: str, end: int, pack: Pack) -> tuple[int, str]:
    """Where the ending stops that an acronym bears which ends at ``end``, and the cases that it tells: *EU*:lle."""
    told = tables(pack.code)
    match = _acronym_ends(pack.code).match(text, end) if told else None
    return (end, "") if told is None or match is None else (match.end(), told.acronyms[match[0]])


def _options(word: str, case: str, told: Tables) -> list[Undone]:
    """A word of a name as it is, and led back in each gender: by the first row of the table that can be; by all rows
    where the last word alone is declined.
    """
    back = list(undone(word, told.names, told, case)) if not word.islower() else []
    if not told.last:
        back = list({one.gender: one for one in reversed(back)}.values())[::-1]
    return [Undone(word, "", ""), *back]


@cache
def marks(code: str) -> dict[str, str]:
    """The mark that each case gives a name without a preposition (see ``Party``)."""
    told = tables(code)
    return dict(told.cases) if told else {}


@lru_cache(maxsize=8192)
def there(folded: str, code: str) -> bool:
    """True for a name in a case that tells where something is, without a word for it: *Genevessä*."""
    pack = lang.load(code)
    if "in" not in marks(code).values():
        return False
    told = {s.case for kind in ("place", "weak-place", "body") for s in stands(kind, folded, pack)}
    return bool(told) and NOMINATIVE not in told and any(marks(code)[case] == "in" for case in told)


@lru_cache(maxsize=8192)
def may_own(folded: str, code: str) -> bool:
    """False for a place that stands in no case of an owner, where names end with their noun: *Suomen* suurlähetystö,
    but Tukholmassa | konferenssi. The genitive is the first of the pack's cases.
    """
    pack, told = lang.load(code), tables(code)
    found = {s.case for kind in ("place", "weak-place") for s in stands(kind, folded, pack)}
    return told is None or not told.last or not found or bool(found & {NOMINATIVE, next(iter(told.cases))})


def marked(name: Name, pack: Pack, *, after_sum: bool) -> frozenset[str]:
    """The marks of a name that stands in no nominative, by its case alone. Right behind a sum a name that may stand in
    the case of who gets it does: "5 млн евро *Армении*".
    """
    if not name.cases or NOMINATIVE in name.cases:
        return frozenset()
    told = {mark for case in name.cases if (mark := marks(pack.code).get(case, ""))}
    for mark in ("to", "of") if after_sum else ("of",):
        if mark in told:
            told = {mark}
    return frozenset({"governed", *told})
