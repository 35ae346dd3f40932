"""One burnt page of a finished bundle, read back: its objects, its words, its picture.

Knows how a burnt page must look and refuses everything else.
"""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
import pypdfium2 as pdfium

from dpdesk.disclosure.check_case import PageCase, require, strip_top
from dpdesk.disclosure.check_drawing import (
    coarse,
    draw_finely,
    draw_source,
    finished_picture,
    sheet_for,
)
from dpdesk.disclosure.check_file import Flaw
from dpdesk.disclosure.check_parts import Picture, check_objects, inflated
from dpdesk.disclosure.check_pixels import check_pixels
from dpdesk.disclosure.check_seen import painted, unseen_words
from dpdesk.disclosure.check_source import compare, own_ink
from dpdesk.disclosure.check_structure import page_at
from dpdesk.disclosure.check_words import (
    SetWord,
    check_reading,
    check_words,
    places_of,
    read_words,
)
from dpdesk.errors import UnreadableFile

_AROUND_OWN = 1.5  # points around the program's own words in which their letters may reach


def check_page(
    pdf: Any, drawn: Any, case: PageCase, says: dict[int, str], source: Any = None
) -> list[int]:
    """Checks one page and gives the numbers of the objects that are its own.

    ``pdf`` is the file in pikepdf, ``drawn`` the same in pdfium, ``says`` what the codes of
    the unseen font mean, ``source`` the open document that the page comes from; only the sheet
    of a withheld page has none. Raises Flaw.
    """
    try:
        page = page_at(pdf, case.number)
        picture, own = check_objects(page, case)
        words = read_words(inflated(page.Contents[1]), says)
        check_words(words, case)
        shown = drawn[case.number - 1]
        try:
            check_reading(shown, words, case)
            check_pixels(shown, picture, case)
            _check_picture(page.Resources.XObject.P, (picture, words), case, source)
        finally:
            shown.close()
    except Flaw as flaw:
        raise Flaw(flaw.kind, case.number) from flaw
    except (pikepdf.PdfError, pdfium.PdfiumError, zlib.error, OSError) as fault:
        raise Flaw("damaged", case.number) from fault
    except UnreadableFile as fault:
        raise Flaw("source", case.number) from fault
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as fault:
        raise Flaw("foreign", case.number) from fault
    return own


def _check_picture(
    stream: Any, read: tuple[Picture, list[SetWord]], case: PageCase, source: Any
) -> None:
    """The whole picture: the source's ink but for what was removed, and our own lines."""
    picture, words = read
    full = finished_picture(stream, picture)
    # Words of the source lie above the strip; on a sheet of our own all words are ours.
    foot = strip_top(case) + _AROUND_OWN if case.source else case.height
    boxes = [word.box().inflate(_AROUND_OWN) for word in words if word.y < foot]
    own_ink(full, picture, case, boxes)
    if not case.source:
        return
    require(source is not None, "source")
    sheet = sheet_for(picture, case)
    finished = coarse(full, sheet, picture, case)
    places = places_of(words, case)
    seen = draw_source(source, case, sheet, letters=bool(places), toned=picture.toned)
    try:
        compare(finished, seen.whole, sheet, case)
    except Flaw as flaw:
        if flaw.kind != "source" or sheet.step == 1:
            raise
        # Patterns, and letters that are much sheared, are drawn otherwise when they are small.
        compare(finished, draw_finely(source, case, sheet, toned=picture.toned), sheet, case)
    hidden = unseen_words(seen, finished, sheet, places, toned=picture.toned)
    require(not hidden or not painted(source, case, hidden), "hidden")
