"""What follows from the facts: both engines alike, every step explained, and nothing invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import facts
import pytest
from facts import at
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.errors import KgError
from kg.infer import KEPT, axioms_of_ontology, infer, reasons
from kg.infer.changes import _View, reasons_about
from kg.mappers import map_body, map_entities, map_reading
from kg.model import ConferenceFact, CountFact, MonthDay, Statement
from kg.ontology import ontology_quads
from kg.rules import RULES
from kg.store import write_store
from kg.vocab import (
    BASE,
    KG,
    LABEL,
    RDF_TYPE,
    SECTOR,
    day,
    facts_graph,
    integer,
    kg,
    month_day,
    shared_graph,
    term,
    text,
)

GRAPH = facts_graph("a1")
FORUM = NamedNode(f"{BASE}conference/forum-on-wells-2021")
PERSON = NamedNode(f"{BASE}person/zoe-dordevic")
UNION = NamedNode(f"{BASE}organization/sylvanian-aid-union")


def node(name: str) -> NamedNode:
    """A thing of ours."""
    return NamedNode(BASE + name)


def stated(*triples: tuple[NamedNode, NamedNode, NamedNode | Literal]) -> list[Quad]:
    """Triples in an article's graph."""
    return [Quad(*triple, GRAPH) for triple in triples]


def every_kind() -> list[Quad]:
    """The whole dataset of an article with a fact of every kind."""
    resolution = facts.resolution()
    return [
        *ontology_quads(base=BASE),
        *map_entities(resolution),
        *map_reading(facts.reading(), resolution),
        map_body(facts.article()),
    ]


def drawn(quads: Iterable[Quad], *, engine: str = "table") -> set[Triple]:
    """What is inferred."""
    return {quad.triple for quad in infer(quads, engine=engine)}


def test_engines_agree() -> None:
    """owlrl, the reference, and the table keep the same triples."""
    assert infer(every_kind(), engine="table") == infer(every_kind(), engine="owlrl")


def test_engines_agree_on_every_class_and_property() -> None:
    """One triple of each class and each property of the ontology: both engines draw the same from it."""
    names = sorted(axioms_of_ontology().properties, key=str)
    classes = sorted(axioms_of_ontology().classes, key=str)
    quads = stated(
        *((node(f"s{i}"), name, node(f"o{i}")) for i, name in enumerate(names)),
        *((node(f"t{i}"), RDF_TYPE, cls) for i, cls in enumerate(classes)),
    )
    table = infer(quads, engine="table")
    assert table == infer(quads, engine="owlrl")
    assert len(table) > len(names)


PREDICATES = st.sampled_from([
    *map(kg, ("heldBy", "holds", "roleIn", "organizer", "sameFigureAs", "amount", "session", "startDate", "mentions")),
    RDF_TYPE, LABEL, term("schema:organizer"),
])  # fmt: skip
NODES = st.sampled_from([node(name) for name in "abc"])
VALUES = st.one_of(
    NODES,
    st.sampled_from([kg("Person"), kg("GovernmentBody"), kg("Conference"), text("x", "en"), text("x"), integer(1)]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NODES, PREDICATES, VALUES), max_size=8))
def test_engines_agree_on_anything(triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]]) -> None:
    """On facts that make no sense too."""
    assert infer(stated(*triples), engine="table") == infer(stated(*triples), engine="owlrl")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NODES, PREDICATES, VALUES), max_size=8))
def test_only_new_triples_of_known_vocabularies(
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]],
) -> None:
    """Nothing inferred is asserted, is about a literal, or uses a vocabulary that is neither ours nor aligned."""
    quads = stated(*triples)
    for quad in infer(quads, engine="table"):
        assert quad.triple not in {asserted.triple for asserted in quads}
        name = quad.object if quad.predicate == RDF_TYPE else quad.predicate
        assert name.value.startswith(KEPT)
        assert isinstance(quad.subject, NamedNode)
        assert quad.graph_name == shared_graph("inferred")


def test_engine_of_a_small_graph_is_owlrl(monkeypatch: pytest.MonkeyPatch) -> None:
    """``auto`` leaves few facts to owlrl, and many to the table."""
    used: list[str] = []
    for name in ("_owlrl", "looked_up"):
        monkeypatch.setattr(f"kg.infer.{name}", lambda *_, name=name: used.append(name) or ())
    infer(stated((FORUM, kg("organizer"), UNION)))
    infer(stated(*((node(f"c{i}"), kg("organizer"), UNION) for i in range(20_000))))
    assert used == ["_owlrl", "looked_up"]


def test_unknown_engine() -> None:
    """An unknown engine is refused, and the known ones are named."""
    with pytest.raises(KgError, match="unknown engine") as caught:
        infer([], engine="pellet")
    assert "owlrl" in caught.value.hint


def test_nothing_from_nothing() -> None:
    """No facts, nothing inferred: the ontology by itself says nothing of things."""
    assert infer([]) == []
    assert infer(ontology_quads(base=BASE)) == []


