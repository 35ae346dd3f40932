"""The worker's side of ``inspector``: looks through one file for what can still be read in it."""

from __future__ import annotations

from functools import partial
from typing import Any

from dpdesk.documents.font_trial import FontTrial
from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.inspection.telling import Told
from dpdesk.walls.inside import Answer, Call

_NOT_THESE = UnreadableFile(
    "Only PDF files, Word, Excel and PowerPoint files (.docx, .xlsx, .pptx), OpenDocument files "
    "(.odt, .ods, .odp) and pictures can be checked.",
    "Save another kind of file as PDF, as it would be given to somebody, and check that.",
)

_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an office file begins that is locked with a password, or of the old kind."""


def inspect(call: Call) -> Answer:
    """Reports each page that was looked at; answers with the findings.

    Raises UnreadableFile for a file of another kind or one that cannot be opened, PasswordNeeded
    for one that is locked.
    """
    content, password = call.blobs.pop(), call.request["password"]
    told = Told()
    if b"%PDF-" in content[:1024]:
        return _pdf(call, content, password, told)
    content = _without_lock(content, password)
    if content[:4] == b"PK\x03\x04":
        found = _office(call, content, told)
        if found is not None:
            return found, []
    from dpdesk.inspection import picture_file

    if picture_file.is_picture(content):
        picture_file.look(content, told, call.memory)
        return {"kind": "picture", "pages": 0, "found": told.found}, []
    raise _NOT_THESE


def _office(call: Call, content: bytes, told: Told) -> dict[str, Any] | None:
    """The answer about a packed office file; None for a packed file of another kind."""
    from dpdesk.inspection import (
        inner_pictures,
        odt_file,
        open_others,
        sheet_file,
        slide_file,
        word_file,
    )

    pages = 0
    if word_file.is_word(content):
        kind = "word"
        word_file.look(content, told)
    elif sheet_file.is_book(content):
        kind, pages = "sheets", sheet_file.look(content, told)
    elif slide_file.is_slides(content):
        kind, pages = "slides", slide_file.look(content, told)
    elif odt_file.is_open(content, "text"):
        kind = "odt"
        odt_file.look(content, told)
    elif odt_file.is_open(content, "spreadsheet"):
        kind, pages = "sheets", open_others.look_at_sheets(content, told)
    elif odt_file.is_open(content, "presentation") or odt_file.is_open(content, "graphics"):
        kind, pages = "slides", open_others.look_at_slides(content, told)
    else:
        return None
    all_of = max(pages, 1)
    step = partial(call.report, {"done": all_of, "all": all_of})  # each picture may take its time
    step()
    inner_pictures.look(content, told, call.memory, step)
    return {"kind": kind, "pages": pages, "found": told.found}


def _without_lock(content: bytes, password: str | None) -> bytes:
    """An office file without its lock. Raises PasswordNeeded, UnreadableFile."""
    if not content.startswith(_LOCKED):
        return content
    from dpdesk.documents import office_locks

    return office_locks.unlocked(content, password) if office_locks.is_locked(content) else content


def _pdf(call: Call, content: bytes, password: str | None, told: Told) -> Answer:
    from dpdesk.inspection import as_shown, past, pdf_file, pdf_page

    opened: list[bytes] = []
    content = _unlocked(content, password, opened)
    shown = as_shown.prepared(content)
    document = open_pdf(shown)
    count = len(document)
    if not count:
        raise UnreadableFile("This PDF file has no pages.", "Ask for a fresh copy.")
    if count > int(call.request["pages"]):
        raise UnreadableFile(f"This file has {count:,} pages, which are too many.", "Split it.")
    layers = pdf_file.has_layers(content)
    fonts = FontTrial(document, call.memory, wanted=True)
    try:
        for index in range(count):
            pdf_page.look(
                document, shown, index, told, layers=layers, memory=call.memory, fonts=fonts
            )
            call.report({"done": index + 1, "all": count})
        pdf_page.look_at_fonts(fonts, told)
    finally:
        document.close()
    pdf_file.look(content, told, call.memory, lambda: call.report({"done": count, "all": count}))
    call.report({"done": count, "all": count})
    past.look(content, told)
    answer: dict[str, Any] = {"kind": "pdf", "pages": count, "found": told.found}
    return answer, opened


def _unlocked(content: bytes, password: str | None, opened: list[bytes]) -> bytes:
    """The file without its lock, which the caller needs too, to draw pages."""
    try:
        open_pdf(content).close()
    except PasswordNeeded:
        from dpdesk.documents import normal

        made = normal.unlocked(content, password)
        opened.append(made)
        return made
    return content
