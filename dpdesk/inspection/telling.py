"""Gathers findings in the worker, as plain values that cross the wall."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from dpdesk.documents.pages import Box
from dpdesk.inspection.found import Kind
from dpdesk.law.folding import fold

MOST: Final = 2_000
"""Findings of one file; more are not told."""
TEXT: Final = 400
"""Letters of what can be read that are shown."""
_BOXES: Final = 200
_GENERAL: Final = frozenset(
    (
        "", "untitled", "anonymous", "unspecified", "unknown", "none", "user", "microsoft", "word",
        "document", "disclosure", "bundle", "report", "letter", "scan", "scanned", "page", "pages",
        "redacted", "copy", "final", "version", "draft", "pdf", "doc", "docx", "file", "new", "the",
        "of", "and", "for", "presentation", "powerpoint", "slide", "workbook", "excel", "sheet",
        "cover", "contents", "reasons", "redaction", "redactions",
    )
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """The words of a text, as they are compared: without accents, capitals or signs."""
    return _WORD.findall(fold(text))


def signs_in(text: str) -> int:
    """How many letters and figures a text has as it is written: a sign such as ™ is none."""
    return sum(map(str.isalnum, text))


def says_nothing(text: str, told: Told) -> bool:
    """Whether a detail of a file names nothing but what is seen, or what any file may be called."""
    return all(
        word in told.seen or word.rstrip("0123456789") in _GENERAL for word in words_in(text)
    )


class Told:
    """The findings so far, and the words that are seen on some page."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self.seen: set[str] = set()
        self._said: dict[str, set[str]] = {}
        self._letters: list[str] = []
        self._gathered: dict[tuple[Kind, str], list[str]] = {}

    def see(self, texts: Iterable[str]) -> None:
        """Notes words that are seen on a page."""
        for text in texts:
            words = words_in(text)
            self.seen.update(words)
            self._letters += words

    def apart(self) -> Told:
        """Takes findings about something within the file; knows what this knows."""
        made = Told()
        made.seen, made._said = self.seen, self._said
        return made

    def all_seen(self, text: str) -> bool:
        """Whether every word of a text is seen on some page anyway."""
        return all(word in self.seen for word in words_in(text))

    def letters(self) -> str:
        """The letters of all words seen, in their order and without spaces."""
        return "".join(self._letters)

    def is_told(self, text: str, kind: Kind | None = None) -> bool:
        """Whether what is not seen of a text was told before, as of this kind or of any."""
        kinds = self._said if kind is None else (kind,)
        before = set().union(*(self._said.get(each, set()) for each in kinds))
        return all(word in before for word in words_in(text) if word not in self.seen) and (
            kind is None or kind in self._said
        )

    def tell(
        self, kind: Kind, page: int, what: str, text: str = "", boxes: Sequence[Box] = ()
    ) -> None:
        """Adds a finding; ``page`` from 1, 0 where it is on none."""
        if len(self.found) >= MOST:
            return
        plain = " ".join(text.split())
        self._said.setdefault(kind, set()).update(words_in(plain))
        self.found.append(
            {
                "kind": kind,
                "page": page,
                "what": what,
                "text": plain if len(plain) <= TEXT else f"{plain[: TEXT - 1]}…",
                "boxes": [
                    [round(side, 2) for side in (box.x0, box.y0, box.x1, box.y1)]
                    for box in boxes[:_BOXES]
                ],
            }
        )

    def tell_unless_seen(self, kind: Kind, page: int, what: str, text: str) -> None:
        """The same, unless all of its words are seen on some page anyway."""
        if words_in(text) and not self.all_seen(text):
            self.tell(kind, page, what, text)

    def gather(self, kind: Kind, what: str, text: str) -> None:
        """Keeps what is to be told together with others like it, once ``gathered`` is called."""
        if words_in(text) and not self.all_seen(text):
            texts = self._gathered.setdefault((kind, what), [])
            if text not in texts:
                texts.append(text)

    def gathered(self) -> None:
        """Tells what was gathered, each kind of it once."""
        for (kind, what), texts in self._gathered.items():
            self.tell(kind, 0, what, "; ".join(texts))
        self._gathered.clear()
