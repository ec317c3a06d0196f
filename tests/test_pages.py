"""Pages: the words of the interface, and where links lead."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import wells

from kg import pages
from kg.pages import LANGUAGES, Asked, page
from kg.pages.links import ServerLinks, outward
from kg.vocab import BASE, kg

WORDS = Path(pages.__file__).parent / "words"
LINKS = ServerLinks("/below", BASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    """The same keys, none of them empty, with the same values to be put in."""
    english, own = (tomllib.loads((WORDS / f"{code}.toml").read_text(encoding="utf-8")) for code in ("en", language))
    assert list(own) == list(english)
    for key, text in own.items():
        assert text, key
        assert sorted(part.split("}")[0] for part in text.split("{")[1:]) == sorted(
            part.split("}")[0] for part in english[key].split("{")[1:]
        ), key


def test_there_is_a_file_for_each_language_and_no_other() -> None:
    """What LANGUAGES says is what there is."""
    assert {path.stem for path in WORDS.iterdir()} == set(LANGUAGES)


def test_what_is_not_there_says_so() -> None:
    """With the path as text."""
    found = page(wells.store(), Asked(path="no/<b>such</b>", links=LINKS))
    assert found.status == 404
    assert "no/&lt;b&gt;such&lt;/b&gt;" in found.html


def test_links_lead_below_the_root_and_keep_the_language() -> None:
    """Pages, nodes of ours with their fragments, forms of RDF."""
    links = ServerLinks("/below", BASE, "vi")
    assert links.page("search", q="a&b") == "/below/search?q=a%26b&lang=vi"
    assert links.node(f"{BASE}person/ana") == "/below/kg-news/id/person/ana?lang=vi"
    assert links.node(kg("Person").value) == "/below/kg-news/ontology?lang=vi#Person"
    assert LINKS.rdf(f"{BASE}person/ana", "turtle") == "/below/kg-news/id/person/ana?format=turtle"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", "a"]
)
def test_links_lead_nowhere_but_to_the_web(address: str) -> None:
    """An address of another scheme is no link."""
    assert outward(address) == ""
    assert LINKS.node(address) == ""
    assert LINKS.node("https://a.example/b") == "https://a.example/b"
