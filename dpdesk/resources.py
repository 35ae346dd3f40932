"""Finds the files under ``resources/``: legal texts, pick lists, help pages, templates.

Everything there is meant to be corrected without a programmer, so it is read at run time
and never compiled into the program.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any


def path(*parts: str) -> Path:
    """The place of a file below ``resources/``, in a checkout and in an installed build."""
    bundled = getattr(sys, "_MEIPASS", None)
    top = Path(bundled) if bundled else Path(__file__).resolve().parent.parent
    return top.joinpath("resources", *parts)


def text(*parts: str) -> str:
    """The text of a file below ``resources/``.

    Raises FileNotFoundError where the installation is incomplete.
    """
    return path(*parts).read_text(encoding="utf-8")


def toml(*parts: str) -> dict[str, Any]:
    """The content of a TOML file below ``resources/``."""
    return tomllib.loads(text(*parts))
