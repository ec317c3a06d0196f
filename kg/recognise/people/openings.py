"""What stands right beside a person's name and looks like part of it: acronyms, districts, places and towns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels
from kg.model import Name
from kg.recognise.bodies.syllabic import is_syllabic
from kg.recognise.fold import CYRILLIC, CYRILLIC_CAPITALS, fold
from kg.recognise.spans import Span

_UPPER = f"A-ZÀ-ÖØ-Þ\u0100-\u017f{CYRILLIC_CAPITALS}"
Words = list[tuple[int, int]]
"""First and last offset of each word of a run."""
_INITIALS = re.compile(rf"[{CYRILLIC_CAPITALS}]\.[{CYRILLIC_CAPITALS}]\.?")
_CAPITALS = re.compile(f"[A-ZÀ-ÞĐ{CYRILLIC_CAPITALS}]{{2,12}}")
_LATIN = re.compile("[A-Z][A-Za-z0-9.-]+")
_NO_LATIN = re.compile(f"[{CYRILLIC_CAPITALS}][{CYRILLIC}.-]*")
_NAME_BEHIND = re.compile(rf" [^\W\d_][\w.'’-]*[^\W\d_A-ZÀ-Þ{CYRILLIC_CAPITALS}]| [{_UPPER}]\.")
"""A word behind an acronym that is written as names are, or an initial."""
REACH = 40
"""Characters before a name in which a preposition and its place are looked for."""


def opening_names(text: str, at: int, words: Words, pack: Pack) -> tuple[list[Span], Words]:
    """The bodies by whose acronyms a run of ``words`` begins (offsets from ``at``), the district there, and the words
    of the person's name behind them: *НИИ РАН* | Иван Петров, *MAG* | Ann Lee, bupati *Alor Barat* | Made Surya.
    """
    told: list[Span] = []
    while len(words) > 1 and _opens(text, at, words, pack):
        start, stop = at + words[0][0], at + words[0][1]
        if told and pack.declension and text[told[-1].end : start] == " ":
            start = told.pop().start
        name = text[start:stop]
        acronym = "" if " " in name else name
        if name not in pack.bodies.get("not_acronyms", ()):  # no name of a body, and no part of the person's either
            told.append(Span(start, stop, "acronym", Name("organization", name, pack.code, acronym=acronym)))
        words = words[1:]
    if len(words) > 1 and fold(text[at + words[0][0] : at + words[0][1]]) in _districts(pack):
        words = words[1:]  # *Kabupaten* Malaka | Ana Lede
    if size := _district(text, at, words, pack):
        start, stop = at + words[0][0], at + words[size - 1][1]
        told.append(Span(start, stop, "place", Name("place", text[start:stop], pack.code)))
        words = words[size:]
    return told, words


def _opens(text: str, at: int, words: Words, pack: Pack) -> bool:
    """True for an acronym before a person's name: where the pack says that names follow one, or the article gives it
    in brackets behind the name that it stands for; where surnames are listed, one of them must follow.
    """
    word, second = (text[at + low : at + high] for low, high in words[:2])
    second_too = len(words) > 2 and _CAPITALS.fullmatch(second) is not None and pack.names.get("acronym_first")
    follows = _NAME_BEHIND.match(text, at + words[int(bool(second_too))][1]) is not None
    if is_syllabic(word, pack):
        return follows
    if _LATIN.fullmatch(word) and any(_NO_LATIN.fullmatch(text, at + low, at + high) for low, high in words[1:]):
        return True  # *KazAID* | Иван Белов
    if not _CAPITALS.fullmatch(word):
        return False
    enough = len(words) > 2 or "syllabic" in pack.bodies
    if not pack.names.get("acronym_first"):
        return enough and follows and f"({word})" in text and word not in pack.bodies.get("not_acronyms", ())
    surnames = pack.names.get("surnames", ())
    fits = not surnames or (fold(second) in surnames and fold(word) not in surnames)
    return enough and fits and (follows or _CAPITALS.fullmatch(second) is not None)


def behind_places(text: str, match: re.Match[str], words: Words, pack: Pack) -> Words:
    """The words of a run without those with which it begins and that the article puts behind a preposition of place,
    with no name behind: по *Арктике* | Артур Белов, beside *в Арктике*. Only where a name has another form there.
    """
    if not pack.declension:
        return words
    initials = next((i for i, (low, high) in enumerate(words[:-1]) if _INITIALS.fullmatch(match[0], low, high)), 0)
    words = words[initials:]  # по делам *Каспия* | А.Б. Белов
    told, second = _placed(text, pack.code)
    if len(words) > 2 - ("." in match[0]) and second.search(text, max(0, match.start() - REACH), match.start()):
        words = words[1:]
    while len(words) > 1 and match[0][slice(*words[0])] in told:
        words = words[1:]
    return words


@lru_cache(maxsize=2)
def _placed(text: str, code: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The capitalised words that stand alone behind a preposition of place, and a pattern of what stands before the
    second of two: *в Арктике и* Антарктике.
    """
    pack = lang.load(code)
    before = "|".join(re.escape(word.strip()) for word in pack.names.get("locative", ())) or "(?!)"
    both = "|".join(re.escape(word) for word in pack.bodies["and"] if word.strip() != ",") or "(?!)"
    opened = rf"(?<!\w)(?:{before}) [{_UPPER}][\w-]+"
    alone = re.compile(rf"(?={opened}(?! [{_UPPER}])(?![\w-]))(?:{before}) ([\w-]+)")
    return frozenset(m[1] for m in alone.finditer(text)), re.compile(rf"{opened}(?:{both})\Z")


