"""Findings: what the shapes say of a graph, where it stands in the articles, and the standard report."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.resources import shape_files
from kg.vocab import EVIDENCE, PREFIXES, RDF_TYPE, XSD

SH: Final = "http://www.w3.org/ns/shacl#"
SHAPE: Final = "https://w3id.org/kg-news/shape/"
#: The gravest first.
SEVERITIES: Final = ("violation", "warning", "info")

_REPORT: Final = "https://w3id.org/kg-news/report"
_PREFIXES: Final = {**PREFIXES, "sh": SH, "shape": SHAPE}
_XSD_STRING: Final = XSD + "string"

Node: TypeAlias = NamedNode | BlankNode | Literal
#: A constraint's message by language, by the constraint's IRI.
Messages: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact behind a finding stands: evidence, article, offset, quote, and the rule that read it.

    ``where`` is ``file:line:column``, or the article's id and the offset where the file is not known.
    """

    evidence: str
    article: str
    start: int
    quote: str
    rule: str
    where: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result: ``rule`` is the IRI of the constraint, ``severity`` one of ``SEVERITIES``.

    ``messages`` maps a language to the message. ``path`` is the property and ``value`` the node at fault,
    None where the constraint is not about one.
    """

    rule: str
    severity: str
    messages: Mapping[str, str]
    focus: Node
    path: NamedNode | None
    value: Node | None
    component: str
    places: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """The constraint's short name, such as ``aid-figure-amount-positive``."""
        return self.rule.removeprefix(SHAPE)

    def message(self, language: str = "en") -> str:
        """The message in ``language``, else in its main language (``pt`` for ``pt-br``), else in English."""
        tags = (language.lower(), language.lower().partition("-")[0], "en")
        return next((self.messages[tag] for tag in tags if tag in self.messages), "")


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, the gravest first."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, the gravest first."""
        return {severity: sum(f.severity == severity for f in self.findings) for severity in SEVERITIES}

    def fails(self, severity: str = "violation") -> bool:
        """Whether a finding is as grave as ``severity`` or graver."""
        counted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(finding.severity in counted for finding in self.findings)

    def turtle(self) -> bytes:
        """The standard SHACL report in Turtle."""
        output = io.BytesIO()
        serialize(_triples(self.findings), output, RdfFormat.TURTLE, prefixes=_PREFIXES)
        return output.getvalue()

    def json(self) -> bytes:
        """The standard SHACL report in JSON-LD."""
        used = ("kg", "sh", "shape", "xsd")
        document = {
            "@context": {prefix: _PREFIXES[prefix] for prefix in used},
            "@id": _REPORT,
            "@type": "sh:ValidationReport",
            "sh:conforms": self.conforms,
            "sh:result": [_json(finding, number) for number, finding in enumerate(self.findings, start=1)],
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


@cache
def shape_messages() -> Messages:
    """The messages of the shapes of the package."""
    messages: dict[str, dict[str, str]] = {}
    for path in shape_files():
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if quad.predicate.value == f"{SH}message":
                assert isinstance(quad.subject, NamedNode)
                assert isinstance(quad.object, Literal)
                messages.setdefault(quad.subject.value, {})[quad.object.language or "en"] = quad.object.value
    return messages


def order(finding: Finding) -> tuple[int, str, str, str, str]:
    """By severity, then constraint, node, property and value."""
    grave = SEVERITIES.index(finding.severity)
    return grave, finding.rule, str(finding.focus), str(finding.path or ""), str(finding.value or "")


def short(node: Node | None) -> str:
    """A node as people read it: an IRI with a prefix where one fits, the text of a literal."""
    if node is None:
        return ""
    if isinstance(node, NamedNode):
        fitting = [(len(iri), prefix) for prefix, iri in _PREFIXES.items() if node.value.startswith(iri)]
        return node.value if not fitting else f"{max(fitting)[1]}:{node.value[max(fitting)[0] :]}"
    return str(node) if isinstance(node, BlankNode) else node.value


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


def _triples(findings: Sequence[Finding]) -> Iterator[Triple]:
    report = NamedNode(_REPORT)
    yield Triple(report, RDF_TYPE, _sh("ValidationReport"))
    yield Triple(report, _sh("conforms"), Literal(not findings))
    results = [NamedNode(f"{_REPORT}#{number}") for number in range(1, len(findings) + 1)]
    for result in results:
        yield Triple(report, _sh("result"), result)
    for result, finding in zip(results, findings, strict=True):
        yield Triple(result, RDF_TYPE, _sh("ValidationResult"))
        yield Triple(result, _sh("focusNode"), finding.focus)
        if finding.path is not None:
            yield Triple(result, _sh("resultPath"), finding.path)
        if finding.value is not None:
            yield Triple(result, _sh("value"), finding.value)
        for language, message in sorted(finding.messages.items()):
            yield Triple(result, _sh("resultMessage"), Literal(message, language=language))
        yield Triple(result, _sh("resultSeverity"), _sh(finding.severity.capitalize()))
        yield Triple(result, _sh("sourceShape"), NamedNode(finding.rule))
        yield Triple(result, _sh("sourceConstraintComponent"), NamedNode(finding.component))
        for place in finding.places:
            yield Triple(result, EVIDENCE, NamedNode(place.evidence))


def _json(finding: Finding, number: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "@id": f"{_REPORT}#{number}",
        "@type": "sh:ValidationResult",
        "sh:focusNode": _json_node(finding.focus),
    }
    if finding.path is not None:
        result["sh:resultPath"] = _json_node(finding.path)
    if finding.value is not None:
        result["sh:value"] = _json_node(finding.value)
    messages = [{"@value": text, "@language": tag} for tag, text in sorted(finding.messages.items())]
    result["sh:resultMessage"] = messages
    result["sh:resultSeverity"] = {"@id": f"sh:{finding.severity.capitalize()}"}
    result["sh:sourceShape"] = {"@id": finding.rule}
    result["sh:sourceConstraintComponent"] = {"@id": finding.component}
    if finding.places:
        result["kg:evidence"] = [{"@id": place.evidence} for place in finding.places]
    return result


def _json_node(node: Node) -> dict[str, str]:
    if isinstance(node, NamedNode):
        return {"@id": node.value}
    if isinstance(node, BlankNode):
        return {"@id": str(node)}
    if node.language:
        return {"@value": node.value, "@language": node.language}
    plain = node.datatype.value == _XSD_STRING
    return {"@value": node.value} if plain else {"@value": node.value, "@type": node.datatype.value}
