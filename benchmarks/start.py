"""Processor time of whole commands on the seeds: ``python benchmarks/start.py``.

The goals: ``kg --help`` under 0.3 s, ``kg build seeds/`` under 4 s. The least of three runs counts, because other work
on the machine slows each run down.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"


def seconds(*arguments: str) -> float:
    """The least processor time, in seconds, of three runs of ``kg`` with ``arguments`` in a process of its own."""
    taken = []
    for _ in range(3):
        before = os.times()
        subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)
        after = os.times()
        taken.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(taken)


def main() -> None:
    """Print one line for each command."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        for arguments in (
            ("--help",),
            ("build", str(SEEDS), "--store", store),
            ("query", "said-and-left-out", "--store", store),
            ("validate", "--store", store),
        ):
            print(f"kg {arguments[0]:10} {seconds(*arguments):5.2f} s")


if __name__ == "__main__":
    main()
