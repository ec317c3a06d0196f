"""Plain text, and text with a front-matter block."""

from __future__ import annotations

import re

from kg.errors import KgError
from kg.read.clean import Line, clean, split_lines
from kg.read.draft import Draft
from kg.read.fields import fill, identifier
from kg.read.wrap import unwrap

_FENCE = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_BLOCK_LIMIT = 65_536
_DEPTH_LIMIT = 8


def plain_draft(text: str, *, path: str = "", markdown: bool = False) -> Draft:
    """The draft of a text; a YAML block between ``---`` lines at its top gives metadata.

    Raises KgError where the block is broken, too large, too deep or uses aliases.
    """
    text = clean(text)
    match = _FENCE.match(text[: _BLOCK_LIMIT + 16]) if text.lstrip("\ufeff").startswith("---") else None
    stated = _front_matter(match.group(1), path) if match else None
    if match is None or stated is None:
        return Draft(lines=_lines(text, first=1, markdown=markdown))
    first = 1 + text.count("\n", 0, match.end())
    draft = Draft(lines=_lines(text[match.end() :], first=first, markdown=markdown))
    fill(draft, stated)
    draft.given_id = identifier(stated)
    return draft


def _front_matter(block: str, path: str) -> dict[str, object] | None:
    """The fields of a front-matter block, all as strings; None if it is not a mapping (then it is text)."""
    import yaml  # few articles have such a block

    try:
        depth = 0
        for event in yaml.parse(block, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                raise KgError("front matter uses an alias", where=path, hint="write the value out")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEPTH_LIMIT:
                raise KgError("front matter is nested too deep", where=path, hint=f"use at most {_DEPTH_LIMIT} levels")
        # BaseLoader makes strings, lists and mappings only: nothing in the block is ever built or run.
        fields = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - see above
    except yaml.MarkedYAMLError as error:
        if flat := _flat_fields(block):
            return flat
        mark = error.problem_mark
        place = f"{path}:{mark.line + 2}:{mark.column + 1}" if mark else path
        raise KgError(f"malformed front matter: {error.problem}", where=place, hint="correct the YAML block") from error
    except yaml.YAMLError as error:
        raise KgError("malformed front matter", where=path, hint="correct the YAML block") from error
    return {str(key).lower(): value for key, value in fields.items()} if isinstance(fields, dict) else None


def _flat_fields(block: str) -> dict[str, object]:
    """The fields of a block that is no YAML but has one "key: value" a line ("title: Sudan: a plea"), else none."""
    rows = [_FIELD.fullmatch(row) for row in block.split("\n") if row.strip()]
    fields = {row.group(1).lower(): row.group(2).strip("\"'") for row in rows if row}
    return dict(fields) if len(fields) == len(rows) else {}


_FIELD = re.compile(r"([A-Za-z_]\w*):[ \t]+([^\s\[{&*!|>].*?)[ \t]*")
_HEADING = re.compile(r"#{1,6}\s+|>\s?|[-*+]\s+")
_IMAGE = re.compile(r"!\[([^\]\[]*)\]\([^()\s]*\)")
_LINK = re.compile(r"\[([^\]\[]+)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,200}?)(?<=\S)\1(?!\w)")


def _lines(text: str, *, first: int, markdown: bool) -> list[Line]:
    lines = list(split_lines(text, first=first))
    # Wrapping shows in the lines as they are written, so marks come off after it is undone.
    return [found for line in unwrap(lines) if (found := _plain_line(line))] if markdown else unwrap(lines)


def _plain_line(line: Line) -> Line | None:
    """A line of Markdown without its marks; columns are exact up to the first mark inside the line."""
    opening = _HEADING.match(line.text)
    text = line.text[opening.end() :] if opening else line.text
    column = line.column + len(line.text) - len(text)
    listed = opening is not None and opening.group()[0] in "-*+"
    text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub("", text))).strip()
    if not text or re.fullmatch(r"[-*_=\s]{3,}", text):
        return None
    return Line(text, line.line, column, bullet=line.bullet or listed)
