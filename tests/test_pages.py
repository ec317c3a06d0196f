"""Pages: the words of the interface, and where links lead."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import wells
from lxml import html
from pyoxigraph import Literal, NamedNode, Quad

from kg import pages
from kg.build import build
from kg.dossier import Inside
from kg.explain import TITLES
from kg.explain.why import ORIGINS
from kg.findings import SEVERITIES
from kg.pages import LANGUAGES, Asked, page, piece
from kg.pages.editor import SAID as FORM_WORDS
from kg.pages.links import ServerLinks, outward
from kg.pages.shown.lists import LISTED
from kg.query.entities import KINDS as ENTITIES
from kg.query.parameters import SCHEMES, TYPES
from kg.serve.api import OPTIONS
from kg.store import Store, with_default_graph
from kg.views.article import KINDS
from kg.views.figures import BY
from kg.views.home import CLASSES
from kg.views.lists import ORDERS
from kg.views.names import KINDS as NAMED
from kg.views.reading import briefs
from kg.vocab import BASE, LABEL, RDF_TYPE, article_iri, kg, shared_graph, term

WORDS = Path(pages.__file__).parent / "words"
LINKS = ServerLinks("/below", BASE)
NOWHERE = Inside(BASE, {}, {})


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


#: Endings of keys that templates and modules put together, by how those begin: from what the code says there is.
ENDINGS: dict[str, Collection[str]] = {
    "nav.": (*LISTED, "figures", "differences", "sparql"),
    "said.": ("is", "as", "short", "unnamed"),
    "class.": CLASSES,
    "class.of.": KINDS,
    "kind.": {*KINDS, *NAMED},
    "list.order.": ORDERS,
    "group.": TITLES,
    "note.": ("rule", "aligned"),
    "origin.": ORIGINS,
    "article.": ("publisher", "author", "url"),
    "figures.by.": BY,
    "figures.unsaid.": BY,
    "figures.": ("first", "last"),
    "query.": ("table", "chart"),
    "query.wrong.": {"unknown", "several", *TYPES} - {"entity", *ENTITIES, "article", *SCHEMES, "currency"},
    "api.option.": OPTIONS,
    "findings.": {*SEVERITIES, *(f"{severity}.one" for severity in SEVERITIES)},
    "sparql.": {*FORM_WORDS, "of_rows", "of_triples"},
}
#: Those that test_pages_questions compares with the queries.
OF_QUERIES = ("column.", "tag.")


def test_every_word_is_used() -> None:
    """Each key stands in a template or module, or is put together there of a beginning and one of the endings."""
    folder = Path(pages.__file__).parent
    sources = "\n".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".html"))
    told = set(re.findall(r"""["']([a-z]\w*(?:\.\w+)+)["']""", sources))
    told |= set(re.findall(r"""\bw\(["'](\w+)["']""", sources))
    told |= {f"{beginning}{ending}" for beginning, endings in ENDINGS.items() for ending in endings}
    words = tomllib.loads((WORDS / "en.toml").read_text(encoding="utf-8"))
    assert [key for key in words if key not in told and not key.startswith(OF_QUERIES)] == []
    for beginning in ENDINGS:
        assert re.search(rf"""["']{re.escape(beginning)}["'{{]""", sources), beginning


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


#: An article that tries: markup, script and addresses wherever a text can stand.
HOSTILE = {
    "identifier": 'x"><img src=x onerror=alert(1)>',
    "headline": "</title><script>alert(1)</script> Minister Ana Ruiz \u202e opened",
    "articleBody": (
        "</textarea></p><script>alert('Minister')</script>\n"
        'Minister Ana Ruiz of Norway said "<b onclick=alert(1)>we pledge $5 million</b>" in Oslo.\n'
        "The World Bank<iframe src=javascript:alert(1)> (WB<u>) gave $3 million to <svg/onload=alert(1)> Kenya.\n"
        "\u202eReversed \u2067\u0000 and &lt;entities&gt; &amp;amp; at the 3rd"
        " Forum <marquee>on Water</marquee> in Paris.\n"
    ),
    "inLanguage": "en",
    "author": '" autofocus onfocus="alert(1)',
    "publisher": "<style>*{display:none}</style>",
    "url": "javascript:alert(document.cookie)",
    "datePublished": "2025-01-02",
}
#: Elements of which pages have none, so that any is an article's.
FOREIGN = {"script", "img", "iframe", "u", "marquee", "style", "textarea", "embed", "object"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the hostile article, and one more that is hand-made of names with markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.json").write_text(json.dumps(HOSTILE), encoding="utf-8")
    store = build([folder]).store
    article = NamedNode(article_iri(HOSTILE["identifier"]))
    entity = NamedNode(f"{BASE}person/x")
    graph = shared_graph("names", base=BASE)
    db = store.db
    name = Literal("<script>alert(1)</script>\u202eBob\x00 \"'><img src=x>", language="en")
    db.extend(with_default_graph([
        Quad(entity, RDF_TYPE, kg("Person"), graph),
        Quad(article, term("schema:url"), Literal("javascript:alert(document.cookie)"), graph),
        Quad(entity, LABEL, name, graph),
        Quad(entity, term("schema:sameAs"), NamedNode("javascript:alert(1)"), graph),
        Quad(NamedNode(f"{BASE}merge/x"), kg("mergedInto"), entity, graph),
        Quad(NamedNode(f"{BASE}merge/x"), kg("reason"), Literal("<script>x</script>", language="en"), graph),
        Quad(NamedNode(f"{BASE}merge/x"), kg("rule"), Literal("<u>r</u>"), graph),
    ], base=BASE))  # fmt: skip
    return store


def all_pages(store: Store, language: str) -> Iterator[tuple[str, str]]:
    """Every page of a store: the fixed ones, and one for each of its own nodes."""
    nodes = {quad.subject.value for quad in store.match() if isinstance(quad.subject, NamedNode)}
    paths = ["", "articles", "people", "organizations", "conferences", "places", "search", "no<script>such"]
    ours = [urlsplit(iri).path.removeprefix("/") for iri in sorted(nodes) if iri.startswith(BASE)]
    asked = [(path, ()) for path in (*paths, *ours)]
    asked.append(("search", (("q", HOSTILE["headline"]),)))
    asked.append(("articles", (("about", "<script>"), ("language", "'><script>"))))
    for path, parameters in asked:
        links = ServerLinks("", BASE)
        yield path, page(store, Asked(path=path, parameters=parameters, language=language, links=links)).html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_shows_as_text(hostile: Store, language: str) -> None:
    """No element or attribute of theirs is on any page, no link leads anywhere but to pages and the Web."""
    shown = 0
    for path, text in all_pages(hostile, language):
        tree = html.document_fromstring(text)
        own = tree.xpath("//head/script[@type='module' and starts-with(@src, '/static/') and not(text())]")
        elements = {element.tag for element in tree.iter() if isinstance(element.tag, str) and element not in own}
        assert not elements & FOREIGN, path
        for element in tree.iter():
            assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "autofocus")], (
                path
            )
            for name in ("href", "src", "action"):
                value = element.get(name, "")
                assert value.startswith(("/", "#", "?", "https://", "http://")) or not value, (path, value)
        assert "\x00" not in text
        shown += "alert(1)" in tree.text_content()
    assert shown > 5


