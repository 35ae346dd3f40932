"""Finds the words of a PDF page and how far their ink reaches; used inside workers only."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from dpdesk.documents import ink
from dpdesk.documents.pages import Box, Kind, Page, Word
from dpdesk.documents.pdf import Frame, damaged_page, open_page

UNREADABLE: Final = "\ufffd"
"""Stands for a sign whose letter the file does not tell."""

_SPACES: Final = frozenset(
    code for code in range(0x3001) if chr(code).isspace() or code in {0x200B, 0x2060}
)
_LINE_END_HYPHEN: Final = 0x02  # pdfium's sign for a hyphen that ends a line
_SILENT: Final = frozenset({0xAD, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)})
_PAD: Final = 0.06  # of the height of the letters, on every side
_PAD_LEAST: Final = 0.3  # points; the soft edge of a drawn letter is about that wide
_SAME_SIZE: Final = 1.35  # letters of a line count as one size up to this ratio of heights
_PICTURE_SHARE: Final = 0.05  # a picture this large a part of the page makes the page mixed


@dataclass(slots=True)
class _Sign:
    """One character, its box in file coordinates, and whether a space made by pdfium follows."""

    code: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class _Run:
    """The signs of a word under way; ``loose`` where only a guessed space parts it from before."""

    signs: list[_Sign]
    loose: bool


def read_page(document: Any, index: int) -> Page:
    """The page as seen, with all its words, those in form fields and annotations included.

    The document in memory (not the file) is changed: annotations become part of the page.
    Raises UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        frame = Frame(page)
        words, survey = _words(page, frame)
        if _flatten(page):
            page.close()
            page = open_page(document, index)
            known = set(words)
            # Only what is new is taken: pdfium's flattening may lose what a page inherits.
            drawn_on, more = _words(page, frame)
            words += [word for word in drawn_on if word not in known]
            survey = ink.Survey(
                picture_area=survey.picture_area + more.picture_area,
                shows_something=survey.shows_something or more.shows_something,
            )
        kind = _kind(bool(words), survey, frame)
        return Page(frame.width, frame.height, tuple(words), kind)
    except pdfium.PdfiumError:
        raise damaged_page(index) from None
    finally:
        page.close()


def _flatten(page: Any) -> bool:
    """Whether annotations that can be seen were made part of the page, so that they have words."""
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind not in {pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP}:
            # pdfium takes boxes that a page inherits for missing, so it gets them spelt out.
            box = page.get_bbox()
            page.set_mediabox(*box)
            page.set_cropbox(*box)
            done: int = pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
            return bool(done == pdfium_c.FLATTEN_SUCCESS)
    return False


def _words(page: Any, frame: Frame) -> tuple[list[Word], ink.Survey]:
    text_page = page.get_textpage()
    try:
        runs = _merge_spaced_letters(_runs(text_page))
        found = [_word(run, frame) for run in runs]
    finally:
        text_page.close()
    texts = [text for text, _box in found]
    boxes = _full_lines([box for _text, box in found])
    survey = ink.survey(page)
    cover = ink.cover(page, survey, frame, boxes)
    words = []
    for text, box in zip(
        [*texts, *[UNREADABLE] * len(cover.orphans)], [*cover.boxes, *cover.orphans], strict=True
    ):
        shown = box.clamp(frame.width, frame.height).rounded()
        if shown.width > 0 and shown.height > 0:
            words.append(Word(text, shown))
    return words, survey


def _kind(has_words: bool, survey: ink.Survey, frame: Frame) -> Kind:
    if has_words:
        share = survey.picture_area / (frame.width * frame.height)
        return "mixed" if share >= _PICTURE_SHARE else "text"
    return "image" if survey.shows_something else "blank"


def _runs(text_page: Any) -> list[_Run]:
    """The characters of a page, split into words by spaces, line ends and gaps."""
    raw = text_page.raw
    loose_box = pdfium_c.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    unicode_of = pdfium_c.FPDFText_GetUnicode
    tight = pdfium_c.FPDFText_GetCharBox
    loose = pdfium_c.FPDFText_GetLooseCharBox
    runs: list[_Run] = []
    signs: list[_Sign] = []
    guessed = False
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = unicode_of(raw, index)
        if code in _SPACES:
            if signs:
                runs.append(_Run(signs, guessed))
                signs = []
            guessed = code == 0x20 and pdfium_c.FPDFText_IsGenerated(raw, index) == 1
            continue
        has_tight = tight(raw, index, left, right, bottom, top)
        has_loose = loose(raw, index, loose_box)
        if has_tight:
            sign = _Sign(code, left.value, bottom.value, right.value, top.value)
            if has_loose:
                _widen(sign, loose_box)
        elif has_loose:
            sign = _Sign(code, loose_box.left, loose_box.bottom, loose_box.right, loose_box.top)
        else:
            continue
        if signs and _apart(signs[-1], sign):
            runs.append(_Run(signs, guessed))
            signs, guessed = [], False
        signs.append(sign)
    if signs:
        runs.append(_Run(signs, guessed))
    return runs


