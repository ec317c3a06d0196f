"""Facts to triples: what each class of fact becomes, its evidence, and what is not written."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import facts
import pytest
from facts import at, reading, resolution
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg.mappers import MAPPERS, map_body, map_entities, map_reading, unproven
from kg.model import ConferenceFact, Evidence, Fact, MentionFact, Name, Reading, SectorFact, Statement
from kg.vocab import ALT_LABEL, BASE, EVIDENCE, KG, LABEL, RDF_TYPE, kg, term

ARTICLE = f"{BASE}article/a1"


def said(*given_facts: Fact) -> dict[str, set[str]]:
    """What the graph says of each subject and predicate (by local names), from ``facts`` or one of every kind."""
    return index(map_reading(reading(*given_facts), resolution()))


def index(quads: Iterable[Quad]) -> dict[str, set[str]]:
    """Values by ``"subject predicate"``: subjects below the base, predicates by their last part, values in short."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        subject = quad.subject.value.removeprefix(BASE).removeprefix("article/a1/")
        predicate = quad.predicate.value.replace("#", "/").rpartition("/")[2]
        value = quad.object
        text = value.value
        if isinstance(value, Literal) and value.language:
            text += f"@{value.language}"
        found.setdefault(f"{subject} {predicate}", set()).add(text.removeprefix(BASE).removeprefix(KG))
    return found


def test_every_kind_of_fact_has_one_mapper() -> None:
    """MAPPERS names each class of fact once."""
    kinds = [mapper.fact for mapper in MAPPERS]
    assert len(set(kinds)) == len(kinds)
    assert set(kinds) == {type(fact) for fact in facts.FACTS}


def test_role() -> None:
    """A role names person, post, body, title and day."""
    found = said(facts.ROLE)
    role = "role/zoe-dordevic-minister-freedonia"
    assert found[f"{role} type"] == {"Role"}
    assert found[f"{role} heldBy"] == {"person/zoe-dordevic"}
    assert found[f"{role} position"] == {"https://w3id.org/kg-news/position/minister"}
    assert found[f"{role} roleIn"] == {"place/freedonia"}
    assert found[f"{role} title"] == {"Health minister@en"}
    assert found[f"{role} observedOn"] == {"2021-05-04"}
    assert found[f"{role} statedIn"] == {"article/a1"}


def test_role_without_body() -> None:
    """What an article does not state is not written."""
    found = said(replace(facts.ROLE, body=None, observed=None, title=""))
    role = "role/zoe-dordevic-minister"
    assert {key.split()[1] for key in found if key.startswith(role)} == {
        "type", "statedIn", "heldBy", "position", "evidence",
    }  # fmt: skip
    assert "place/freedonia type" not in found


def test_aid_figure() -> None:
    """A figure is exact, with its qualifier, period, parties, sector, status, and the same sum in another currency."""
    found = said()
    figure = "figure/5500000-czk"
    expected = {
        "type": "AidFigure",
        "amount": "5500000",
        "upperAmount": "6000000",
        "currency": "CZK",
        "currencyAsWritten": "crowns",
        "qualifier": "nearly",
        "periodStart": "2020-01-01",
        "periodEnd": "2024-12-31",
        "periodLabel": "2020-2024@en",
        "donor": "organization/sylvanian-aid-union",
        "recipient": "place/freedonia",
        "sector": "https://w3id.org/kg-news/sector/health",
        "status": "pledged",
        "announcedAt": "conference/forum-on-wells-2021",
        "sameFigureAs": "article/a1/figure/2000000-usd",
        "statedIn": "article/a1",
    }
    assert {key: found[f"{figure} {key}"] for key in expected} == {key: {value} for key, value in expected.items()}
    assert f"{figure} currencyAssumed" not in found
    assert found["figure/2000000-usd currencyAssumed"] == {"true"}
    assert "figure/2000000-usd periodStart" not in found


def test_open_period() -> None:
    """A period without an end has none."""
    assert facts.FIGURE.period is not None
    found = said(replace(facts.FIGURE, alias=None, conference=None, period=replace(facts.FIGURE.period, end=None)))
    assert "figure/5500000-czk periodStart" in found
    assert "figure/5500000-czk periodEnd" not in found


def test_count_figure() -> None:
    """A count names what is counted and its day; a number of sessions is said of its conference."""
    found = said()
    assert found["count/12-project value"] == {"12"}
    assert found["count/12-project counts"] == {"https://w3id.org/kg-news/countable/project"}
    assert found["count/12-project asOf"] == {"--04-30"}
    assert found["count/12-project place"] == {"place/freedonia"}
    assert "article/a1/count/3-workshop" in found["conference/forum-on-wells-2021 session"]


