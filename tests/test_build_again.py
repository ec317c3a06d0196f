"""Building into a store that is there: whatever changed, the same bytes as a build from nothing."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store as Database

from kg.build import build
from kg.builder import values
from kg.builder.reading import deaf_children
from kg.builder.slim import slim
from kg.builder.update import Plan, all_quads, in_parts
from kg.cli import main
from kg.errors import KgError
from kg.extract import read_facts
from kg.graph import Graph, Summary
from kg.memory import collect_seldom
from kg.model import Article, Reading
from kg.read import read_paths
from kg.resolve import resolve
from kg.store import locked, open_store
from kg.vocab import BASE

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"

#: Short articles that share people, bodies, places and a conference, so that each changes what others' names stand for.
TEXTS = (
    "Foreign Minister Bui Thanh Son of Vietnam opened the 4th Wells Forum in Hanoi on 5 May 2023. Norway will give"
    " $5 million for schools.\n",
    "Bộ trưởng Ngoại giao Bùi Thanh Sơn phát biểu tại Hà Nội ngày 5/5/2023. Nhật Bản viện trợ 3 triệu USD.\n",
    "The 3rd Wells Forum was held in Hanoi in 2019. Minister Son said 40 NGOs took part.\n",
    "The Water and Wells Council (WWC) gave $1.5 million to Laos for health, said its president, Anna Berg.\n",
    "WWC President Anna Berg met Bui Thanh Son on 30 November. The council has 379 projects in 20 countries.\n",
    "Le ministre des Affaires étrangères Bùi Thanh Son a accueilli le 4e Forum des puits à Hanoï le 5 mai 2023.\n",
    # These share names with the ones above and with each other: what is one with them all is two without some.
    "越南外交部长裴青山说，论坛很重要。\n",
    "Josep Borrell, the EU High Representative, met Minister Son. Berg, president of the WWC, was there too.\n",
    "The Water Council's president Anna Berg spoke of the 4th Wells Forum, held in Hanoi on 5 May 2023 by the WWC.\n",
    "The World Wrestling Club (WWC) named Anna Berg its president. The WWC has 12 members.\n",
    "The 5th Wells Forum of the Water and Wells Council opened in Oslo on 7 May 2024 after those of 2019 and 2023.\n",
    "Nothing was said.\n",
)
NAMES = ("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "sub/a.txt")


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Make ``folder`` hold these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def content(graph: Graph) -> tuple[bytes, list[str]]:
    """All that is in a graph: its quads as they are exported, and its merged facts."""
    return graph.export("nquads", with_text=True), sorted(map(str, graph.store.triples()))


def told(graph: Graph) -> Summary:
    """What a build tells."""
    assert graph.summary is not None
    return graph.summary


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(TEXTS), min_size=1), min_size=2, max_size=4))
def test_any_history_ends_in_the_bytes_of_a_clean_build(tmp_path: Path, states: list[dict[str, str]]) -> None:
    """Adds, edits, removals and articles whose ids collide; at the end nothing shows of what was there before."""
    news, store = tmp_path / "news", tmp_path / "store"
    shutil.rmtree(store, ignore_errors=True)
    for files in states:
        write(news, files)
        built = build([news], store=store, prune=True)
        assert told(built).triples == len(built)
    assert content(built) == content(build([news]))


@pytest.mark.slow
def test_articles_added_one_by_one_give_the_same_graph(tmp_path: Path) -> None:
    """The seeds in five builds, the last first, and then one that finds nothing to do."""
    for file in sorted(SEEDS.iterdir(), reverse=True):
        graph = build([file], store=tmp_path / "store")
        assert told(graph).read == 1
    assert content(graph) == content(build([SEEDS]))
    before = (tmp_path / "store" / "kg.json").read_bytes()
    assert told(build([SEEDS], store=tmp_path / "store")).read == 0
    assert (tmp_path / "store" / "kg.json").read_bytes() == before


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Three articles in a folder, built into a store beside it."""
    write(tmp_path / "news", {"a.txt": TEXTS[0], "b.txt": TEXTS[1], "c.txt": TEXTS[3]})
    build([tmp_path / "news"], store=tmp_path / "store")
    return tmp_path / "news"


