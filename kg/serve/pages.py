"""Pages for people as a job."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from pyoxigraph import NamedNode

from kg.pages import Asked, page
from kg.pages.around import graph
from kg.pages.links import ServerLinks
from kg.serve.jobs import Body, Head
from kg.serve.linked import alternates
from kg.serve.problems import refuse
from kg.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked:
    """A page: its path below the server's root, decoded, without the first slash; the query's parameters but ``lang``.

    ``language`` is the interface's, and ``kept`` whether the reader chose it, so that links keep it; ``root`` is the
    path the server stands at.
    """

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: str
    kept: bool = False
    root: str = ""


def show(store: Store, asked: PageAsked) -> tuple[Head, Body]:
    """The job: a page as HTML."""
    links = ServerLinks(asked.root, store.base, asked.language if asked.kept else "")
    made = page(store, Asked(path=asked.path, parameters=asked.parameters, language=asked.language, links=links))
    link = alternates(f"/{asked.path}", base=store.base) if made.status == HTTPStatus.OK else ""
    fields = (("Content-Language", asked.language), *((("Link", link),) if link else ()))
    return Head("text/html; charset=utf-8", made.status, fields), made.html.encode()


def surround(store: Store, asked: PageAsked) -> tuple[Head, Body]:
    """The job: what stands around the node ``about``, within ``depth`` steps (1 or 2), as JSON. Raises Refused."""
    parameters = dict(asked.parameters)
    try:
        about = NamedNode(parameters.get("about", ""))
    except ValueError:
        raise refuse(400, "'about' is to be the IRI of a node", hint="Such as /graph?about=https://…") from None
    if next(iter(store.match(about)), None) is None:
        raise refuse(404, "the graph says nothing of that node")
    links = ServerLinks(asked.root, store.base, asked.language if asked.kept else "")
    depth = 2 if parameters.get("depth") == "2" else 1
    return Head("application/json"), graph(store, about, depth=depth, language=asked.language, links=links)
