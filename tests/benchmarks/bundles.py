"""Invented bundles of any length: their plan is made page by page, as from a database."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dpdesk.disclosure import bundle
from dpdesk.disclosure.check import check
from dpdesk.disclosure.crew import KeptWorkers
from dpdesk.disclosure.evidence import Marked, MarkedPage, ReleaseEvidence
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.documents.pages import Page
from dpdesk.documents.pdf import open_pdf
from dpdesk.documents.words import read_page
from tests.benchmarks import invented

SHEETS = 50
"""Pages of each document of a bundle."""


class Pages(Sequence):
    """The pages of a plan; each is unpacked when it is asked for, as the program does."""

    def __init__(self, packed: Sequence[bytes], count: int, marks: int) -> None:
        self._packed, self._count, self._marks = packed, count, marks

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index):
        if not 0 <= index < self._count:
            raise IndexError(index)
        document, sheet = divmod(index, len(self._packed))
        page = Page.unpack(self._packed[sheet])
        first = index * self._marks // self._count
        count = (index + 1) * self._marks // self._count - first
        boxes = [word.box for word in page.words[5 :: max(1, len(page.words) // (count + 1))]]
        marks = tuple(
            PlannedMark(first + rank + 1, box, "TP-16") for rank, box in enumerate(boxes[:count])
        )
        title = "" if sheet else f"Document {document + 1}"
        return PlannedPage(f"document {document}", sheet, page, marks, starts=title)


def photograph(seed: int) -> Image.Image:
    """An invented photograph: soft light, grain and some edges, 300 dots per inch of A4."""
    grain = Image.effect_noise((620, 877), 40).resize((1240, 1754), Image.Resampling.BICUBIC)
    across = Image.linear_gradient("L").resize(grain.size)
    round_about = Image.radial_gradient("L").resize(grain.size)
    # As in a camera, grain is in the light and hardly in the colours.
    tints = (across, round_about, across.rotate(180))
    picture = Image.merge("RGB", [Image.blend(grain, tint, 0.4) for tint in tints])
    pen = ImageDraw.Draw(picture)
    for rank in range(12):
        x, y = (seed * 97 + rank * 211) % 1000, (seed * 61 + rank * 173) % 1500
        pen.ellipse((x, y, x + 180, y + 220), fill=(x % 255, y % 255, 90 + rank * 9))
    return picture


def photographs_pdf(pages: int) -> bytes:
    """A PDF of so many invented photographs."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        shot = io.BytesIO()
        photograph(number).save(shot, "JPEG", quality=85)
        canvas.drawImage(ImageReader(shot), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def source(kind: str, pages: int) -> bytes:
    """The PDF of one document."""
    return invented.text_pdf(pages) if kind == "text" else photographs_pdf(pages)


def plan_of(content: bytes, pages: int, marks: int) -> BundlePlan:
    """A plan of so many pages, the document with this content again and again."""
    document = open_pdf(content)
    try:
        packed = [read_page(document, number).pack() for number in range(len(document))]
    finally:
        document.close()
    return BundlePlan("SAR-2026-014", Pages(packed, pages, marks))


class Marks(Sequence):
    """The pages of a plan as the tables would have them, made when they are asked for."""

    def __init__(self, pages: Sequence[PlannedPage]) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def __getitem__(self, index):
        page = self._pages[index]
        marks = tuple(Marked(mark.box, mark.kind, mark.code) for mark in page.marks)
        return MarkedPage(page.source, page.index, page.page, marks)


def evidence(plan: BundlePlan, content: bytes) -> ReleaseEvidence:
    """What the check is given beside the plan: the same pages, made once more."""
    return ReleaseEvidence(Marks(plan.pages), lambda _key: content)


def build(content: bytes, pages: int, marks: int, dpi: int, target: Path) -> dict[str, float]:
    """Builds and checks a bundle into a file with two workers; seconds and bytes."""
    plan = plan_of(content, pages, marks)
    begun = time.perf_counter()
    with KeptWorkers(2) as staff:
        with target.open("wb") as sink:
            report = bundle.build(plan, lambda _key: content, sink, dpi=dpi, workers=2, staff=staff)
        built = time.perf_counter()
        with target.open("rb") as finished:
            check(plan, report, finished, evidence(plan, content), workers=2, staff=staff)
        ended = time.perf_counter()
    return {
        "seconds": ended - begun,
        "built": built - begun,
        "bytes": target.stat().st_size,
    }


def main(kind: str, pages: str, marks: str, dpi: str, folder: str) -> None:
    """Builds and checks one bundle; answers with one line of JSON."""
    made = source(kind, min(int(pages), SHEETS))
    target = Path(folder, f"{kind}-{pages}.pdf")
    found = build(made, int(pages), int(marks), int(dpi), target)
    sys.stdout.write(json.dumps(found) + "\n")