def test_conference() -> None:
    """Each statement of a conference is a triple, and a statement with a quote of its own."""
    found = said()
    forum = "conference/forum-on-wells-2021"
    assert found[f"{forum} type"] == {"Conference"}
    assert found[f"{forum} ordinal"] == {"3"}
    assert found[f"{forum} startDate"] == {"2021-05-04"}
    assert found[f"{forum} place"] == {"place/freedonia"}
    assert found[f"{forum} organizer"] == {"organization/sylvanian-aid-union"}
    assert found[f"{forum} theme"] == {"Wells@en"}
    assert found[f"{forum} eventKind"] == {"https://w3id.org/kg-news/eventkind/forum"}
    assert found[f"{forum} inSeries"] == {"series/forum-on-wells"}
    assert found["article/a1 reports"] == {forum}
    start = facts.TEXT.index("3rd")
    statement = f"statement/ordinal-{start}-{start + 3}"
    assert found[f"{statement} subject"] == {forum}
    assert found[f"{statement} predicate"] == {"ordinal"}
    assert found[f"{statement} object"] == {"3"}
    assert found[f"{statement}/quote exact"] == {"3rd"}


def test_earlier_editions_and_sessions() -> None:
    """Earlier editions are conferences of the series with their year; a session with a topic is a conference."""
    found = said()
    editions = {f"conference/forum-on-wells-{year}" for year in (2019, 2020)}
    assert found["conference/forum-on-wells-2021 previousEdition"] == editions
    assert found["conference/forum-on-wells-2019 year"] == {"2019"}
    assert found["conference/forum-on-wells-2019 inSeries"] == {"series/forum-on-wells"}
    start = facts.TEXT.index("2019 and")
    assert f"statement/previousEdition-{start}-{start + 13} subject" in found
    assert f"statement/previousEdition-{start}-{start + 13}-2 subject" in found
    sessions = found["conference/forum-on-wells-2021 session"] - {"article/a1/count/3-workshop"}
    (session,) = sessions
    assert found[f"{session.removeprefix('article/a1/')} label"] == {"Wells@en"}


@pytest.mark.parametrize("time", ["past", "future"])
def test_conference_that_is_not_reported(time: str) -> None:
    """A conference the article only speaks of is mentioned, not reported."""
    found = said(replace(facts.FORUM, time=time))
    assert found["article/a1 mentions"] == {"conference/forum-on-wells-2021"}
    assert "article/a1 reports" not in found


def test_sector_quotation_mention() -> None:
    """A sector is a claim about the article; a quotation has its speaker; a mention shows where the name stands."""
    found = said()
    assert found["article/a1 mentionsSector"] == {"https://w3id.org/kg-news/sector/health"}
    assert len([key for key in found if key.startswith("statement/mentionsSector") and key.endswith(" subject")]) == 2
    assert found["quotation/zoe-dordevic quotedText"] == {"Water is life,@en"}
    assert found["quotation/zoe-dordevic speaker"] == {"person/zoe-dordevic"}
    assert "organization/sylvanian-aid-union" in found["article/a1 mentions"]
    assert len(found["organization/sylvanian-aid-union evidence"]) == 2


def test_article() -> None:
    """An article is described by what is known of it; the body stands in a graph of its own."""
    found = said()
    assert found["article/a1 identifier"] == {"a1"}
    assert found["article/a1 headline"] == {"Wells@en"}
    assert "article/a1 datePublished" not in found
    assert "article/a1 articleBody" not in found
    body = map_body(facts.article())
    assert body.graph_name == NamedNode(f"{ARTICLE}/body")
    assert body.object == Literal(facts.TEXT, language="en")


def test_entities_of_an_article() -> None:
    """The article's graph says what its entities are: the most special class, one label, other spellings met."""
    name = replace(facts.UNION, text="The Union")
    resolved = resolution()
    resolved = replace(resolved, names={**resolved.names, ("a1", name): "organization/sylvanian-aid-union"})
    found = index(map_reading(reading(facts.MENTION, MentionFact(name, (at("Union"),))), resolved))
    union = "organization/sylvanian-aid-union"
    assert found[f"{union} type"] == {"NonGovernmentalOrganization"}
    assert found[f"{union} label"] == {"Sylvanian Aid Union@en"}
    assert found[f"{union} altLabel"] == {"SAU@en", "The Union@en"}
    assert found[f"{union} acronym"] == {"SAU"}


def test_name_in_a_language_without_label() -> None:
    """Where resolution has no label in a language, the name as met is the label."""
    name = Name("place", "Freihausen", "de")
    resolved = resolution()
    resolved = replace(resolved, names={("a1", name): "place/freedonia"})
    found = index(map_reading(reading(MentionFact(name, (at("Freedonia"),))), resolved))
    assert found["place/freedonia label"] == {"Freihausen@de"}


