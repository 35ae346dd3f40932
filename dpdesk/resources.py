"""Finds the files under ``resources/``: legal texts, pick lists, help pages, templates.

Everything there is meant to be corrected without a programmer, so it is read at run time
and never compiled into the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dpdesk.errors import MissingPart


def path(*parts: str) -> Path:
    """The place of a file below ``resources/``, in a checkout and in an installed build."""
    return Path(__file__).resolve().parent.parent.joinpath("resources", *parts)


def text(*parts: str) -> str:
    """The text of a file below ``resources/``.

    Raises MissingPart where the installation is incomplete.
    """
    try:
        return path(*parts).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingPart(
            f"A part of dpdesk is missing: resources/{'/'.join(parts)}.",
            "Install dpdesk again. Your records are kept apart from it and are not touched.",
        ) from None


def toml(*parts: str) -> dict[str, Any]:
    """The content of a TOML file below ``resources/``, read afresh."""
    import tomllib  # the first window reads none of these files

    return tomllib.loads(text(*parts))


@cache
def kept(*parts: str) -> Mapping[str, Any]:
    """The same, read once while the program runs, for all who ask; nobody may change it.

    A list of answers is asked for by dozens of fields, and reading one file takes as long as
    loading a whole room of the program.
    """
    return toml(*parts)
