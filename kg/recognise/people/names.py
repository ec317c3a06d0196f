"""Candidates for names of persons: capitalised runs and acronyms, and where the names of others stand again."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels
from kg.model import Name
from kg.recognise.bodies.syllabic import is_syllabic
from kg.recognise.fold import fold
from kg.recognise.people.openings import before_its_town, behind_places, behind_title, opening_names
from kg.recognise.spans import Span
from kg.recognise.words.cases import acronym_until
from kg.recognise.words.owners import unowned

_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper() and c != c.lower())
_WORD = re.compile("[^ ]+")
# a word's edge, where Chinese characters are no part of a Latin word
_ACRONYM = re.compile(
    r"(?<![^\W\u3400-\u9fff])(?<!\.)[A-ZĐЁ\u0410-\u042f][A-Z0-9ĐЁ\u0410-\u042f]*"
    r"(?:[/&-][A-ZĐ][\wÀ-ỹ]*(?: [A-ZÀ-Ỹ][\wà-ỹ]*)?)?"
    r"(?![^\W\u3400-\u9fff])"
)
_ACRONYM_OPENS = re.compile("[A-ZÀ-Þ]{2,12}(?=[^A-ZÀ-Þ])")
_OWNER = re.compile(r"[A-ZÀ-Þ]{3,10}s")
"""An acronym with the sign of the genitive."""
_CAPITALISED = re.compile(rf"(?<!\w)[{_UPPER}][\w'’-]*")
SHORTEST = 3
"""Letters of the shortest name that is looked for behind its genitive."""
_MEMBER = re.compile(r"[A-ZÀ-Þ]{2,6}-[a-zà-ÿ]{3,}|HE")
"""What somebody is to a body, written in one word (*SV-toppen* Berit Lie), and Excellencies: *HE* Ann Lee."""
_COMPOUND = re.compile(r"[^\W\d_]+-[a-zà-ÿ]{4,}")
"""A name alone with what bears it, in one word: *Mahama-lejren*, the camp."""
_DEGREE = re.compile(r"[A-Z][a-z]{0,3}(?:\.[A-Z][a-z]{0,5})+\.?")
"""What somebody holds of a university: Ahmad, *S.E.*, *M.Si.*"""
_LETTERS = re.compile(r"(?:[A-Z]\.)+[A-Z]?|TD|MEP|MSP|OBE|CBE")
"""Letters that a member of a parliament or an order bears behind the name: Ann Lee *T.D.*"""


@cache
def _run(code: str) -> re.Pattern[str]:
    particles = "|".join(re.escape(p) for p in lang.load(code).names.get("particles", ())) or "(?!)"
    opened = rf"(?<!\w)[‘ʻ'’](?=[{_UPPER}][a-z])(?![^\n]*?\w[’'](?!\w))"  # ‘Ana, but no quotation
    inside = r"[\w]|(?<=\w)[‘ʻʼ`](?=\w)"
    word = rf"(?:{opened})?[{_UPPER}](?:{inside}|['’.-](?=\w)|(?<![a-z])&(?=[{_UPPER}])|\.(?= [{_UPPER}]))*"
    return re.compile(rf"(?<![\w]){word}(?:(?: (?:(?:{particles})(?:[ -]|(?<=')))*|-(?:(?:{particles})-)?){word})*")


@cache
def _field(code: str) -> re.Pattern[str]:
    """The field of a post that a name seems to go on into: *minister Jansen* van Financiën."""
    joins = "|".join(map(re.escape, lang.load(code).names.get("field", ())))
    if not joins:
        return re.compile("(?!)")
    fields = "|".join(re.escape(label) for label, _ in labels(code).get("concept", ()))
    return re.compile(rf" (?:{joins}) (?:{fields})(?![\w-])", re.IGNORECASE)


@cache
def _ending(code: str) -> re.Pattern[str]:
    """The ending of a case at the end of a name, behind an apostrophe: Ali Veli*'yi*."""
    return re.compile(rf"(?:{lang.load(code).names.get('case_ends', '(?!)')})$")


