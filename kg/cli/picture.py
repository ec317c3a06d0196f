"""``kg picture``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.answers import lang_option, note
from kg.cli.options import store_option

#: What a picture can be written as.
_FORMS = (".svg", ".png")


@click.command("picture", short_help="Draw what stands around an entity.")
@click.argument("name")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE",
              help="Where to write it: a name that ends in .svg or .png.")  # fmt: skip
@click.option("--depth", type=click.IntRange(1, 2), default=1, show_default=True, help="How many steps it reaches.")
@lang_option
@store_option
def command(name: str, output: Path, depth: int, languages: tuple[str, ...], store: Path) -> None:
    """Draw what stands around the entity NAME (any spelling, acronym or IRI): people, bodies, places, gatherings, sums.

    An SVG has titles, languages and links, and fits light and dark paper. A PNG needs the extra 'picture'.
    """
    from kg.errors import KgError
    from kg.pages.around import picture
    from kg.pages.words import LANGUAGES
    from kg.picture import png
    from kg.query.absent import unspoken
    from kg.query.entities import by_iri, find
    from kg.store import open_store
    from kg.views.neighbourhood import neighbourhood

    form = output.suffix.lower()
    if form not in _FORMS:
        raise KgError(f"no picture is written as '{output.name}'", where="-o", hint=f"Endings: {', '.join(_FORMS)}")
    opened = open_store(store)
    about = by_iri(opened, name) or find(opened, name)
    note(unspoken("picture", languages, LANGUAGES))
    language = next((code for code in languages if code in LANGUAGES), LANGUAGES[0])
    drawn = picture(opened, neighbourhood(opened, about, depth=depth), language=language)
    data = png(drawn) if form == ".png" else drawn.encode()
    try:
        output.write_bytes(data)
    except OSError as error:
        raise KgError(f"'{output}' cannot be written: {error.strerror}", where="-o") from error
