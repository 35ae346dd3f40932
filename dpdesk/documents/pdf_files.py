"""The files that a PDF carries: in its list, pinned to its pages, or all there is (a portfolio).

Used inside workers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from dpdesk.documents import notes
from dpdesk.documents.inside import MOST, Inner


def carried(opened: pikepdf.Pdf) -> tuple[list[Inner], int]:
    """The files, each once, and how many of them could not be had."""
    found: list[Inner] = []
    seen: set[tuple[int, int]] = set()
    lost = 0
    for name, given in _every(opened):
        if len(found) == MOST:
            lost += 1
            continue
        try:
            stream = _stream(given)
            if stream.objgen in seen and stream.objgen != (0, 0):
                continue
            seen.add(stream.objgen)
            found.append(Inner(_name(given, name), bytes(stream.read_bytes()), "embedded"))
        except (pikepdf.PdfError, KeyError, ValueError, TypeError, AttributeError, RuntimeError):
            lost += 1
    return found, lost


def _every(opened: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    for name, attached in opened.attachments.items():
        yield name, attached.obj
    for page in opened.pages:
        for note in notes.on_page(page):
            if note.get("/Subtype") == "/FileAttachment" and "/FS" in note:
                yield "", note.FS


def _stream(given: Any) -> Any:
    files = given.EF
    return files.UF if "/UF" in files else files.F


def _name(given: Any, name: str) -> str:
    for key in ("/UF", "/F"):
        told = given.get(key)
        if isinstance(told, (str, pikepdf.String)) and str(told).strip():
            return str(told)
    return name or "file"
