"""Writes what README.md shows: what its examples print, the scores, and the picture of its first graph.

``make readme`` runs it; ``test_readme.py`` fails where what stands there is no longer so. In a ``console`` block a line
that starts with ``$`` is a command for bash (``>`` goes on with it); in a ``python`` block all is run, and the
``text`` block right behind holds what it prints. All run in one new folder, in their order; it holds ``seeds/`` and the
``store`` that ``make graph`` leaves.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml
from gold_sets import ROOT, SETS, graph
from picture import picture
from servers import free_port

from kg.score import Figure, score

README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "graph.svg"
EXAMPLE = re.compile(r"^```console\n(?P<console>.*?)^```$|^```python\n(?P<python>.*?)^```$", re.DOTALL | re.MULTILINE)
PRINTED = re.compile(r"\n\n```text\n.*?^```$", re.DOTALL | re.MULTILINE)
START = re.compile(r"^(?=```(?:console|python)\n)", re.MULTILINE)
COMMAND = re.compile(r"^\$ .*\n(?:> .*\n)*", re.MULTILINE)
#: The port that examples name; they are run on one that is free.
PORT = "8377"
SCORES = re.compile(r"(?<=<!-- scores: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
COLUMNS = ("people", "aid", "aid detail", "counts", "conference", "sectors", "orgs", "identity", "evidence", "mean")


def written(text: str, folder: Path) -> str:
    """``text`` with what its examples print now and the scores of today; they are run in ``folder``, an empty one.

    Scores whose gold is not on this machine stay as they are.
    """
    found = (match for match in SCORES.finditer(text) if SETS[match[1]][1].exists())
    tables = {match[1]: scores(match[1]) for match in found}
    text = SCORES.sub(lambda match: match[1] + match[2] + tables[match[1]] if match[1] in tables else match[0], text)
    prepare(folder)
    return examples(text, folder)


def prepare(folder: Path) -> None:
    """Make ``folder`` as a checkout is after ``make graph``."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    _run(["kg", "build", "seeds/", "--store", "store"], folder)


def examples(text: str, folder: Path) -> str:
    """``text`` with what its examples print now."""
    parts, end = [], 0
    for example in EXAMPLE.finditer(text):
        parts.append(text[end : example.start()])
        end = example.end()
        if example["console"] is not None:
            parts.append(f"```console\n{_console(example['console'], folder)}```")
            continue
        parts.append(example[0])
        if printed := PRINTED.match(text, end):
            end = printed.end()
        shown = _run([sys.executable, "-c", example["python"]], folder)
        parts.append(f"\n\n```text\n{shown}```" if shown else "")
    return "".join([*parts, text[end:]])


def sentence(text: str) -> str:
    """The sentence of the first example."""
    return re.findall(r"^\$ echo [\"'](.*?)[\"'] >", text, flags=re.MULTILINE)[0]


def scores(name: str) -> str:
    """A table of the figures of one set, by language and kind."""
    gold = SETS[name][1]
    figures = {(f.language, f.kind): f for f in score(graph(name).store, gold).figures}
    articles = Counter(item["lang"] for item in yaml.safe_load(gold.read_text(encoding="utf-8")))
    rows = [("language", "articles", *COLUMNS), ("---",) * (len(COLUMNS) + 2)]
    for language in [*sorted(articles), "all"]:
        count = articles[language] if language in articles else articles.total()
        rows.append((language, str(count), *(_share(figures.get((language, kind)), "value") for kind in COLUMNS)))
    rows += (
        (f"all: {field}", "", *(_share(figures.get(("all", kind)), field) for kind in COLUMNS))
        for field in ("precision", "recall")
    )
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def _share(figure: Figure | None, field: str) -> str:
    share = None if figure is None else getattr(figure, field)
    return "" if share is None else f"{share:.3f}"


def _console(block: str, folder: Path) -> str:
    """The commands of a block, each with what it prints."""
    commands = COMMAND.findall(block)
    texts = (command[2:].replace("\n> ", "\n") for command in commands)
    return "".join(command + _run(["bash", "-c", text], folder) for command, text in zip(commands, texts, strict=True))


def _run(command: list[str], folder: Path) -> str:
    """What a command prints, both streams; it must end well. An example that fails ends with ``; echo "exit $?"``."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    around = {**os.environ, "PATH": paths, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    around.pop("KG_STORE", None)
    port = str(free_port())
    done = subprocess.run(
        [part.replace(PORT, port) for part in command],
        cwd=folder,
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command[-1]}\nends with {done.returncode}:\n{done.stdout}")
    return done.stdout.replace(f":{port}/", f":{PORT}/")


def main() -> None:
    """Write README.md and its picture anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(written(text, Path(folder)), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(picture(sentence(text), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