def test_schema_org_query() -> None:
    """Every schema:Event with its schema:organizer, and ORG and FOAF queries, work on our facts."""
    quads = every_kind()
    store = Store()
    store.extend(quads)
    store.extend(infer(quads))

    def ask(pattern: str) -> set[tuple[str, ...]]:
        prefixes = (
            "PREFIX schema: <https://schema.org/> PREFIX org: <http://www.w3.org/ns/org#> "
            "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
        )
        rows = store.query(prefixes + pattern, use_default_graph_as_union=True)
        return {tuple(value.value for value in row) for row in rows}

    assert ask("SELECT * { ?e a schema:Event ; schema:organizer ?o }") == {(FORUM.value, UNION.value)}
    assert ask("SELECT ?m { ?r a org:Membership ; org:member ?m }") == {(PERSON.value,)}
    assert ask("SELECT ?n { ?p a foaf:Person ; foaf:name ?n }") == {("Zoë Đorđević",), ("佐伊",)}
    assert ask("SELECT ?d { ?e schema:startDate ?d }") == {("2021-05-04",)}


def test_affiliation() -> None:
    """A role in an organization makes its holder affiliated with it; a role in a place does not."""
    role, body, place = node("role"), node("body"), node("place")
    quads = stated(
        (role, kg("heldBy"), PERSON),
        (role, kg("roleIn"), body),
        (role, kg("roleIn"), place),
        (body, RDF_TYPE, kg("GovernmentBody")),
        (place, RDF_TYPE, kg("Place")),
    )
    found = drawn(quads)
    assert Triple(PERSON, kg("holds"), role) in found
    assert Triple(PERSON, kg("affiliatedWith"), body) in found
    assert Triple(PERSON, term("schema:affiliation"), body) in found
    assert Triple(role, term("org:organization"), body) in found
    assert not [t for t in found if t.object == place]


def with_two_articles(*extra: CountFact | ConferenceFact) -> list[Quad]:
    """Article a1 reports the forum and leaves the year out, and holds ``extra``; a2 gives 4 May 2021."""
    resolution = facts.resolution("a1", "a2")
    resolution = type(resolution)(
        resolution.entities,
        names=resolution.names,
        conferences={("a1", 0): "conference/forum-on-wells-2021", ("a2", 0): "conference/forum-on-wells-2021"},
    )
    undated = ConferenceFact(0, "forum", "Forum", (at("Forum"),), (Statement("monthDay", MonthDay(5, 4), at("4 May")),))
    dated = ConferenceFact(
        0, "forum", "Forum", (at("Forum"),), (Statement("startDate", date(2021, 5, 4), at("4 May")),)
    )
    first = map_reading(facts.reading(undated, *extra), resolution)
    return [*first, *map_reading(facts.reading(dated, identifier="a2"), resolution)]


@pytest.mark.parametrize(
    ("stated_day", "inferred"),
    [
        (MonthDay(4, 30), date(2021, 4, 30)),
        (MonthDay(5, 4), date(2021, 5, 4)),
        (MonthDay(12, 31), date(2020, 12, 31)),
        (MonthDay(5, 5), None),  # a day later, or almost a year before: it may be either
        (MonthDay(8, 1), None),
        (MonthDay(2, 29), None),
    ],
)
def test_year_of_a_count(stated_day: MonthDay, inferred: date | None) -> None:
    """A day without a year is the last one before the conference that the article reports, unless it is far."""
    quads = with_two_articles(CountFact(12, "project", (at("12 projects"),), as_of=stated_day))
    count = node("article/a1/count/12-project")
    found = {t.object for t in drawn(quads) if (t.subject, t.predicate) == (count, kg("asOf"))}
    assert found == ({day(inferred)} if inferred else set())


def test_year_of_a_count_where_sources_disagree() -> None:
    """Two first days of the conference reported give no year."""
    quads = with_two_articles(CountFact(12, "project", (at("12 projects"),), as_of=MonthDay(4, 30)))
    quads += stated((FORUM, kg("startDate"), day(date(2020, 5, 4))))
    assert not [t for t in drawn(quads) if t.predicate == kg("asOf")]


def test_year_of_a_count_that_has_one() -> None:
    """A full date is left as it is."""
    quads = with_two_articles(CountFact(12, "project", (at("12 projects"),), as_of=date(2019, 4, 30)))
    assert not [t for t in drawn(quads) if t.predicate == kg("asOf")]


def test_year_of_a_count_in_an_article_that_reports_nothing() -> None:
    """A conference that is only mentioned gives no year."""
    quads = [quad for quad in with_two_articles(
        CountFact(12, "project", (at("12 projects"),), as_of=MonthDay(4, 30))
    ) if quad.predicate != kg("reports")]  # fmt: skip
    assert not [t for t in drawn(quads) if t.predicate == kg("asOf")]


