"""Aid figures as bars: sums by period, sector, donor or recipient, one chart for each currency.

Sums are never added up, least of all those of different currencies: one may be part of another. What several
articles tell is one sum, as in the queries ``aid-by-*``: the same amount, currency and period; unless the articles
name different donors, recipients, sectors or states of it, as in ``disagreements``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.dataset import Dataset
from kg.query.quotes import Quote, Quotes
from kg.store import Store
from kg.views.citing import cited
from kg.vocab import KG, RDF_TYPE, kg

#: What sums can be grouped by.
BY: Final = ("period", "sector", "donor", "recipient")
#: Bars of a chart where all currencies are shown, and where one is chosen.
FEW: Final = 24
MANY: Final = 240
#: Choices offered for one filter: the most often named.
CHOICES: Final = 300

_PARTS: Final = ("donor", "recipient", "sector", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A sum as one article states it; days as ``2024-12-31``, empty where it does not say them."""

    node: NamedNode
    article: NamedNode
    amount: Decimal
    upper: Decimal | None
    currency: str
    assumed: bool
    qualifier: NamedNode | None
    start: str
    end: str
    donor: frozenset[NamedNode]
    recipient: frozenset[NamedNode]
    sector: frozenset[NamedNode]
    status: frozenset[NamedNode]
    announced: frozenset[NamedNode]


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum, as one article or several state it; ``quotes`` are the sentences, where they have been read."""

    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...] = ()

    @property
    def first(self) -> Figure:
        """A figure to name the sum by: what makes figures one sum is the same in all."""
        return self.figures[0]

    @property
    def most(self) -> Decimal:
        """Its amount; of a range the upper end."""
        return self.first.upper or self.first.amount

    @property
    def assumed(self) -> bool:
        """Whether no article says which dollar (or other money) it is."""
        return all(figure.assumed for figure in self.figures)

    @property
    def articles(self) -> tuple[NamedNode, ...]:
        """The articles that state it."""
        return _sorted({figure.article for figure in self.figures})

    @property
    def qualifiers(self) -> tuple[NamedNode, ...]:
        """How exact it is: ``kg:nearly``, ``kg:more-than``; several where articles differ, ``kg:exactly`` left out."""
        said = {figure.qualifier for figure in self.figures if figure.qualifier is not None}
        return _sorted(said - {kg("exactly")})

    def parts(self, name: str) -> tuple[NamedNode, ...]:
        """What its articles name as ``donor``, ``recipient``, ``sector``, ``status`` or ``announced``."""
        return _sorted(set().union(*(getattr(figure, name) for figure in self.figures)))


@dataclass(frozen=True, slots=True)
class Group:
    """The sums of one donor, recipient or sector (``node``), or of one period (its two days); the largest first."""

    sums: tuple[Sum, ...]
    node: NamedNode | None = None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The groups of one currency; ``most`` is the largest amount shown, ``more`` counts sums that are not shown."""

    currency: str
    groups: tuple[Group, ...]
    most: Decimal
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a reader asks for. Empty is any; ``first`` and ``last`` are years that periods are to touch."""

    by: str = "period"
    donor: str = ""
    recipient: str = ""
    sector: str = ""
    currency: str = ""
    status: str = ""
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Charts by currency, those with most sums first, and what can be chosen.

    ``unsaid`` counts the sums of which no article says what they are grouped by. ``offered`` has for each filter the
    values that occur, the most frequent first; ``absent`` names the filters whose chosen value occurs nowhere.
    """

    chosen: Chosen
    charts: tuple[Chart, ...]
    unsaid: int
    offered: Mapping[str, tuple[str, ...]]
    absent: tuple[str, ...] = ()


