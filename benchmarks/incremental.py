"""What a store of many articles costs: building it, adding one article, memory; see README.md here."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from generated import generated, templates

from kg.build import build
from kg.memory import collect_seldom

ROOT = Path(__file__).parents[1]


def measured(news: Path, store: Path, jobs: int) -> tuple[float, float, int]:
    """Seconds of processor time, peak megabytes and triples of a build in a process of its own."""
    program = [sys.executable, __file__, "--one", str(news), str(store), "--jobs", str(jobs)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, memory, triples = done.stdout.split()
    return float(seconds), float(memory), int(triples)


def one(news: Path, store: Path, jobs: int) -> None:
    """Build and print seconds, peak megabytes and merged triples."""
    collect_seldom()  # as the command does
    start = _processor()
    graph = build([news], store=store, jobs=jobs)
    seconds = _processor() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{seconds:.2f} {memory:.0f} {len(graph)}")


def _processor() -> float:
    """Seconds of processor time of this process and those it started."""
    return process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def lines(folder: Path, sizes: list[int], jobs: int) -> Iterator[str]:
    """A line for each size: the whole build, one article more, and one that is there already."""
    readings = templates()
    for size in sizes:
        news, store = folder / f"news-{size}", folder / f"store-{size}"
        for part, (first, count) in {"all": (0, size), "more": (size, 1)}.items():
            (news / part).mkdir(parents=True)
            for name, text in generated(readings, count, start=first):
                (news / part / f"{name}.txt").write_text(text, encoding="utf-8")
        whole, memory, triples = measured(news / "all", store, jobs)
        added, added_memory, _ = measured(news / "more", store, jobs)
        again, _, _ = measured(news / "more", store, jobs)
        cells = (f"{whole:.1f}", f"{memory:.0f}", f"{triples:,}", f"{added:.2f}", f"{added_memory:.0f}", f"{again:.2f}")
        yield "".join(f"{cell:>13}" for cell in (f"{size:,}", *cells))


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 2000], help="how many articles, up to 10,000")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    parser.add_argument("--one", nargs=2, type=Path, metavar=("NEWS", "STORE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one(*args.one, args.jobs)
        return
    heads = ("articles", "build, s", "peak MB", "triples", "one more, s", "peak MB", "no change, s")
    print("".join(f"{head:>13}" for head in heads), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(Path(folder), args.sizes, args.jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()
