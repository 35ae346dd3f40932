"""Checks a file that somebody else redacted: what can still be read in it?

The file is looked through in a worker, and nothing of it is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from dpdesk.documents.bitmaps import Bitmap
from dpdesk.documents.pages import Box
from dpdesk.documents.render import PageRenderer
from dpdesk.errors import UnreadableFile
from dpdesk.inspection.found import KINDS, Kind, Leak
from dpdesk.store.arriving import foreign_content
from dpdesk.walls.workers import Limits, Worker

_TASK: Final = "dpdesk.inspection.task:inspect"
MOST_PICTURES: Final = 60
"""Pages of one report that are pictured."""
_DRAWN: Final = 1.5  # pixels for each point
_KINDS: Final = frozenset({"pdf", "word", "odt", "picture", "sheets", "slides"})
_PARTS: Final = {"sheets": "Sheet", "slides": "Slide"}
_SENTENCE: Final = 300
_TEXT: Final = 500
_MOST: Final = 5_000
StepDone = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Inspection:
    """The outcome: what was found, in the order of the pages, and the PDF to draw pages from."""

    name: str
    kind: str
    pages: int
    leaks: tuple[Leak, ...]
    pdf: bytes = b""
    """Empty for a file without pages to draw."""

    @property
    def part(self) -> str:
        """What ``pages`` counts: "Page", "Sheet" or "Slide"."""
        return _PARTS.get(self.kind, "Page")

    def where(self, leak: Leak) -> str:
        """Where something was found: "Page 3", "Sheet 1", or "File" for the whole of it."""
        return f"{self.part} {leak.page}" if leak.page else "File"

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.leaks


class Inspector:
    """Looks through files in a worker of its own, started when needed; close it at the end."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits(seconds=120.0)
        self._worker = Worker(self.limits)

    def __enter__(self) -> Inspector:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker."""
        self._worker.close()

    def pictures(self, found: Inspection, most: int = MOST_PICTURES) -> dict[int, Bitmap]:
        """Grey drawings of the pages on which something was found, by their numbers from 1.

        A page that cannot be drawn is left out.
        """
        wanted = sorted({leak.page for leak in found.leaks if leak.page})[:most]
        drawn = {}
        if not found.pdf or not wanted:
            return {}
        with PageRenderer(documents=1) as renderer:
            renderer.open("checked", found.pdf)
            for number in wanted:
                with contextlib.suppress(UnreadableFile):
                    drawn[number] = renderer.render("checked", number - 1, scale=_DRAWN, gray=True)
        return drawn

    def inspect_file(
        self,
        path: Path,
        *,
        password: str | None = None,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Inspection:
        """Checks a file on the disk. Raises UnreadableFile also where it cannot be opened."""
        content = foreign_content(path, self._refuse_large)
        return self.inspect(path.name, content, password=password, step=step, cancelled=cancelled)

    def _refuse_large(self, size: int) -> None:
        if size > self.limits.size:
            raise UnreadableFile("This file is too large to be checked.", "Split it.")

    def inspect(
        self,
        name: str,
        content: bytes,
        *,
        password: str | None = None,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Inspection:
        """Checks the content of a file.

        Raises UnreadableFile where it is of another kind or damaged, PasswordNeeded where it is
        locked, Cancelled on request.
        """
        if not content:
            raise UnreadableFile("This file is empty.", "Ask for it again.")

        def say(report: dict[str, Any], _blobs: list[bytes]) -> None:
            if step is not None:
                step(int(report["done"]), int(report["all"]))

        request = {"password": password, "pages": self.limits.pages}
        answer, blobs = self._worker.call(_TASK, request, [content], say=say, cancelled=cancelled)
        leaks = _checked(answer)
        kind = str(answer.get("kind"))
        kind = kind if kind in _KINDS else "word"
        drawn = (blobs[0] if blobs else content) if kind == "pdf" else b""
        return Inspection(name, kind, int(answer.get("pages", 0)), leaks, drawn)


def _checked(answer: dict[str, Any]) -> tuple[Leak, ...]:
    """What the worker says, looked through: a file may have led it astray."""
    try:
        leaks = [_leak(each) for each in answer["found"][:_MOST]]
    except (KeyError, TypeError, ValueError):
        raise UnreadableFile(
            "dpdesk could not check this file.", "Do not hand it out unchecked."
        ) from None
    return tuple(sorted(leaks, key=lambda leak: (leak.page == 0, leak.page)))


def _leak(told: dict[str, Any]) -> Leak:
    if told["kind"] not in KINDS:
        raise ValueError("no such kind")
    boxes = tuple(Box(*(float(side) for side in sides)) for sides in told["boxes"])
    return Leak(
        cast(Kind, told["kind"]),
        max(0, int(told["page"])),
        str(told["what"])[:_SENTENCE],
        str(told["text"])[:_TEXT],
        boxes,
    )
