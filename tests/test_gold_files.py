"""The development set is well formed: files, slugs, names, sums and dates of tests/gold."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

GOLD = Path(__file__).parent / "gold"
HALVES = ("seen", "unseen")

SLUGS: dict[str, list[str]] = yaml.safe_load((GOLD / "slugs.yaml").read_text(encoding="utf-8"))
KEYS = {
    "people": {"names", "positions", "in"},
    "aid": {"amount", "upper", "currency", "q", "from", "to", "donor", "recipient", "sector"},
    "counts": {"value", "of", "q", "asof"},
    "conferences": {
        "ordinal", "date", "end", "monthday", "place", "venue", "organizers", "theme", "previous", "reviews"
    },
}  # fmt: skip
# A sum of aid in one article, in units of its currency: from ten thousand to twenty trillion (VND, IDR).
SMALLEST, LARGEST = 10_000, 20_000_000_000_000


def entries(half: str) -> list[dict[str, Any]]:
    """The gold list of one half of the set."""
    found: list[dict[str, Any]] = yaml.safe_load((GOLD / half / "gold.yaml").read_text(encoding="utf-8"))
    return found


def all_entries() -> list[Any]:
    """Every gold entry with its half, as test parameters."""
    return [pytest.param(half, item, id=item["id"]) for half in HALVES for item in entries(half)]


def text_of(half: str, name: str) -> str:
    """All that the article with this id says: a text file as it is, a NewsArticle's words."""
    plain = GOLD / half / "articles" / f"{name}.txt"
    if plain.exists():
        return plain.read_text(encoding="utf-8")
    news = json.loads(plain.with_suffix(".json").read_text(encoding="utf-8"))
    return "\n".join([news["headline"], news["datePublished"], news["articleBody"]])


@pytest.mark.parametrize("half", HALVES)
def test_every_entry_has_its_article_and_every_article_its_entry(half: str) -> None:
    """Ids and file stems are the same set, each once."""
    ids = [item["id"] for item in entries(half)]
    stems = [p.stem for p in (GOLD / half / "articles").iterdir()]
    assert sorted(ids) == sorted(stems)
    assert len(set(ids)) == len(ids)


def test_the_halves_are_apart_and_balanced() -> None:
    """No id is in both halves; the seen one is no smaller in any language, and a new language may begin there; each
    language has an article without aid.
    """
    seen, unseen = entries("seen"), entries("unseen")
    assert not {item["id"] for item in seen} & {item["id"] for item in unseen}
    per_half = [Counter(item["lang"] for item in half) for half in (seen, unseen)]
    assert set(per_half[0]) >= set(per_half[1]) >= {"en", "fr", "zh", "vi", "nb"}
    assert all(per_half[0][lang] >= per_half[1][lang] - 1 for lang in per_half[0])
    for half, languages in zip((seen, unseen), per_half, strict=True):
        bare = {item["lang"] for item in half if not item["aid"] and not item["conferences"] and not item["sectors"]}
        assert bare == set(languages)


@pytest.mark.parametrize(("half", "item"), all_entries())
def test_keys_and_slugs_are_of_the_vocabulary(half: str, item: dict[str, Any]) -> None:
    """Only known keys, positions, sectors, countables and qualifiers are used."""
    assert set(item) <= {"id", "lang", "published", "orgs", "sectors", *KEYS}
    assert item["id"].startswith(item["lang"] + "-")
    assert {"people", "aid", "conferences", "sectors"} <= set(item)
    for kind, keys in KEYS.items():
        assert all(set(row) <= keys for row in item.get(kind, []))
    assert len(set(item["sectors"])) == len(item["sectors"])
    assert set(item["sectors"]) <= set(SLUGS["sectors"])
    assert all(person["positions"] and set(person["positions"]) <= set(SLUGS["positions"]) for person in item["people"])
    assert all(figure["sector"] in item["sectors"] for figure in item["aid"] if "sector" in figure)
    assert all(count["of"] in SLUGS["countables"] for count in item.get("counts", []))
    assert all(row.get("q", "exactly") in SLUGS["qualifiers"] for row in [*item["aid"], *item.get("counts", [])])


@pytest.mark.parametrize(("half", "item"), all_entries())
def test_quoted_names_stand_in_the_text(half: str, item: dict[str, Any]) -> None:
    """Each person, body, theme and venue is written in its article in at least one accepted spelling."""
    text = text_of(half, item["id"])
    for person in item["people"]:
        assert any(name in text for name in person["names"]), person["names"]
        assert any(body in text for body in person.get("in", [text])), person["in"]
    for names in item.get("orgs", []):
        assert any(name in text for name in names), names
    for conference in item["conferences"]:
        assert conference.get("theme", "") in text
        assert any(venue in text for venue in conference.get("venue", [text]))
        assert all(str(year) in text for year in conference.get("previous", []))


@pytest.mark.parametrize(("half", "item"), all_entries())
def test_sums_and_dates_are_plausible(half: str, item: dict[str, Any]) -> None:
    """Sums are of a likely size, ranges and periods run forward, days are real days, the date is written."""
    for figure in item["aid"]:
        assert re.fullmatch("[A-Z]{3}", figure["currency"])
        assert SMALLEST <= figure["amount"] < figure.get("upper", figure["amount"] + 1) <= LARGEST
        assert figure.get("from", date.min) <= figure.get("to", date.max)
    for conference in item["conferences"]:
        assert conference.get("date", date.min) <= conference.get("end", date.max)
        assert 0 < conference.get("ordinal", 1) < 100
        assert re.fullmatch(r"[01]\d-[0-3]\d", str(conference.get("monthday", "01-01")))
    assert all(count["value"] > 0 for count in item.get("counts", []))
    published = item["published"]
    assert published is None or f"{published.year}" in text_of(half, item["id"])


@pytest.mark.parametrize(("half", "item"), all_entries())
def test_articles_are_short(half: str, item: dict[str, Any]) -> None:
    """An article is about 60 to 320 words long; two Chinese or Japanese characters count as one word."""
    text = text_of(half, item["id"])
    size = len(text) / 2 if item["lang"] in {"ja", "zh"} else len(text.split())
    assert 60 <= size <= 320, size
