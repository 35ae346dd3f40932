"""Finds the words of a PDF page and how far their ink reaches; used inside workers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from dpdesk.documents import ink, overdrawn, unseen
from dpdesk.documents.glyphs import Glyphs
from dpdesk.documents.legibility import is_cut_off, is_hard, is_illegible
from dpdesk.documents.pages import Box, Kind, Page, Word
from dpdesk.documents.pdf import Frame, damaged_page, open_page
from dpdesk.documents.remarks import UNREADABLE
from dpdesk.documents.signs import (
    LINE_END_HYPHEN,
    SignReader,
    SignRun,
    around_all,
    merge_spaced_letters,
    runs_of,
    spelt_spans,
)
from dpdesk.law.accents import in_form

_SILENT: Final = frozenset({0xAD, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)})
_PAD: Final = 0.06  # of the height of the letters, on every side
_PAD_LEAST: Final = 0.5  # points; at least one pixel of the drawing in which ink is measured
_SAME_SIZE: Final = 1.35  # letters of a line count as one size up to this ratio of heights
_HARDLY: Final = 2.0  # pixels: the smallest drawing of a page
_PICTURE_SHARE: Final = 0.015
"""Pictures that are together so large a part of a page make it mixed, and are read, however small
the pieces; so does one that is large enough for a word (``ink.Survey``)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with its words, those that nobody sees noted in it.

    ``told`` is of how many unseen words the user should hear; ``misplaced`` says that the words
    laid over a scan do not lie on the words of its picture.
    """

    page: Page
    told: int = 0
    misplaced: bool = False
    spelt: bool = False
    """Whether the file spells out elsewhere what some of the letters stand for."""
    certain: frozenset[int] = frozenset()
    """The places of the unseen words that are told."""
    silent: frozenset[int] = frozenset()
    """The places of all words that leave no ink, as those laid over a scan."""
    guessed: bool = False
    """Whether the file does not say which letters some words have: they may be quite others."""
    runs: tuple[SignRun | None, ...] = ()
    """The signs of each word; None for ink that belongs to no word."""
    beyond: tuple[str, ...] = ()
    """Words that lie wholly beyond the edges of the page."""
    hard: int = 0
    """How many words can hardly be made out although they are seen: see ``overdrawn``."""


def read_page(document: Any, index: int, *, layers: bool = False) -> Page:
    """The page alone; see ``read_closely``."""
    return read_closely(document, index, layers=layers).page


def read_closely(
    document: Any,
    index: int,
    *,
    layers: bool = False,
    ours: bool = False,
    glyphs: Glyphs | None = None,
) -> Reading:
    """The page as seen, with all its words, those in form fields and annotations included.

    ``layers`` says that the file has layers, so that words which leave no ink are left out;
    ``ours`` that the program itself has set the page, in black on white: where no picture lies
    on it, nothing hides a word. ``glyphs`` numbers what is drawn for each sign, where it is asked.

    The document in memory (not the file) is changed: annotations become part of the page.
    Raises UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        frame = Frame(page)
        spelt = bool(spelt_spans(page))
        beyond: list[str] = []
        words, runs, survey, found = _words(
            page, frame, glyphs, layers=layers, ours=ours, beyond=beyond
        )
        hidden = set(found.numbers)
        told, misplaced, hard = found.told, found.misplaced, len(found.hard)
        certain, silent = found.certain, found.silent
        if _flatten(page):
            page.close()
            page = open_page(document, index)
            # Only what is new is taken: pdfium's flattening may lose what a page inherits.
            drawn_on, more_runs, more, found = _words(
                page, frame, glyphs, layers=layers, known=frozenset(words)
            )
            runs += more_runs
            hidden |= {len(words) + number for number in found.numbers}
            told += found.told
            hard += len(found.hard)
            certain |= {len(words) + number for number in found.certain}
            words += drawn_on
            survey = ink.Survey(
                picture_area=survey.picture_area + more.picture_area,
                shows_something=survey.shows_something or more.shows_something,
                may_be_read=survey.may_be_read or more.may_be_read,
                guessed=survey.guessed or more.guessed,
            )
        kind = _kind(bool(words), survey, frame)
        page_read = Page(frame.width, frame.height, tuple(words), kind, frozenset(hidden))
        return Reading(
            page_read,
            told,
            misplaced,
            spelt,
            certain,
            silent,
            survey.guessed,
            tuple(runs),
            tuple(beyond),
            hard,
        )
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
        # Every page has links, and hardly any of them draws something: those cost no second look.
        draws = kind != pdfium_c.FPDF_ANNOT_LINK or _has_drawing(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if draws and kind != pdfium_c.FPDF_ANNOT_POPUP:
            # Notes without a drawing of their own get one when the page is first drawn.
            page.render(scale=_HARDLY / max(page.get_size()), draw_annots=True).close()
            # pdfium takes boxes that a page inherits for missing, so it gets them spelt out.
            box = page.get_bbox()
            page.set_mediabox(*box)
            page.set_cropbox(*box)
            done: int = pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
            return bool(done == pdfium_c.FLATTEN_SUCCESS)
    return False


def _has_drawing(annotation: Any) -> bool:
    bare = 2  # bytes: the end of a text without letters
    normal = pdfium_c.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    return bool(pdfium_c.FPDFAnnot_GetAP(annotation, normal, None, 0) > bare)


def _words(
    page: Any,
    frame: Frame,
    glyphs: Glyphs | None,
    *,
    layers: bool,
    ours: bool = False,
    known: frozenset[Word] = frozenset(),
    beyond: list[str] | None = None,
) -> tuple[list[Word], list[SignRun | None], ink.Survey, unseen.Unseen]:
    """The words of a page that are not known yet, their signs, and which of them nobody sees.

    Those of which the page shows nothing are added to ``beyond``.
    """
    text_page = page.get_textpage()
    try:
        if glyphs is not None:
            glyphs.turn_page()
        reader = SignReader(text_page, spelt_spans(page), glyphs)
        runs = merge_spaced_letters(runs_of(reader))
        found = [_word(run, frame) for run in runs]
    finally:
        text_page.close()
    boxes = _full_lines([box for _text, box, _silent in found])
    survey = ink.survey(page)
    survey.guessed = reader.guessing
    survey.may_be_read |= reader.guessing
    cover = ink.cover(page, survey, frame, boxes, inkless=layers)
    words: list[Word] = []
    kept: list[SignRun | None] = []
    searched_only: set[int] = set()
    illegible, small = set[int](), set[int]()
    for number, ((text, _box, silent), box) in enumerate(zip(found, cover.boxes, strict=True)):
        # Words of a scan are laid over it without ink; words of a hidden layer leave none either.
        if layers and not silent and number in cover.inkless:
            continue
        word = _on_page(text, box, frame)
        if word is None and beyond is not None:
            beyond.append(text)
        if word is None or word in known:
            continue
        if silent:
            searched_only.add(len(words))
        elif _is_illegible(runs[number]) or is_cut_off(box, word.box):
            illegible.add(len(words))
        elif _is_illegible(runs[number], hardly=True):
            small.add(len(words))
        words.append(word)
        kept.append(runs[number])
    if ours and not survey.pictures:
        hidden = unseen.Unseen(frozenset())
    else:
        hidden = unseen.find(page, survey, words, searched_only)
    hidden = hidden.besides(illegible, small)
    strays = (_on_page(UNREADABLE, box, frame) for box in cover.orphans)
    words += [word for word in strays if word and word not in known]
    kept += [None] * (len(words) - len(kept))
    return words, kept, survey, hidden


def _is_illegible(run: SignRun, *, hardly: bool = False) -> bool:
    signs = [chr(sign.code) for sign in run.signs if sign.code <= 0x10FFFF]
    outline = around_all([sign.outline for sign in run.signs])
    reaches = [sign.reach for sign in run.signs]
    if hardly:
        return is_hard(overdrawn.standing_apart("".join(signs)), outline, reaches)
    return is_illegible(sum(sign.isalnum() for sign in signs), outline, reaches)


def _on_page(text: str, box: Box, frame: Frame) -> Word | None:
    """The word with what the page shows of its box; None where that is nothing."""
    shown = box.clamp(frame.width, frame.height).rounded()
    return Word(text, shown) if shown.width > 0 and shown.height > 0 else None


def _kind(has_words: bool, survey: ink.Survey, frame: Frame) -> Kind:
    if has_words:
        share = survey.picture_area / (frame.width * frame.height)
        return "mixed" if survey.may_be_read or share >= _PICTURE_SHARE else "text"
    return "image" if survey.shows_something else "blank"


def _word(run: SignRun, frame: Frame) -> tuple[str, Box, bool]:
    """Text, box and silence of a word; the box covers outlines with a margin, and the line."""
    outline = around_all([sign.outline for sign in run.signs])
    reach = around_all([sign.reach for sign in run.signs])
    first = run.signs[0].reach
    pad = max(_PAD_LEAST, _PAD * max(first[3] - first[1], first[2] - first[0]))
    box = Box(*frame.seen(*outline)).inflate(pad).union(Box(*frame.seen(*reach)))
    return _letters(run), box, run.silent


def _letters(run: SignRun) -> str:
    """The text of a word: ligatures and presentation forms spelt out, hidden signs left out."""
    parts = []
    for sign in run.signs:
        code = sign.code
        if code in _SILENT:
            continue
        if code == LINE_END_HYPHEN:
            parts.append("-")
        elif code < 0x20 or code in {0xFFFE, 0xFFFF} or code > 0x10FFFF:
            parts.append(UNREADABLE)
        elif 0xFB00 <= code <= 0xFB4F or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
            parts.append(in_form("NFKC", chr(code)))
        else:
            parts.append(chr(code))
    joined = "".join(parts)
    # Halves of a pair reach us as two signs from some files.
    whole = joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return in_form("NFC", whole) or UNREADABLE


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
