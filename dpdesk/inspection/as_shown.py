"""A PDF as other programs show it, where pdfium shows more or less of it; for workers only.

Adobe's programs and poppler draw buttons and fields that no list of fields names, and pdfium does
not. It draws notes that are for paper only when they are made part of a page.
"""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf

from dpdesk.documents import notes
from dpdesk.inspection.pdf_file import BROKEN

_HIDDEN: Final = 2
_NOT_SHOWN: Final = 32


def prepared(content: bytes) -> bytes:
    """The same file with such notes made plain; itself where there are none."""
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            listed = _listed(opened)
            changed = [
                _made_plain(note, listed) for page in opened.pages for note in notes.on_page(page)
            ]
            if not any(changed):
                return content
            out = io.BytesIO()
            opened.save(out)
            return out.getvalue()
    except BROKEN:
        return content


def _made_plain(note: Any, listed: set[tuple[int, int]]) -> bool:
    kind, flags = str(note.get("/Subtype", "")), int(note.get("/F", 0))
    if flags & _NOT_SHOWN and not flags & _HIDDEN:
        note.F = flags | _HIDDEN
        return True
    if kind == "/Widget" and "/AP" in note and note.objgen not in listed:
        note.Subtype = pikepdf.Name.Stamp
        for key in ("/FT", "/MK", "/T", "/Parent"):
            if key in note:
                del note[key]
        return True
    return False


def _listed(opened: pikepdf.Pdf) -> set[tuple[int, int]]:
    """All fields of the form, with those within them."""
    form = opened.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    stack: list[Any] = list(fields.as_list()) if isinstance(fields, pikepdf.Array) else []
    found: set[tuple[int, int]] = set()
    while stack and len(found) < 100_000:
        each = stack.pop()
        if isinstance(each, pikepdf.Dictionary) and each.objgen not in found:
            found.add(each.objgen)
            kids = each.get("/Kids")
            stack += kids.as_list() if isinstance(kids, pikepdf.Array) else []
    return found
