"""A small dataset made by hand, in the shape of ours: two articles that say the same of one person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import MonthDay
from kg.vocab import (
    BASE,
    LABEL,
    RDF_TYPE,
    SCHEMA,
    article_iri,
    body_graph,
    day,
    decimal,
    facts_graph,
    integer,
    kg,
    month_day,
    shared_graph,
    text,
)

PERSON = NamedNode(BASE + "person/bui-thanh-son")


def dataset(base: str = BASE) -> list[Quad]:
    """Facts, a body for each article, and labels in several scripts; every kind of literal there is."""
    quads = [
        Quad(PERSON, RDF_TYPE, kg("Person"), shared_graph("names", base=base)),
        Quad(kg("Person"), LABEL, text("person", "en"), shared_graph("ontology", base=base)),
    ]
    for name, label in (("one", text("Bùi Thanh Sơn", "vi")), ("two", text('裴青山 "引"\n行\\', "zh"))):
        article, graph = NamedNode(article_iri(name, base=base)), facts_graph(name, base=base)
        figure = NamedNode(f"{article.value}/figure/1140000000-USD")
        quads += [
            Quad(article, RDF_TYPE, kg("Article"), graph),
            Quad(article, NamedNode(SCHEMA + "identifier"), text(name), graph),
            Quad(article, kg("mentions"), PERSON, graph),
            Quad(PERSON, RDF_TYPE, kg("Person"), graph),
            Quad(PERSON, LABEL, label, graph),
            Quad(figure, RDF_TYPE, kg("AidFigure"), graph),
            Quad(figure, kg("amount"), decimal(Decimal("1.14E9")), graph),
            Quad(figure, kg("upperAmount"), decimal(Decimal("0.50")), graph),
            Quad(figure, kg("currency"), text("USD"), graph),
            Quad(figure, kg("qualifier"), kg("more-than"), graph),
            Quad(figure, kg("currencyAssumed"), Literal(True), graph),
            Quad(figure, kg("periodStart"), day(date(2023, 1, 1)), graph),
            Quad(figure, kg("asOf"), month_day(MonthDay(11, 30)), graph),
            Quad(figure, kg("value"), integer(379), graph),
            Quad(figure, kg("value"), integer(10**20), graph),
            Quad(
                article, NamedNode(SCHEMA + "articleBody"), text(f"Body of {name}.", "en"), body_graph(name, base=base)
            ),
        ]
    return quads
