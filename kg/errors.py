"""Errors meant for people."""

from __future__ import annotations

from collections.abc import Sequence


class KgError(Exception):
    """What is wrong, where (``file:line:column`` or an option's name), and what to do about it.

    ``near`` are values that may have been meant: each would be accepted.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "", near: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint
        self.near = tuple(near)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


class UnknownName(KgError):
    """Nothing is called what somebody asked for: well written, and not there."""
