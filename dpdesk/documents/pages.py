"""Pages as the eye sees them: their size, their words, and where the ink of each word lies.

All lengths are points (1/72 inch). The origin is the top left corner of the page as seen,
after its rotation and its crop; y grows downwards.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, overload

from dpdesk.errors import UnreadableFile

Kind = Literal["text", "image", "mixed", "blank"]
"""What a page consists of; an ``image`` page shows something but has no words to search."""

_KINDS: tuple[Kind, ...] = ("text", "image", "mixed", "blank")
_STEPS = 100  # boxes are kept in hundredths of a point, so that packing loses nothing
_FORMAT = 1
_PACKED_LIMIT = 64 * 1024 * 1024  # unpacked size of one page; a thick page has 100 kB
_BOXES = b',"b":['
_UNSEEN = b',"u":['
_LINE_SHARE = 0.5  # words share a line when half the height of the smaller one overlaps


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Length of the upper side."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Length of the left side."""
        return self.y1 - self.y0

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def intersects(self, other: Box) -> bool:
        """Whether the two share an area; touching edges do not count."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def contains(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        return (
            self.x0 <= other.x0
            and self.y0 <= other.y0
            and self.x1 >= other.x1
            and self.y1 >= other.y1
        )

    def inflate(self, dx: float, dy: float | None = None) -> Box:
        """The box with ``dx`` more on the left and right and ``dy`` (or ``dx``) above and below."""
        down = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - down, self.x1 + dx, self.y1 + down)

    def clamp(self, width: float, height: float) -> Box:
        """The part inside a page of this size; a box wholly outside collapses onto the edge."""
        x0, y0, x1, y1 = self.x0, self.y0, self.x1, self.y1
        if x0 >= 0.0 <= x1 <= width >= x0 and y0 >= 0.0 <= y1 <= height >= y0:
            return self  # wholly inside, as nearly all are
        return Box(
            min(max(x0, 0.0), width),
            min(max(y0, 0.0), height),
            min(max(x1, 0.0), width),
            min(max(y1, 0.0), height),
        )

    def rounded(self) -> Box:
        """The box with its edges moved outwards to full hundredths of a point."""
        return Box(
            math.floor(self.x0 * _STEPS + 1e-6) / _STEPS,
            math.floor(self.y0 * _STEPS + 1e-6) / _STEPS,
            math.ceil(self.x1 * _STEPS - 1e-6) / _STEPS,
            math.ceil(self.y1 * _STEPS - 1e-6) / _STEPS,
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One word and the box that covers all of its ink: accents, ascenders and descenders too.

    A word broken at the end of a line is two words, the first ending in a hyphen.
    """

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page as seen: its size in points and its words in reading order.

    ``unseen`` are the places of the words that are in the file but that nobody sees on the
    page. They can be found and marked, and never reach a bundle.

    ``read`` are the places of words that are in no file but were read from the picture of the
    page, ``doubtful`` those among them that may be misread: see ``read_words``. They are never
    packed with the page, and nothing relies on them.
    """

    width: float
    height: float
    words: tuple[Word, ...]
    kind: Kind
    unseen: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()

    def of_file(self) -> Page:
        """The page with the words of its file alone: what is released goes by these."""
        if not self.read:
            return self
        own = self.words[: len(self.words) - len(self.read)]
        return replace(self, words=own, read=frozenset(), doubtful=frozenset())

    def lines(self) -> tuple[tuple[Word, ...], ...]:
        """The words, line by line, in reading order."""
        found: list[tuple[Word, ...]] = []
        line: list[Word] = []
        for word in self.words:
            if line and not _same_line(line[-1].box, word.box):
                found.append(tuple(line))
                line = []
            line.append(word)
        if line:
            found.append(tuple(line))
        return tuple(found)

    def text(self) -> str:
        """The words in reading order, a space between words and a new line between lines."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines())

    def pack(self) -> bytes:
        """The page in few bytes, for the database; ``unpack`` gives an equal page back."""
        content: dict[str, object] = {
            "v": _FORMAT,
            "w": self.width,
            "h": self.height,
            "k": self.kind,
            "t": [word.text for word in self.words],
            "b": [
                [round(side * _STEPS) for side in (box.x0, box.y0, box.x1, box.y1)]
                for box in (word.box for word in self.words)
            ],
        }
        if self.unseen:
            content["u"] = sorted(self.unseen)
        plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(plain.encode("utf-8", "surrogatepass"), 6)

    @staticmethod
    def unpack(packed: bytes) -> Page:
        """The page that was packed.

        Raises UnreadableFile where the bytes are not a packed page: they may come from a
        worker that was led astray by a hostile file.
        """
        try:
            opened = zlib.decompressobj()
            plain = opened.decompress(packed, _PACKED_LIMIT)
            if not opened.eof:
                raise ValueError("longer than a page can be")
            return _from_content(json.loads(plain))
        except (zlib.error, ValueError, TypeError, KeyError) as fault:
            raise UnreadableFile(
                "The stored words of a page are damaged.", "Add the document again."
            ) from fault


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What the words of a page say, without where they lie, which takes ten times as long to read.

    ``unseen`` as of a page.
    """

    words: Sequence[str]
    unseen: frozenset[int] = frozenset()

    @staticmethod
    def unpack(packed: bytes) -> PageTexts:
        """The texts of the page that was packed. Raises UnreadableFile as ``Page.unpack`` does."""
        opened = zlib.decompressobj()
        try:
            plain = opened.decompress(packed, _PACKED_LIMIT)
            # No text holds a plain quotation mark, so this is where the boxes begin and end.
            head, boxes, rest = plain.partition(_BOXES)
            if not (opened.eof and boxes and plain.endswith(b"}")):
                return PageTexts.of(Page.unpack(packed))
            texts = json.loads(head + b"}")["t"]
            more = rest.rfind(_UNSEEN)
            unseen = frozenset(json.loads(rest[more + len(_UNSEEN) - 1 : -1])) if more >= 0 else ()
        except (zlib.error, ValueError, TypeError, KeyError):
            return PageTexts.of(Page.unpack(packed))
        if not {str}.issuperset(map(type, texts)) or not {int}.issuperset(map(type, unseen)):
            return PageTexts.of(Page.unpack(packed))
        return PageTexts(texts, frozenset(unseen))

    @staticmethod
    def of(page: Page) -> PageTexts:
        """The texts of a page."""
        return PageTexts([word.text for word in page.words], page.unseen)


def _same_line(before: Box, after: Box) -> bool:
    overlap = min(before.y1, after.y1) - max(before.y0, after.y0)
    return overlap >= _LINE_SHARE * min(before.height, after.height)


def _from_content(content: dict[str, Any]) -> Page:
    texts, boxes = content["t"], content["b"]
    width, height = float(content["w"]), float(content["h"])
    if content["v"] != _FORMAT or content["k"] not in _KINDS or len(texts) != len(boxes):
        raise ValueError("not a page of this version")
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise ValueError("not the size of a page")
    if not all(type(text) is str for text in texts):
        raise TypeError("a word is text")
    places = ([side / _STEPS for side in sides] for sides in boxes)
    words = [
        Word(text, Box(x0, y0, x1, y1))
        for text, (x0, y0, x1, y1) in zip(texts, places, strict=True)
    ]
    unseen = frozenset(content.get("u", ()))
    if not all(isinstance(number, int) and 0 <= number < len(words) for number in unseen):
        raise ValueError("not the words of this page")
    return Page(width, height, tuple(words), cast(Kind, content["k"]), unseen)


class Pages(Sequence[Page]):
    """The pages of one document, kept packed: 5,000 pages of words take some 20 MB.

    Each page is unpacked when it is asked for, and again the next time.
    """

    def __init__(self, packed: Iterable[bytes] = ()) -> None:
        self._packed = tuple(packed)

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Pages:
        """Packs pages one after the other."""
        return cls(page.pack() for page in pages)

    def packed(self) -> tuple[bytes, ...]:
        """Each page as ``Page.pack`` made it: what the database keeps."""
        return self._packed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, index: int) -> Page: ...

    @overload
    def __getitem__(self, index: slice) -> Pages: ...

    def __getitem__(self, index: int | slice) -> Page | Pages:
        if isinstance(index, slice):
            return Pages(self._packed[index])
        return Page.unpack(self._packed[index])

    def __iter__(self) -> Iterator[Page]:
        return (Page.unpack(packed) for packed in self._packed)