def _district(text: str, at: int, words: Words, pack: Pack) -> int:
    """With how many words the name of a district opens a run, as the word before it tells (kabupaten *Belu*) or a word
    that ends names of districts; 0 where none does.
    """
    ends = pack.names.get("district_ends", ())
    turns = [i for i, (low, high) in enumerate(words) if i and fold(text[at + low : at + high]) in ends]
    before = text[max(0, at + words[0][0] - 12) : at + words[0][0]].rstrip().rpartition(" ")[2] if words else ""
    if turns and ends:
        return turns[-1] + 1
    governed = text[: at + words[0][0]].rstrip().lower().endswith(_posts_of_towns(pack.code)) if words else False
    return int(not governed and fold(before) in _districts(pack))


def _districts(pack: Pack) -> Sequence[str]:
    """The words for districts of a pack that knows how their names go on, whose surnames tell no person's."""
    return pack.names["districts"] if pack.names.get("district_ends") else ()


@cache
def _posts_of_towns(code: str) -> tuple[str, ...]:
    """Labels of posts that end in the word for what their holders govern, whose name need not follow: *wali kota*."""
    districts = tuple(f" {word}" for word in lang.load(code).names.get("districts", ()))
    return tuple(label for label, _ in labels(code).get("post", ()) if label.endswith(districts))


def before_its_town(text: str, match: re.Match[str], words: Words, pack: Pack) -> Words:
    """The words of a name, without the town behind a word that joins it to a post, where the article tells that one is
    there: *burgemeester Jan Moe* van Gulu, beside *in Gulu*.
    """
    joins = pack.names.get("field", ())
    for place in range(3, len(words)) if joins else ():
        town = fold(match[0][slice(*words[place])])
        joined = match[0][slice(*words[place - 1])] in joins
        if joined and any(f"{there}{town}" in _flat(text) for there in pack.names.get("locative", ())):
            return words[: place - 1]
    return words


@lru_cache(maxsize=2)
def _flat(text: str) -> str:
    return " " + fold(text).replace("\n", " ")


def behind_territory(text: str, name: Span, posts: Mapping[int, Span], pack: Pack) -> list[Span]:
    """The region that opens a run of capitals behind a post and a preposition, and the person's name behind it, by a
    word that ends names of regions, or where three words follow the post of who governs: Premier of *Western
    Province* | Billy Veo, Governor of *Sindh* | Ann Lee. Without a preposition a town in a case of its own may open it
    (``names.town_first``): burmistrz *Sanoka* | Tomasz Matuszewski; or a listed one. ``posts``, and places, are by
    where they end; other names stay.
    """
    if name.kind == "honorific":
        return [name]
    ends = pack.names.get("territories", ())
    words = name.value.text.split(" ")
    beside = posts.get(name.start - 1) if name.kind == "name" else None
    if beside and beside.kind == "place":
        return _past_directions(name, words, pack)
    if beside and (place := _last_acronym(words, pack)):
        return _behind_acronym(text, name, words, place, pack)
    if beside and (size := _town_size(text, words, beside, pack)):
        stop = name.start + len(" ".join(words[:size]))
        town = Span(name.start, stop, "place", Name("place", text[name.start : stop], pack.code))
        return [town, *behind_title(text, stop + 1, name.end, pack)]
    post = posts.get(governs(text, name.start, pack)) if ends and name.kind == "name" and len(words) > 2 else None
    if post is None or post.kind != "post":
        return [name]
    told = [i + 1 for i, word in enumerate(words[:-2]) if i and fold(word) in ends]
    size = max(told) if told else int(len(words) == 3 and post.value.slug in _GOVERNING)
    if not size:
        return [name]
    stop = name.start + len(" ".join(words[:size]))
    region = Name("place" if told else "person", text[name.start : stop], pack.code)
    person = Span(stop + 1, name.end, "name", Name("person", text[stop + 1 : name.end], pack.code))
    return [Span(name.start, stop, "place" if told else "name", region), person]


