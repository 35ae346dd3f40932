"""Words of a spreadsheet that stand in no cell; used inside workers only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dpdesk.documents.hidden import Hidden

_QUOTED: Final = re.compile(r'"((?:[^"]|""){1,2000})"')
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_FORMAT: Final = re.compile(r"[dmyhsgeDMYHSGE#0?.,:/\\ @%£$€;()\[\]+-]*(?:AM/PM|General)?")
_CODES: Final = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|[A-Za-z&+\-])')


def printed(told: str) -> list[str]:
    """What is printed at the top or foot of pages, without what says how: one text, or none."""
    words = " ".join(_CODES.sub(lambda m: "&" if m[0] == "&&" else " ", told).split())
    return [words] if words else []


def quoted(formula: str) -> Iterator[str]:
    """The words that stand in a formula itself; how a number or a day is to look is none."""
    for match in _QUOTED.finditer(formula):
        if _WORDS.search(match[1]) and not _FORMAT.fullmatch(match[1]):
            yield match[1].replace('""', '"')


def beside(name: str, drawn: Iterable[str], on_pages: Iterable[str]) -> str:
    """What lies on a sheet beside its cells, as HTML; ``drawn`` are HTML pieces."""
    pieces = [*drawn]
    pieces += [f'<p class="note">Printed on its pages: {escape(words)}</p>' for words in on_pages]
    if not pieces:
        return ""
    return f"<h3>On sheet “{escape(name)}”, beside its cells</h3>{''.join(pieces)}"


def prompts(found: Iterable[tuple[str, str]]) -> list[Hidden]:
    """What is shown or offered where a cell is chosen: the place and the words, each once."""
    rows = [
        f"<tr><td>{escape(where)}</td><td>{escape(words)}</td></tr>"
        for where, words in dict.fromkeys(found)
    ]
    table = f'<table class="grid">{"".join(rows)}</table>'
    return [Hidden("prompts", len(rows), table)] if rows else []


def unsaid(found: Iterable[tuple[str, str]], cells: Iterable[str]) -> list[tuple[str, str]]:
    """Of these words and their places those that stand in no cell, whatever their capitals."""
    said = "\n".join(cells).casefold()
    return [(where, words) for where, words in found if words.casefold() not in said]
