"""The five seed articles, read as they are: what is theirs stays, what is the page's goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.model import Article
from kg.read import read_paths
from kg.read.clean import clean, split_lines

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    """The seeds by the number they begin with."""
    articles, skipped = read_paths([SEEDS], codes=("en", "fr", "nb", "vi", "zh"))
    assert skipped == []
    return {article.id[:3]: article for article in articles}


def test_languages_and_dates(seeds: dict[str, Article]) -> None:
    """Each seed is in its language; a date is read where one is stated, and only there."""
    assert {key: article.language for key, article in seeds.items()} == {
        "000": "en", "001": "fr", "002": "zh", "003": "vi", "004": "nb",
    }  # fmt: skip
    day = date(2025, 12, 4)
    assert {key: article.published for key, article in seeds.items()} == {
        "000": None, "001": day, "002": date(2025, 12, 5), "003": day, "004": day,
    }  # fmt: skip


def test_kinds_and_metadata(seeds: dict[str, Article]) -> None:
    """Bylines, captions, sources and headlines are told apart."""
    kinds = {key: [p.kind for p in article.paragraphs] for key, article in seeds.items()}
    assert {key: found.count("caption") for key, found in kinds.items()} == {
        "000": 2, "001": 0, "002": 5, "003": 2, "004": 3,
    }  # fmt: skip
    assert [key for key, found in kinds.items() if "byline" in found] == ["000"]
    assert [key for key, found in kinds.items() if "source" in found] == ["001", "003", "004"]
    assert [key for key, found in kinds.items() if "headline" in found] == ["002", "003", "004"]
    assert seeds["000"].author is not None
    assert [bool(article.url) for article in seeds.values()] == [False, True, False, False, True]


@pytest.mark.parametrize(("key", "dropped"), [("000", 2), ("001", 1), ("002", 70), ("003", 0), ("004", 37)])
def test_what_is_set_aside(seeds: dict[str, Article], key: str, dropped: int) -> None:
    """The page's lines go, by number; every long line stays."""
    article = seeds[key]
    lines = list(split_lines(clean(Path(article.path).read_text())))
    assert len(lines) - len(article.paragraphs) == dropped
    gone = [line.text for line in lines if line.text not in article.text and line.line != article.paragraphs[0].line]
    assert all(len(text) < 130 for text in gone)


def test_places(seeds: dict[str, Article]) -> None:
    """Each paragraph begins where it is said to begin."""
    for article in seeds.values():
        rows = clean(Path(article.path).read_text()).split("\n")
        for p in article.paragraphs:
            assert rows[p.line - 1][p.column - 1 :].startswith(article.text[p.start : p.end])
