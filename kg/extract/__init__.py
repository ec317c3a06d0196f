"""From typed spans to facts; nothing here knows of RDF."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.bodies.around import with_bodies
from kg.extract.bodies.outlets import outlet_mentions
from kg.extract.count_figures import count_figures
from kg.extract.gatherings.gatherings import conferences
from kg.extract.gatherings.numbered import with_numbered
from kg.extract.mentions import mentions
from kg.extract.people.roles import people
from kg.extract.quotations import quotations
from kg.extract.sectors import sectors
from kg.extract.sums.figures import aid_figures
from kg.model import Article, ConferenceFact, CountFact, Fact, FigureFact, Reading
from kg.recognise import recognise
from kg.recognise.fold import fold

SESSIONS = frozenset({"plenary-session", "workshop"})


def read_facts(article: Article) -> Reading:
    """All facts that ``article`` states, in text order. Raises KgError where its language has no pack."""
    found = with_bodies(with_numbered(recognise(article)))
    roles = people(found)
    found = with_bodies(found, (r.body.text for r in roles if r.body and r.body.kind == "organization"))
    gatherings = conferences(found)
    figures, counts = aid_figures(found, roles), count_figures(found)
    facts: list[Fact] = [
        *roles,
        *gatherings,
        *(_announced(f, gatherings) for f in figures),
        *(_session(c, gatherings) for c in counts),
        *sectors(found, gatherings, figures, counts),
        *quotations(found, roles),
    ]
    told = mentions(found, facts)
    facts += [*told, *outlet_mentions(found, frozenset(fold(m.name.text) for m in told))]
    return Reading(article, tuple(facts))


def _announced(figure: FigureFact, gatherings: list[ConferenceFact]) -> FigureFact:
    """A pledge is announced at the gathering that its sentence, or else the article, reports."""
    reported = [g for g in gatherings if g.time == "reported"]
    return replace(figure, conference=reported[0].key) if figure.status == "pledged" and len(reported) == 1 else figure


def _session(count: CountFact, gatherings: list[ConferenceFact]) -> CountFact:
    reported = bool(gatherings) and gatherings[0].time != "past"
    return replace(count, session_of=0) if count.counts in SESSIONS and reported else count