@cache
def _owner(code: str) -> re.Pattern[str]:
    """The last word of a name in the genitive with what it owns behind it: Ola *Moes regering*."""
    return re.compile(lang.load(code).names.get("owned", "(?!)"), re.IGNORECASE)


@cache
def _elided(code: str) -> re.Pattern[str]:
    """A small word that lost its vowel before a small letter, as sentences begin: *L'*ancien, *Dell'*ex."""
    words = "|".join(re.escape(w.capitalize()) for w in lang.load(code).names.get("elided", ())) or "(?!)"
    return re.compile(rf"(?:{words})['’](?=[^\W\d_])(?![A-ZÀ-Þ])")


def latin(text: str, start: int, end: int, pack: Pack, *, sentence: tuple[int, int]) -> Iterator[Span]:
    """Names in ``text[start:end]``, a stretch between spans of ``sentence``: runs of capitalised words.

    A stop word is cut off where it begins the sentence or a part of it; elsewhere a capital makes it part of a name
    (Mme *Le* Kim Dung).
    """
    stops = pack.names.get("stop", ())
    for match in _run(pack.code).finditer(text, start, end):
        at, stop = match.span()
        field = _field(pack.code).search(match[0])
        words = [(m.start(), m.end()) for m in _WORD.finditer(match[0]) if not field or m.end() <= field.start()]
        opens = _opens(text, at + words[0][0], sentence)
        while words and opens and fold(match[0][words[0][0] : words[0][1]]) in stops:
            words = words[1:]
        if words and _elided(pack.code).match(match[0], words[0][0]):  # L'ancien, D'autres; not D'Arcy
            words = words[1:]
        words = _without_titles(match[0], words, pack)
        words = behind_places(text, match, _behind_district(text, match, words, pack), pack)
        opening, words = opening_names(text, at, before_its_town(text, match, words, pack), pack)
        yield from opening
        if not words:
            continue
        begin, stop = at + words[0][0], at + words[-1][1]
        name = text[begin:stop]
        name = name[: unowned(fold(name), len(name), pack)]
        ending = _ending(pack.code).search(fold(name))
        name = name[: ending.start()] if ending else name
        stop = begin + len(name)
        if pack.bodies.get("genitive") and (
            _OWNER.fullmatch(name) or _owns(text, begin, stop, pack)
        ):  # ICAN|s direktør
            name, stop = name[:-1], stop - 1
        name, stop = _without_ending(text, name, stop, pack)
        if (_ACRONYM.fullmatch(name) and name.upper() == name) or is_syllabic(name, pack):
            if 2 <= len(name) <= 12 and name not in pack.bodies.get("not_acronyms", ()):
                yield _acronym(text, begin, stop, pack)
            continue
        region = len(words) == 1 and lang.pattern(pack.code, "regions").match(text, stop)  # Томской| области
        region = region or _DEGREE.fullmatch(name) or _COMPOUND.fullmatch(name)
        if len(name) > 1 and len(words) <= 6 and not region and (len(words) > 1 or fold(name) not in stops):
            yield from behind_title(text, begin, stop, pack)


def _without_ending(text: str, name: str, stop: int, pack: Pack) -> tuple[str, int]:
    """An acronym, and where it ends, without the ending of a case that a hyphen joins to it: *MSZ*-owi."""
    opened = _ACRONYM_OPENS.match(name) if pack.declension else None
    if opened is None or acronym_until(text, stop - len(name) + opened.end(), pack)[0] != stop:
        return name, stop
    return opened[0], stop - len(name) + opened.end()


