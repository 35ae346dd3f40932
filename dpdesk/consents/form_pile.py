"""A pile of returned forms, scanned: whose each page is, and what its boxes seem to say.

Nothing is recorded here. A person looks at each picture and confirms.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from dpdesk.consents.codes import CODE_LENGTH, FormCodes, Meant
from dpdesk.documents.intake import Intaker
from dpdesk.errors import UnreadableFile
from dpdesk.papers.form_layout import FormLayout
from dpdesk.store.arriving import foreign_content
from dpdesk.walls.workers import Limits, Worker

_OPEN: Final = "dpdesk.documents.drawing:open_document"
_CLOSE: Final = "dpdesk.documents.drawing:close_document"
_TASKS: Final = "dpdesk.documents.form_task"
_SAYS: Final = frozenset({"ticked", "empty", "doubtful"})
_APART: Final = "The page on which this form is signed is not in this scan."
StepDone = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BoxRead:
    """What a box seems to say (ticked, empty or doubtful), and where it is on the picture."""

    said: str
    place: tuple[float, float, float, float]
    """Left, top, width, height in points of the upright page."""


@dataclass(frozen=True, slots=True)
class FormRead:
    """One page of the pile. ``why`` says why it is nobody's, or why its boxes are not read.

    ``signed`` is None where nothing on this page can be read; of a further page it says whether the
    form was signed on its last.
    """

    file: str
    page: int
    """Within its file, from 1."""
    picture: bytes
    """A JPEG, upright where the code was read."""
    code: str = ""
    pupil: int = 0
    versions: dict[int, int] = field(default_factory=dict)
    boxes: dict[str, BoxRead] = field(default_factory=dict)
    signed: bool | None = None
    why: str = ""
    printed_on: dt.date | None = None

    @property
    def whole_code(self) -> str:
        """The code of the form, without the number of the page."""
        return self.code[:CODE_LENGTH]

    @property
    def uses(self) -> dict[int, str]:
        """What the boxes of uses say, by use."""
        return {
            int(key.removeprefix("use ")): box.said
            for key, box in self.boxes.items()
            if key.startswith("use ")
        }

    @property
    def wish_unclear(self) -> bool:
        """Are both boxes of the pupil's wish marked, or can one of them not be read?"""
        said = [box.said for key, box in self.boxes.items() if key.startswith("wish ")]
        return self.wish is None and any(each != "empty" for each in said)

    @property
    def wish(self) -> str | None:
        """What the pupil says: "yes" or "no"; None where that is not plain."""
        happy, unhappy = (
            self.boxes[key].said if key in self.boxes else "empty"
            for key in ("wish happy", "wish unhappy")
        )
        if (happy, unhappy) == ("ticked", "empty"):
            return "yes"
        return "no" if (happy, unhappy) == ("empty", "ticked") else None


class FormReader:
    """Reads piles in workers of its own, started when needed; close it at the end."""

    def __init__(self, codes: FormCodes, limits: Limits | None = None) -> None:
        self._codes = codes
        self.limits = limits or Limits()
        self._intaker = Intaker(self.limits)
        self._worker = Worker(self.limits)

    def close(self) -> None:
        """Ends the workers."""
        self._intaker.close()
        self._worker.close()

    def read(
        self,
        path: Path,
        *,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[FormRead, ...]:
        """Every page of a file, whether it is a form or not, in its order.

        Raises UnreadableFile where it is no PDF and no picture, PasswordNeeded, Cancelled.
        """
        content = foreign_content(path, self._intaker.refuse_large)
        intake = self._intaker.read(path.name, content, cancelled=cancelled)
        count = len(intake.pages)
        pages: list[FormRead] = []
        self._worker.call(_OPEN, {"key": path.name}, [intake.pdf])
        try:
            for number in range(count):
                pages += self._page(path.name, number, cancelled)
                if step is not None:
                    step(number + 1, count)
        finally:
            with contextlib.suppress(UnreadableFile):
                self._worker.call(_CLOSE, {"key": path.name})
        return tuple(_signed_elsewhere(pages))

    def _page(
        self, name: str, number: int, cancelled: Callable[[], bool] | None
    ) -> Iterator[FormRead]:
        """The forms that lie on a page: one, or two side by side; else the page as it lies."""
        request = {"key": name, "page": number, "again": False}
        answer, _ = self._worker.call(f"{_TASKS}:codes", request, cancelled=cancelled)
        request["again"] = True
        known = list(self._known(answer))
        for code, meant, corners in known:
            layout = meant.layout.on_page(meant.page) if meant.layout is not None else None
            read = FormRead(
                name,
                number + 1,
                b"",
                code,
                meant.pupil,
                dict(meant.versions),
                printed_on=meant.printed_on,
            )
            if layout is None or layout["code"] is None:
                _, blobs = self._worker.call(f"{_TASKS}:whole", request, cancelled=cancelled)
                why = "This form was printed before boxes could be read: answer each box yourself."
                yield replace(read, picture=blobs[0], why=why)
                continue
            asked = request | {"corners": corners, "layout": layout}
            answer, blobs = self._worker.call(f"{_TASKS}:boxes", asked, cancelled=cancelled)
            boxes, signed = _checked(answer, meant.layout, meant.page)
            yield replace(read, picture=blobs[0], boxes=boxes, signed=signed)
        if not known:
            _, blobs = self._worker.call(f"{_TASKS}:whole", request, cancelled=cancelled)
            why = "No code of a form printed here can be read on this page."
            yield FormRead(name, number + 1, blobs[0], why=why)

    def _known(self, answer: dict[str, Any]) -> Iterator[tuple[str, Meant, list[list[float]]]]:
        """The codes that were given out, each once; others are somebody else's."""
        seen = set()
        for each in answer.get("codes", ()):
            text = str(each["text"])
            corners = [[float(x), float(y)] for x, y in each["corners"]]
            meant = self._codes.meant(text)
            if meant is not None and len(corners) == 4 and text not in seen:
                seen.add(text)
                yield text, meant, corners


def _signed_elsewhere(pages: Sequence[FormRead]) -> Iterator[FormRead]:
    """A form of several pages is signed on the last: what is found there counts for all of them."""
    found: dict[str, bool] = {}
    for each in pages:
        if each.signed is not None:
            found[each.whole_code] = each.signed or found.get(each.whole_code, False)
    for each in pages:
        if each.boxes and each.signed is None:
            code = each.whole_code
            yield replace(each, signed=found.get(code, False), why="" if code in found else _APART)
        else:
            yield each


def _checked(
    answer: dict[str, Any], layout: FormLayout | None, page: int
) -> tuple[dict[str, BoxRead], bool | None]:
    """What the worker says of boxes, looked through: a page may have led it astray."""
    asked = layout.on_page(page)["boxes"] if layout is not None else {}
    told = answer.get("boxes", {})
    boxes = {}
    for key in asked:
        said, place = told[key]["said"], told[key]["place"]
        if said not in _SAYS or len(place) != 4:
            raise UnreadableFile("This page could not be read.", "Enter the form by hand.")
        x, y, wide, high = (float(side) for side in place)
        boxes[key] = BoxRead(said, (x, y, wide, high))
    signed = answer.get("signed")
    return boxes, None if signed is None else bool(signed)
