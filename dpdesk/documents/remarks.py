"""What must be told about the words of a document: sentences that name the pages.

They say where a search is not enough, so that somebody looks there with their own eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.law.words import page_list

UNREADABLE: Final = "\ufffd"
"""Stands for a sign whose letter the file does not tell."""

_PRIVATE: Final = ("\ue000", "\uf8ff")  # signs that mean something in one font only
_STACKED: Final = 4  # letters below each other that make a word
_TOGETHER, _SINGLE = 2, 3  # of them may be read as one; so many must stand alone
_FAR: Final = 2.5  # of the height of a letter, from it to the next below
_WORD_SHAPE: Final = 1.8  # so many times wider than high, a sign without letters is a word


class Remarks:
    """Collects remarks page by page. ``typed`` are the words of fields and notes by page."""

    def __init__(self, typed: Mapping[int, Sequence[str]]) -> None:
        self._typed = typed
        self._not_shown: list[int] = []
        self._spelt: list[int] = []
        self._untold: list[int] = []
        self._guessed: list[int] = []
        self._lying: list[int] = []
        self._untried = False
        self._partly: dict[int, int] = {}
        self._unseen: dict[int, int] = {}
        self._hard: dict[int, int] = {}
        self._misplaced: list[int] = []
        self._empty: list[int] = []
        self._stacked: list[int] = []

    def note(self, index: int, page: Page, *, spelt_otherwise: bool) -> None:
        """Notes what is to be said of a page, its number from 0."""
        from dpdesk.documents import notes  # only who reads a file needs what takes it apart

        number = index + 1
        if notes.not_shown(page, self._typed.get(index, ())):
            self._not_shown.append(number)
        if spelt_otherwise:
            self._spelt.append(number)
        if has_stacked_letters(page):
            self._stacked.append(number)
        if _mostly_unreadable(page):
            self._untold.append(number)
        elif partly := unreadable_words(page):
            self._partly[number] = partly

    def note_unseen(self, index: int, words: int, *, misplaced: bool) -> None:
        """Notes how many words nobody sees, and whether those over a scan do not fit it."""
        if words:
            self._unseen[index + 1] = words
        if misplaced:
            self._misplaced.append(index + 1)

    def note_hard(self, index: int, words: int) -> None:
        """Notes how many words can hardly be made out."""
        if words:
            self._hard[index + 1] = words

    def note_guessed(self, index: int, *, guessed: bool) -> None:
        """Notes whether the letters of a page are only guessed."""
        if guessed and index + 1 not in self._untold:
            self._guessed.append(index + 1)

    def note_lying(self, index: int) -> None:
        """Notes a page whose letters are drawn as others than the file says."""
        self._lying.append(index + 1)

    def note_untried(self) -> None:
        """Notes that what the letters show could not be compared with what the file says."""
        self._untried = True

    def note_empty(self, numbers: Sequence[int]) -> None:
        """Notes pages that are shown empty although the file draws letters there."""
        self._empty.extend(numbers)

    def sentences(self) -> list[str]:
        """All that is to be told."""
        found = []
        if self._unseen:
            found.append(_about_unseen(self._unseen))
        if self._hard:
            found.append(_about_hard(self._hard))
        if self._misplaced:
            found.append(
                f"The layer of text on {page_list(self._misplaced)} does not match what you see "
                "there, as in a scan that has shifted. Marking words would cover the wrong place: "
                "draw boxes there. The bundle shows the picture and leaves that text out."
            )
        if self._empty:
            found.append(
                f"Nothing can be seen here on {page_list(self._empty)}, although the file has text "
                "for it. Open the file in another program, print it as PDF, and add that."
            )
        if self._not_shown:
            found.append(
                "This file has words in form fields, typed notes or stamps that are not shown on "
                f"{page_list(self._not_shown)}, or not in full. Searching does not find them, and "
                "they will not be in the bundle. Read them in a PDF program; print the file with "
                "its fields and comments if they must be handed over."
            )
        return found + self._about_letters()

    def _about_letters(self) -> list[str]:
        """What is to be told of letters that a search reads otherwise than an eye does."""
        found = []
        if self._spelt:
            found.append(
                f"On {page_list(self._spelt)} the words this file gives to a search are not the "
                "words you see. Both are searched, but look there yourself."
            )
        if self._lying:
            found.append(
                f"On {page_list(self._lying)} this file shows other letters than it says, so that "
                "a search of it misses what you see. What is shown is read from the picture, as "
                "in a scan; look there for names yourself."
            )
        if self._untried:
            found.append(
                "dpdesk could not compare the letters that this file shows with those that it "
                "says. Look through its pages yourself."
            )
        if self._stacked:
            found.append(
                f"On {page_list(self._stacked)} letters stand below each other, one on a line. A "
                "search does not find a word that is written so: look there for names yourself."
            )
        if self._untold:
            found.append(
                f"The letters on {page_list(self._untold)} cannot be read by a search, which "
                "finds nothing there. Look through it yourself."
            )
        if self._guessed:
            found.append(
                f"This file does not say which letters it shows on {page_list(self._guessed)}, so "
                "a search may miss words there. Look there yourself."
            )
        if self._partly:
            found.append(_about_partly(self._partly))
        return found


def _about_unseen(unseen: Mapping[int, int]) -> str:
    count = sum(unseen.values())
    words, are, them, they = f"{count:,} words", "are", "them", "They"
    if count == 1:
        words, are, them, they = "1 word", "is", "it", "It"
    return (
        f"{words} on {page_list(list(unseen))} {are} in the file but cannot be seen: someone may "
        f"have tried to black {them} out. {they} can be found and marked, and will not be in the "
        "bundle."
    )


def _about_hard(hard: Mapping[int, int]) -> str:
    count = sum(hard.values())
    words, over = ("1 word", "it, or its") if count == 1 else (f"{count:,} words", "them, or their")
    return (
        f"{words} on {page_list(list(hard))} can hardly be made out: something is drawn over "
        f"{over} letters overlap or are very small. Look there, and draw a box over "
        "what must go."
    )


def _about_partly(partly: Mapping[int, int]) -> str:
    count = sum(partly.values())
    words, hold = ("1 word", "has") if count == 1 else (f"{count:,} words", "have")
    return (
        f"{words} on {page_list(list(partly))} {hold} letters that cannot be read. A search takes "
        "any letter for them, but look there for names yourself."
    )


def has_stacked_letters(page: Page) -> bool:
    """Whether a word seems to be written from top to bottom, with one letter on each line."""
    run: list[Word] = []
    for word in page.words:
        if not (len(word.text) <= _TOGETHER and word.text.isalpha()):
            run = []
            continue
        if run and not _is_below(run[-1].box, word.box):
            run = []
        run.append(word)
        # A to E is a list, and Y, N, Y are answers.
        letters = list("".join(each.text for each in run[-_STACKED:]).casefold())
        single = sum(len(each.text) == 1 for each in run) >= _SINGLE
        word_like = len(letters) >= _STACKED and len(set(letters)) > 2
        if single and word_like and letters != sorted(letters):
            return True
    return False


def _is_below(above: Box, below: Box) -> bool:
    middle = abs((above.x0 + above.x1) - (below.x0 + below.x1)) / 2
    return middle < 0.5 * below.height and 0 < below.y1 - above.y1 < _FAR * below.height


def unreadable_words(page: Page) -> int:
    """How many words hold a letter that cannot be read; bullets and the like are no words."""
    return sum(
        1 for word in page.words if _is_unreadable(word.text, word.box.width / word.box.height)
    )


def _is_unreadable(text: str, shape: float) -> bool:
    bad = sum(letter == UNREADABLE or _PRIVATE[0] <= letter <= _PRIVATE[1] for letter in text)
    if not bad:
        return False
    return any(letter.isalpha() for letter in text) or bad > 2 or shape > _WORD_SHAPE


def _mostly_unreadable(page: Page) -> bool:
    bad = sum(word.text.count(UNREADABLE) > len(word.text) // 2 for word in page.words)
    return bad > 3 and bad > len(page.words) // 4
