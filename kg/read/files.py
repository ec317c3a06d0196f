"""Files, folders and standard input: what each holds, and why it could not be read."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.model import Article, Skipped
from kg.read.article import compose
from kg.read.draft import Draft
from kg.read.page import page_draft
from kg.read.plain import plain_draft
from kg.read.records import articles, parse, record_draft

SIZE_LIMIT = 64 * 2**20
STDIN = "-"


def _plain(text: str, path: str) -> Iterator[Draft | KgError]:
    yield plain_draft(text, path=path, markdown=path.lower().endswith((".md", ".markdown")))


def _page(text: str, path: str) -> Iterator[Draft | KgError]:
    yield page_draft(text, path=path)


def _records(text: str, path: str) -> Iterator[Draft | KgError]:
    cursor, found = 0, False
    for fields in articles(parse(text, path=path)):
        found = True
        try:
            draft, cursor = record_draft(fields, source=text, cursor=cursor)
        except KgError as error:
            yield error
        else:
            yield draft
    if not found:
        raise KgError(
            "no article in this JSON", where=path, hint="give schema.org NewsArticle objects with articleBody"
        )


def _record_lines(text: str, path: str) -> Iterator[Draft | KgError]:
    """One object a line; a line that is wrong is reported with its place and the others are read."""
    if not text.strip():
        raise KgError("empty: no text", where=path, hint="give one JSON object a line")
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            found = list(articles(parse(row, path=path, line=number)))
            if not found:
                raise KgError("no article in this line", hint="give schema.org NewsArticle objects with articleBody")  # noqa: TRY301 - reported like its kin
            cursor = 0
            for fields in found:
                draft, cursor = record_draft(fields, source=row, cursor=cursor)
                draft.lines = [replace(line, line=number) if line.line else line for line in draft.lines]
                yield draft
        except KgError as error:
            yield KgError(error.message, where=error.where or f"{path}:{number}", hint=error.hint)


Form = Callable[[str, str], Iterator[Draft | KgError]]
FORMS: dict[str, Form] = {
    ".txt": _plain, ".text": _plain, ".md": _plain, ".markdown": _plain,
    ".html": _page, ".htm": _page, ".xhtml": _page,
    ".json": _records, ".jsonld": _records, ".jsonl": _record_lines, ".ndjson": _record_lines,
}  # fmt: skip


#: Stems and names of files that nobody takes for articles; those of known suffixes are read all the same.
_BESIDE = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "thumbs.db", "desktop.ini"})
#: The files that a folder has which is a store of kg.
_STORE = frozenset({"kg.json", "kg.lock"})


def read_paths(
    paths: Iterable[str | Path], *, codes: Sequence[str] | None = None
) -> tuple[list[Article], list[Skipped]]:
    """Articles of files, folders (recursively, in sorted order) and "-" (standard input), and what could not be read.

    A file named outright is read whatever its suffix, in a folder only known suffixes are: others are named as not
    read. Hidden files, what is called README, stores of kg and links to folders are passed over, and a file met
    twice is read once. Where an id is given twice, the article of the first path keeps it and the others get
    -2, -3 ..., whatever the order of ``paths``. ``codes``: languages that can be read (default: those with a pack).
    Bad input raises nothing.
    """
    names, skipped = find_files(paths)
    found: list[Article] = []
    for name in names:
        articles, faults = read_file(name, codes=codes)
        found += articles
        skipped += faults
    return distinct(found), skipped


def find_files(paths: Iterable[str | Path]) -> tuple[list[str], list[Skipped]]:
    """The files that ``paths`` stand for, as ``read_paths`` finds them, each once, and what in folders is none."""
    skipped: list[Skipped] = []
    names: dict[str, str] = {}
    for path in paths:
        for name in _files(str(path), skipped):
            names.setdefault(real_path(name), name)
    given = {*names, *names.values()}
    return list(names.values()), [item for item in dict.fromkeys(skipped) if item.path not in given]


def real_path(name: str) -> str:
    """The path of a file that all its names lead to; standard input as it is."""
    return name if name == STDIN or "\0" in name else os.path.realpath(name)


def _files(name: str, skipped: list[Skipped]) -> list[str]:
    """The files ``name`` stands for, sorted by path."""
    if name == STDIN or not Path(name).is_dir():
        return [name]
    files: list[str] = []
    folders = [name]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                inside = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
        except OSError as error:
            skipped.append(_unreadable(error, folder))
            continue
        if {entry.name for entry in inside} >= _STORE:
            continue
        folders += [entry.path for entry in inside if entry.is_dir(follow_symlinks=False)]
        files += [entry.path for entry in inside if Path(entry.name).suffix.lower() in FORMS and not entry.is_dir()]
        skipped += [_no_form(entry.path) for entry in inside if entry.is_file() and not _is_beside(entry.name)]
    if not files and not any(one.path.startswith(name) for one in skipped):
        skipped.append(Skipped(name, "no articles in this folder", f"known suffixes: {' '.join(FORMS)}"))
    return sorted(files, key=lambda one: Path(one).parts)


def _is_beside(name: str) -> bool:
    """Whether a file is read, or is none that anybody takes for an article."""
    path = Path(name.lower())
    return path.suffix in FORMS or path.stem in _BESIDE or path.name in _BESIDE or name.endswith("~")


def _no_form(name: str) -> Skipped:
    return Skipped(printable(name), "no form of article that is read", f"known suffixes: {' '.join(FORMS)}")


def _unreadable(error: OSError, name: str) -> Skipped:
    reason = (error.strerror or str(error)).lower()
    return Skipped(printable(name), f"cannot be read: {reason}", "check its name and rights")


def printable(name: str) -> str:
    """A path as text: bytes of a file name that are not UTF-8 become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def read_file(name: str, *, codes: Sequence[str] | None = None) -> tuple[list[Article], list[Skipped]]:
    """The articles of one file and what of it could not be read; ids may be those of other files' articles."""
    path = printable(name)
    try:
        text = _decode(_bytes(name))
        form = FORMS.get(Path(name).suffix.lower()) or _sniff(text)
        drafts = list(form(text, path))
    except OSError as error:
        return [], [_unreadable(error, name)]
    except KgError as error:
        return [], [Skipped(error.where or path, error.message, error.hint)]
    found: list[Article] = []
    skipped: list[Skipped] = []
    stem = "stdin" if name == STDIN else Path(path).stem
    for number, draft in enumerate(drafts, 1):
        own = stem if len(drafts) == 1 else f"{stem}-{number}"
        try:
            if isinstance(draft, KgError):
                raise draft
            found.append(compose(draft, id=draft.given_id or own, path=path, codes=codes))
        except KgError as error:
            reason = error.message if len(drafts) == 1 else f"article {own}: {error.message}"
            skipped.append(Skipped(error.where or path, reason, error.hint))
    return found, skipped


