"""The worker's side of ``intake``: one file into a PDF to draw and pages with words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dpdesk.documents import notes, pdf, words
from dpdesk.documents.font_trial import FontTrial
from dpdesk.documents.inside import said_out, told
from dpdesk.documents.kinds import FileKind, recognise
from dpdesk.documents.remarks import Remarks
from dpdesk.documents.spelling import LetterByLetter
from dpdesk.errors import UnreadableFile
from dpdesk.walls.inside import Answer, Call
from dpdesk.walls.workers import Limits

if TYPE_CHECKING:
    from dpdesk.documents.hidden import Hidden
    from dpdesk.documents.normal import Normal

_NOT_SET: Final = (
    "This PDF has words beyond the edges of its pages, or addresses behind links, that dpdesk "
    "could not show. Look for them in a PDF program."
)

Give = Callable[[bytes, int, int], None]
"""Receives each packed page as it is ready, its number from 1, and how many there are.

Where a file had to be repaired half-way, the pages come again from number 1; a page of which more
was found out later comes again alone. What comes again takes the place of what came before.
"""


def read(call: Call) -> Answer:
    """Task of ``Intaker``: reports each page, answers with warnings and a PDF if one was made."""
    request = call.request

    def give(page: bytes, number: int, pages: int) -> None:
        call.report({"done": number, "all": pages}, [page])

    kind, pdf_of = read_content(
        request["name"],
        call.blobs.pop(),
        request["password"],
        Limits(**request["limits"]),
        give,
        call.memory,
    )
    answer = {
        "kind": kind,
        "warnings": pdf_of.warnings,
        "made": pdf_of.made is not None,
        "inside": told(pdf_of.inside),
        "said": said_out(pdf_of.said),
    }
    blobs = [inner.content for inner in pdf_of.inside]
    return answer, blobs if pdf_of.made is None else [pdf_of.made, *blobs]


def read_content(
    name: str,
    content: bytes,
    password: str | None,
    limits: Limits,
    give: Give,
    memory: dict[str, Any] | None = None,
) -> tuple[FileKind, Normal]:
    """Reads a file; returns its kind, and what became of it, with all warnings.

    ``memory`` is that of the worker, in which the reader of letters is kept for the next file.
    Raises UnreadableFile or PasswordNeeded with a sentence for the user.
    """
    from dpdesk.documents import normal

    memory = {} if memory is None else memory
    recognised = recognise(name, content)
    if recognised.kind == "packed":
        return recognised.kind, normal.Normal(None, [])
    pdf_of = normal.to_pdf(recognised, content, password, limits)
    ours = recognised.kind not in {"pdf", "picture"}
    try:
        _read_pages(content, pdf_of, limits, give, memory, ours=ours)
    except UnreadableFile:
        # pdfium opens some broken files, and stumbles over their pages later.
        if recognised.kind != "pdf" or pdf_of.made is not None:
            raise
        mended = normal.repaired(content)
        pdf_of = normal.inspect(content, mended, [normal.REPAIRED], limits)
        _read_pages(content, pdf_of, limits, give, memory)
    if recognised.warning:
        pdf_of.warnings.insert(0, recognised.warning)
    return recognised.kind, pdf_of


def _read_pages(
    content: bytes,
    pdf_of: Normal,
    limits: Limits,
    give: Give,
    memory: dict[str, Any],
    *,
    ours: bool = False,
) -> None:
    drawn = content if pdf_of.made is None else pdf_of.made
    from dpdesk.documents.pdf_unshown import Unshown

    document, letters = pdf.open_pdf(drawn), LetterByLetter(drawn)
    try:
        count = len(document)
        if count == 0:
            raise pdf.no_pages()
        if count > limits.pages:
            raise UnreadableFile(
                f"This document has {count:,} pages; dpdesk takes at most {limits.pages:,}.",
                "Split it into parts, and add those.",
            )
        remarks = Remarks(pdf_of.typed)
        unshown = Unshown(pdf_of.leading, pdf_of.beside)
        empty = []
        trial = FontTrial(document, memory, wanted=not ours)
        for index in range(count):
            reading = words.read_closely(
                document, index, layers=pdf_of.layers, ours=ours, glyphs=trial.glyphs
            )
            page, other = reading.page, False
            if index + 1 in pdf_of.patterned and page.kind == "text":
                page = replace(page, kind="mixed")
            if reading.spelt:
                page, other = letters.both(page, index, layers=pdf_of.layers)
            remarks.note(index, page, spelt_otherwise=other)
            remarks.note_guessed(index, guessed=reading.guessed)
            remarks.note_unseen(index, reading.told, misplaced=reading.misplaced)
            remarks.note_hard(index, reading.hard)
            unshown.note(index, page, reading.beyond)
            if page.kind == "blank":
                empty.append(index)
            packed = page.pack()
            trial.add(reading, packed)
            give(packed, index + 1, count)
        for index, page in trial.corrected():
            remarks.note_lying(index)
            give(page.pack(), index + 1, count)
        if trial.failed:
            remarks.note_untried()
        if empty:
            remarks.note_empty(notes.empty_with_text(drawn, empty))
    finally:
        document.close()
        letters.close()
    pdf_of.warnings.extend(remarks.sentences())
    if found := unshown.found():
        _add_hidden(drawn, count, pdf_of, found, limits, give)


def _add_hidden(
    drawn: bytes, count: int, pdf_of: Normal, found: Sequence[Hidden], limits: Limits, give: Give
) -> None:
    """Sets what the ``count`` pages do not show on marked pages after them, and gives those."""
    import pikepdf

    from dpdesk.documents import hidden, pdf_hidden

    try:
        made, told = pdf_hidden.after(drawn, found, limits)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        pdf_of.warnings.append(_NOT_SET)
        return
    document = pdf.open_pdf(made)
    try:
        whole = len(document)
        for index in range(count, whole):
            give(words.read_page(document, index).pack(), index + 1, whole)
    finally:
        document.close()
    pdf_of.made = made
    pdf_of.warnings += [*hidden.sentence(found), *told]