def test_date_of_an_edition() -> None:
    """A conference of a known year and day has a date; 29 February only in a leap year; a date stated stays."""
    leap, common, dated = node("conference/a"), node("conference/b"), node("conference/c")
    quads = stated(
        (leap, kg("monthDay"), month_day(MonthDay(2, 29))),
        (leap, kg("year"), integer(2020)),
        (common, kg("monthDay"), month_day(MonthDay(2, 29))),
        (common, kg("year"), integer(2021)),
        (dated, kg("monthDay"), month_day(MonthDay(3, 1))),
        (dated, kg("year"), integer(2021)),
        (dated, kg("startDate"), day(date(2021, 3, 2))),
    )
    found = {(t.subject, t.object) for t in drawn(quads) if t.predicate == kg("startDate")}
    assert found == {(leap, day(date(2020, 2, 29)))}


@pytest.mark.parametrize(
    ("stated_day", "inferred"),
    [(MonthDay(4, 20), date(2021, 4, 20)), (MonthDay(6, 1), date(2021, 6, 1)), (MonthDay(11, 4), None)],
)
def test_date_of_another_conference(stated_day: MonthDay, inferred: date | None) -> None:
    """Another conference of the article takes the year of the one reported, where it is near in time."""
    other = node("conference/workshop")
    quads = [
        *with_two_articles(),
        *stated((node("article/a1"), kg("mentions"), other), (other, kg("monthDay"), month_day(stated_day))),
    ]
    found = {t.object for t in drawn(quads) if (t.subject, t.predicate) == (other, kg("startDate"))}
    assert found == ({day(inferred)} if inferred else set())


def test_every_inferred_triple_is_explained() -> None:
    """Every inferred triple has a reason, whose premises are asserted, inferred, or axioms."""
    quads = [*every_kind(), *with_two_articles(CountFact(12, "project", (at("12 projects"),), as_of=MonthDay(4, 30)))]
    why = reasons(quads)
    assert set(why) == {(t.subject, t.predicate, t.object) for t in drawn(quads)}
    asserted = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    for triple, reason in why.items():
        assert reason.premises
        for premise in reason.premises:
            axiom = isinstance(premise[0], NamedNode) and premise[0] in {
                *axioms_of_ontology().properties,
                *axioms_of_ontology().classes,
            }
            assert premise in asserted or premise in why or axiom, (triple, reason)


def test_explain() -> None:
    """The steps of an explanation lead from the triple to the facts."""
    role, body = node("role"), node("body")
    quads = stated((role, kg("heldBy"), PERSON), (role, kg("roleIn"), body), (body, RDF_TYPE, kg("MediaOrganization")))
    why = reasons(quads)
    first = why[PERSON, term("schema:affiliation"), body]
    second = next(why[premise] for premise in first.premises if premise in why)
    assert (first.rule, second.rule) == ("subproperty", "affiliation")
    assert (role, kg("heldBy"), PERSON) in second.premises
    assert (PERSON, kg("affiliatedWith"), role) not in why


def test_rules_are_named_and_say_what_they_do() -> None:
    """Every rule has a name of its own and a sentence."""
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(rule.says.endswith(".") for rule in RULES)


def test_earlier_inferences_and_concepts_are_no_premises() -> None:
    """Inferring again from a graph that holds inferences gives the same; vocabularies are left alone."""
    quads = every_kind()
    once = infer(quads)
    assert infer([*quads, *once]) == once
    concept = Quad(NamedNode(SECTOR + "health"), RDF_TYPE, kg("Sector"), shared_graph("vocabularies"))
    assert infer([concept]) == []


def test_order_does_not_matter() -> None:
    """Quads in another order give the same list."""
    quads = every_kind()
    assert infer(quads[::-1], engine="table") == infer(quads, engine="table")


def test_base() -> None:
    """The inferred graph is under the base."""
    (quad,) = infer([Quad(FORUM, kg("venue"), UNION, GRAPH)], base="https://example.org/")
    assert quad.graph_name == NamedNode("https://example.org/graph/inferred")
    assert quad.predicate == term("schema:location")
    assert KG not in quad.predicate.value


def test_what_is_asked_of_a_thing_at_once_is_what_is_asked_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is said of it: everything near a thing, and so what follows, is found either way."""
    quads = every_kind()
    store = write_store([*quads, *infer(quads, base=BASE)], base=BASE)
    things = sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)
    told = []
    for much in (0, 1_000_000):
        monkeypatch.setattr("kg.infer.changes._MUCH", much)
        told.append([reasons_about(store.db, thing, base=BASE) for thing in things])
    assert told[0] == told[1]
    assert any(told[0])


def test_a_type_that_only_follows_is_no_premise() -> None:
    """The default graph has what follows too: what a thing is stated to be is what an article states."""
    body, union = kg("GovernmentBody"), kg("Organization")
    quads = [*stated((UNION, RDF_TYPE, body)), Quad(UNION, RDF_TYPE, union, shared_graph("inferred"))]
    store = write_store(quads, base=BASE)
    view = _View(store.db, BASE, frozenset({shared_graph("inferred").value}))
    assert list(view.types(UNION)) == [(UNION, RDF_TYPE, body)]
    assert list(view.types(PERSON)) == []
