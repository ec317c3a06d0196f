"""The dossier: all pages in one file that asks for nothing, runs nothing and is the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browsing import NARROW, Browser, browsing

import kg
from kg.dossier import dossier
from kg.store import Store

SEEDS = Path(__file__).parents[1] / "seeds"
HOSTILE = (
    "<script>window.hit = 1</script> Japan will provide 95 billion yen for health in Laos, Foreign Minister Hana Sato "
    'said on Monday in Tokyo. She met <img src="https://example.org/x.png" onerror="window.hit = 2"> Ken Abe, head of '
    "the Tokyo Water Agency, at the 5th Aid Forum.\n"
)


class Read(HTMLParser):
    """Elements of a document: their ids, where links lead, what is loaded, scripts and handlers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.named: list[str] = []
        self.loaded: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says."""
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("aria-labelledby", "for", "aria-describedby"):
                self.named += (value or "").split()
            elif name in ("src", "srcset", "data", "href", "style", "action", "poster") or name.startswith("on"):
                self.loaded.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def store() -> Store:
    """The graph of the seeds."""
    return kg.build([SEEDS]).store


@pytest.fixture(scope="module")
def html(store: Store) -> str:
    """Its dossier."""
    return dossier(store, title="Aid & friends")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The dossier of an article that tries to act."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "aid.txt").write_text(HOSTILE * 3, encoding="utf-8")
    return dossier(kg.build([folder]).store, title="<script>window.hit = 3</script>")


def test_everything_is_in_it(html: str) -> None:
    """People, organizations, conferences, figures with bars, articles with marks, each where the contents say."""
    read = Read(html)
    for chapter in ("people", "organizations", "conferences", "figures", "articles"):
        assert f"chapter-{chapter}" in read.ids
    assert "person/bui-thanh-son" in read.ids
    assert "article/003_fee6e9a8cdfc04d7" in read.ids
    assert '<span class="mark k-' in html
    assert "<svg" in html
    assert "<title>Aid &amp; friends</title>" in html


def test_links_lead_to_parts_of_it(html: str) -> None:
    """Each anchor is there, once; nothing leads to a server; what names an element finds it."""
    read = Read(html)
    assert [name for name, count in read.ids.items() if count > 1] == []
    inside = {link.removeprefix("#") for link in read.links if link.startswith("#")}
    assert inside <= read.ids.keys()
    assert set(read.named) <= read.ids.keys()
    assert [link for link in read.links if not link.startswith(("#", "https://", "http://"))] == []
    assert set(re.findall(r"url\(#([^)]*)\)", html)) <= read.ids.keys()


def test_what_would_lead_out_of_it_is_gone(html: str) -> None:
    """The words of a link that leads nowhere stay only where they say something without it."""
    plain = re.findall(r"<span>(.*?)</span>", html)
    texts = {re.sub("<[^>]*>", "", text).strip() for text in plain}
    assert not texts & {"All", "Where sources differ", "by name", "most articles first"}
    assert not [text for text in texts if "CSV" in text]
    assert "Hanoi" in texts
    assert not re.search(r"<p[^>]*>\s*</p>", html)
    assert 'href="#figures"' in html.partition('id="figures-sector"')[2].partition("</nav>")[0]


def test_a_quote_leads_to_its_mark(html: str) -> None:
    """From a person's page into the article, to the place."""
    person = html.partition('id="person/bui-thanh-son"')[2].partition('</section>\n<section class="part"')[0]
    places = re.findall(r'href="#(article/[^"]+\.c\d+)"', person)
    assert places
    assert set(places) <= Read(html).ids.keys()


def test_nothing_is_loaded_or_run(html: str, hostile: str) -> None:
    """No script, no form, no address of a file; the policy allows one style and nothing else."""
    for document in (html, hostile):
        read = Read(document)
        assert read.loaded == []
        assert not {"script", "form", "link", "img", "iframe", "object"} & read.tags.keys()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
        assert policy
        assert policy[1].startswith("default-src 'none'; style-src &#39;sha256-")


def test_what_an_article_tries_is_text(hostile: str) -> None:
    """Its markup is shown as it was written, in the article and in the title of the file."""
    assert "&lt;script&gt;window.hit = 1&lt;/script&gt;" in hostile
    assert "<title>&lt;script&gt;" in hostile
    assert "onerror" not in "".join(re.findall(r"<[a-z][^>]*>", hostile))


def test_without_text_it_holds_no_article(store: Store) -> None:
    """Quotes stay, with the article's name; none of them leads anywhere."""
    html = dossier(store, with_text=False)
    read = Read(html)
    assert not [name for name in read.ids if name.startswith("article/")]
    assert not [link for link in read.links if link.startswith("#article/")]
    assert '<span class="mark' not in html
    assert "Phó Thủ tướng" in html


def test_it_speaks_the_language_asked_for(store: Store) -> None:
    """The words of the pages; quotes stay as they are."""
    html = dossier(store, language="vi", with_text=False)
    assert '<html lang="vi">' in html
    assert 'lang="fr"' in html


@pytest.mark.slow
def test_the_command_writes_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Whatever order things are hashed in."""
    command = [sys.executable, "-m", "kg"]
    subprocess.run([*command, "build", SEEDS, "--store", tmp_path / "store"], check=True, capture_output=True)
    written = set()
    for seed in ("0", "1"):
        output = tmp_path / f"{seed}.html"
        done = subprocess.run(
            [*command, "dossier", output, "--store", tmp_path / "store", "--lang", "fr", "--no-text"],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": str(SEEDS.parent)},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert re.fullmatch(rf"Wrote {re.escape(str(output))}: \d\.\d MB\.\n", done.stdout)
        written.add(output.read_bytes())
    assert len(written) == 1


def test_where_it_cannot_be_written_it_says_so(store: Store, tmp_path: Path) -> None:
    """One line, with the place; nothing is left behind."""
    from kg.dossier import write_dossier
    from kg.errors import KgError

    with pytest.raises(KgError, match="cannot be written"):
        write_dossier(store, tmp_path / "missing" / "out.html", with_text=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_opens_it_from_disk(html: str, hostile: str, tmp_path: Path) -> None:
    """It is styled, asks for nothing, complains of nothing, and is no wider than a phone."""
    for name, document in (("seeds", html), ("hostile", hostile)):
        file = tmp_path / f"{name}.html"
        file.write_text(document, encoding="utf-8")
        with browsing(NARROW, dark=True) as browser:
            browser.open(file.as_uri())
            assert browser.one("h1").is_displayed()
            assert browser.complaints() == []
            assert browser.requests() == {"file"}
            assert browser.run("return window.hit === undefined")
            assert browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 29)"
            assert width(browser) <= NARROW[0]


def width(browser: Browser) -> int:
    """How wide the page is, in pixels."""
    found = browser.run("return document.documentElement.scrollWidth")
    assert isinstance(found, int)
    return found
