"""Builds a bundle: pages drawn and burnt by workers, written in order as they come.

The caller gives the plan, a way to get at the sources, and a place for the bytes. Nothing is
written anywhere else, and the memory needed does not grow with the number of pages.
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, overload

import pikepdf

from dpdesk.disclosure import textlayer
from dpdesk.disclosure.burn import BurntPage, burn
from dpdesk.disclosure.crew import Crew, Hands, KeptWorkers, OpenSources, default_workers
from dpdesk.disclosure.front import OwnPages
from dpdesk.disclosure.marks import removed_words
from dpdesk.disclosure.packing import pack_line, sides_of, unpack_line
from dpdesk.disclosure.page_task import PageTask
from dpdesk.disclosure.pdf_writer import PdfWriter, Sink, numbers
from dpdesk.disclosure.plan import (
    BundlePlan,
    BundleReport,
    PlannedPage,
    SetLine,
    Sources,
    stamp_text,
    withheld_lines,
)
from dpdesk.documents.pages import Box
from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import InvalidEntry, StepDone, UnreadableFile

DPI = 300
"""Resolution of pages of text, in pixels per inch."""
FRONT_TITLE, BACK_TITLE = "Cover and contents", "Reasons for redaction"
"""Bookmarks of the school's own pages."""
_BLEED = 0.15  # points; a reader that smooths edges must not let the picture shine through
_FULL_STAMP = "FULL UNREDACTED COPY, DO NOT SEND"
_REOPEN = 200  # pages


class BurningHands(Hands[PageTask]):
    """Burns pages in a worker; keeps the sources it was given open."""

    def __init__(self) -> None:
        self._shelf = OpenSources()
        self._contents: dict[str, bytes] = {}
        self._open: dict[str, Any] = {}
        self._done = 0

    def accept(self, key: str, content: bytes) -> None:
        """Takes a source, and lets go of earlier ones when they grow too large together."""
        for gone in self._shelf.put(key, len(content)):
            self._close(gone)
            del self._contents[gone]
        self._contents[key] = content

    def _close(self, key: str) -> None:
        document = self._open.pop(key, None)
        if document is not None:
            document.close()

    def __call__(self, task: PageTask, /) -> bytes:
        """Burns one page; sources are opened afresh now and then, as pdfium keeps what it read."""
        self._done += 1
        if self._done % _REOPEN == 0:
            for key in list(self._open):
                self._close(key)
        if task.withheld is not None:
            return pack(burn(None, task))
        if task.source not in self._open:
            try:
                self._open[task.source] = open_pdf(self._contents[task.source])
            except UnreadableFile as fault:
                raise UnreadableFile(
                    f"Page {task.number} of the bundle cannot be drawn because its file "
                    "is damaged.",
                    "Withhold the page, or add the document again.",
                ) from fault
        return pack(burn(self._open[task.source], task))


def pack(page: BurntPage) -> bytes:
    """A burnt page as bytes, for the way from the worker."""
    words = zlib.compress(page.words, 4)
    head = json.dumps(
        {
            "number": page.number,
            "size": [page.width, page.height],
            "frame": [page.frame.scale, page.frame.left, page.frame.height],
            "part": [page.part.x0, page.part.y0, page.part.x1, page.part.y1],
            "pixels": page.pixels,
            "encoding": page.encoding,
            "colour": page.colour,
            "used": [[code, sign] for code, sign in page.used.items()],
            "areas": [sides_of(box) for box in page.areas],
            "lines": [pack_line(line) for line in page.lines],
            "uneven": page.uneven,
            "cut": len(page.picture),
        }
    ).encode("ascii")
    return len(head).to_bytes(4, "big") + head + page.picture + words


def unpack(answer: bytes) -> tuple[BurntPage, bytes]:
    """The burnt page without its words, and the compressed words."""
    start = 4 + int.from_bytes(answer[:4], "big")
    head = json.loads(answer[4:start])
    cut = start + head["cut"]
    wide, high = head["size"]
    page = BurntPage(
        head["number"],
        wide,
        high,
        textlayer.PagePlacing(*head["frame"]),
        Box(*head["part"]),
        tuple(head["pixels"]),
        head["encoding"],
        head["colour"],
        answer[start:cut],
        b"",
        dict(head["used"]),
        tuple(Box(*sides) for sides in head["areas"]),
        tuple(map(unpack_line, head["lines"])),
        tuple(head["uneven"]),
    )
    return page, answer[cut:]


