"""The pages as one HTML file that opens from disk: nothing in it is fetched, run or sent.

The same views and templates as the server's; links lead to parts of the file, and where it holds no such part, the
words stay and the link goes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from kg.errors import KgError
from kg.pages import Asked, Chapter, piece, style, whole
from kg.pages.links import OURS, outward
from kg.query.quotes import Quote
from kg.store import Store
from kg.views.figures import BY
from kg.views.findings import PAGE, findings
from kg.views.lists import ORDERS, ArticlesAsked, articles, things
from kg.views.names import by_name, names
from kg.views.reading import briefs
from kg.vocab import article_iri

#: Kinds of things that have a part of their own, and the page that lists them.
_KINDS: Final = {"person": "people", "organization": "organizations", "conference": "conferences"}

#: A page that another address shows too.
_ALIASES: Final = {("figures", (("by", BY[0]),)): "figures"}
#: What leads elsewhere in the file, told from what leads to a place in the same part.
_OUT: Final = "part:"
_ATTRIBUTE: Final = re.compile(r' (id|for|aria-labelledby|aria-describedby|aria-controls|headers)="([^"]+)"')
#: In pictures, what is drawn at the end of a line.
_DRAWN: Final = re.compile(r"url\(#([^)]*)\)")
_NEAR: Final = re.compile(r' href="#([^"]*)"')
_LINK: Final = re.compile(r'<a(?P<before>[^>]*?) href="(?P<to>[^"]*)"(?P<after>[^>]*)>(?P<text>.*?)</a>', re.DOTALL)
_FORM: Final = re.compile(r"<form\b.*?</form>|<nav class=\"(?:pager|orders)\".*?</nav>", re.DOTALL)
_HEADING: Final = re.compile(r"(</?h)([1-5])\b")
#: Links that are nothing without what they lead to; of others the text is kept.
_BARE: Final = re.compile(r'class="(?:[^"]* )?(?:soft|button|onward)[ "]')
#: What such links leave behind.
_EMPTY: Final = re.compile(r"<p[^>]*>\s*</p>\n?")


@dataclass(frozen=True, slots=True)
class _Part:
    """A page that becomes part of the file: its key, which is its anchor, and what is asked for."""

    key: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Inside:
    """Links to parts of the file, as ``kg.pages.links.Links``: ``pages`` by path and parameters, ``nodes`` by IRI."""

    base: str
    pages: Mapping[tuple[str, tuple[tuple[str, str], ...]], str]
    nodes: Mapping[str, str]
    language: str = field(default="", init=False)

    def page(self, path: str, /, **parameters: object) -> str:
        """The part that shows the page; empty where none does."""
        told = tuple(sorted((name, str(value)) for name, value in parameters.items()))
        return self._to(self.pages.get((path, told)))

    def node(self, iri: str) -> str:
        """The part of the node; for one of elsewhere its own address; else nothing."""
        return self._to(self.nodes.get(iri)) or ("" if iri.startswith((self.base, OURS)) else outward(iri))

    def rdf(self, _iri: str, _form: str) -> str:
        """Nothing: a file holds one form."""
        return ""

    def quoted(self, cited: Quote) -> str:
        """The quote in its article, where the file holds the article."""
        part = self.node(article_iri(cited.article, base=self.base))
        return f"{part}.c{cited.start}" if part.startswith(_OUT) else ""

    def file(self, _name: str) -> str:
        """Nothing: style stands in the file, and there are no scripts."""
        return ""

    def _to(self, key: str | None) -> str:
        return "" if key is None else f"{_OUT}{key}"


def write_dossier(store: Store, path: Path, *, language: str = "en", title: str = "", with_text: bool = True) -> int:
    """Write the dossier of ``store`` to ``path`` and return its size in bytes. Raises KgError where it cannot be."""
    content = dossier(store, language=language, title=title, with_text=with_text).encode()
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise KgError(f"'{path}' cannot be written: {error.strerror or error}", where="OUT.html") from error
    return len(content)


def dossier(store: Store, *, language: str = "en", title: str = "", with_text: bool = True) -> str:
    """All pages of ``store`` as one HTML document, its words in ``language``.

    ``title`` stands at its top, in place of our own. Articles are in it, with their facts marked, only ``with_text``:
    else it has their quotes, and no article as a whole.
    """
    chapters = _chapters(store, language, with_text=with_text)
    parts = [part for _, found in chapters for part in found]
    links = Inside(
        store.base,
        {(part.path, tuple(sorted(part.parameters))): part.key for part in parts} | _ALIASES,
        dict(_nodes(store, with_text=with_text)),
    )
    shown = []
    for name, found in chapters:
        pieces = [(part.key, piece(store, _asked(part, language, links))) for part in found]
        shown.append(Chapter(name, tuple((key, _inlined(html, key)) for key, html in pieces if html)))
    look = style()
    digest = b64encode(sha256(look.encode()).digest()).decode()
    return whole(language, title, [chapter for chapter in shown if chapter.pieces], look, f"'sha256-{digest}'")


def _asked(part: _Part, language: str, links: Inside) -> Asked:
    return Asked(path=part.path, parameters=part.parameters, language=language, links=links)


def _chapters(store: Store, language: str, *, with_text: bool) -> list[tuple[str, list[_Part]]]:
    """What the file holds, in its order: the names of chapters, ``nav.NAME`` in the words of pages, and their parts."""
    chapters = [("", [_Part("summary", "")])]
    for kind, path in _KINDS.items():
        pages = things(store, kind, language=language, order=ORDERS[0], number=1).pages
        found = by_name([one for one in names(store).values() if one.kind == kind], language)
        entities = [_Part(_key(store, one.iri), _path(one.iri)) for one in found]
        chapters.append((path, [*_pages(path, pages), *entities]))
    figures = [_Part(f"figures-{by}", "figures", (("by", by),)) for by in BY]
    chapters.append(("figures", [_Part("figures", "figures"), *figures[1:]]))
    chapters += [("differences", [_Part("differences", "differences")]), ("findings", list(_findings(store, language)))]
    listed = list(_pages("articles", articles(store, ArticlesAsked(), number=1).pages))
    marked = [_Part(_key(store, iri), _path(iri)) for iri in briefs(store)] if with_text else []
    return [*chapters, ("articles", [*listed, *marked])]


def _pages(path: str, count: int) -> Iterator[_Part]:
    """The pages of a list, each a part."""
    yield _Part(path, path)
    for number in range(2, count + 1):
        yield _Part(f"{path}-{number}", path, (("page", str(number)),))


def _findings(store: Store, language: str) -> Iterator[_Part]:
    """The pages of findings; none where the graph was never checked."""
    found = findings(store, language=language)
    for offset in range(0, sum(found.counts.values()) if found else 0, PAGE):
        key = f"findings-{offset}" if offset else "findings"
        yield _Part(key, "findings", (("offset", str(offset)),) if offset else ())


def _nodes(store: Store, *, with_text: bool) -> Iterator[tuple[str, str]]:
    """The nodes that have a part of their own, with its key."""
    found: Iterable[str] = (one.iri for one in names(store).values() if one.kind in _KINDS)
    for iri in (*found, *(briefs(store) if with_text else ())):
        yield iri, _key(store, iri)


def _key(store: Store, iri: str) -> str:
    """An anchor that reads as the IRI does: ``person/bui-thanh-son``."""
    return iri.removeprefix(store.base)


def _path(iri: str) -> str:
    return unquote(urlsplit(iri).path).removeprefix("/")


def _inlined(html: str, key: str) -> str:
    """A page as a part of the file: anchors are its own, forms are gone, and so are links that lead nowhere.

    The templates escape what they are given, so that what looks like an attribute here is one of theirs.
    """
    html = _FORM.sub("", html)
    html = _ATTRIBUTE.sub(lambda found: f' {found[1]}="{" ".join(f"{key}.{each}" for each in found[2].split())}"', html)
    html = _DRAWN.sub(lambda found: f"url(#{key}.{found[1]})", html)
    html = _NEAR.sub(lambda found: f' href="#{key}.{found[1]}"', html)
    html = _EMPTY.sub("", _LINK.sub(_link, html))
    return _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", html)


def _link(found: re.Match[str]) -> str:
    to, text = found["to"], found["text"]
    attributes = f"{found['before']}{found['after']}"
    if not to:
        return "" if _BARE.search(attributes) else f"<span>{text}</span>"
    if to.startswith("?"):
        return ""
    address = f"#{to.removeprefix(_OUT)}" if to.startswith(_OUT) else to
    return f'<a{found["before"]} href="{address}"{found["after"]}>{text}</a>'
