"""The SPARQL page: a form that works by itself, and what the editor's script is told."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from kg import build
from kg.pages import LANGUAGES, Asked, page
from kg.pages.links import ServerLinks
from kg.store import Store
from kg.vocab import KG


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The graph of one short article: the page shows what can be asked, not what is there."""
    folder = tmp_path_factory.mktemp("news")
    article = "Japan gave Laos 3 million dollars for health, the minister said on Monday in Tokyo.\n"
    (folder / "aid.txt").write_text(article * 3, encoding="utf-8")
    return build([folder]).store


def sparql(store: Store, language: str = "en", **parameters: str) -> tuple[int, str]:
    """Status and HTML of the page."""
    links = ServerLinks("/here", store.base, language)
    shown = page(store, Asked(path="sparql", parameters=tuple(parameters.items()), language=language, links=links))
    return shown.status, shown.html


def told(html: str) -> dict[str, object]:
    """What the script finds on the form."""
    match = re.search(r"data-editor='([^']*)'", html)
    assert match
    found = json.loads(unescape(match[1]))
    assert isinstance(found, dict)
    return found


def test_the_form_works_by_itself(store: Store) -> None:
    """It sends a query to the endpoint, in the format that is chosen."""
    status, html = sparql(store)
    assert status == 200
    assert '<form class="sparql" action="/here/sparql?lang=en" method="get"' in html
    assert "SELECT DISTINCT ?person ?name ?title" in html
    assert "<option>csv</option>" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_of_the_ontology_come_with_labels(store: Store, language: str) -> None:
    """Ours first, in the reader's language, with the prefixes that every query knows."""
    found = told(sparql(store, language)[1])
    labels = {"en": "person", "fr": "personne", "zh": "人物", "vi": "cá nhân", "nb": "person"}
    assert [KG + "Person", labels[language]] in found["classes"]
    assert KG + "donor" in [iri for iri, _ in found["properties"]]
    assert found["classes"][0][0].startswith(KG)
    assert found["prefixes"]["kg"] == KG


def test_a_prepared_query_is_an_example(store: Store) -> None:
    """It is put into the form without its header; the page says what it asks in the reader's language."""
    status, html = sparql(store, "fr", example="organizers")
    assert status == 200
    assert "kg:organizer" in html
    assert "#+" not in html
    assert 'lang="fr">Qui a organisé' in html


def test_there_is_no_page_for_an_unknown_example(store: Store) -> None:
    """Nor does its name get into the page as markup."""
    status, html = sparql(store, example="<script>alert(1)</script>")
    assert status == 404
    assert "<script>alert" not in html
