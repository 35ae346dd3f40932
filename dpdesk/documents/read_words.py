"""Words that were read from the picture of a page: what they are, how sure, and how they are kept.

They are a help for whoever searches and marks, and nothing more. The words of the file stay what
they are (``DocumentService.page``); a bundle holds none of those read here, and its check trusts
none of them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from dpdesk.documents.decoding import UNREADABLE
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.documents.told_letters import FALSE, compare
from dpdesk.errors import UnreadableFile
from dpdesk.law.folding import fold

DOUBTFUL: Final = 75
"""Words below this confidence (of 100) may be misread."""
_STEPS: Final = 100  # boxes are kept in hundredths of a point
_FORMAT: Final = 1
_PACKED_LIMIT: Final = 16 * 1024 * 1024
_MOST_WORDS: Final = 50_000
_LONGEST: Final = 400  # characters of a word
_SAME: Final = 0.5  # of a word that was read lies on a word of the file: it is that word
_ALIKE: Final = 0.4  # of the letters of both, in their order: less is another word
_SURE: Final = 85  # of 100: so surely is a word read that differs from the file by a letter
_ENDS: Final = 0.5  # of its height: so near the ends of a word must its pieces end
_TELLING: Final = 4  # letters; shorter words are misread too easily


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word, the box that generously covers it, and how sure its reading is (0 to 100)."""

    text: str
    box: Box
    sure: int

    @property
    def doubtful(self) -> bool:
        """Whether it may be misread."""
        return self.sure < DOUBTFUL


@dataclass(frozen=True, slots=True)
class WordsRead:
    """What was read from the picture of one page.

    ``turn`` says how far (clockwise, in degrees) the page had to be turned to stand upright.
    """

    words: tuple[ReadWord, ...]
    turn: int = 0

    @property
    def doubtful(self) -> int:
        """How many of its words may be misread."""
        return sum(word.doubtful for word in self.words)

    def pack(self) -> bytes:
        """In few bytes, for the database; ``unpack`` gives an equal reading back."""
        content = {
            "v": _FORMAT,
            "r": self.turn,
            "t": [word.text for word in self.words],
            "b": [
                [round(side * _STEPS) for side in (box.x0, box.y0, box.x1, box.y1)]
                for box in (word.box for word in self.words)
            ],
            "s": [word.sure for word in self.words],
        }
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(plain.encode("utf-8", "surrogatepass"), 6)

    @staticmethod
    def unpack(packed: bytes) -> WordsRead:
        """The reading that was packed. Raises UnreadableFile where it is none."""
        try:
            opened = zlib.decompressobj()
            plain = opened.decompress(packed, _PACKED_LIMIT)
            if not opened.eof:
                raise ValueError("longer than a page can be")
            content = json.loads(plain)
            if content["v"] != _FORMAT:
                raise ValueError("not a reading of this version")
            return told(content["t"], content["b"], content["s"], content["r"])
        except (zlib.error, ValueError, TypeError, KeyError) as fault:
            raise UnreadableFile(
                "The words that were read from this page are damaged.", "Read the page again."
            ) from fault


def told(texts: list[Any], boxes: list[Any], sure: list[Any], turn: object) -> WordsRead:
    """A reading put together from what a worker (or the database) says.

    Raises ValueError or TypeError where that cannot be a reading: a worker may be led astray.
    """
    if turn not in {0, 90, 180, 270} or len(texts) > _MOST_WORDS:
        raise ValueError("not a reading")
    words = []
    for text, sides, each in zip(texts, boxes, sure, strict=True):
        x0, y0, x1, y1 = (int(side) / _STEPS for side in sides)
        if type(text) is not str or not 0 < len(text) <= _LONGEST or any(map(str.isspace, text)):
            raise ValueError("not a word")
        if not (-1e6 < x0 <= x1 < 1e6 and -1e6 < y0 <= y1 < 1e6 and 0 <= int(each) <= 100):
            raise ValueError("not the place of a word")
        words.append(ReadWord(text, Box(x0, y0, x1, y1), int(each)))
    return WordsRead(tuple(words), int(str(turn)))


def wants_reading(page: Page) -> bool:
    """Whether a page may show words that its file does not tell.

    So do pictures, also those among text, and letters that the file does not spell out.
    """
    return page.kind in {"image", "mixed"} or any(UNREADABLE in word.text for word in page.words)


def seen_words(page: Page) -> tuple[Word, ...]:
    """The words that the file tells and that are seen on the page."""
    return tuple(
        word
        for number, word in enumerate(page.words)
        if number not in page.unseen and UNREADABLE not in word.text
    )


