"""The files of a build: which of them changed since the store was made, and what is read from those."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import current_thread, main_thread
from traceback import extract_tb
from typing import Final, TypeAlias

from kg.builder.digests import bytes_digest, reading_digest, text_digest
from kg.builder.shelf import FileRow, Row, file_key
from kg.errors import KgError
from kg.extract import read_facts
from kg.mappers import unproven
from kg.memory import collect_seldom
from kg.model import Article, Reading, Skipped
from kg.read.files import STDIN, distinct_ids, find_files, printable, read_file, real_path

#: Told after each article that is read: how many are done, how many files there are to read, and the id of this one.
Progress: TypeAlias = Callable[[int, int, str], None]

#: From this many files on, several processes read them: each takes seconds to start.
MANY: Final = 200
_KINDS: Final = {
    "RoleFact": "roles",
    "FigureFact": "aid figures",
    "CountFact": "counts",
    "ConferenceFact": "conferences",
    "SectorFact": "sectors",
    "QuotationFact": "quotations",
    "MentionFact": "mentions",
}


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a build by key: all of them, what was read from those that changed, and what could not be read.

    ``gone`` are the keys of files that the store had and is to have no longer.
    """

    rows: Mapping[str, FileRow]
    read: Mapping[str, tuple[Reading, ...]]
    gone: frozenset[str] = frozenset()
    skipped: tuple[Skipped, ...] = ()


def read_files(
    paths: Iterable[str | Path],
    *,
    store: Path,
    known: Mapping[str, FileRow],
    recall: Callable[[str], tuple[Reading, ...]],
    prune: bool,
    jobs: int,
    progress: Progress | None,
) -> Files:
    """Read the files of ``paths`` that are not as in ``known``, which holds those of the store by key.

    Other files of the store stay, unless ``prune``; what an older kg read from them is read anew from the text that
    ``recall`` has. A file that can be read no longer stays too.
    """
    names, skipped = find_files(paths)
    keys = {file_key(real_path(name), store): name for name in names}
    paths_given = {key: printable(name) for key, name in keys.items()}
    contents = {key: _content(name) for key, name in keys.items()}
    wanted = {
        key: name
        for key, name in keys.items()
        if key not in known or _state(known[key]) != (paths_given[key], contents[key], reading_digest())
    }
    rows = {key: row for key, row in known.items() if not prune or (key in keys and key not in wanted)}
    read: dict[str, tuple[Reading, ...]] = {}
    for key, (found, faults) in _read_all(wanted, jobs=jobs, progress=progress):
        skipped += faults
        if found:
            read[key] = found
            content = contents[key] or text_digest("\n".join(reading.article.text for reading in found))
            rows[key] = FileRow(paths_given[key], content, reading_digest(), tuple(map(row_of, found)))
    for key, row in rows.items():
        if row.read_by != reading_digest():
            found, faults = facts_of(reading.article for reading in recall(key))
            if faults:
                skipped += faults
                continue
            read[key] = found
            rows[key] = row._replace(read_by=reading_digest(), articles=tuple(map(row_of, read[key])))
    order = sorted(skipped, key=lambda item: (item.path, item.reason))
    return Files(rows, read, frozenset(known.keys() - rows.keys()), tuple(order))


def named(files: Files) -> dict[str, tuple[str, ...]]:
    """The ids of the articles of each file, told apart from those of the others."""
    order = sorted([(row.path, key, row.articles) for key, row in files.rows.items()])
    ids = distinct_ids([(path, one.own) for path, _, articles in order for one in articles])
    found: dict[str, tuple[str, ...]] = {}
    end = 0
    for _, key, articles in order:
        start, end = end, end + len(articles)
        found[key] = tuple(ids[start:end])
    return found


def with_ids(readings: Sequence[Reading], ids: Sequence[str]) -> list[Reading]:
    """Readings whose articles have these ids."""
    return [
        reading if reading.article.id == own else replace(reading, article=replace(reading.article, id=own))
        for reading, own in zip(readings, ids, strict=True)
    ]


def facts_by_kind(reading: Reading) -> Counter[str]:
    """How many facts of each kind were read from an article."""
    return Counter(_KINDS[type(fact).__name__] for fact in reading.facts)


def _state(row: FileRow) -> tuple[str, str, str]:
    return row.path, row.content, row.read_by


def row_of(reading: Reading) -> Row:
    """What the tables say of one article."""
    article = reading.article
    return Row(article.id, article.language, facts_by_kind(reading), len(unproven(reading)))


def _content(name: str) -> str:
    """The digest of a file; empty where it is to be read in any case: standard input, and what cannot be read."""
    try:
        return "" if name == STDIN or not Path(name).is_file() else bytes_digest(Path(name).read_bytes())
    except (OSError, ValueError):
        return ""


def _read_all(
    names: Mapping[str, str], *, jobs: int, progress: Progress | None
) -> Iterator[tuple[str, tuple[tuple[Reading, ...], list[Skipped]]]]:
    """What was read from each file, and what could not be; by several processes where the files are many."""
    done = 0
    for key, (found, faults) in zip(names, _results(list(names.values()), jobs), strict=True):
        for reading in found:
            done += 1
            if progress is not None:
                progress(done, max(done, len(names)), reading.article.id)
        yield key, (found, faults)


def _results(names: Sequence[str], jobs: int) -> Iterator[tuple[tuple[Reading, ...], list[Skipped]]]:
    if jobs < 2 or len(names) < MANY:
        yield from map(_read_one, names)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=collect_seldom) as pool:
        with deaf_children():
            results = pool.map(_read_one, names, chunksize=4)
        yield from results


@contextmanager
def deaf_children() -> Iterator[None]:
    """Let processes begin that Ctrl-C does not reach: it is for this one to end them; each would show a traceback."""
    if current_thread() is not main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


def _read_one(name: str) -> tuple[tuple[Reading, ...], list[Skipped]]:
    articles, skipped = read_file(name)
    found, faults = facts_of(articles)
    return found, [*skipped, *faults]


def facts_of(articles: Iterable[Article]) -> tuple[tuple[Reading, ...], list[Skipped]]:
    """What is read from articles; one on which a rule breaks is named with the place of the fault, and the others are
    read: ten thousand articles are not lost for one.
    """
    found, faults = list[Reading](), list[Skipped]()
    for article in articles:
        try:
            found.append(read_facts(article))
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            at = extract_tb(error.__traceback__)[-1]
            reason = f"a fault of kg in {Path(at.filename).name}:{at.lineno}: {type(error).__name__}: {error}"
            faults.append(Skipped(article.path, reason, "the other articles are read; please report this line"))
    return tuple(found), faults
