"""Articles as HTML pages: main text by trafilatura, metadata from JSON-LD and meta elements, captions apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.errors import KgError
from kg.read.clean import Line, clean, split_lines
from kg.read.dates import stated_date
from kg.read.draft import Draft
from kg.read.fields import fill
from kg.read.records import articles, parse, place

_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "figcaption")
_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "script", "style", "noscript", "template", "button"})
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_SIZE_LIMIT = 16_000_000


def page_draft(html: str, *, path: str = "") -> Draft:
    """The draft of an HTML page. Raises KgError where it is too large or holds no text."""
    if len(html) > _SIZE_LIMIT:
        raise KgError("HTML page over 16 million characters", where=path, hint="give the article's text as .txt")
    source = clean(html)
    tree = _tree(source, path)
    draft = Draft(lines=())
    _metadata(tree, draft)
    lines = _body_lines(source)
    if sum(len(line.text) for line in lines) < 200:
        lines = max(lines, _paragraphs(tree), key=lambda found: sum(len(line.text) for line in found))
    if not lines:
        raise KgError(
            "empty: no article text in this page", where=path, hint="give a page with an article, or its text"
        )
    begin = max(source.find("<body"), 0)
    draft.lines = place(_with_captions(tree, lines, draft.headline), source, cursor=begin, starts=True)[0]
    return draft


def _tree(source: str, path: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]  # it ships none

    try:
        # Undecoded entities and comments are harmless; huge_tree stays off, so depth is limited by libxml2.
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise KgError(
            "empty or unreadable HTML", where=path, hint="open it in a browser: it may hold no text"
        ) from error
    return tree


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _body_lines(source: str) -> list[Line]:
    """Main text as trafilatura finds it, one line a block."""
    import trafilatura

    document = trafilatura.bare_extraction(
        source, with_metadata=False, include_comments=False, include_tables=True, favor_recall=False, deduplicate=False
    )
    main = getattr(document, "body", None)
    if main is None:
        return []
    lines: list[Line] = []
    for element in main.iter("p", "head", "item", "quote", "cell"):
        inner = any(child.tag in {"p", "head", "item", "quote", "cell"} for child in element.iterdescendants())
        text = _text(element)
        if text and not inner:
            lines.extend(split_lines(text, first=0))
    return [Line(line.text, bullet=line.bullet) for line in lines]


def _blocks(tree: Any) -> Iterator[tuple[str, str]]:
    """Tag and text of every block outside navigation and the page's own header, in document order."""
    for element in tree.iter(*_BLOCKS):
        above = [up.tag for up in element.iterancestors()]
        if any(tag in _OUTSIDE for tag in above) or ("header" in above and not {"article", "main"} & set(above)):
            continue
        if element.tag != "figcaption" and any(up.tag == "figcaption" for up in element.iterancestors()):
            continue
        if text := _text(element):
            yield element.tag, text


def _paragraphs(tree: Any) -> list[Line]:
    """The paragraphs outside navigation: for short articles that no main text is found in."""
    return [Line(text) for tag, text in _blocks(tree) if tag == "p"]


def _with_captions(tree: Any, lines: list[Line], headline: str | None) -> list[Line]:
    """``lines`` with the captions that stand between the page's heading and the text's last line, at their place."""
    blocks = list(_blocks(tree))
    captions = {text for tag, text in blocks if tag == "figcaption"}
    lines = [line for line in lines if line.text not in captions]
    heading = next((text for tag, text in blocks if tag == "h1"), None)
    position = {line.text: index for index, line in reversed(list(enumerate(lines)))}
    placed: dict[int, list[Line]] = {}
    waiting: list[Line] = []
    begun, after = heading is None, 0
    for tag, text in blocks:
        begun = begun or text == heading
        if tag == "figcaption" and begun:
            waiting.append(Line(clean(text), kind="caption"))
        elif text in position and position[text] >= after:
            placed.setdefault(position[text], []).extend(waiting)
            waiting, after, begun = [], position[text], True
    result = [one for index, line in enumerate(lines) for one in (*placed.get(index, ()), line)]
    title = clean(heading or "")
    if title and title == " ".join((headline or title).split()):
        result = [Line(title, kind="headline"), *(line for line in result if line.text != title)]
    return result


def _metadata(tree: Any, draft: Draft) -> None:
    draft.declared = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
            for fields in _linked(script.text):
                fill(draft, fields)
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        metas.setdefault(name, (meta.get("content") or "").strip())
    stated = (metas.get(name) for name in _PUBLISHED)
    times = [time for time in tree.iter("time") if time.get("itemprop") == "datePublished" or "pubdate" in time.attrib]
    for value in (*stated, *(time.get("datetime") for time in times)):
        if draft.published is None and value:
            draft.published = stated_date(value, language=draft.declared)
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    addresses = [url for url in (*links, metas.get("og:url")) if url and url.startswith(("http://", "https://"))]
    draft.url = draft.url or next(iter(addresses), None)
    heading = next((text for element in tree.iter("h1") if (text := _text(element))), "")
    draft.headline = draft.headline or metas.get("og:title") or heading or None
    author = metas.get("author") or metas.get("article:author") or ""
    draft.author = draft.author or (author if not author.startswith("http") else "") or None
    draft.publisher = draft.publisher or metas.get("og:site_name") or None


def _linked(text: str) -> list[dict[str, object]]:
    """The articles of a JSON-LD script; a broken script says nothing."""
    try:
        return list(articles(parse(text, path="")))
    except KgError:
        return []