def test_names_graph() -> None:
    """The graph of names: one label per language, other spellings, where a body is, and why names were merged."""
    quads = map_entities(resolution())
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{BASE}graph/names")}
    found = index(quads)
    union = "organization/sylvanian-aid-union"
    assert found[f"{union} label"] == {"Sylvanian Aid Union@en"}
    assert found[f"{union} altLabel"] == {"Aid Union@en"}
    assert found[f"{union} basedIn"] == {"place/freedonia"}
    assert found[f"{union} sameAs"] == {"https://example.org/sau"}
    assert found["place/freedonia countryCode"] == {"FD"}
    assert found["person/zoe-dordevic label"] == {"Zoë Đorđević@en", "佐伊@zh"}
    merge = "merge/person-zoe-dordevic-same-post"
    assert found[f"{merge} mergedInto"] == {"person/zoe-dordevic"}
    assert found[f"{merge} mergedName"] == {"Zoë Đorđević@en", "佐伊@zh"}
    assert found[f"{merge} reason"] == {"They hold the same post at the same conference.@en"}
    assert found[f"{merge} rule"] == {"same-post"}
    assert found[f"{merge} used"] == {"article/a1", "article/a2"}


def test_no_owl_same_as() -> None:
    """What an entity is elsewhere is schema:sameAs: its statements there are not ours."""
    quads = [*map_entities(resolution()), *map_reading(reading(), resolution())]
    assert not [quad for quad in quads if quad.predicate.value.startswith("http://www.w3.org/2002/07/owl#")]


def test_facts_of_one_name_are_numbered() -> None:
    """Two sums of one amount get two IRIs, in the order of the text, whatever the order they are given in."""
    late = replace(facts.DOLLARS, evidence=(at("2 million"),))
    early = replace(facts.DOLLARS, evidence=(at("Health"),), currency_assumed=False)
    found = said(late, early)
    assert "figure/2000000-usd currencyAssumed" not in found
    assert found["figure/2000000-usd-2 currencyAssumed"] == {"true"}


def test_link_to_a_fact_that_is_not_written() -> None:
    """A figure does not point to a conference or another sum whose evidence does not check."""
    bad = (Evidence(5, 5, "test.rule"),)
    found = said(facts.FIGURE, replace(facts.DOLLARS, evidence=bad), replace(facts.FORUM, evidence=bad))
    assert "figure/5500000-czk amount" in found
    assert "figure/5500000-czk sameFigureAs" not in found
    assert "figure/5500000-czk announcedAt" not in found


BAD = (
    ((), "no evidence"),
    ((Evidence(3, 3, "r"),), "offsets 3–3"),
    ((Evidence(5, 3, "r"),), "offsets 5–3"),
    ((Evidence(-4, 3, "r"),), "offsets -4–3"),
    ((Evidence(0, len(facts.TEXT) + 1, "r"),), "do not lie inside"),
    ((Evidence(6, 7, "r"),), "white space"),
    ((Evidence(0, 6, ""),), "no name"),
    ((Evidence(0, 6, "r"), Evidence(7, 7, "r")), "offsets 7–7"),
)


@pytest.mark.parametrize("fact", facts.FACTS, ids=lambda fact: type(fact).__name__)
@pytest.mark.parametrize(("evidence", "reason"), BAD)
def test_fact_whose_evidence_does_not_check(fact: Fact, evidence: tuple[Evidence, ...], reason: str) -> None:
    """Such a fact is not written, and is reported with the reason."""
    wrong = replace(fact, evidence=evidence)
    nothing = map_reading(Reading(facts.article(), ()), resolution())
    assert map_reading(Reading(facts.article(), (wrong,)), resolution()) == nothing
    (left,) = unproven(Reading(facts.article(), (wrong,)))
    assert left.fact is wrong
    assert reason in left.reason


def test_quotation_that_does_not_stand_there() -> None:
    """Words that the evidence does not hold are no quotation."""
    (left,) = unproven(reading(replace(facts.QUOTATION, text="Wine is life,")))
    assert "quoted words" in left.reason


def test_statement_whose_evidence_does_not_check() -> None:
    """A conference keeps its other statements."""
    wrong = Statement("ordinal", 4, Evidence(9, 2, "r"))
    fact = ConferenceFact(0, "forum", "Forum", (at("Forum"),), (wrong, Statement("year", 2021, at("4 May"))))
    found = said(fact)
    assert "conference/forum-on-wells-2021 ordinal" not in found
    assert found["conference/forum-on-wells-2021 year"] == {"2021"}
    assert [item.fact for item in unproven(reading(fact))] == [wrong]


