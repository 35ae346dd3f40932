"""What a PDF holds that its pages have no room for: beyond their edges, behind links, beside them.

A page that was cropped keeps what was cropped away, and a word that leads somewhere need not be
the address that it leads to. Both are compared with what the pages show. Used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

import pikepdf

from dpdesk.documents import links, notes, pdf_hidden
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.pages import Page
from dpdesk.law.folding import fold

_MOST: Final = 5_000
_LONGEST: Final = 2_000  # letters of one address
_WORD: Final = re.compile(r"[^\W_]{2,}")
_FOLLOWED: Final = 20  # what else happens where somebody follows a link


def addresses(opened: pikepdf.Pdf) -> dict[int, tuple[str, ...]]:
    """The addresses behind links that may name somebody, by the number of the page from 0."""
    found: dict[int, tuple[str, ...]] = {}
    for number, page in enumerate(opened.pages):
        told = dict.fromkeys(
            address
            for note in notes.on_page(page)
            for action in (note.get("/A"), note.get("/PA"))
            for address in _leading(action)
            if links.naming(address)
        )
        if told:
            found[number] = tuple(told)[:_MOST]
    return found


def _leading(action: Any) -> Iterator[str]:
    """Where an action leads, and those that follow it; files are addresses too."""
    waiting = [action]
    for _ in range(_FOLLOWED):
        each = waiting.pop(0) if waiting else None
        if isinstance(each, pikepdf.Array):
            waiting += each.as_list()
        elif isinstance(each, pikepdf.Dictionary):
            waiting.append(each.get("/Next"))
            file = each.get("/F")
            if isinstance(file, pikepdf.Dictionary):
                file = file.get("/UF", file.get("/F"))
            for told in (each.get("/URI"), file):
                if isinstance(told, pikepdf.String):
                    yield str(told)[:_LONGEST]
        elif not waiting:
            return


class Unshown:
    """Collects what pages do not show, one after the other.

    ``leading`` are addresses by page, ``said`` is what the file says beside its pages, and where.
    """

    def __init__(
        self, leading: Mapping[int, Sequence[str]], said: Sequence[tuple[str, str]] = ()
    ) -> None:
        self._leading, self._said = leading, said
        self._shown: set[str] = set()
        self._beyond: list[str] = []
        self._behind: list[str] = []

    def note(self, index: int, page: Page, beyond: Sequence[str]) -> None:
        """Notes a page, its number from 0, and its words of which it shows nothing."""
        place = f"Page {index + 1}"
        if self._said:
            self._shown.update(_words("\n".join(word.text for word in page.words)))
        if any(map(_says_something, beyond)) and len(self._beyond) < _MOST:
            self._beyond.append(pdf_hidden.box(place, " ".join(beyond)))
        behind = [
            unquote(address)
            for address in self._leading.get(index, ())
            if notes.not_shown(page, [links.naming(address)])
        ]
        if behind and len(self._behind) < _MOST:
            self._behind.append(pdf_hidden.box(place, "\n".join(behind)))

    def found(self) -> list[Hidden]:
        """All of it, to be set on marked pages."""
        said = [
            pdf_hidden.box(where, text)
            for where, text in self._said
            if not self._shown.issuperset(_words(text))
        ]
        kinds = (("beyond", self._beyond), ("links", self._behind), ("said", said))
        return [Hidden(kind, len(boxes), "".join(boxes)) for kind, boxes in kinds if boxes]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _says_something(word: str) -> bool:
    return any(map(str.isalnum, word))