def _widen(sign: _Sign, box: Any) -> None:
    """The real outline and the line's ascent and descent: some fonts lie about either."""
    sign.left = min(sign.left, box.left)
    sign.bottom = min(sign.bottom, box.bottom)
    sign.right = max(sign.right, box.right)
    sign.top = max(sign.top, box.top)


def _apart(before: _Sign, after: _Sign) -> bool:
    """Whether two neighbours in the text are too far from each other on paper for one word."""
    across = max(after.left - before.right, before.left - after.right)
    along = max(after.bottom - before.top, before.bottom - after.top)
    size = max(
        min(before.top - before.bottom, before.right - before.left),
        min(after.top - after.bottom, after.right - after.left),
        1.0,
    )
    return max(across, along) > size * 1.5 or (
        before.code == _LINE_END_HYPHEN and max(across, along) > size * 0.5
    )


def _merge_spaced_letters(runs: list[_Run]) -> list[_Run]:
    """Puts words that were s p a c e d for looks together again, so that they can be found."""
    merged: list[_Run] = []
    start = 0
    while start < len(runs):
        end = start + 1
        while end < len(runs) and _spaced_on(runs[end - 1], runs[end]):
            end += 1
        if end - start >= 3:
            signs = [sign for run in runs[start:end] for sign in run.signs]
            merged.append(_Run(signs, runs[start].loose))
        else:
            merged.extend(runs[start:end])
        start = end
    return merged


def _spaced_on(before: _Run, after: _Run) -> bool:
    if not after.loose or len(before.signs) != 1 or len(after.signs) != 1:
        return False
    one, two = before.signs[0], after.signs[0]
    if not (chr(one.code).isalpha() and chr(two.code).isalpha()):
        return False
    height = max(one.top - one.bottom, two.top - two.bottom)
    return min(one.top, two.top) > max(one.bottom, two.bottom) and (
        abs(two.left - one.right) < height
    )


def _word(run: _Run, frame: Frame) -> tuple[str, Box]:
    left = min(sign.left for sign in run.signs)
    bottom = min(sign.bottom for sign in run.signs)
    right = max(sign.right for sign in run.signs)
    top = max(sign.top for sign in run.signs)
    size = max(min(sign.top - sign.bottom, (sign.right - sign.left) * 4) for sign in run.signs)
    pad = max(_PAD_LEAST, _PAD * size)
    return _letters(run), Box(*frame.seen(left, bottom, right, top)).inflate(pad)


def _letters(run: _Run) -> str:
    """The text of a word: ligatures and presentation forms spelt out, hidden signs left out."""
    parts = []
    for sign in run.signs:
        code = sign.code
        if code in _SILENT:
            continue
        if code == _LINE_END_HYPHEN:
            parts.append("-")
        elif code < 0x20 or code in {0xFFFE, 0xFFFF} or code > 0x10FFFF:
            parts.append(UNREADABLE)
        elif 0xFB00 <= code <= 0xFB4F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
            parts.append(unicodedata.normalize("NFKC", chr(code)))
        else:
            parts.append(chr(code))
    joined = "".join(parts)
    # Halves of a pair reach us as two signs from some files.
    whole = joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole) or UNREADABLE


def _full_lines(boxes: list[Box]) -> list[Box]:
    """Each box as high as its line, so that a mark does not tell short letters from tall ones.

    Only neighbours of about the same size share their height: a large initial must not make
    the marks of its line cover the lines around it.
    """
    grown: list[Box] = []
    start = 0
    while start < len(boxes):
        end = start + 1
        while end < len(boxes) and _neighbours(boxes[end - 1], boxes[end]):
            end += 1
        top = min(box.y0 for box in boxes[start:end])
        bottom = max(box.y1 for box in boxes[start:end])
        for box in boxes[start:end]:
            if bottom - top <= _SAME_SIZE * box.height:
                grown.append(Box(box.x0, top, box.x1, bottom))
            else:
                grown.append(box)
        start = end
    return grown


def _neighbours(one: Box, two: Box) -> bool:
    overlap = min(one.y1, two.y1) - max(one.y0, two.y0)
    smaller, larger = sorted((one.height, two.height))
    return overlap > 0.7 * smaller and larger <= _SAME_SIZE * smaller
