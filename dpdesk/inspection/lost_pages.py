"""Pages that are still in a PDF and no longer among its pages; for workers only."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf
import pypdfium2 as pdfium

from dpdesk.inspection.telling import Told

_MOST: Final = 100
_FOUND: Final = 80  # words that are told
_BROKEN: Final = (
    pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError,
)  # fmt: skip


def look(opened: pikepdf.Pdf, told: Told) -> None:
    """Tells of pages that were taken out of the list of pages, with their words."""
    shown = {page.obj.objgen for page in opened.pages}
    lost = [
        each
        for each in opened.objects
        if isinstance(each, pikepdf.Dictionary)
        and not isinstance(each, pikepdf.Stream)
        and each.objgen not in shown
        and str(each.get("/Type", "")) in {"/Page", "/Template"}
    ]
    if not lost:
        return
    many = "1 page is" if len(lost) == 1 else f"{len(lost):,} pages are"
    what = f"{many} in the file and not among its pages."
    words = [word for word in _words(lost[:_MOST]) if not told.all_seen(word)]
    told.tell("leftover", 0, what, " ".join(dict.fromkeys(words[:_FOUND])))


def _words(lost: list[Any]) -> list[str]:
    made = pikepdf.new()
    for each in lost:
        try:
            page = made.add_blank_page(page_size=(14_000, 14_000))
            page.obj["/Contents"] = made.copy_foreign(each["/Contents"])
            if isinstance(each.get("/Resources"), pikepdf.Dictionary):
                own = each["/Resources"]
                page.obj["/Resources"] = (
                    made.copy_foreign(own) if own.is_indirect else _copied(made, each)
                )
        except _BROKEN:
            continue
    out = io.BytesIO()
    made.save(out)
    document = pdfium.PdfDocument(out.getvalue())
    found: list[str] = []
    try:
        for index in range(len(document)):
            page = document[index]
            text = page.get_textpage()
            found += text.get_text_range().split()
            text.close()
            page.close()
    except pdfium.PdfiumError:
        return found
    finally:
        document.close()
    return found


def _copied(made: pikepdf.Pdf, page: Any) -> Any:
    """What a page draws with, where that is written in the page itself."""
    holder = pikepdf.Dictionary()
    own = page["/Resources"]
    for name in sorted(own.keys()):
        part = own[name]
        if part.is_indirect:
            holder[name] = made.copy_foreign(part)
        elif isinstance(part, pikepdf.Dictionary):
            holder[name] = pikepdf.Dictionary(
                {
                    key: made.copy_foreign(part[key]) if part[key].is_indirect else part[key]
                    for key in sorted(part.keys())
                    if isinstance(part[key], pikepdf.Object)
                }
            )
    return holder