def _bytes(name: str) -> bytes:
    if name == STDIN:
        return _limited(sys.stdin.buffer)
    if "\0" in name:
        raise KgError("not a path: holds a NUL", hint="give a file, a folder or -")
    if Path(name).exists() and not Path(name).is_file():
        raise KgError("not a regular file", where=name, hint="give a file, a folder or -")
    with Path(name).open("rb") as file:
        return _limited(file)


def _limited(file: BinaryIO) -> bytes:
    data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise KgError(f"larger than {SIZE_LIMIT // 2**20} MB", hint="split it into one file an article")
    return data


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)


def _decode(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or -32 with a byte order mark, or what an HTML page says it is."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig":
        if b"\0" in data[:65_536]:
            raise KgError("binary: holds NUL bytes", hint="give text; UTF-16 needs a byte order mark")
        stated = _HTML_CHARSET.search(data[:4096])
        if stated and stated.group(1).lower() not in {b"utf-8", b"utf8"} and not _is_utf8(data):
            encoding = stated.group(1).decode("ascii")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KgError(
            f"bad encoding: not {encoding.removesuffix('-sig').upper()} at byte {error.start} (line {line})",
            hint="save it as UTF-8",
        ) from error
    except LookupError as error:
        raise KgError(f"unknown encoding {encoding}", hint="save it as UTF-8") from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sniff(text: str) -> Form:
    """The form of a text whose name does not tell it."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if re.match(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|\?xml)\b", head, re.IGNORECASE):
        return _page
    if head.startswith(("{", "[")) and re.match(r"[{\[]\s*[{\[\"\]}]", head):
        rows = [row for row in text[:200_000].split("\n") if row.strip()][:2]
        return (
            _record_lines
            if len(rows) == 2 and all(row.strip().startswith("{") and row.strip().endswith("}") for row in rows)
            else _records
        )
    return _plain


def distinct(found: Sequence[Article]) -> list[Article]:
    """The articles, each with an id of its own, as ``distinct_ids`` gives them."""
    ids = distinct_ids([(article.path, article.id) for article in found])
    return [article if own == article.id else replace(article, id=own) for article, own in zip(found, ids, strict=True)]


def distinct_ids(found: Sequence[tuple[str, str]]) -> list[str]:
    """An id for each (path, id): of those that share one, all but the first by path get a number."""
    taken = {own for _, own in found}
    if len(taken) == len(found):
        return [own for _, own in found]
    met: set[str] = set()
    ids: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for index, (_, given) in sorted(enumerate(found), key=lambda one: (one[1][0], one[0])):
        own = given
        while own in met or (own != given and own in taken):
            numbers[given] = numbers.get(given, 1) + 1
            own = f"{given}-{numbers[given]}"
        met.add(own)
        ids[index] = own
    return [ids[index] for index in range(len(found))]
