"""Whether the words that the tables have on a page are those of the page that is drawn.

Marks lie on words as the tables have them. If the page of another document is drawn in their place,
its words are others; then a mark covers whatever happens to stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dpdesk.disclosure.check_case import PageCase
from dpdesk.disclosure.check_words import plain, plain_word
from dpdesk.documents.pages import Box, Word
from dpdesk.documents.pdf import Frame

_SOUND = 3  # letters and digits; shorter words stand on every page
_FEW, _FEW_OF = 2, 0.02  # words, and of all: a note may be laid over others
_ALIKE = 0.5  # of a word's signs that must be among those that stand at its place


def says_its_words(page: Any, case: PageCase) -> bool:
    """Whether the open page of a source says the words that stay, but for very few.

    Words of forms and notes, which a page does not say, are not counted.
    """
    return _foreign(page, case) <= max(_FEW, _FEW_OF * len(case.kept))


def _foreign(page: Any, case: PageCase) -> int:
    text = page.get_textpage()
    try:
        said = plain(text.get_text_range())
        unsaid = [
            word for word in case.kept if _is_sound(word) and plain_word(word.text) not in said
        ]
        return sum(_is_foreign(text, page, word) for word in unsaid)
    finally:
        text.close()


def _is_sound(word: Word) -> bool:
    return sum(sign.isalnum() for sign in word.text) >= _SOUND


def _is_foreign(text: Any, page: Any, word: Word) -> bool:
    box = _on_paper(Frame(page), word.box)
    there = {sign for sign in plain(text.get_text_bounded(*box)) if sign.isalnum()}
    signs = plain_word(word.text)
    return bool(there) and sum(sign in there for sign in signs) < _ALIKE * len(signs)


def _on_paper(frame: Frame, box: Box) -> Sequence[float]:
    x0, y0 = frame.paper(box.x0, box.y0)
    x1, y1 = frame.paper(box.x1, box.y1)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
