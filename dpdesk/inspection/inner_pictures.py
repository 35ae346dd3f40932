"""Pictures within an office file: each is looked through like one that comes alone.

For workers only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from dpdesk.documents import drawn_words, office_zip
from dpdesk.documents.office_zip import Packed
from dpdesk.errors import UnreadableFile
from dpdesk.inspection import line_drawings, office_shown, open_shown, picture_file
from dpdesk.inspection.found import Kind
from dpdesk.inspection.pdf_file import has_place
from dpdesk.inspection.shown import Shown
from dpdesk.inspection.telling import Told

_MOST: Final = 400
"""Pictures of one file that are looked through; the rest is told as such."""
_PIXELS: Final = 60_000_000  # of one picture
_ALL_PIXELS: Final = 800_000_000
_LONGEST: Final = 80_000_000  # bytes
_NAMED: Final = 6  # pictures that one sentence names
_BEFORE: Final = ".wdp"
_DRAWN: Final = (".svg", ".svgz")
"""Made of lines and words; what lies beside a picture is beside it as PNG."""
_UNREAD: Final = "This picture is damaged and could not be looked at."
_LARGE: Final = "This picture is too large to be looked at."
_MANY: Final = "This drawing has too many pieces; not all of it was looked at."
_OTHER: Final = "This picture is of a kind that cannot be looked at."
_EARLIER: Final = "How it was before an effect was laid over it is still in the file."
_PLACE: Final = "The picture says where it was taken."
_LEFT: Final = "It is still in the file."
_CROPPED: Final = "It was cropped; the rest of it is still in the file."


def look(content: bytes, told: Told, memory: dict[str, Any], step: Callable[[], None]) -> None:
    """Looks through all pictures of a file; ``step`` is called after each.

    A picture that cannot be looked at is told of, and refuses nothing. ``told`` must know the words
    that the file shows.
    """
    packed = office_zip.opened(content)
    listed = open_shown.pictures if packed.has("content.xml") else office_shown.pictures
    looking = _Looking(packed, told, memory)
    # All are named before one is read: what their parts say is still to be had then.
    for shown in tuple(listed(packed)):
        looking.at(shown)
        step()
    looking.tell()


class _Finding(NamedTuple):
    kind: Kind
    page: int
    place: str
    what: str
    text: str


class _Looking:
    """Goes from picture to picture, and gathers what is alike in several."""

    def __init__(self, packed: Packed, told: Told, memory: dict[str, Any]) -> None:
        self._packed, self._told, self._memory = packed, told, memory
        self._met: set[bytes] = set()
        self._pixels = self._missed = 0
        self._found: dict[_Finding, list[str]] = {}

    def at(self, shown: Shown) -> None:
        """Looks at one picture, unless the same was looked at before."""
        if shown.lost:
            self._tell(shown, "leftover", _LEFT)
        if shown.cropped:
            self._tell(shown, "cropped", _CROPPED)
        if len(self._met) >= _MOST or self._pixels >= _ALL_PIXELS:
            self._missed += 1
            return
        try:
            content = shown.content or self._packed.read(shown.part) or b""
        except UnreadableFile:
            self._pixels = _ALL_PIXELS  # the file unpacks to more than is read
            self._missed += 1
            return
        known = hashlib.sha256(content).digest()
        if not content:
            self._tell(shown, "damaged", _UNREAD)
        elif known not in self._met:
            self._met.add(known)
            self._look(shown, content)

    def _look(self, shown: Shown, content: bytes) -> None:
        if shown.part.lower().endswith(_BEFORE):
            self._tell(shown, "earlier-version", _EARLIER)
        elif shown.part.lower().endswith(_DRAWN):
            self._look_at_lines(shown, content)
        elif len(content) > _LONGEST:
            self._tell(shown, "damaged", _LARGE)
        elif picture_file.is_picture(content):
            self._look_through(shown, content)
        else:
            self._tell(shown, "damaged", _OTHER)
            if has_place(content):
                self._tell(shown, "picture-data", _PLACE)

    def _look_at_lines(self, shown: Shown, content: bytes) -> None:
        """Looks at a drawing made of lines: its words, and the pictures in it."""
        held = line_drawings.look(content, on_paper="slide" not in shown.place)
        if held is None:
            self._tell(shown, "damaged", _UNREAD)
        if held is not None and held.unseen:
            self._tell(shown, "hidden-text", line_drawings.UNSEEN, held.unseen)
        if held is not None and held.covered:
            self._tell(shown, "drawn-bar", line_drawings.COVERED, held.covered)
        if held is not None and not held.whole:
            self._tell(shown, "damaged", _MANY)
        drawn = drawn_words.read(content)
        for picture in drawn.pictures if drawn is not None else ():
            if picture_file.is_picture(picture) and self._pixels < _ALL_PIXELS:
                self._look_through(shown, picture)

    def _look_through(self, shown: Shown, content: bytes) -> None:
        apart = self._told.apart()
        try:
            pixels = picture_file.pixels(content)
            self._pixels += pixels
            if pixels <= _PIXELS:
                picture_file.look(content, apart, self._memory)
            else:
                self._tell(shown, "damaged", _LARGE)
        except Exception:  # noqa: BLE001 -- whatever is wrong with one picture, the rest is checked
            self._tell(shown, "damaged", _UNREAD)
        for each in apart.found:
            self._tell(shown, each["kind"], each["what"], each["text"])
        if has_place(content) and not any(each["kind"] == "picture-data" for each in apart.found):
            self._tell(shown, "picture-data", _PLACE)

    def _tell(self, shown: Shown, kind: Kind, what: str, text: str = "") -> None:
        place = f", {shown.place}" if shown.lost else f" {shown.place}"
        finding = _Finding(kind, shown.page, place, what, text)
        names = self._found.setdefault(finding, [])
        if shown.name not in names:
            names.append(shown.name)

    def tell(self) -> None:
        """Tells what was found, once for all pictures of a place that have it."""
        for (kind, page, place, what, text), names in self._found.items():
            self._told.tell(kind, page, f"{_several(names)}{place}: {what}", text)
        if self._missed:
            many = "1 more picture is" if self._missed == 1 else f"{self._missed:,} more are"
            what = f"The file holds too many or too large pictures: {many} not looked at."
            self._told.tell("damaged", 0, what)


def _several(names: Iterable[str]) -> str:
    """Pictures by their numbers or names: "Pictures 1, 2 and 5"."""
    several = list(names)
    if len(several) == 1:
        return f"Picture {several[0]}"
    if len(several) > _NAMED:
        return f"Pictures {', '.join(several[:_NAMED])} and {len(several) - _NAMED:,} more"
    return f"Pictures {', '.join(several[:-1])} and {several[-1]}"