def test_the_hostile_article_keeps_its_text(hostile: Store) -> None:
    """Every character that can be shown stands there, facts are marked, and the claimed source is no link."""
    (brief,) = briefs(hostile).values()
    path = urlsplit(brief.iri).path.removeprefix("/")
    tree = html.document_fromstring(page(hostile, Asked(path=path, links=LINKS)).html)
    body = tree.find_class("text")[0].text_content()
    assert "<iframe src=javascript:alert(1)>" in body
    assert "</textarea></p><script>alert('Minister')</script>" in body
    assert "&lt;entities&gt;" in body
    assert tree.find_class("mark")
    assert "javascript:alert(document.cookie)" in tree.find_class("facts")[0].text_content()


def test_a_quote_is_one_click_from_its_place() -> None:
    """Every link of a quote on a page of an entity leads to an article's page that has the anchor."""
    store = wells.store()
    seen = 0
    for name in ("person/ana-ruiz", "conference/wells-forum-2021", "organization/sylvanian-aid-union"):
        tree = html.document_fromstring(page(store, Asked(path=f"kg-news/id/{name}", links=LINKS)).html)
        for link in tree.xpath("//ul[@class='quotes']//q/a"):
            path, _, anchor = link.get("href").removeprefix("/below/").partition("#")
            article = html.document_fromstring(page(store, Asked(path=path, links=LINKS)).html)
            (place,) = article.xpath(f"//*[@id='{anchor}']")
            assert place.getnext().text_content().startswith(link.text) or link.text in place.getparent().text_content()
            seen += 1
    assert seen > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_made(language: str) -> None:
    """Each id once, headings in order, every control labelled, foreign names marked, nothing inline."""
    store = wells.store()
    for path in ("", "articles", "people", "search", "kg-news/id/person/ana-ruiz", "kg-news/id/article/a-en"):
        parameters = (("q", "freedonia"),) if path == "search" else ()
        asked = Asked(path=path, parameters=parameters, language=language, links=LINKS)
        tree = html.document_fromstring(page(store, asked).html)
        assert tree.get("lang") == language
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        for control in tree.xpath("//input[@type!='hidden']|//select|//textarea"):
            assert tree.xpath(f"//label[@for='{control.get('id')}']"), path
        for reference in tree.xpath("//@aria-labelledby") + [
            link[1:] for link in tree.xpath("//a/@href[starts-with(., '#')]")
        ]:
            assert reference in ids, (path, reference)
        assert not tree.xpath("//@style|//style|//script[not(@src)]"), path


def test_a_thing_leads_to_questions_that_answer() -> None:
    """Those that have something to say of it, each with an answer; in no file of its own."""
    store = wells.store()
    led = set()
    for name in ("person/ana-ruiz", "organization/sylvanian-aid-union", "place/freedonia"):
        tree = html.document_fromstring(page(store, Asked(path=f"kg-news/id/{name}", links=LINKS)).html)
        for link in tree.xpath("//section[@aria-labelledby='leads']//a"):
            parts = urlsplit(link.get("href").removeprefix("/below/"))
            asked = Asked(path=parts.path, parameters=tuple(parse_qsl(parts.query)), links=LINKS)
            found = page(store, asked)
            assert found.status == 200
            answer = html.document_fromstring(found.html)
            assert not answer.find_class("error")
            assert answer.xpath("//table/tbody/tr"), link.get("href")
            led.add(parts.path)
    assert {"figures", "queries/person-posts", "queries/posts"} <= led
    assert 'id="leads"' not in piece(store, Asked(path="kg-news/id/person/ana-ruiz", links=NOWHERE))
