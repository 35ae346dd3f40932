"""Draws pages for the eye: a worker keeps documents open and sends bitmaps.

The worker holds a few documents at a time, the last used ones. One that was put away, or lost
in a crash, is sent again when it is needed, so each is named with a way to fetch its bytes.
"""

from __future__ import annotations

import os
import sys
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any, Final, Literal

from dpdesk.documents.bitmaps import Bitmap, PixelFormat
from dpdesk.errors import NotFound, UnreadableFile
from dpdesk.walls.workers import Limits, Sentences, Worker

Turn = Literal[0, 90, 180, 270]
Source = bytes | Callable[[], bytes]
"""The bytes of a PDF, or a way to fetch them (from the vault) whenever they are needed."""

_DRAW: Final = "dpdesk.documents.drawing:draw"
_OPEN: Final = "dpdesk.documents.drawing:open_document"
_CLOSE: Final = "dpdesk.documents.drawing:close_document"
_ROOM: Final = 24_000_000  # bytes; a page 2,000 pixels wide, as a large screen shows it
_LINUX_ROOMS: Final = Path("/dev/shm")  # noqa: S108 -- where Linux keeps shared memory
_FORMATS: Final[dict[str, tuple[PixelFormat, int]]] = {"bgrx": ("bgrx", 4), "gray": ("gray", 1)}


class PageRenderer:
    """Draws pages of named PDFs; any thread may ask, and threads take turns.

    ``documents`` and ``size`` (bytes) bound what the worker holds open at once; at least the
    last used document always stays.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        documents: int = 6,
        size: int = 200_000_000,
        sentences: Sentences | None = None,
    ) -> None:
        self._worker = Worker(limits or Limits(seconds=30.0), sentences or Sentences())
        self._documents = documents
        self._size = size
        self._sources: dict[str, Source] = {}
        self._held: OrderedDict[str, int] = OrderedDict()
        self._generation = -1
        self._room: SharedMemory | Literal[False] | None = None

    def __enter__(self) -> PageRenderer:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.shut_down()

    def start(self) -> None:
        """Starts the worker ahead of the first page."""
        with self._worker.turn:
            self._share()
            self._worker.start()

    def shut_down(self) -> None:
        """Ends the worker and forgets all documents."""
        with self._worker.turn:
            self._sources.clear()
            self._held.clear()
            self._worker.close()
            if self._room:
                self._room.close()
                self._room.unlink()
            self._room = self._worker.room = None

    def open(self, key: str, source: Source) -> None:
        """Names a PDF; its bytes are sent to the worker when its first page is drawn.

        ``key`` stands for these very bytes: for others, take another key or close this one.
        """
        with self._worker.turn:
            self._sources.setdefault(key, source)

    def close(self, key: str) -> None:
        """Forgets a PDF; nothing happens where it is not known."""
        with self._worker.turn:
            self._sources.pop(key, None)
            self._put_away(key)

    def render(
        self,
        key: str,
        page: int,
        *,
        scale: float = 1.0,
        width: int | None = None,
        turn: Turn = 0,
        gray: bool = False,
    ) -> Bitmap:
        """One page (counted from 0) as seen, with annotations and form fields.

        ``scale`` in pixels for each point, or ``width`` of the drawing in pixels instead;
        ``turn`` is a further clockwise turn for the viewer's eye. Raises NotFound for a key
        that was not opened, UnreadableFile where the page cannot be drawn.
        """
        request = {
            "key": key,
            "page": page,
            "scale": scale,
            "width": width,
            "turn": turn,
            "gray": gray,
            "room": None,
        }
        with self._worker.turn:
            self._share()
            request["room"] = self._worker.room
            self._make_ready(key)
            described, blobs = self._worker.call(_DRAW, request)
            return _bitmap(described, blobs[0] if blobs else self._room)

    def ask(
        self,
        key: str,
        page: int,
        question: tuple[str, dict[str, Any], bytes],
        cancelled: Callable[[], bool] | None = None,
    ) -> Any:
        """Asks the worker something else about a page of a PDF that it has open.

        ``question``: the task ("module:function"), its request, and bytes for it. The answer is
        what the task says. Raises as ``render`` does, and Cancelled on request.
        """
        task, request, blob = question
        with self._worker.turn:
            self._make_ready(key)
            answer, _ = self._worker.call(
                task, {**request, "key": key, "page": page}, [blob], cancelled=cancelled
            )
            return answer

    def _share(self) -> None:
        """Makes the memory that is shared with the worker, before there is one."""
        if self._room is None:
            self._room = _make_room()
            self._worker.room = self._room.name if self._room else None

    def _make_ready(self, key: str) -> None:
        source = self._sources.get(key)
        if source is None:
            raise NotFound("This document is not open.", "Open it again from its entry.")
        self._worker.start()
        if self._worker.generation != self._generation:
            self._held.clear()
            self._generation = self._worker.generation
        if key in self._held:
            self._held.move_to_end(key)
            return
        content = source if isinstance(source, bytes) else source()
        while self._held and (
            len(self._held) >= self._documents
            or sum(self._held.values()) + len(content) > self._size
        ):
            self._put_away(next(iter(self._held)))
        self._worker.call(_OPEN, {"key": key}, [content])
        self._held[key] = len(content)

    def _put_away(self, key: str) -> None:
        if self._held.pop(key, None) is not None and (self._worker.generation == self._generation):
            self._worker.call(_CLOSE, {"key": key})


def _make_room() -> SharedMemory | Literal[False]:
    """Memory shared with the worker, so that pixels need not squeeze through a pipe.

    False where the system has none to give; then they take the pipe.
    """
    try:
        room = SharedMemory(create=True, size=_ROOM)
    except OSError:
        return False
    if sys.platform == "linux":
        # Where shared memory is short (in some containers), writing to it would end the worker.
        try:
            with (_LINUX_ROOMS / room.name).open("r+b") as file:
                os.posix_fallocate(file.fileno(), 0, _ROOM)
        except OSError:
            room.close()
            room.unlink()
            return False
    return room


def _bitmap(
    described: dict[str, Any], source: bytes | SharedMemory | Literal[False] | None
) -> Bitmap:
    """The bitmap, its measures checked: the window would read past the end of a short one."""
    try:
        pixels, depth = _FORMATS[described["format"]]
        width, height, stride = (int(described[name]) for name in ("width", "height", "stride"))
        if not (0 < width * depth <= stride and height > 0):
            raise ValueError("not the measures of a picture")
        if isinstance(source, SharedMemory):
            content = bytes((source.buf or b"")[: stride * height])
        else:
            content = source or b""
        if len(content) != stride * height:
            raise ValueError("measures and pixels differ")
        return Bitmap(width, height, stride, content, pixels, float(described["scale"]))
    except (ValueError, KeyError, TypeError):
        raise UnreadableFile(
            "This page cannot be drawn; its file is probably damaged.", "Ask for a fresh copy."
        ) from None
