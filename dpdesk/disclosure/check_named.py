"""What the school's own pages and bookmarks must not name, and which words marks remove."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from dpdesk.disclosure.bundle import BACK_TITLE, FRONT_TITLE
from dpdesk.disclosure.check_words import plain
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.plan import BundlePlan
from dpdesk.documents.pages import Box, Word

_PIECES = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # of a file name, an address, a double name too
_JOINED, _FIGURES = 8, 6  # letters and figures that no other words make together by chance
_HYPHENS = "-\u00ad\u2010\u2011"
_LETTERS = 1.5  # a mark over so many letters of a word removes it
_HEART = (0.3, 0.7)  # of a line's thickness: a mark that misses this touches the word's edge only
_UPRIGHT = 1.5  # a word of three letters or more that is so much higher than wide runs up or down


class Vocabulary:
    """Words let through and words removed, each once, to tell what must not be named."""

    def __init__(self, plan: BundlePlan) -> None:
        own = (plan.reference, plan.heading, FRONT_TITLE, BACK_TITLE, *plan.reasons.values())
        self._own = {token for text in (*own, *plan.own_words) for token in tokens(text)}
        self._kept: set[str] = set()
        self._removed: set[str] = set()

    def allow(self, text: str) -> None:
        """A text of the program's own, whose words are no sign of anybody."""
        self._own |= tokens(text)

    def keep(self, words: Iterable[str]) -> None:
        """Words that may be read in the bundle."""
        self._kept.update(words)

    def remove(self, words: Iterable[str]) -> None:
        """Words that marks removed, in their order, as a name may go on in the next line."""
        self._removed |= _telling(words)

    def hide(self, words: Iterable[str]) -> None:
        """Words of a withheld page: most are ordinary, so only those with figures count."""
        self._removed.update(
            _folded(word) for word in words if sum(sign.isdigit() for sign in word) >= 4
        )

    def distinctive(self) -> set[str]:
        """Words that were removed, stand on no page, and that our own pages do not need."""
        kept = {token for word in self._kept for token in tokens(word)}
        return self._removed - kept - self._own


def _tells(word: str) -> bool:
    """Whether a word may tell who is meant: a name or a number, not an everyday word."""
    core = word.strip("\"'“”‘’().,;:!?")
    figures = sum(sign.isdigit() for sign in core)
    return figures >= 4 or (len(core) >= 3 and not core.islower() and not core.isnumeric())


def _telling(words: Iterable[str]) -> set[str]:
    """Removed words as they are compared here, and the parts of double and of broken names."""
    found: set[str] = set()
    begun = ""
    for word in words:
        parts = [word, *_PIECES.findall(word), *([begun + word] if begun else [])]
        found.update(_folded(part) for part in parts if _tells(part))
        begun = word[:-1] if len(word) > 1 and word[-1] in _HYPHENS else ""
    return found - {""}


def naming(texts: Iterable[str], removed: Iterable[str]) -> frozenset[str]:
    """Of these texts, those in which a word stands that was removed and may tell who is meant."""
    hidden = _telling(removed)
    return frozenset(text for text in texts if names_any(text, hidden))


def names_any(text: str, hidden: Collection[str]) -> bool:
    """Whether a text has one of some folded words, by itself or put together with others."""
    if not hidden:
        return False
    found = tokens(text)
    if any(word in found for word in hidden):
        return True
    # Two names in one word, or one name in two: long ones only, as short ones are in many words.
    joined = "".join(_PIECES.findall(folded(plain(text))))
    return any(
        word in joined for word in hidden if len(word) >= (_FIGURES if word.isdigit() else _JOINED)
    )


def _folded(word: str) -> str:
    bare = folded(plain(word)).strip("\"'“”‘’().,;:!?<>[]")
    return bare.removesuffix("'s").removesuffix("’s")


def tokens(text: str) -> set[str]:
    """The words of a text as they are compared here, and what they are put together from."""
    words = {_folded(word) for word in text.split()}
    pieces = {_folded(piece) for word in text.split() for piece in _PIECES.findall(word)}
    return words | pieces | {piece[:-1] for piece in pieces if piece.endswith("s")}


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
