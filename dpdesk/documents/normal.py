"""Makes the PDF that pages are drawn from, whatever came in; used inside workers only."""

from __future__ import annotations

import io

import pikepdf

from dpdesk.documents import pdf
from dpdesk.documents.kinds import Recognised
from dpdesk.documents.workers import Limits
from dpdesk.errors import PasswordNeeded, UnreadableFile


def to_pdf(
    recognised: Recognised, content: bytes, password: str | None, limits: Limits
) -> tuple[bytes | None, list[str]]:
    """A PDF made from the file, or None where the file itself will do; and warnings.

    Raises UnreadableFile or PasswordNeeded with a sentence for the user.
    """
    if recognised.kind == "pdf":
        return _from_pdf(content, password)
    raise UnreadableFile("This kind of file cannot be read yet.", "Save it as PDF first.")


def _from_pdf(content: bytes, password: str | None) -> tuple[bytes | None, list[str]]:
    try:
        document = pdf.open_pdf(content)
    except PasswordNeeded:
        return _unlocked(content, password)
    except UnreadableFile:
        made = _resaved(content, None)
        return made, ["The file was damaged and has been repaired; compare it with the original."]
    document.close()
    return None, []


def _unlocked(content: bytes, password: str | None) -> tuple[bytes, list[str]]:
    if not password:
        raise pdf.locked(None)
    pdf.open_pdf(content, password).close()  # asks pdfium first: it knows when a password is wrong
    return _resaved(content, password), []


def _resaved(content: bytes, password: str | None) -> bytes:
    """The file written anew by a library that repairs what it can, without its lock."""
    try:
        with pikepdf.open(io.BytesIO(content), password=password or "") as opened:
            made = io.BytesIO()
            opened.save(made)
    except pikepdf.PasswordError:
        raise pdf.locked(password) from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise UnreadableFile(pdf.DAMAGED, pdf.DAMAGED_NEXT) from None
    return made.getvalue()