def together(page: Page, reading: WordsRead | None) -> Page:
    """The page with the words of its file and, after them, those read from its picture.

    Words of the file keep their places. What was read where the file has the same word is left
    out; what was surely read as another word is not, as the font of the file may lie. Pieces that
    were read from one word of the file are one word, however far its letters stand apart. ``read``
    and ``doubtful`` of the page say which words are which.
    """
    if reading is None or not reading.words:
        return page
    seen = seen_words(page)
    added = [
        word
        for word in _whole_words(page, reading.words)
        if _is_news(word, [told_of for told_of in seen if _on(word.box, told_of.box)])
        and word.box.clamp(page.width, page.height).width > 0
        and word.box.clamp(page.width, page.height).height > 0
    ]
    first = len(page.words)
    return replace(
        page,
        words=(
            *page.words,
            *(Word(word.text, word.box.clamp(page.width, page.height)) for word in added),
        ),
        read=frozenset(range(first, first + len(added))),
        doubtful=frozenset(first + place for place, word in enumerate(added) if word.doubtful),
    )


def _whole_words(page: Page, read: Sequence[ReadWord]) -> list[ReadWord]:
    """The words that were read, those put together that are pieces of one word of the file."""
    whole: list[ReadWord] = []
    start = 0
    while start < len(read):
        end = start + 1
        while end < len(read) and _follows(read[end - 1].box, read[end].box):
            end += 1
        whole += _pieces_joined(page, read[start:end])
        start = end
    return whole


def _pieces_joined(page: Page, line: Sequence[ReadWord]) -> Iterator[ReadWord]:
    """The words of one line, each with the pieces that end where one word of the file ends."""
    beside = [word for word in page.words if _is_level(word.box, line)] if len(line) > 1 else []
    start = 0
    while start < len(line):
        end = start + 1
        for word in beside:
            within = start
            while within < len(line) and _lies_within(line[within].box, word.box):
                within += 1
            first, last = line[start].box, line[max(start, within - 1)].box
            near = _ENDS * word.box.height
            if abs(first.x0 - word.box.x0) < near and abs(last.x1 - word.box.x1) < near:
                end = max(end, within)
        yield line[start] if end == start + 1 else _as_one(line[start:end])
        start = end


def _is_level(box: Box, line: Sequence[ReadWord]) -> bool:
    return any(each.box.y0 < box.y1 and box.y0 < each.box.y1 for each in (line[0], line[-1]))


def _as_one(pieces: Sequence[ReadWord]) -> ReadWord:
    box = pieces[0].box
    for piece in pieces[1:]:
        box = box.union(piece.box)
    letters = sum(len(piece.text) for piece in pieces)
    sure = sum(piece.sure * len(piece.text) for piece in pieces) // letters
    return ReadWord("".join(piece.text for piece in pieces)[:_LONGEST], box, sure)


def _follows(before: Box, after: Box) -> bool:
    level = min(before.y1, after.y1) - max(before.y0, after.y0)
    return after.x0 > before.x0 and level > _SAME * min(before.height, after.height)


def _lies_within(piece: Box, word: Box) -> bool:
    level = min(piece.y1, word.y1) - max(piece.y0, word.y0)
    beside = _ENDS * word.height
    return (
        word.x0 - beside <= piece.x0
        and piece.x1 <= word.x1 + beside
        and level > _SAME * piece.height
    )


def _is_news(read: ReadWord, below: Sequence[Word]) -> bool:
    """Whether a word that was read is none of those that the file has at its place."""
    if not below:
        return True
    letters = _letters(read.text)
    if read.doubtful or len(letters) < _TELLING:
        return False
    words = "".join(word.text for word in below)
    if SequenceMatcher(None, letters, _letters(words), autojunk=False).ratio() < _ALIKE:
        return True
    # One letter of a name may be said falsely; what the engine often mistakes is none.
    votes = compare(list(enumerate(words)), read.text, read.sure) if read.sure >= _SURE else {}
    return any(vote == FALSE for vote, _letter in votes.values())


def _letters(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())


def _on(read: Box, told_of: Box) -> bool:
    across = min(read.x1, told_of.x1) - max(read.x0, told_of.x0)
    down = min(read.y1, told_of.y1) - max(read.y0, told_of.y0)
    if across <= 0 or down <= 0:
        return False
    return across * down > _SAME * min(
        read.width * read.height, max(told_of.width * told_of.height, 1e-9)
    )
