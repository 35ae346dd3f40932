"""What a command answers: for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command.

    ``content`` is printed with ``--json``, ``words`` without. A ``complaint`` goes to standard
    error in either case and makes the command fail; it names no person and no file of theirs.
    """

    content: dict[str, Any]
    words: str = ""
    complaint: str = ""
    code: int = 0
    """The exit code of a command that has something to say by it."""


def one_line(words: str) -> str:
    """The same words on one line."""
    return " ".join(words.split())


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of words in columns, for a terminal."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