def _without_titles(written: str, words: list[tuple[int, int]], pack: Pack) -> list[tuple[int, int]]:
    """The words of a name without what somebody is to a body before it, letters of an order and a weekday behind it."""
    if len(words) > 1 and _MEMBER.fullmatch(written[slice(*words[0])]):
        words = words[1:]
    if len(words) > 2 and _LETTERS.fullmatch(written[slice(*words[-1])]):
        words = words[:-1]
    while words and fold(written[slice(*words[-1])]) in pack.weekdays:  # Mr Jensen Tuesday
        words = words[:-1]
    return words


def _acronym(text: str, start: int, end: int, pack: Pack) -> Span:
    until, cases = acronym_until(text, end, pack)
    name = Name("organization", text[start:end], pack.code, acronym=text[start:end], cases=cases)
    return Span(start, until, "acronym", name)


def _owns(text: str, start: int, stop: int, pack: Pack) -> bool:
    """True for a name with the ``s`` of the genitive, right before what it owns, which the text also tells without it
    (Ola *Moes* reise, where *Moe* stands elsewhere), or which the pack knows as one: Ola *Moes* regering.
    """
    last = text[max(text.rfind(" ", start, stop), start - 1) + 1 : stop]
    before_small = text[stop : stop + 1] == " " and text[stop + 1 : stop + 2].islower()
    if last[-1] != "s" or len(last) <= SHORTEST or last.isupper():
        return False
    return (before_small and last[:-1] in _capitalised(text)) or _owner(pack.code).match(
        text, stop - len(last)
    ) is not None


@lru_cache(maxsize=2)
def _capitalised(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital."""
    return frozenset(_CAPITALISED.findall(text))


def _behind_district(
    text: str, match: re.Match[str], words: list[tuple[int, int]], pack: Pack
) -> list[tuple[int, int]]:
    """The words of a name, without those that name the district before them: xã Bình An | *Lê Văn Ba*."""
    districts = (*pack.names.get("districts", ()), *pack.names.get("provinces", ()))
    before = text[max(0, match.start() - 12) : match.start()].rstrip().rpartition(" ")[2]
    surnames = pack.names.get("surnames", ())
    if not words or before not in districts or not surnames:
        return words
    opens = [i for i, (low, high) in enumerate(words) if fold(match[0][low:high]) in surnames and i < len(words) - 1]
    return words[opens[0] :] if opens else []


def _opens(text: str, at: int, sentence: tuple[int, int]) -> bool:
    """True where a sentence begins, or a part of it: after a quotation mark, a bracket, a colon or a dash."""
    start, end = sentence
    return (
        at == start
        or (start < at < end and text[at - 1] in "\"“«‘'(:•–—-")
        or (start + 1 < at < end and text[at - 2] in ":–—-•«")
    )


def acronyms(text: str, start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Runs of capitals in ``text[start:end]`` that may name a body: ``VTV``, ``CARE/USA``."""
    for match in _ACRONYM.finditer(text, start, end):
        if (
            2 <= len(match[0]) <= 24
            and match[0].split("/")[0] not in pack.bodies.get("not_acronyms", ())
            and match[0][:2].isupper()
        ):
            yield _acronym(text, *match.span(), pack)


def titled(framed: Sequence[Span], place: int, pack: Pack) -> bool:
    """True where a title that opens a name follows right behind a post: 主席|丹斯里|林清河, but not 总统|夫人."""
    following = framed[place + 1] if place + 1 < len(framed) else None
    beside = following is not None and following.kind == "honorific" and following.start == framed[place].end
    return beside and following is not None and following.value not in pack.names.get("after", ())


def linked(text: str, start: int, pack: Pack) -> int:
    """Where the words end that a locative before ``start`` links a place to: Đại sứ Việt Nam| tại |Lào."""
    before = (w for w in pack.names.get("locative", ()) if w.startswith(" ") and text.endswith(w, 0, start))
    return start - len(max(before, key=len, default=" "))


def known(text: str, names: Sequence[str], code: str) -> Iterator[Span]:
    """Every place where one of ``names`` (met elsewhere in the article) stands."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield Span(at, at + len(name), "name", Name("person", sys.intern(name), code))
            at = text.find(name, at + len(name))
