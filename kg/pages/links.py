"""Where links of a page lead: a server's to its paths, those of a single file to its own parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote, urlencode, urlsplit

from kg.query.quotes import Quote
from kg.vocab import BASE, article_iri

#: What of an IRI may stand in a path as it is (RFC 3986, section 3.3).
_IN_PATHS: Final = "/:@!$&'()*+,;=-._~%"

#: The start of the IRIs of the ontology and its concepts.
OURS: Final = BASE.removesuffix("id/")


def outward(url: str) -> str:
    """``url`` where a page may lead to it, an address of the Web; else nothing: an article may claim any address."""
    return url if url.lower().startswith(("https://", "http://")) else ""


class Links(Protocol):
    """How things become addresses. They come escaped as URLs; a template escapes them for HTML."""

    def page(self, path: str, /, **parameters: str) -> str:
        """A page by its path below the root: ``search``, ``queries/aid-by-donor``; empty for the start page."""

    def node(self, iri: str) -> str:
        """The page of an entity, a fact, an article or a concept of ours.

        For one of elsewhere the IRI itself, if it leads to the Web; else nothing.
        """

    def rdf(self, iri: str, form: str) -> str:
        """What is said of a node of ours, in ``turtle`` or ``jsonld``; empty where that is not served."""

    def quoted(self, cited: Quote) -> str:
        """A quote in its article, marked."""

    def file(self, name: str) -> str:
        """A style sheet, script or picture of ours."""


@dataclass(frozen=True, slots=True)
class ServerLinks:
    """Links of a server that stands at ``root`` (a path without a slash at its end, often empty).

    ``base`` begins the IRIs minted by the store; ``language``, if any, is the interface that was chosen and that
    every link keeps.
    """

    root: str
    base: str
    language: str = ""

    def page(self, path: str, /, **parameters: str) -> str:
        """As ``Links.page``."""
        return self._kept(f"{self.root}/{quote(path, safe=_IN_PATHS)}", parameters)

    def node(self, iri: str) -> str:
        """As ``Links.node``: the path of an IRI of ours is served here, whatever its host is."""
        return self._node(iri, {}) if iri.startswith((self.base, OURS)) else outward(iri)

    def rdf(self, iri: str, form: str) -> str:
        """As ``Links.rdf``."""
        return self._node(iri, {"format": form})

    def quoted(self, cited: Quote) -> str:
        """As ``Links.quoted``."""
        article = article_iri(cited.article, base=self.base)
        return f"{self.node(article)}#c{cited.start}"

    def file(self, name: str) -> str:
        """As ``Links.file``."""
        return f"{self.root}/static/{quote(name, safe=_IN_PATHS)}"

    def _node(self, iri: str, parameters: dict[str, str]) -> str:
        parts = urlsplit(iri)
        path = self._kept(f"{self.root}{quote(parts.path, safe=_IN_PATHS)}", parameters)
        return f"{path}#{parts.fragment}" if parts.fragment else path

    def _kept(self, path: str, parameters: dict[str, str]) -> str:
        told = {**parameters, **({"lang": self.language} if self.language else {})}
        return f"{path}?{urlencode(told)}" if told else path
