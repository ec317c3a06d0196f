"""The page of figures: its form, what it does not accept, and what nothing in the graph has."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
import wells
from lxml import html

from kg.pages import LANGUAGES, Asked, Page, page
from kg.pages.links import ServerLinks
from kg.pages.words import interface
from kg.tables import Labels
from kg.vocab import BASE, kg


def shown(url: str, *, language: str = "en") -> Page:
    """The page at a path with its query."""
    parts = urlsplit(url)
    asked = Asked(
        path=parts.path,
        parameters=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        language=language,
        links=ServerLinks("", BASE),
    )
    return page(wells.store(), asked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "value"), [("first", "20x"), ("last", "99"), ("first", "٢٠٢٤"), ("by", "colour")])
def test_what_is_not_accepted_is_told(name: str, value: str, language: str) -> None:
    """With status 400 and in the reader's language; what was typed stays, and nothing is drawn as if it fitted."""
    found = shown(f"figures?{name}={value}", language=language)
    assert found.status == 400
    tree = html.document_fromstring(found.html)
    (told,) = tree.find_class("error")
    key = "figures.wrong.by" if name == "by" else "query.wrong.gYear"
    assert told.text_content().endswith(interface(language)(key, value=value))
    assert not tree.find_class("chart")
    if name != "by":
        field = tree.get_element_by_id(f"figures-{name}")
        assert (field.value, field.get("aria-invalid"), field.get("aria-describedby")) == (
            value,
            "true",
            told.get("id"),
        )


@pytest.mark.parametrize("query", ["", "?first=2020&last=2024", "?by=donor&first=&last=", "?currency=USD"])
def test_what_is_accepted_has_no_complaint(query: str) -> None:
    """Years, empty fields of a form, values that occur."""
    found = shown(f"figures{query}")
    assert found.status == 200
    assert not html.document_fromstring(found.html).find_class("error")


def test_what_no_sum_has_is_told_with_what_may_be_meant() -> None:
    """The form keeps it; where values only meet in no sum, nothing is said of them."""
    found = shown("figures?currency=usd&by=sector")
    tree = html.document_fromstring(found.html)
    (told,) = tree.find_class("error")
    assert told.text_content().startswith("currency: Nothing in the graph has the value “usd” here.")
    assert [(link.text, link.get("href")) for link in told.iter("a")] == [("USD", "/figures?by=sector&currency=USD")]
    assert tree.get_element_by_id("figures-currency").value == "usd"
    none = html.document_fromstring(shown("figures?currency=USD&first=1990&last=1991").html)
    assert not none.find_class("error")
    assert "No sum fits." in none.text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_gives_and_gets_has_one_word(language: str) -> None:
    """In the form, above the bars and in the table; the same as in the ontology."""
    tree = html.document_fromstring(shown("figures?by=sector", language=language).html)
    heads = {head.text_content().casefold() for head in tree.xpath("//thead/tr/th")}
    for name in ("donor", "recipient"):
        (label,) = tree.xpath(f"//label[@for='figures-{name}']")
        (grouping,) = tree.xpath(f"//nav[@class='by']//a[contains(@href, 'by={name}')]")
        assert label.text_content().casefold() == grouping.text_content().casefold()
        assert label.text_content().casefold() in heads
        assert label.text_content().casefold() == Labels(wells.store(), (language,)).text(kg(name)).casefold()