def test_only_what_changed_is_read(news: Path) -> None:
    """One file is edited, one is touched but says the same."""
    store = news.parent / "store"
    (news / "a.txt").write_text(TEXTS[4])
    os.utime(news / "b.txt", (1, 1))
    seen: list[str] = []
    graph = build([news], store=store, progress=lambda _done, _all, article: seen.append(article))
    assert (seen, told(graph).read, told(graph).articles, told(graph).removed) == (["a"], 1, 3, 0)
    assert content(graph) == content(build([news]))


def test_articles_not_given_stay_unless_pruned(news: Path) -> None:
    """A file that is gone, or is not among the paths, keeps its word; --prune takes it."""
    store = news.parent / "store"
    (news / "b.txt").unlink()
    kept = build([news / "a.txt"], store=store)
    assert (told(kept).articles, told(kept).removed) == (3, 0)
    pruned = build([news], store=store, prune=True)
    assert (told(pruned).articles, told(pruned).removed) == (2, 1)
    assert content(pruned) == content(build([news]))


def test_a_file_that_can_be_read_no_longer_keeps_its_word_until_it_is_pruned(news: Path) -> None:
    """It is named as skipped either way."""
    store = news.parent / "store"
    before = content(Graph.open(store))
    (news / "b.txt").write_bytes(b"\0\1\2")
    kept = build([news], store=store)
    assert ([Path(item.path).name for item in told(kept).skipped], content(kept)) == (["b.txt"], before)
    pruned = build([news], store=store, prune=True)
    assert (told(pruned).articles, len(told(pruned).skipped)) == (2, 1)


def test_choices_hold_for_the_whole_graph(news: Path) -> None:
    """The base stays that of the store, unless another is given; --no-infer and --names are of this build."""
    store, base, names = news.parent / "store", "https://example.org/n/", news.parent / "names.ttl"
    names.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
        f'<{base}person/bui-thanh-son> kg:separateName "Bùi Thanh Sơn"@vi .\n',
        encoding="utf-8",
    )
    assert content(build([news], store=store, base=base)) == content(build([news], base=base))
    assert content(build([news], store=store, infer=False)) == content(build([news], base=base, infer=False))
    for one in (names, None):
        assert content(build([news], store=store, names=one)) == content(build([news], base=base, names=one))


