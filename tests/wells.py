"""A small graph made by hand: three articles on a forum of an invented country, each fact quoted from its text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pyoxigraph import Quad

from kg.builder.update import assemble
from kg.infer import infer
from kg.model import (
    Article,
    ConferenceFact,
    CountFact,
    Evidence,
    Fact,
    FigureFact,
    MentionFact,
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
from kg.store import Store, write_store
from kg.vocab import BASE

ENGLISH = (
    "Minister Ana Ruiz of Freedonia opened the 3rd Wells Forum in Port Alba on 4 May 2021.\n"
    "The Sylvanian Aid Union (SAU) pledged 5.5 million euros for health in 2020-2022. "
    "Freedonia got $2 million in 2020-2024. As of 30 April 2021, 12 NGOs were active.\n"
    "“Water is life,” said Ana Ruiz. The Forum met in 2019 too.\n"
)
FRENCH = (
    "La ministre Ana Ruiz a ouvert le 3e Forum des puits à Port Alba.\n"
    "L'Union d'aide de Sylvanie a promis 5,5 millions d'euros pour la santé en 2020-2022. "
    "La Freedonia a reçu 2,1 millions de dollars américains en 2020-2024. "
    "Au 30 avril 2021, 14 ONG étaient actives.\n"
)
VIETNAMESE = "Ngày 2/6/2022, Đại sứ Ana Ruiz nói về giáo dục.\n"
BOTH = (Period(date(2020, 1, 1), date(2022, 12, 31)), Period(date(2020, 1, 1), date(2024, 12, 31)))
APRIL = date(2021, 4, 30)


def _article(identifier: str, text: str, language: str, published: date) -> Article:
    starts = [0] + [index + 1 for index, char in enumerate(text[:-1]) if char == "\n"]
    paragraphs = tuple(
        Paragraph(start, text.index("\n", start), line=number) for number, start in enumerate(starts, start=1)
    )
    headline = text.partition("\n")[0].rstrip(".")
    path = f"articles/{identifier}.txt"
    return Article(identifier, text, paragraphs, language, published=published, headline=headline, path=path)


def _at(text: str, quote: str, rule: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start, start + len(quote), rule)


def _ana(language: str) -> Name:
    return Name("person", "Ana Ruiz", language)


def _place(text: str, language: str) -> Name:
    return Name("place", text, language)


def _union(language: str) -> Name:
    text, acronym = ("Sylvanian Aid Union", "SAU") if language == "en" else ("Union d'aide de Sylvanie", "")
    return Name("organization", text, language, acronym=acronym)


def _english() -> Reading:
    def at(quote: str, rule: str) -> tuple[Evidence, ...]:
        return (_at(ENGLISH, quote, rule),)

    forum = (
        Statement("ordinal", 3, *at("3rd Wells Forum", "event-ordinal")),
        Statement("startDate", date(2021, 5, 4), *at("on 4 May 2021", "event-day")),
        Statement("place", _place("Port Alba", "en"), *at("in Port Alba", "event-place")),
        Statement("organizer", _union("en"), *at("Sylvanian Aid Union", "event-host")),
        Statement("previousEdition", 2019, *at("met in 2019", "event-editions")),
        Statement("theme", "Wells", *at("Wells", "event-theme")),
        Statement("topic", "Water", *at("Water", "event-topic")),
    )
    facts: tuple[Fact, ...] = (
        RoleFact(
            _ana("en"), "minister", "Minister", at("Minister Ana Ruiz", "post-name"),
            body=_place("Freedonia", "en"), observed=date(2021, 5, 5),
        ),
        ConferenceFact(0, "forum", "3rd Wells Forum", at("3rd Wells Forum", "event"), forum),
        FigureFact(
            Decimal(5_500_000), "EUR", at("pledged 5.5 million euros", "sum"), period=BOTH[0], donors=(_union("en"),),
            sectors=("health",), status="pledged", conference=0,
        ),
        FigureFact(
            Decimal(2_000_000), "USD", at("$2 million", "sum"), currency_as_written="$", currency_assumed=True,
            period=BOTH[1], recipients=(_place("Freedonia", "en"),),
        ),
        CountFact(12, "ngo", at("12 NGOs", "number"), as_of=APRIL, place=_place("Freedonia", "en")),
        SectorFact("health", at("health", "sector")),
        QuotationFact("Water is life,", _ana("en"), at("“Water is life,” said Ana Ruiz", "quotation")),
        MentionFact(_ana("en"), at("Ana Ruiz", "person")),
        MentionFact(_union("en"), at("Sylvanian Aid Union", "body")),
        MentionFact(_place("Freedonia", "en"), at("Freedonia", "place")),
    )  # fmt: skip
    return Reading(_article("a-en", ENGLISH, "en", date(2021, 5, 5)), facts)


def _french() -> Reading:
    def at(quote: str, rule: str) -> tuple[Evidence, ...]:
        return (_at(FRENCH, quote, rule),)

    forum = (
        Statement("ordinal", 3, *at("3e Forum des puits", "event-ordinal")),
        Statement("place", _place("Port Alba", "fr"), *at("à Port Alba", "event-place")),
        Statement("theme", "puits", *at("puits", "event-theme")),
    )
    facts: tuple[Fact, ...] = (
        RoleFact(
            _ana("fr"), "minister", "ministre", at("ministre Ana Ruiz", "post-name"),
            body=_place("Freedonia", "fr"), observed=date(2021, 5, 6),
        ),
        ConferenceFact(0, "forum", "3e Forum des puits", at("3e Forum des puits", "event"), forum),
        FigureFact(
            Decimal(5_500_000), "EUR", at("promis 5,5 millions d'euros", "sum"), period=BOTH[0], donors=(_union("fr"),),
            sectors=("health",), status="pledged",
        ),
        FigureFact(
            Decimal(2_100_000), "USD", at("2,1 millions de dollars américains", "sum"), period=BOTH[1],
            recipients=(_place("Freedonia", "fr"),),
        ),
        CountFact(14, "ngo", at("14 ONG", "number"), as_of=APRIL, place=_place("Freedonia", "fr")),
        SectorFact("health", at("santé", "sector")),
        MentionFact(_ana("fr"), at("Ana Ruiz", "person")),
        MentionFact(_union("fr"), at("Union d'aide de Sylvanie", "body")),
    )  # fmt: skip
    return Reading(_article("b-fr", FRENCH, "fr", date(2021, 5, 6)), facts)


def _vietnamese() -> Reading:
    def at(quote: str, rule: str) -> tuple[Evidence, ...]:
        return (_at(VIETNAMESE, quote, rule),)

    facts: tuple[Fact, ...] = (
        RoleFact(_ana("vi"), "ambassador", "Đại sứ", at("Đại sứ Ana Ruiz", "post-name"), observed=date(2022, 6, 2)),
        SectorFact("education", at("giáo dục", "sector")),
        MentionFact(_ana("vi"), at("Ana Ruiz", "person")),
    )
    return Reading(_article("c-vi", VIETNAMESE, "vi", date(2022, 6, 2)), facts)


def _resolution() -> Resolution:
    spellings = tuple(("Ana Ruiz", language) for language in ("en", "fr", "vi"))
    entities = (
        Entity("person/ana-ruiz", "person", "Person", ("Ana Ruiz", "en"), spellings),
        Entity(
            "organization/sylvanian-aid-union", "organization", "NonGovernmentalOrganization",
            ("Sylvanian Aid Union", "en"), (("Sylvanian Aid Union", "en"), ("Union d'aide de Sylvanie", "fr")),
            acronyms=("SAU",), based_in="place/freedonia",
        ),
        Entity("place/freedonia", "place", "Place", ("Freedonia", "en"), country="FD"),
        Entity("place/port-alba", "place", "Place", ("Port Alba", "en"), country="FD"),
        Entity(
            "conference/wells-forum-2021", "conference", "Conference", ("3rd Wells Forum", "en"),
            (("3rd Wells Forum", "en"), ("3e Forum des puits", "fr")), in_series="series/wells-forum",
        ),
        Entity("series/wells-forum", "series", "ConferenceSeries", ("Wells Forum", "en")),
    )  # fmt: skip
    articles = (("a-en", "en"), ("b-fr", "fr"), ("c-vi", "vi"))
    names = {(article, _ana(language)): entities[0].id for article, language in articles}
    for article, language in articles[:2]:
        names[article, _union(language)] = entities[1].id
        names[article, _place("Freedonia", language)] = entities[2].id
        names[article, _place("Port Alba", language)] = entities[3].id
    merge = Merge(
        entities[1].id,
        (("Sylvanian Aid Union", "en", "a-en"), ("Union d'aide de Sylvanie", "fr", "b-fr")),
        "Both say: aid, union, Sylvania.",
        "same-concepts",
    )
    conferences = {("a-en", 0): entities[4].id, ("b-fr", 0): entities[4].id}
    return Resolution(entities, names=names, conferences=conferences, merges=(merge,))


def quads(base: str = BASE) -> list[Quad]:
    """The whole dataset, ontology and inferences too."""
    found = list(assemble((_english(), _french(), _vietnamese()), _resolution(), base=base))
    return found + infer(found, base=base, engine="table")


@cache
def store() -> Store:
    """The graph in memory."""
    return write_store(quads(), base=BASE)


def on_disk(path: Path) -> Path:
    """The graph on disk, at ``path``."""
    write_store(quads(), base=BASE, path=path)
    return path