def build(
    plan: BundlePlan,
    sources: Sources,
    sink: Sink,
    *,
    day: str = "",
    dpi: int = DPI,
    workers: int = 0,
    staff: KeptWorkers | None = None,
    progress: StepDone | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BundleReport:
    """Writes the bundle into ``sink``, from its first byte to its last.

    ``day`` (YYYYMMDD) is shown as the date of the file; ``staff`` are workers that are there
    already. Raises UnreadableFile with the number
    of the page that cannot be drawn, and Cancelled. What was written must then be thrown away:
    it has no table of objects and is not a PDF.
    """
    if not len(plan.pages):
        raise InvalidEntry({"pages": "The bundle has no pages yet."})
    work = _Build(plan, sources, sink, dpi)
    return work.run(day, (workers or default_workers(), staff), progress, cancelled)


class _Build:
    def __init__(self, plan: BundlePlan, sources: Sources, sink: Sink, dpi: int) -> None:
        self._plan, self._sources, self._dpi = plan, sources, dpi
        self._front = OwnPages(plan.front) if plan.front else None
        self._back = OwnPages(plan.back) if plan.back else None
        self.before = len(self._front) if self._front else 0
        self.planned = len(plan.pages)
        self.total = self.before + self.planned + (len(self._back) if self._back else 0)
        self._writer = PdfWriter(sink, self.total)
        self._codes: dict[str, int] = {}
        self._bookmarks: list[tuple[str, int]] = []
        self._used: dict[int, str] = {0x20: " "}
        self._shelves: dict[int, OpenSources] = {}

    def run(
        self,
        day: str,
        who: tuple[int, KeptWorkers | None],
        progress: StepDone | None,
        cancelled: Callable[[], bool] | None,
    ) -> BundleReport:
        if self._front:
            self._bookmarks.append((FRONT_TITLE, 0))
            self._front.write(self._writer, 0, self.total)
            self._front.close()
        areas: list[tuple[Box, ...]] = []
        lines: list[tuple[SetLine, ...]] = []
        uneven: list[tuple[int, ...]] = []
        with Crew(
            BurningHands(),
            workers=min(who[0], self.planned),
            staff=who[1],
            before=self._needed,
            page_of=lambda task: task.number,
            cancelled=cancelled,
        ) as crew:
            for answer in crew.run(self._tasks()):
                page, words = unpack(answer)
                self._write(page, words)
                areas.append(page.areas)
                lines.append(page.lines)
                uneven.append(page.uneven)
                if progress:
                    progress(len(areas), self.planned)
        if self._back:
            self._bookmarks.append((BACK_TITLE, self.before + self.planned))
            self._back.write(self._writer, self.before + self.planned, self.total)
            self._back.close()
        self._writer.add_unseen_font(self._used)
        self._writer.close(self._plan.heading, self._bookmarks, day)
        return BundleReport(
            self._writer.sha256,
            self._writer.size,
            self.total,
            tuple(areas),
            tuple(lines),
            tuple(uneven),
        )

    def _tasks(self) -> Iterator[PageTask]:
        for place, planned in enumerate(self._plan.pages):
            number = self.before + place + 1
            if planned.starts:
                self._bookmarks.append((planned.starts, number - 1))
            yield self._task(planned, number)

    def _task(self, planned: PlannedPage, number: int) -> PageTask:
        plan = self._plan
        withheld = withheld_lines(plan, planned, number) if planned.withheld else None
        signs = textlayer.astral_signs(planned.page.words)
        if signs and planned.marks:
            gone = set(removed_words(planned.page.words, planned.marks))
            stay = (word for n, word in enumerate(planned.page.words) if n not in gone)
            signs = textlayer.astral_signs(stay)
        if withheld:
            planned = replace(planned, page=replace(planned.page, words=()), marks=())
            signs = set()
        return PageTask(
            number,
            planned.source,
            planned.index,
            planned.page,
            planned.marks,
            stamp_text(plan, planned, number, self.total),
            withheld,
            self._dpi,
            textlayer.codes_for(signs, self._codes),
        )

    def _needed(self, worker: int, task: PageTask) -> list[tuple[str, bytes]]:
        """The source of the page, unless this worker has it open."""
        shelf = self._shelves.setdefault(worker, OpenSources())
        if task.withheld is not None or task.source in shelf.sizes:
            return []
        content = self._sources(task.source)
        shelf.put(task.source, len(content))
        return [(task.source, content)]

    def _write(self, page: BurntPage, words: bytes) -> None:
        writer = self._writer
        wide, high = page.pixels
        if page.encoding == "g4":
            coded = (
                b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode"
                b"/DecodeParms<</K -1/Columns %d/Rows %d/BlackIs1 false>>" % (wide, high)
            )
        else:
            space = b"DeviceRGB" if page.colour else b"DeviceGray"
            coded = b"/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode" % space
        picture = writer.add_stream(
            b"/Type/XObject/Subtype/Image/Width %d/Height %d%s" % (wide, high, coded), page.picture
        )
        place = numbers(*_placement(page))
        shown = b"q %s cm /P Do Q\n" % place
        if page.encoding == "jpeg" and page.areas:
            shown += b"0 g\n" + b"".join(_solid(area, page.frame) for area in page.areas) + b"f\n"
        drawn = writer.add_stream(b"", shown)
        unseen = writer.add_stream(b"/Filter/FlateDecode", words)
        writer.add_page(
            page.number - 1,
            (page.width, page.height),
            b"/Resources<</XObject<</P %d 0 R>>/Font<</F %d 0 R>>>>/Contents[%d 0 R %d 0 R]"
            % (picture, writer.unseen_font, drawn, unseen),
        )
        self._used.update(page.used)


def _placement(page: BurntPage) -> tuple[float, ...]:
    """The matrix that puts the picture where the part of the page is that it shows."""
    frame, part = page.frame, page.part
    size = frame.scale * part.width, frame.scale * part.height
    return (size[0], 0, 0, size[1], frame.across(part.x0), frame.up(part.y1))


def _solid(area: Box, frame: textlayer.PagePlacing) -> bytes:
    """A black rectangle on a burnt place, so that its edge is as solid as its middle in JPEG."""
    box = area.inflate(_BLEED)
    size = frame.scale * box.width, frame.scale * box.height
    return b"%s re\n" % numbers(frame.across(box.x0), frame.up(box.y1), *size)


def unredacted(plan: BundlePlan) -> BundlePlan:
    """The plan of the full copy for the school's own sealed file (policy 13.2.12).

    The same pages under the same numbers, with nothing removed, each stamped as such.
    """
    return replace(
        plan, pages=_Unredacted(plan.pages), title=f"Full unredacted copy {plan.reference}"
    )


class _Unredacted(Sequence[PlannedPage]):
    """Pages without marks, made as they are asked for."""

    def __init__(self, pages: Sequence[PlannedPage]) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, index: int) -> PlannedPage: ...

    @overload
    def __getitem__(self, index: slice) -> _Unredacted: ...

    def __getitem__(self, index: int | slice) -> PlannedPage | _Unredacted:
        if isinstance(index, slice):
            return _Unredacted(self._pages[index])
        planned = self._pages[index]
        return replace(planned, marks=(), withheld=None, stamp=_FULL_STAMP)

    def __iter__(self) -> Iterator[PlannedPage]:
        return (self[place] for place in range(len(self)))


def encrypt_copy(finished: BinaryIO, sink: BinaryIO, password: str) -> None:
    """Writes a copy of a finished bundle that opens with the password only (AES-256).

    Raises InvalidEntry when the password is empty or longer than PDF allows (127 bytes).
    """
    if not password or len(password.encode("utf-8")) > 127:
        raise InvalidEntry({"password": "Give a password of 1 to 127 characters."})
    lock = pikepdf.Encryption(owner=secrets.token_urlsafe(24), user=password, R=6)
    with pikepdf.Pdf.open(finished) as pdf:
        pdf.save(sink, encryption=lock, static_id=False, fix_metadata_version=False)
