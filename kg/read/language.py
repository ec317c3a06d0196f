"""Which language an article and its lines are in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import pycld2

from kg.lang.letters import plain_letters

# Chinese, Japanese and Korean say in one character what takes others three.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_ADDRESS = re.compile(r"\w*://\S*|www\.\S*|[^\s@]{1,64}@\S*")
_CODES = {"no": "nb", "zh-hant": "zh", "zh-hans": "zh", "iw": "he", "in": "id"}
_SURE_WIDTH = 25
_SURE_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_VOTE_WIDTH = 40
_SAMPLE = 2000
_VOTE_LIMIT = 200_000


class Near(NamedTuple):
    """Languages whose lines are taken for one another (``alike``), those whose short texts are (``rows``), their common
    ``words``, what an ``undecided`` one is read as, and how regions spell their words (``spelled``).
    """

    alike: tuple[frozenset[str], ...]
    rows: tuple[tuple[str, ...], ...]
    words: Mapping[str, frozenset[str]]
    undecided: Mapping[str, str]
    spelled: Mapping[str, frozenset[str]]


@cache
def _near() -> Near:
    """What tells near languages apart: the data of ``near.toml``."""
    told = tomllib.loads((Path(__file__).parent / "near.toml").read_text(encoding="utf-8"))
    return Near(
        alike=tuple(map(frozenset, told["alike"])),
        rows=tuple(map(tuple, told["near"])),
        words={code: frozenset(text.split()) for code, text in told["words"].items()},
        undecided=told["undecided"],
        spelled={code: frozenset(text.split()) for code, text in told["spelled"].items()},
    )


def width(text: str) -> int:
    """Length of ``text`` as if written in Latin letters: a Chinese character counts three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE.findall(text))


def normal_code(code: str | None) -> str:
    """The primary code in our spelling: "en-US" is en, "no" is nb, "zh-Hant-TW" is zh; "" for none."""
    folded = (code or "").strip().replace("_", "-").lower()
    primary = folded.split("-")[0]
    primary = _CODES.get(folded, _CODES.get(primary, primary))
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else ""


def supported() -> tuple[str, ...]:
    """Codes of the languages that have a pack."""
    from kg.lang import codes

    return codes()


def _detect(text: str, *, best_effort: bool = False) -> tuple[bool, list[tuple[str, int]]]:
    """Whether the answer is reliable, and (code, percent) of up to three languages."""
    sample = text[:_SAMPLE]
    if "://" in sample or "www." in sample or "@" in sample:
        sample = _ADDRESS.sub(" ", sample)
    return _detect_sample(sample, best_effort)


@lru_cache(maxsize=2048)
def _detect_sample(sample: str, best_effort: bool) -> tuple[bool, list[tuple[str, int]]]:  # noqa: FBT001 - a cache key
    try:
        reliable, _, details = pycld2.detect(sample, isPlainText=True, bestEffort=best_effort)
    except pycld2.error:
        # It refuses text that is not valid for interchange; such text has no language we could name.
        return False, []
    return reliable, [(normal_code(code), percent) for _, code, percent, _ in details if code != "un"]


def vote(lines: Iterable[str]) -> Counter[str]:
    """Languages of the lines of 40 and more characters, each line weighing its width."""
    votes: Counter[str] = Counter()
    seen = 0
    for line in lines:
        weight = width(line)
        if weight < _VOTE_WIDTH:
            continue
        reliable, found = _detect(line)
        if reliable and found:
            votes[found[0][0]] += weight
        seen += weight
        if seen > _VOTE_LIMIT:
            break
    return votes


def identify(lines: Sequence[str], *, declared: str = "") -> str:
    """The language most of ``lines`` are in; ``declared`` decides where that is not clear; "" where unknown."""
    found = _identify(lines, declared)
    return found if found == declared or found not in _near().words else _by_words(lines, found)


def _by_words(lines: Sequence[str], guess: str) -> str:
    """``guess``, or the near language of whose own words the lines have more than twice as many as of the guess's:
    Danish *vært*, a host, is also Norwegian for "been".
    """
    words = {word for line in lines[:200] for word in _WORD.findall(line[:_SAMPLE].lower())}
    told, sure = _near(), False
    for code in next(row for row in told.rows if guess in row):
        if code == guess:
            continue
        mine, others = (len(words & (told.words[a] - told.words[b])) for a, b in ((guess, code), (code, guess)))
        if others > 2 * mine:
            return code
        sure = sure or mine > 0
    return guess if sure else told.undecided.get(guess, guess)


def region(lines: Sequence[str], language: str) -> str:
    """``language`` with the region in whose spelling alone words in small letters of the lines are; the bare code where
    none or several are: "en-gb" for *programme*.
    """
    regions = {code: words for code, words in _near().spelled.items() if code.startswith(f"{language}-")}
    words = {word for line in lines[:200] for word in _WORD.findall(line[:_SAMPLE])} if regions else set()
    met = [code for code, spelled in regions.items() if words & spelled]
    return met[0] if len(met) == 1 else language


def _told_by_words(lines: Sequence[str], guess: str) -> bool:
    """Whether the lines have several common words of a guess, and none that only a near language has."""
    words = {word for line in lines[:200] for word in _WORD.findall(line[:_SAMPLE].lower())}
    told = _near()
    row = next((row for row in told.rows if guess in row), ())
    return len(words & told.words.get(guess, frozenset())) >= _SURE_WORDS and not any(
        words & (told.words[code] - told.words[guess]) for code in row
    )


def _identify(lines: Sequence[str], declared: str) -> str:
    votes = vote(lines)
    if votes:
        best, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
        close = declared and any({declared, best} <= group for group in _near().alike)
        return declared if declared and ((close and votes[declared] * 2 >= weight) or weight < 100) else best
    if declared:
        return declared
    whole = " ".join(lines[:200])
    reliable, found = _detect(whole)
    if not (reliable and found):
        # Short texts: name the language only if every letter speaks for it.
        _, found = _detect(whole, best_effort=True)
        if width(whole) < _SURE_WIDTH or not found or (found[0][1] < 90 and not _told_by_words(lines, found[0][0])):
            return ""
    return found[0][0]


def is_foreign(text: str, language: str) -> bool:
    """Whether a line is surely in another language than ``language``: no part of it in that or a like one, and no small
    words of the one or more of the other (names and words that many languages share mislead by their letters).
    """
    wide = width(text)
    # Names, places and dates in a short line look like any language: only words tell.
    if wide < _SURE_WIDTH or (wide < _VOTE_WIDTH and wide == len(text) and len(_WORD.findall(text)) < 5):
        return False
    reliable, found = _detect(text)
    if not (reliable and found) or found[0][1] < 80:
        return False
    like = _alike(language)
    if any(code in like for code, _ in found):
        return False
    words = set(_WORD.findall(plain_letters(text.lower())))
    own = len(words & _small_words(language))
    return not own or own < len(words & _small_words(found[0][0]))


@cache
def _small_words(code: str) -> frozenset[str]:
    """The small words that a language's pack holds; none where it has no pack."""
    from kg import lang

    return frozenset(lang.load(code).names.get("stop", ())) if code in supported() else frozenset()


@cache
def _alike(language: str) -> frozenset[str]:
    return frozenset({language}).union(*(group for group in _near().alike if language in group))
