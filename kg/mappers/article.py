"""Articles: what is known of the article itself."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.mappers.context import Context, Triple
from kg.model import Article
from kg.vocab import BASE, RDF_TYPE, any_uri, article_iri, body_graph, day, kg, term, text


def article_lines(context: Context) -> Iterator[Triple]:
    """A kg:Article with what the reader found; what it did not find is left out."""
    node, article = context.node, context.article
    yield node, RDF_TYPE, kg("Article")
    yield node, term("schema:identifier"), text(article.id)
    yield node, term("schema:inLanguage"), text(article.language.lower())
    values: tuple[tuple[str, Literal | None], ...] = (
        ("schema:headline", text(article.headline, article.language) if article.headline else None),
        ("schema:datePublished", day(article.published) if article.published else None),
        ("schema:author", text(article.author) if article.author else None),
        ("schema:publisher", text(article.publisher) if article.publisher else None),
        ("schema:url", any_uri(article.url) if article.url else None),
    )
    for predicate, value in values:
        if value is not None:
            yield node, term(predicate), value


def map_body(article: Article, *, base: str = BASE) -> Quad:
    """The article's text, in its graph of its own."""
    node = NamedNode(article_iri(article.id, base=base))
    value = Literal(article.text, language=article.language.lower())
    return Quad(node, term("schema:articleBody"), value, body_graph(article.id, base=base))
