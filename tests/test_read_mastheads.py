"""Whose page it is: mastheads, papers named beside the day, days in rows of facts, bylines with an agency."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import read_facts
from kg.model import MentionFact
from kg.read import read_text
from kg.read.mastheads import outlets

_TEXT = (
    "Norge gir 12 millioner kroner i nødhjelp til Malawi etter flommen i januar.\n\n"
    "Pengene går til rent vann og mat for de som mistet hjemmene sine, sier ministeren i en pressemelding.\n"
)


def _bodies(page: str) -> set[str]:
    article = read_text(page, id="page", language="nb")
    facts = [f for f in read_facts(article).facts if isinstance(f, MentionFact)]
    return {f.name.text for f in facts if f.name.kind == "organization"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Fjordposten", ["Fjordposten"]),
        ("Fjordposten / NTB", ["Fjordposten", "NTB"]),
        ("Báo Hải LýBáo Hải Lý04/05/2024", ["Báo Hải Lý"]),
        ("flommen kom i går", []),
        ("Flommen kom, og folk flyktet", []),
        ("Norge gir mer penger til folk som er i nød i Malawi", []),
    ],
)
def test_outlets(line: str, names: list[str]) -> None:
    """Names of a masthead, and the one written twice before the day; a sentence or a long line is none."""
    assert [line[low:high] for low, high in outlets(line)] == names


def test_masthead_over_a_menu() -> None:
    """The name over a menu is the outlet, and the headline stands below it."""
    page = f"Fjordposten\n\nNyheter  Sport  Kultur  Debatt\n\nMer penger til flomofrene\n\n{_TEXT}"
    article = read_text(page, id="page", language="nb")
    assert article.headline == "Mer penger til flomofrene"
    assert "Fjordposten" in _bodies(page)


def test_short_headline_is_no_masthead() -> None:
    """A short headline over the text, or over a button, stays a headline."""
    for below in ("", "Del\n\n"):
        page = f"Mer penger nå\n\n{below}{_TEXT}"
        assert read_text(page, id="page", language="nb").headline == "Mer penger nå"
        assert "Mer penger nå" not in _bodies(page)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Pressemelding | Dato: 14.03.2024 | Nr: 12/24", date(2024, 3, 14)),
        ("TT | Publicerad 14 mars 2024 11.02 | Uppdaterad 15 mars 2024 13.40", date(2024, 3, 14)),
        ("Seminar | Bergen 14.03.2024 | Påmelding", None),
    ],
)
def test_day_in_a_row_of_facts(line: str, day: date | None) -> None:
    """A part that a word of publishing opens tells the day; a part without one does not."""
    assert read_text(f"Mer penger til flomofrene\n\n{line}\n\n{_TEXT}", id="page", language="nb").published == day


def test_byline_with_an_agency() -> None:
    """A name and an agency under the text is a byline, though a box of facts follows; other words with a slash are
    none.
    """
    box = "FAKTA\n\nMinst 80 000 mennesker måtte flykte, ifølge FN.\n"
    page = f"Mer penger til flomofrene\n\n{_TEXT}\nKari Moen/NTB\n\n{box}"
    assert read_text(page, id="page", language="nb").author == "Kari Moen"
    assert read_text(page.replace("Kari Moen/NTB", "Vann/mat"), id="page", language="nb").author is None
