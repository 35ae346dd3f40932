"""Fonts lent by the computer, for letters that the program's own fonts lack.

Windows and macOS come with fonts for Chinese, Japanese, Korean, Armenian, Georgian and
Ethiopic names; shipping them would more than double the program. They are looked for by name, read
only when such a letter is to be printed, and only the letters used are put into the paper.

Scripts whose letters join, or that run from right to left, are not taken: set letter by letter
they would be wrong, which is worse than spelled out.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SCRIPTS = (
    "CJK ",
    "IDEOGRAPHIC ",
    "HANGUL SYLLABLE",
    "HANGUL COMPATIBILITY",
    "HIRAGANA ",
    "KATAKANA",
    "BOPOMOFO ",
    "FULLWIDTH ",
    "ARMENIAN ",
    "GEORGIAN ",
    "ETHIOPIC SYLLABLE",
)
_NAMES = (
    # Windows: Chinese, Korean, Japanese; Armenian and Georgian; Ethiopic.
    "msyh.ttc", "malgun.ttf", "YuGothR.ttc", "simsun.ttc", "segoeui.ttf", "sylfaen.ttf",
    "ebrima.ttf",
    # macOS.
    "Arial Unicode.ttf", "AppleGothic.ttf", "STHeiti Light.ttc", "Kefa.ttc",
    # Linux.
    "DroidSansFallbackFull.ttf", "wqy-microhei.ttc", "NanumGothic.ttf", "DejaVuSans.ttf",
)  # fmt: skip


def folders() -> tuple[Path, ...]:
    """Where fonts lie on Windows, macOS and Linux."""
    windows = os.environ.get("WINDIR")
    found = [Path(windows) / "Fonts"] if windows else []
    return (
        *found,
        Path("/System/Library/Fonts/Supplemental"),
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        Path("/usr/share/fonts"),
    )


def may_be_lent(char: str) -> bool:
    """Whether a letter can be set by itself, from left to right, in a font of the computer."""
    return unicodedata.name(char, "").startswith(_SCRIPTS)


@cache
def lenders() -> tuple[Path, ...]:
    """The fonts of this computer that may lend letters, the best first."""
    return tuple(_found())


def _found() -> Iterator[Path]:
    present = [folder for folder in folders() if folder.is_dir()]
    for name in _NAMES:
        for folder in present:
            # Linux keeps fonts in folders of folders; the others keep them flat.
            places = folder.rglob(name) if folder.parent.name == "share" else (folder / name,)
            yield from (place for place in places if place.is_file())