def test_sound_facts_are_all_written() -> None:
    """Nothing is reported where all evidence checks."""
    assert unproven(reading()) == ()


def test_unresolved_name_is_an_error() -> None:
    """A name that resolution does not hold is a fault of ours, not silently dropped."""
    stranger = MentionFact(Name("person", "Nobody", "en"), (at("she"),))
    with pytest.raises(KeyError):
        map_reading(reading(stranger), resolution())


@given(st.integers(-5, len(facts.TEXT) + 5), st.integers(-5, len(facts.TEXT) + 5))
def test_quotes_stand_at_their_offsets(start: int, end: int) -> None:
    """Whatever the offsets, each quote written is the text at the offsets written; else nothing is."""
    fact = SectorFact("health", (Evidence(start, end, "test.rule"),))
    store = Store()
    store.extend(map_reading(Reading(facts.article(), (fact,)), resolution()))
    rows = list(store.query(
        "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?start ?end ?exact { GRAPH ?g { ?e oa:hasSelector ?p, ?q . "
        "?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact } }"
    ))  # fmt: skip
    assert len(rows) == (0 <= start < end <= len(facts.TEXT) and bool(facts.TEXT[start:end].strip()))
    for row in rows:
        assert facts.TEXT[int(row["start"].value) : int(row["end"].value)] == row["exact"].value


def test_every_fact_has_evidence() -> None:
    """Every role, figure, count, quotation, conference and mentioned entity is the subject of kg:evidence."""
    quads = map_reading(reading(), resolution())
    classes = {kg(name) for name in ("Role", "AidFigure", "CountFigure", "Quotation", "Conference")}
    things = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object in classes}
    things |= {quad.object for quad in quads if quad.predicate == kg("mentions")}
    assert things <= {quad.subject for quad in quads if quad.predicate == EVIDENCE}


def test_every_conference_triple_has_its_quote() -> None:
    """Each triple about a conference, but class and names, is the content of a statement that quotes the article."""
    quads = map_reading(reading(), resolution())
    about = {
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.subject.value.startswith(f"{BASE}conference/")
        and quad.predicate not in {RDF_TYPE, LABEL, ALT_LABEL, EVIDENCE, kg("inSeries")}
    }
    parts = {name: {q.subject: q.object for q in quads if q.predicate == term(f"rdf:{name}")} for name in (
        "subject", "predicate", "object",
    )}  # fmt: skip
    stated = {tuple(part[node] for part in parts.values()) for node in parts["subject"]}
    assert about <= stated


def test_no_blank_nodes_and_one_graph() -> None:
    """All an article states stands in its graph, each quad once, without blank nodes."""
    quads = map_reading(reading(), resolution())
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{ARTICLE}/facts")}
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert all(isinstance(quad.object, (NamedNode, Literal)) for quad in quads)


def test_literals_are_kept_by_the_store() -> None:
    """What the store gives back is what was written."""
    quads = [*map_reading(reading(), resolution()), *map_entities(resolution())]
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_order_of_facts_does_not_matter() -> None:
    """Facts in another order give the same quads, links between sums aside, which go by position."""
    plain = [replace(fact, alias=None) if fact is facts.FIGURE else fact for fact in facts.FACTS]
    expected = set(map_reading(Reading(facts.article(), tuple(plain)), resolution()))
    for seed in range(5):
        random.Random(seed).shuffle(plain)
        assert set(map_reading(Reading(facts.article(), tuple(plain)), resolution())) == expected


def test_same_bytes_under_any_hash_seed(request: pytest.FixtureRequest) -> None:
    """The order of the quads does not depend on PYTHONHASHSEED."""
    program = (
        "import facts; from kg.mappers import map_reading, map_entities\n"
        "r = facts.resolution()\n"
        "print(*map_reading(facts.reading(), r), *map_entities(r), sep='\\n')"
    )
    folder = str(request.path.parent)
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{folder}:{request.config.rootpath}"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1


def test_base() -> None:
    """Every minted IRI is under the base; the project's terms are not."""
    base = "https://example.org/here/"
    quads = [*map_reading(reading(), resolution(), base=base), *map_entities(resolution(), base=base)]
    assert not [quad for quad in quads if BASE in str(quad)]
    assert serialize(quads, format=RdfFormat.N_QUADS)


def test_amount_that_is_no_number() -> None:
    """NaN is no amount."""
    with pytest.raises(ValueError, match="not a number"):
        map_reading(reading(replace(facts.DOLLARS, amount=Decimal("NaN"))), resolution())
