"""What the school's own pages and bookmarks must not name, and which words marks remove."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dpdesk.disclosure.bundle import BACK_TITLE, FRONT_TITLE
from dpdesk.disclosure.check_words import plain
from dpdesk.disclosure.plan import BundlePlan
from dpdesk.documents.pages import Box, Word

_PIECES = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")  # the words of a file name too
_LETTERS = 1.5  # a mark over so many letters of a word removes it
_HEART = (0.3, 0.7)  # of a line's thickness: a mark that misses this touches the word's edge only
_UPRIGHT = 1.5  # a word of three letters or more that is so much higher than wide runs up or down


class Vocabulary:
    """Words let through and words removed, each once, to tell what must not be named."""

    def __init__(self, plan: BundlePlan) -> None:
        own = (plan.reference, plan.heading, FRONT_TITLE, BACK_TITLE, *plan.reasons.values())
        self._own = {_folded(word) for text in own for word in text.split()}
        self._own |= {_folded(word) for word in plan.own_words}
        self._kept: set[str] = set()
        self._removed: set[str] = set()

    def allow(self, text: str) -> None:
        """A text of the program's own, whose words are no sign of anybody."""
        self._own |= tokens(text)

    def keep(self, words: Iterable[str]) -> None:
        """Words that may be read in the bundle."""
        self._kept.update(words)

    def remove(self, words: Iterable[str]) -> None:
        """Words that marks removed."""
        self._removed.update(_folded(word) for word in words if _tells(word))

    def hide(self, words: Iterable[str]) -> None:
        """Words of a withheld page: most are ordinary, so only those with figures count."""
        self._removed.update(
            _folded(word) for word in words if sum(sign.isdigit() for sign in word) >= 4
        )

    def distinctive(self) -> set[str]:
        """Words that were removed, stand on no page, and that our own pages do not need."""
        return self._removed - {_folded(word) for word in self._kept} - self._own


def _tells(word: str) -> bool:
    """Whether a word may tell who is meant: a name or a number, not an everyday word."""
    core = word.strip("\"'“”‘’().,;:!?")
    figures = sum(sign.isdigit() for sign in core)
    return figures >= 4 or (len(core) >= 3 and not core.islower() and not core.isnumeric())


def naming(texts: Iterable[str], removed: Iterable[str]) -> frozenset[str]:
    """Of these texts, those in which a word stands that was removed and may tell who is meant."""
    hidden = {_folded(word) for word in removed if _tells(word)} - {""}
    return frozenset(
        text for text in texts if hidden & {_folded(word) for word in _PIECES.findall(text)}
    )


def _folded(word: str) -> str:
    folded = plain(word).casefold().strip("\"'“”‘’().,;:!?<>[]")
    return folded.removesuffix("'s").removesuffix("’s")


def tokens(text: str) -> set[str]:
    """The words of a text as they are compared here."""
    return {_folded(word) for word in text.split()}


def is_removed(word: Word, marks: Sequence[Box]) -> bool:
    """Whether a mark takes a word away: it lies on its middle, half of it, or a letter or two."""
    box = word.box
    for over in marks:
        if not over.intersects(box):
            continue
        if over.x0 < (box.x0 + box.x1) / 2 < over.x1 and over.y0 < (box.y0 + box.y1) / 2 < over.y1:
            return True
        across = min(over.x1, box.x1) - max(over.x0, box.x0)
        down = min(over.y1, box.y1) - max(over.y0, box.y0)
        if across * down >= box.width * box.height / 2 > 0:
            return True
        if _covers_letters(word, over, across, down):
            return True
    return False


def _covers_letters(word: Word, over: Box, across: float, down: float) -> bool:
    box, letters = word.box, len(word.text)
    if letters >= 3 and box.height > _UPRIGHT * box.width:
        low, high = (box.x0 + share * box.width for share in _HEART)
        return over.x0 < low and over.x1 > high and down * letters >= _LETTERS * box.height
    low, high = (box.y0 + share * box.height for share in _HEART)
    return over.y0 < low and over.y1 > high and across * letters >= _LETTERS * box.width