def test_what_another_code_read_is_read_anew(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of articles that are not given now: their text is in the store."""
    monkeypatch.setattr("kg.builder.reading.reading_digest", lambda: "newer")
    monkeypatch.setattr("kg.builder.stored.reading_digest", lambda: "newer")
    graph = build([news / "a.txt"], store=news.parent / "store")
    assert (told(graph).read, told(graph).articles) == (3, 3)
    assert content(graph) == content(build([news]))


def test_an_article_on_which_a_rule_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with the fault, and read again by the next build; the others are read. One that was read by an older
    kg stays as it was.
    """
    news = tmp_path / "news"
    write(news, {"a.txt": TEXTS[0], "b.txt": TEXTS[2], "c.txt": TEXTS[3]})

    def breaks(article: Article) -> Reading:
        return read_facts(article) if article.id != "b" else read_facts(article.facts)  # type: ignore[attr-defined]

    with monkeypatch.context() as broken:
        broken.setattr("kg.builder.reading.read_facts", breaks)
        for _ in range(2):
            summary = told(build([news], store=tmp_path / "store"))
            assert summary.articles == 2
            (skipped,) = summary.skipped
            assert skipped.path.endswith("b.txt")
            assert "a fault of kg in test_build_again.py:" in skipped.reason
            assert "AttributeError" in skipped.reason
    graph = build([news], store=tmp_path / "store")
    assert (told(graph).articles, told(graph).read, told(graph).skipped) == (3, 1, ())
    assert content(graph) == content(build([news]))
    monkeypatch.setattr("kg.builder.reading.read_facts", breaks)
    monkeypatch.setattr("kg.builder.reading.reading_digest", lambda: "newer")
    monkeypatch.setattr("kg.builder.stored.reading_digest", lambda: "newer")
    kept = build([news / "a.txt"], store=tmp_path / "store")
    assert (told(kept).articles, len(told(kept).skipped)) == (3, 1)
    assert content(kept) == content(graph)


def test_a_store_moves_with_its_articles(news: Path) -> None:
    """Files are known by where they are from the store, and their paths are those last given."""
    other = news.parent / "elsewhere"
    other.mkdir()
    shutil.move(news, other / "news")
    shutil.move(news.parent / "store", other / "store")
    graph = build([other / "news"], store=other / "store")
    assert told(graph).articles == 3
    assert content(graph) == content(build([other / "news"]))


def test_a_store_that_cannot_be_added_to_loses_nothing(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One written with another model of facts: all its articles are given again, or it is said which would go."""
    store = news.parent / "store"
    monkeypatch.setattr(values, "FORM", "another")
    with pytest.raises(KgError, match="2 articles of it would be lost") as caught:
        build([news / "a.txt"], store=store)
    assert "--prune" in caught.value.hint
    assert told(build([news], store=store)).read == 3
    monkeypatch.setattr(values, "FORM", "a third")
    assert told(build([news / "a.txt"], store=store, prune=True)).articles == 1


def test_a_store_that_forgot_some_of_its_files_says_so(news: Path) -> None:
    """The table of files is kept in parts, and one of them is lost."""
    store = news.parent / "store"
    (data,) = store.glob("data-*")
    database = Database(str(data / "readings"))
    told = sorted(
        (quad for quad in database if quad.subject.value.startswith("urn:kg:files-")),
        key=lambda quad: quad.object.value,
    )
    database.remove(told[-1])
    database.flush()
    del database
    with pytest.raises(KgError, match="files are lacking"):
        build([news], store=store)


def test_what_is_remembered_is_what_was_read() -> None:
    """Readings of the seeds, written and read back."""
    articles, _ = read_paths([SEEDS])
    for article in articles:
        reading = read_facts(article)
        assert values.load(values.dump(reading)) == reading


@pytest.mark.parametrize(
    "text", ["{", "[]", "[99]", "[-1]", '["os.system","x"]', '["d","x"]', "[3]", "1.5", '["n","x"]']
)
def test_nothing_else_can_be_made_of_what_is_remembered(text: str) -> None:
    """A store may come from anywhere."""
    with pytest.raises(KgError, match="remembers"):
        values.load(text)


def killed_build(folder: Path, *, after: float) -> bool:
    """Whether a build of ``folder``'s news into its store was killed; one that needs fewer seconds has ended well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(folder / "news"), "--store", str(folder / "store"), "--prune"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.wait(timeout=after) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait() != 0
    return False


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_store_as_before_or_as_after(news: Path) -> None:
    """Whenever it dies, the store opens; the next build completes it, and nothing is left beside."""
    folder, store = news.parent, news.parent / "store"
    states: list[dict[str, str]] = [{"a.txt": TEXTS[1]}, {"a.txt": TEXTS[0], "b.txt": TEXTS[2], "c.txt": TEXTS[4]}]
    contents = []
    for files in states:
        write(news, files)
        contents.append(content(build([news])))
    begun = time.monotonic()
    assert not killed_build(folder, after=600)
    delay = time.monotonic() - begun
    before, killed, wanted = contents[1], 0, 0
    for _ in range(18):
        write(news, states[wanted])
        was_killed = killed_build(folder, after=delay)
        # Around the end, where it writes: earlier after one that ended, later after one that was killed.
        delay *= 1.08 if was_killed else 0.75
        killed += was_killed
        now = content(Graph.open(store))
        assert now in (before, contents[wanted])
        inside = [entry.name for entry in store.iterdir()]
        assert sum(name.startswith("data-") for name in inside) <= 2
        before, wanted = now, 1 - wanted
    assert killed > 2
    write(news, states[wanted])
    assert content(build([news], store=store, prune=True)) == contents[wanted]
    assert sorted(entry.name.partition("-")[0] for entry in store.iterdir()) == ["data", "kg.json", "kg.lock"]


def test_two_builds_at_once_are_one_after_the_other(news: Path) -> None:
    """The second says for whom it waits, and then adds its own; without time to wait it says who is at work."""
    store = news.parent / "store"
    with locked(store):
        result = run(news, "--store", store, "--wait", "0")
        assert result.exit_code == 2
        assert f"is being written by process {os.getpid()} on " in result.stderr
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "kg", "build", str(SEEDS / name), "--store", str(store)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for name in sorted(entry.name for entry in SEEDS.iterdir())[:2]
    ]  # fmt: skip
    assert [process.wait() for process in both] == [0, 0]
    articles = {graph.value for graph in open_store(store).db.named_graphs() if graph.value.endswith("/facts")}
    assert len(articles) == 5


def run(*args: object) -> Result:
    """``kg build`` with these arguments."""
    return CliRunner().invoke(main, ["build", *map(str, args)], catch_exceptions=False)


def test_it_says_what_was_read_and_what_went(news: Path) -> None:
    """Anew, unchanged, removed, and what there is now."""
    store = news.parent / "store"
    (news / "b.txt").unlink()
    (news / "a.txt").write_text(TEXTS[4])
    result = run(news, "--store", store, "--prune")
    assert "Read 1 article; 1 unchanged, 1 removed.\nThere are 2 articles: 2 en.\n" in result.stdout


#: Builds into a store within a limit on the size of files, as on a disk that is full.
LIMITED = """
import resource, sys
from kg.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
main(sys.argv[2:])
"""


@pytest.mark.parametrize("limit", [0, 100, 20_000, 200_000])
def test_a_full_disk_leaves_the_old_graph(news: Path, limit: int) -> None:
    """Wherever in the build the room ends, it is said plainly, and nothing is left behind."""
    store = news.parent / "store"
    before = content(Graph.open(store))
    shutil.copy(next(SEEDS.glob("000*")), news / "d.txt")
    options = [str(news), "--base", "https://example.org/other/", "--store", str(store)]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), "build", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert f"Error: --store: the store '{store}' cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert content(Graph.open(store)) == before
    assert sorted(entry.name for entry in store.iterdir()) == ["data-1", "kg.json", "kg.lock"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_keeps_its_graph(news: Path) -> None:
    """The rights of the folder, not of a disk."""
    store = news.parent / "store"
    before = content(Graph.open(store))
    store.chmod(0o500)
    try:
        with pytest.raises(KgError, match="cannot be written"):
            build([news / "a.txt"], store=store, prune=True)
        assert content(Graph.open(store)) == before
    finally:
        store.chmod(0o700)


def test_names_alone_resolve_as_whole_readings_do() -> None:
    """What is kept for resolution holds all that it looks at."""
    articles, _ = read_paths([SEEDS, ROOT / "tests" / "gold" / "seen" / "articles"])
    readings = list(map(read_facts, articles))
    assert resolve(list(map(slim, readings))) == resolve(readings)
    assert [values.load(values.dump(slim(reading))) for reading in readings] == list(map(slim, readings))


def test_a_graph_inferred_from_in_parts_is_the_one_inferred_from_at_once() -> None:
    """Of the articles that a careful reader read, with all their conferences and days without a year."""
    articles, _ = read_paths([SEEDS, ROOT / "tests" / "gold" / "seen" / "articles"])
    readings = {article.id: read_facts(article) for article in articles}
    resolution = resolve(list(readings.values()))
    plan = Plan(tuple(sorted(readings)), readings.__getitem__, resolution, BASE, infer=True)
    assert set(in_parts(plan)) == set(all_quads(plan))


def test_ctrl_c_is_for_the_process_that_others_work_for() -> None:
    """Those it starts do not hear it, and so say nothing of it; it hears it again when they are started."""
    program = [sys.executable, "-c", "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"]
    before = signal.getsignal(signal.SIGINT)
    with deaf_children():
        assert subprocess.run(program, capture_output=True, text=True, check=True).stdout == "True\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_several_processes_read_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files are many they are shared out; the graph does not show it."""
    monkeypatch.setattr("kg.builder.reading.MANY", 2)
    assert content(build([SEEDS], jobs=2)) == content(build([SEEDS]))


def test_circles_are_looked_for_seldom_where_the_process_is_ours() -> None:
    """The command and the processes that read for it say so; a caller of ``build`` keeps what it had."""
    before = gc.get_threshold()
    try:
        collect_seldom()
        assert gc.get_threshold()[0] > 100 * 700
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