def figures(store: Store, chosen: Chosen) -> Figures:
    """The sums of ``store`` that fit, as charts."""
    told = _all_figures(store)
    fitting = [figure for figure in told if _fits(figure, chosen)]
    quotes = Quotes(store)
    keyed: dict[str, dict[tuple[str, ...], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in fitting:
        for key in _keys(figure, chosen):
            keyed[figure.currency][key].append(figure)
    unsaid = sum(not any(_keys(figure, chosen) for figure in one.figures) for one in merged(fitting))
    charts = [_chart(currency, groups, chosen, quotes) for currency, groups in keyed.items()]
    counted = {currency: sum(map(len, groups.values())) for currency, groups in keyed.items()}
    charts.sort(key=lambda chart: (-counted[chart.currency], chart.currency))
    counts = {name: _counted(told, name) for name in (*_PARTS, "currency")}
    absent = tuple(name for name in counts if getattr(chosen, name) not in ("", *counts[name]))
    return Figures(chosen, tuple(charts), unsaid, {name: _most_often(counts[name]) for name in counts}, absent)


def merged(told: Iterable[Figure]) -> tuple[Sum, ...]:
    """Figures as sums, each once however many articles tell it, the largest first."""
    alike: dict[tuple[object, ...], list[list[Figure]]] = defaultdict(list)
    for figure in sorted(told, key=_most_said_first):
        same = alike[figure.currency, figure.amount, figure.upper, figure.start, figure.end]
        fitting = next((group for group in same if all(_agree(figure, other) for other in group)), None)
        if fitting is None:
            same.append([figure])
        else:
            fitting.append(figure)
    sums = (Sum(tuple(sorted(group, key=_node))) for groups in alike.values() for group in groups)
    return tuple(sorted(sums, key=lambda each: (-each.most, -each.first.amount, each.first.node.value)))


def with_quotes(sums: Iterable[Sum], quotes: Quotes) -> tuple[Sum, ...]:
    """``sums`` with their sentences."""
    return tuple(replace(each, quotes=cited(quotes, (f.node for f in each.figures))) for each in sums)


def read_figures(store: Dataset, *, nodes: Iterable[NamedNode] | None = None) -> tuple[Figure, ...]:
    """The sums of money of the graph as their articles state them, all or those that are ``nodes``; by IRI."""
    found: dict[NamedNode, dict[str, list[NamedNode | str]]] = defaultdict(lambda: defaultdict(list))
    for node, predicate, value in _stated(store) if nodes is None else _stated_of(store, nodes):
        found[node][predicate.value.removeprefix(KG)].append(value if isinstance(value, NamedNode) else value.value)
    return tuple(_figure(node, found[node]) for node in _sorted(found) if found[node].keys() >= _NEEDED)


@lru_cache(maxsize=2)
def _all_figures(store: Store) -> tuple[Figure, ...]:
    """All sums of a store: read once, for a store that is open is fixed."""
    return read_figures(store)


def _stated(store: Dataset) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    """What is said of all sums."""
    answer = store.answer(_FIGURES)
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    return ((row["figure"], row["property"], row["value"]) for row in answer)


def _stated_of(
    store: Dataset, nodes: Iterable[NamedNode]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    """What is said of some sums: of few among many a query would look at all of them."""
    wanted = sorted(set(nodes), key=lambda node: node.value)
    store.read_ahead(wanted)
    for node in wanted:
        said = [(quad.predicate, quad.object) for quad in store.match(node)]
        if (RDF_TYPE, kg("AidFigure")) in said:
            for predicate, value in said:
                if predicate in _PROPERTIES and isinstance(value, (NamedNode, Literal)):
                    yield node, predicate, value


def sums_with(store: Dataset, part: NamedNode, *properties: str) -> tuple[Sum, ...]:
    """The sums one of whose articles names ``part`` under a property: as ``kg:donor``, ``kg:announcedAt``.

    Figures of other articles that are of the same sums are among theirs, whether they name it or not.
    """
    figures = {quad.subject for name in properties for quad in store.match(None, kg(name), part)}
    return sums_of(store, {node for node in figures if isinstance(node, NamedNode)})


def sums_of(store: Dataset, nodes: Iterable[NamedNode]) -> tuple[Sum, ...]:
    """The sums that figures are of, with all the articles that tell them."""
    wanted = set(nodes)
    amounts = {quad.object for node in wanted for quad in store.match(node, kg("amount"))}
    alike = {quad.subject for amount in amounts for quad in store.match(None, kg("amount"), amount)}  # type: ignore[arg-type]
    told = read_figures(store, nodes=(node for node in alike if isinstance(node, NamedNode)))
    return tuple(one for one in merged(told) if wanted & {figure.node for figure in one.figures})


_PROPERTIES: Final = tuple(map(kg, (
    "amount", "upperAmount", "currency", "currencyAssumed", "qualifier", "periodStart", "periodEnd", "donor",
    "recipient", "sector", "status", "announcedAt", "statedIn",
)))  # fmt: skip
_FIGURES: Final = f"""SELECT ?figure ?property ?value {{
  VALUES ?property {{ {" ".join(map(str, _PROPERTIES))} }}
  ?figure a kg:AidFigure .
  ?figure ?property ?value }}"""
#: What a figure needs to be drawn; the shapes find the others.
_NEEDED: Final = {"amount", "currency", "statedIn"}


def _figure(node: NamedNode, said: Mapping[str, Sequence[NamedNode | str]]) -> Figure:
    """A figure from its properties. Where a hand-made graph gives one twice, the least counts."""

    def text(name: str) -> str:
        return min((str(each) for each in said.get(name, ()) if not isinstance(each, NamedNode)), default="")

    def nodes(name: str) -> frozenset[NamedNode]:
        return frozenset(each for each in said.get(name, ()) if isinstance(each, NamedNode))

    return Figure(
        node=node,
        article=min(nodes("statedIn"), key=lambda each: each.value),
        amount=Decimal(text("amount")),
        upper=Decimal(text("upperAmount")) if text("upperAmount") else None,
        currency=text("currency"),
        assumed=text("currencyAssumed") == "true",
        qualifier=min(nodes("qualifier"), key=lambda each: each.value, default=None),
        start=text("periodStart"),
        end=text("periodEnd"),
        donor=nodes("donor"),
        recipient=nodes("recipient"),
        sector=nodes("sector"),
        status=nodes("status"),
        announced=nodes("announcedAt"),
    )


def _chart(currency: str, keyed: Mapping[tuple[str, ...], list[Figure]], chosen: Chosen, quotes: Quotes) -> Chart:
    """The groups of a chart, as many as are shown: each with its largest sum before any has its second."""
    merged_by = {key: merged(told) for key, told in keyed.items()}
    order: Callable[[tuple[str, ...]], object] = (
        (lambda key: key) if chosen.by == "period" else (lambda key: (-merged_by[key][0].most, key))
    )
    keys = sorted(merged_by, key=order)  # type: ignore[arg-type]  # keys of one chart have one form
    ranked = sorted((place, -one.most, key) for key in keys for place, one in enumerate(merged_by[key]))
    room = MANY if chosen.currency else FEW
    shown: dict[tuple[str, ...], int] = defaultdict(int)
    for _, _, key in ranked[:room]:
        shown[key] += 1
    groups = tuple(
        _group(key, with_quotes(merged_by[key][: shown[key]], quotes), chosen.by) for key in keys if shown[key]
    )
    most = max(one.most for group in groups for one in group.sums)
    return Chart(currency, groups, most, max(0, len(ranked) - room))


def _group(key: tuple[str, ...], sums: tuple[Sum, ...], by: str) -> Group:
    return Group(sums, start=key[0], end=key[1]) if by == "period" else Group(sums, node=NamedNode(key[0]))


def _keys(figure: Figure, chosen: Chosen) -> list[tuple[str, ...]]:
    """The groups a figure belongs to: its period, or each of its donors, recipients or sectors."""
    if chosen.by == "period":
        return [(figure.start, figure.end)] if figure.start or figure.end else []
    asked = getattr(chosen, chosen.by)
    return [(node.value,) for node in _sorted(getattr(figure, chosen.by)) if asked in ("", node.value)]


def _fits(figure: Figure, chosen: Chosen) -> bool:
    for name in ("donor", "recipient", "sector", "status"):
        asked = getattr(chosen, name)
        if asked and all(node.value != asked for node in getattr(figure, name)):
            return False
    if chosen.currency and figure.currency != chosen.currency:
        return False
    if chosen.first is None and chosen.last is None:
        return True
    if not figure.start and not figure.end:
        return False
    ends_in_time = chosen.first is None or not figure.end or _year(figure.end) >= chosen.first
    starts_in_time = chosen.last is None or not figure.start or _year(figure.start) <= chosen.last
    return ends_in_time and starts_in_time


def _counted(told: Sequence[Figure], name: str) -> Counter[str]:
    """How many figures have each of the values that a filter can choose."""
    if name == "currency":
        return Counter(figure.currency for figure in told)
    return Counter(node.value for figure in told for node in getattr(figure, name))


def _most_often(counted: Mapping[str, int]) -> tuple[str, ...]:
    """The values to offer: the most frequent first, those of equal number by name."""
    return tuple(sorted(counted, key=lambda value: (-counted[value], value))[:CHOICES])


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of one sum: no part is said of both without a value in common."""
    for name in _PARTS:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and not mine & theirs:
            return False
    return True


def _most_said_first(figure: Figure) -> tuple[int, str]:
    return -sum(len(getattr(figure, name)) for name in _PARTS), figure.node.value


def _node(figure: Figure) -> str:
    return figure.node.value


def _sorted(nodes: Iterable[NamedNode]) -> tuple[NamedNode, ...]:
    return tuple(sorted(nodes, key=lambda node: node.value))


def _year(day: str) -> int:
    return int(day[: day.index("-", 1)])
