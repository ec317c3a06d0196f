"""How a process that is ours alone treats its memory. A library's caller keeps what they had."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Have this process look for circles of values that nothing holds far less often than Python does.

    A build makes many small frozen values and a query many rows, none of them in circles: looking at all of them
    again and again costs a build a fifth of its time and a query of 100,000 rows a third. It is for who owns the
    process to say.
    """
    gc.set_threshold(500_000, 50, 50)
