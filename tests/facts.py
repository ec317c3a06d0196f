"""A made-up article with a fact of every kind, for the tests of mappers and of inference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kg.model import (
    Article,
    ConferenceFact,
    CountFact,
    Evidence,
    Fact,
    FigureFact,
    MentionFact,
    MonthDay,
    Name,
    Paragraph,
    Period,
    QuotationFact,
    Reading,
    RoleFact,
    SectorFact,
    Statement,
)
from kg.resolve.model import Entity, Merge, Resolution

TEXT = (
    "Health minister Zoë Đorđević of Freedonia said on 4 May that the Sylvanian Aid Union (SAU) would give "
    "nearly 5.50 million crowns (2 million dollars) in 2020-2024 at the 3rd Forum on Wells.\n"
    "As of 30 April, 12 projects were running, in three workshops, she said. “Water is life,” she added. "
    "The Forum met in 2019 and 2020 too."
)
ZOE = Name("person", "Zoë Đorđević", "en")
FREEDONIA = Name("place", "Freedonia", "en", known="place/freedonia")
UNION = Name("organization", "Sylvanian Aid Union", "en", acronym="SAU")


def article(identifier: str = "a1", text: str = TEXT) -> Article:
    """An article of ``text``."""
    return Article(identifier, text, (Paragraph(0, len(text)),), "en", published=None, headline="Wells")


def at(quote: str, rule: str = "test.rule") -> Evidence:
    """Evidence for ``quote``, which stands in the article once or more; its first place."""
    start = TEXT.index(quote)
    return Evidence(start, start + len(quote), rule)


ROLE = RoleFact(
    ZOE, "minister", "Health minister", (at("Health minister Zoë"),), body=FREEDONIA, observed=date(2021, 5, 4)
)
FIGURE = FigureFact(
    Decimal("5.50E+6"),
    "CZK",
    (at("nearly 5.50 million crowns"),),
    upper=Decimal("6000000.00"),
    currency_as_written="crowns",
    qualifier="nearly",
    period=Period(date(2020, 1, 1), date(2024, 12, 31), "2020-2024"),
    donors=(UNION,),
    recipients=(FREEDONIA,),
    sectors=("health",),
    status="pledged",
    conference=0,
    alias=1,
)
DOLLARS = FigureFact(Decimal(2_000_000), "USD", (at("2 million dollars"),), currency_assumed=True)
PROJECTS = CountFact(12, "project", (at("12 projects"),), as_of=MonthDay(4, 30), place=FREEDONIA)
WORKSHOPS = CountFact(3, "workshop", (at("three workshops"),), session_of=0)
FORUM = ConferenceFact(
    0,
    "forum",
    "3rd Forum on Wells",
    (at("3rd Forum on Wells"),),
    (
        Statement("ordinal", 3, at("3rd")),
        Statement("startDate", date(2021, 5, 4), at("4 May")),
        Statement("place", FREEDONIA, at("Freedonia")),
        Statement("organizer", UNION, at("Sylvanian Aid Union")),
        Statement("previousEdition", 2019, at("2019 and 2020")),
        Statement("previousEdition", 2020, at("2019 and 2020")),
        Statement("topic", "Wells", at("Wells")),
        Statement("theme", "Wells", at("Wells")),
    ),
)
SECTOR = SectorFact("health", (at("Health"), at("Water")))
QUOTATION = QuotationFact("Water is life,", ZOE, (at("Water is life,"),))
MENTION = MentionFact(UNION, (at("Sylvanian Aid Union"), at("SAU")))
FACTS: tuple[Fact, ...] = (ROLE, FIGURE, DOLLARS, PROJECTS, WORKSHOPS, FORUM, SECTOR, QUOTATION, MENTION)


def reading(*facts: Fact, identifier: str = "a1") -> Reading:
    """A reading of the article with ``facts``, or with one of every kind."""
    return Reading(article(identifier), facts or FACTS)


def resolution(*identifiers: str) -> Resolution:
    """Who the names are, in the articles ``identifiers`` (``a1`` if none are given)."""
    articles = identifiers or ("a1",)
    entities = (
        Entity(
            "person/zoe-dordevic", "person", "Person", ("Zoë Đorđević", "en"), (("Zoë Đorđević", "en"), ("佐伊", "zh"))
        ),
        Entity("place/freedonia", "place", "Place", ("Freedonia", "en"), (("Freedonia", "en"),), country="FD"),
        Entity(
            "organization/sylvanian-aid-union",
            "organization",
            "NonGovernmentalOrganization",
            ("Sylvanian Aid Union", "en"),
            (("Sylvanian Aid Union", "en"), ("Aid Union", "en")),
            acronyms=("SAU",),
            based_in="place/freedonia",
            same_as=("https://example.org/sau",),
        ),
        Entity(
            "conference/forum-on-wells-2021",
            "conference",
            "Conference",
            ("Forum on Wells 2021", "en"),
            (("Forum on Wells 2021", "en"),),
            in_series="series/forum-on-wells",
        ),
        Entity("series/forum-on-wells", "series", "ConferenceSeries", ("Forum on Wells", "en")),
    )
    names = ((ZOE, entities[0].id), (FREEDONIA, entities[1].id), (UNION, entities[2].id))
    return Resolution(
        entities,
        names={(article_id, name): entity for article_id in articles for name, entity in names},
        conferences={(article_id, 0): entities[3].id for article_id in articles},
        merges=(
            Merge(
                "person/zoe-dordevic",
                (("Zoë Đorđević", "en", "a1"), ("佐伊", "zh", "a2")),
                "They hold the same post at the same conference.",
                "same-post",
            ),
        ),
    )
