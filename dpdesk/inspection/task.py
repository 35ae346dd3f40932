"""The worker's side of ``inspector``: looks through one file for what can still be read in it."""

from __future__ import annotations

from typing import Any

from dpdesk.documents.pdf import open_pdf
from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.inspection.telling import Told
from dpdesk.walls.inside import Answer, Call

_NOT_THESE = UnreadableFile(
    "Only PDF files, Word files (.docx), OpenDocument texts (.odt) and pictures can be checked.",
    "Save another kind of file as PDF, as it would be given to somebody, and check that.",
)


def inspect(call: Call) -> Answer:
    """Reports each page that was looked at; answers with the findings.

    Raises UnreadableFile for a file of another kind or one that cannot be opened, PasswordNeeded
    for one that is locked.
    """
    content, password = call.blobs.pop(), call.request["password"]
    told = Told()
    if b"%PDF-" in content[:1024]:
        return _pdf(call, content, password, told)
    if content[:4] == b"PK\x03\x04":
        from dpdesk.inspection import word_file

        if word_file.is_word(content):
            word_file.look(content, told)
            return {"kind": "word", "pages": 0, "found": told.found}, []
        from dpdesk.inspection import odt_file

        if odt_file.is_text(content):
            odt_file.look(content, told)
            return {"kind": "odt", "pages": 0, "found": told.found}, []
    from dpdesk.inspection import picture_file

    if picture_file.is_picture(content):
        picture_file.look(content, told)
        return {"kind": "picture", "pages": 0, "found": told.found}, []
    raise _NOT_THESE


def _pdf(call: Call, content: bytes, password: str | None, told: Told) -> Answer:
    from dpdesk.inspection import past, pdf_file, pdf_page

    opened: list[bytes] = []
    content = _unlocked(content, password, opened)
    document = open_pdf(content)
    count = len(document)
    if not count:
        raise UnreadableFile("This PDF file has no pages.", "Ask for a fresh copy.")
    if count > int(call.request["pages"]):
        raise UnreadableFile(f"This file has {count:,} pages, which are too many.", "Split it.")
    layers = pdf_file.has_layers(content)
    try:
        for index in range(count):
            pdf_page.look(document, content, index, told, layers=layers, memory=call.memory)
            call.report({"done": index + 1, "all": count})
    finally:
        document.close()
    pdf_file.look(content, told)
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
