"""Files within files, and what a file says of itself.

A message carries attachments, a Word document embedded sheets: each becomes a document of its own
under the one that it lies in. Used on both sides of the wall.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, get_args

How = Literal["attachment", "message", "embedded"]
"""How a file lies in another: attached to a message, a message in a message, part of a document."""

DEPTH: Final = 10
"""Files within files within files: deeper than this nobody sends anything on purpose."""
MOST: Final = 2_000
"""Files that may lie within one file, at all depths together."""
TOTAL: Final = 2_000_000_000
"""Bytes of all of them together."""

_LONGEST: Final = 1_000
_LONGEST_LIST: Final = 20_000
_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Inner:
    """A file within a file. ``name`` is what it is called there, a path where it has one."""

    name: str
    content: bytes
    how: How = "attachment"


@dataclass(frozen=True, slots=True)
class Said:
    """What a message or file says of itself; empty where it says nothing.

    ``dated`` is a moment in ISO form with its distance from UTC (or without, where none is told),
    ``references`` the message numbers that it answers, the nearest last.
    """

    dated: str = ""
    sender: str = ""
    recipients: str = ""
    title: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()


def told(inside: Sequence[Inner]) -> list[dict[str, str]]:
    """Inner files without their contents, as they are told over the wall."""
    return [{"name": inner.name, "how": inner.how} for inner in inside]


def inner_files(answer: object, contents: Iterable[bytes]) -> tuple[Inner, ...]:
    """Inner files from what came over the wall. Raises ValueError, TypeError for nonsense."""
    if not isinstance(answer, list):
        raise TypeError("inner files are a list")
    found = []
    for line, content in zip(answer, contents, strict=True):
        how = next(how for how in get_args(How) if how == line["how"])
        found.append(Inner(_short(line["name"], _NAME) or "file", content, how))
    return tuple(found)


def said_in(answer: object) -> Said:
    """What a file says of itself, from what came over the wall, shortened and checked."""
    if not isinstance(answer, Mapping):
        return Said()
    values: dict[str, Any] = {}
    for field in fields(Said):
        value = answer.get(field.name)
        if field.name == "references":
            lines = value if isinstance(value, list) else []
            values[field.name] = tuple(_short(line, _LONGEST) for line in lines[-100:])
        else:
            longest = _LONGEST_LIST if field.name == "recipients" else _LONGEST
            values[field.name] = _short(value, longest)
    if not is_moment(values["dated"]):
        values["dated"] = ""
    return Said(**values)


def said_out(said: Said) -> dict[str, Any]:
    """The same on its way over the wall."""
    return asdict(said)


def is_moment(text: str) -> bool:
    """Whether a text is a day or a moment in ISO form."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _short(value: object, longest: int) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    # What no letter stands for could not be stored.
    return text.encode("utf-8", "replace").decode()[:longest]