def _last_acronym(words: Sequence[str], pack: Pack) -> int:
    """Which word of a run behind a post is the last acronym in it, with words before it and a name behind: Direktur
    Perlindungan WNI *Kemlu* Judha Nugraha; 0 for none.
    """
    if not pack.names.get("acronym_first"):
        return 0
    return next(
        (
            i
            for i in range(len(words) - 2, 0, -1)
            if (_CAPITALS.fullmatch(words[i]) and not _ROMAN.fullmatch(words[i])) or is_syllabic(words[i], pack)
        ),
        0,
    )


def _behind_acronym(text: str, name: Span, words: Sequence[str], place: int, pack: Pack) -> list[Span]:
    """The name behind the acronym in a run, and the body that it stands for, where it may stand for one."""
    start = name.start + len(" ".join(words[:place])) + 1
    stop = start + len(words[place])
    body = Name("organization", words[place], pack.code, acronym=words[place])
    told = [] if words[place] in pack.bodies.get("not_acronyms", ()) else [Span(start, stop, "acronym", body)]
    return [*told, *behind_title(text, stop + 1, name.end, pack)]


_ROMAN = re.compile("[IVX]+")


def behind_title(text: str, start: int, end: int, pack: Pack) -> list[Span]:
    """The name in ``text[start:end]``, without the title that opens it, a span of its own: *Ibu* | Sri Lede."""
    stop = start + len(text[start:end].partition(" ")[0])
    title = fold(text[start:stop])
    if stop == end or title not in pack.names.get("honorifics", ()):
        return [Span(start, end, "name", Name("person", text[start:end], pack.code))]
    person = Span(stop + 1, end, "name", Name("person", text[stop + 1 : end], pack.code))
    return [Span(start, stop, "honorific", title), person]


def _past_directions(name: Span, words: Sequence[str], pack: Pack) -> list[Span]:
    """A name behind a place, without the words that go on the name of that place: Lombok *Utara* | Danny Karter."""
    ends = pack.names.get("district_ends", ())
    size = next((i for i, word in enumerate(words) if fold(word) not in ends), len(words))
    if not size:
        return [name]
    rest = " ".join(words[size:])
    return [Span(name.end - len(rest), name.end, "name", replace(name.value, text=rest))] if rest else []


def _town_size(text: str, words: Sequence[str], post: Span, pack: Pack) -> int:
    """With how many words a town opens a run right behind a post: by its case, by the pack's list, by a title behind
    it (Bupati *Sikka* Ibu Ana Lede), or where the article names the place elsewhere; 0 where none does.
    """
    names = pack.names
    if len(words) == 3 and lang.pattern(pack.code, "town_first").match(" ".join(words)):
        return 1
    if "localities" not in names or post.value.slug not in _LOCAL:
        return 0
    told = [i for i, word in enumerate(words[1:-1], 1) if fold(word) in names["honorifics"]]
    listed = [i for i in range(1, len(words)) if fold(" ".join(words[:i])) in names["localities"]]
    elsewhere = len(words) > 2 and any(
        f" {word} {fold(words[0])}" in _flat(text) for word in (*names["districts"], *map(str.strip, names["locative"]))
    )
    return max(told[:1] or listed or [int(elsewhere)])


_LOCAL = frozenset({"governor", "mayor", "head", "deputy-head", "vice-president", "coordinator"})
"""Posts behind which a town may stand without a preposition."""


_GOVERNING = frozenset({"governor", "mayor", "prime-minister", "minister"})
"""Posts behind which, and a preposition, no person's name stands at once."""


def governs(text: str, start: int, pack: Pack) -> int:
    """Where the words end that a preposition before ``start`` joins to what begins there: ambassador| to |Chad."""
    before = text[max(0, start - _PREPOSITION) : start].lower()
    return start - next((len(m[0]) for m in [_prepositions(pack.code).search(before)] if m), 0)


_PREPOSITION = 16
"""Characters in which a preposition with its article is looked for."""


@cache
def _prepositions(code: str) -> re.Pattern[str]:
    """A preposition of a pack at the end of a text, with the blanks around it."""
    told = lang.load(code).names
    words = {w for key in ("genitive", "dative", "locative") for w in told.get(key, ()) if w[:1] == w[-1:] == " "}
    return re.compile("(?:" + ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)") + r")\Z")
