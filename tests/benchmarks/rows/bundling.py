"""bundle: built, burnt, searchable and checked, against the tools that only make pictures."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from dpdesk.disclosure.burn import TONE_DPI
from tests.benchmarks import bundles
from tests.benchmarks.measuring import Point, Promise, Row
from tests.benchmarks.place import Bench

MARKS = 3
"""Marks on each page."""
TOOL = "pdftoppm"

Figures = dict[str, list[Point]]


def measure(bench: Bench) -> list[Row]:
    """Pages of text, and photographs; time and size."""
    missing = shutil.which(TOOL) is None
    sentence = f"{TOOL} cannot be found on this computer; nothing to measure against."
    text: Figures = {"time": [], "size": []}
    photographs: Figures = {"time": [], "size": []}
    if not missing:
        text = _points(bench, "text", bench.sizes.bundle, bench.sizes.dpi)
        resolution = min(TONE_DPI, bench.sizes.dpi)
        photographs = _points(bench, "photographs", bench.sizes.photographs, resolution)
    against = "pdftoppm -r {} -gray -jpeg, put into a PDF as they are: neither marked nor checked"
    at_text = against.format(bench.sizes.dpi)
    at_tones = against.format(min(TONE_DPI, bench.sizes.dpi))
    return [
        Row(
            "bundle", "pages of text, three marks on each, built and checked by two workers",
            at_text, Promise(0.5), tuple(text["time"]), skipped=sentence,
            note="The tool works on one core only. Our front matter and papers are not counted.",
            cause="Burning a page takes a little more processor time than the tool takes for it,"
            " and checking it two thirds of that, so two workers need half the wall time only"
            " where more than two cores are free; starting them takes half a second.",
        ),
        Row(
            "bundle, size", "the same bundle, bytes", at_text, Promise(0.12),
            tuple(text["size"]), skipped=sentence,
        ),
        Row(
            "photographs, size", "pages of photographs in colour, bytes", at_tones, Promise(1.0),
            tuple(photographs["size"]), skipped=sentence,
            cause="Ours keep their colour; the tools make them grey.",
        ),
        Row(
            "photographs", "the same pages built and checked", at_tones, Promise(0.5),
            tuple(photographs["time"]), skipped=sentence,
            note="The time of photographs was never promised; it is shown beside that of text.",
            cause="A page with tones is drawn twice, in grey to find the tones and then in colour,"
            " and the check reads the picture back; the tools draw it once, in grey.",
        ),
    ]  # fmt: skip


def _points(bench: Bench, kind: str, sizes: tuple[int, ...], dpi: int) -> Figures:
    found: Figures = {"time": [], "size": []}
    for pages in sizes:
        content = bundles.source(kind, min(pages, bundles.SHEETS))
        whole = bench.fresh("source.pdf")
        whole.write_bytes(_again(content, pages))
        # Once is enough for hundreds of pages, but not for a few.
        rounds = 1 if pages > 50 else min(3, bench.sizes.rounds)
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(
                bundles.build(
                    content, pages, pages * MARKS, bench.sizes.dpi, bench.fresh("bundle.pdf")
                )
            )
            theirs.append(_tools(whole, bench.fresh("pictures"), dpi))
        seconds, size = f"{pages} pages, seconds", f"{pages} pages, megabytes"
        found["time"].append(
            Point(seconds, pages, min(x["seconds"] for x in ours), min(s for s, _ in theirs))
        )
        found["size"].append(
            Point(size, pages, ours[0]["bytes"] / 1e6, theirs[0][1] / 1e6, unit="MB")
        )
    return found


def _again(content: bytes, pages: int) -> bytes:
    """A PDF of so many pages, the given ones again and again, as one file for the tools."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.Pdf.new() as made, pikepdf.Pdf.open(io.BytesIO(content)) as given:
        for number in range(pages):
            made.pages.append(given.pages[number % len(given.pages)])
        made.save(out)
    return out.getvalue()


def _put_together(pictures: list[str], target: Path) -> None:
    """A PDF of JPEG pictures, each on a page of its own, as they are."""
    import pikepdf
    from PIL import Image

    with pikepdf.Pdf.new() as made:
        for path in pictures:
            with Image.open(path) as picture:
                wide, high = picture.size
            page = made.add_blank_page(page_size=(595, 842))
            shown = pikepdf.Stream(made, Path(path).read_bytes())
            shown.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=wide, Height=high,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )  # fmt: skip
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=shown))
            page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        made.save(target)


def _tools(source: Path, folder: Path, dpi: int) -> tuple[float, int]:
    folder.mkdir()
    target = folder / "pictures.pdf"
    begun = time.perf_counter()
    draw = ["pdftoppm", "-r", str(dpi), "-gray", "-jpeg", str(source), str(folder / "page")]
    subprocess.run(draw, check=True, capture_output=True)
    pictures = sorted(map(str, folder.glob("page*.jpg")))
    _put_together(pictures, target)
    return time.perf_counter() - begun, target.stat().st_size
