"""Content negotiation: what the standard says, tried on fields nobody would write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiate import choose, choose_language

OFFERS = ("application/json", "text/csv", "text/turtle", "application/ld+json")
QUALITIES = st.integers(0, 1000).map(lambda n: n / 1000)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("text/turtle", "text/turtle"),
        ("text/*", "text/csv"),
        ("*/*, text/turtle", "application/json"),
        ("*/*;q=0.1, text/turtle", "text/turtle"),
        ("text/*;q=0.9, text/csv;q=0", "text/turtle"),
        ("text/turtle;charset=utf-8;q=0.5, text/csv;q=0.6", "text/csv"),
        ("image/png, */*;q=0", None),
        ("image/png", None),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "application/json"),
        ("TEXT/Turtle ; Q=0.5", "text/turtle"),
        ("nonsense", "application/json"),
    ],
)
def test_the_form_liked_best(accept: str | None, chosen: str | None) -> None:
    """The most specific range says how much a form is liked; of equals the first on offer."""
    assert choose(accept, OFFERS) == chosen


@given(st.text())
def test_any_field_is_read(accept: str) -> None:
    """Whatever is sent, one of the offers is chosen, or none."""
    assert choose(accept, OFFERS) in (*OFFERS, None)
    assert choose_language(accept, ("en", "nb")) in ("en", "nb")


@given(st.permutations(OFFERS), st.lists(QUALITIES, min_size=len(OFFERS), max_size=len(OFFERS)))
def test_the_highest_quality_wins(order: list[str], qualities: list[float]) -> None:
    """In whatever order the field lists them; what has none is never sent."""
    said = dict(zip(order, qualities, strict=True))
    chosen = choose(", ".join(f"{name};q={quality:.3f}" for name, quality in said.items()), OFFERS)
    most = max(qualities)
    assert chosen == next((offer for offer in OFFERS if said[offer] == most > 0), None)


@given(st.sampled_from(OFFERS), QUALITIES.filter(bool))
def test_one_range_more_never_loses_an_offer(offer: str, quality: float) -> None:
    """A wildcard beside a form keeps the form."""
    assert choose(f"{offer}, */*;q={min(quality, 0.999):.3f}", OFFERS) == offer


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [(None, "en"), ("nn", "nb"), ("no-NO, en;q=0.5", "nb"), ("zh-Hant-TW, fr;q=0.9", "zh"), ("de, vi;q=0.1", "vi"),
     ("de", "en"), ("fr;q=0", "en"), ("*", "en"), ("e" * 5_000, "en")],
)  # fmt: skip
def test_the_language_liked_best(accept: str | None, chosen: str) -> None:
    """Of the interface's; English for who reads none of them."""
    assert choose_language(accept, ("en", "fr", "zh", "vi", "nb")) == chosen
