"""Finds the words of a PDF page and how far their ink reaches; used inside workers only."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from dpdesk.documents import ink, unseen
from dpdesk.documents.legibility import Sides, is_cut_off, is_hard, is_illegible
from dpdesk.documents.pages import Box, Kind, Page, Word
from dpdesk.documents.pdf import Frame, damaged_page, open_page
from dpdesk.documents.remarks import UNREADABLE
from dpdesk.law.accents import in_form

_UNTOLD: Final = 0xFFFE  # pdfium's sign for a character that the file does not tell
_SPANS_LIMIT: Final = 50_000  # drawings of one page that are looked through for spellings
_SPACES: Final = frozenset(
    code for code in range(0x3001) if chr(code).isspace() or code in {0x200B, 0x2060}
)
_LINE_END_HYPHEN: Final = 0x02  # pdfium's sign for a hyphen that ends a line
_SILENT: Final = frozenset({0xAD, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)})
_PAD: Final = 0.06  # of the height of the letters, on every side
_PAD_LEAST: Final = 0.5  # points; at least one pixel of the drawing in which ink is measured
_SAME_SIZE: Final = 1.35  # letters of a line count as one size up to this ratio of heights
_LETTERS: Final = 3  # a shorter word may be a bullet, whose letter does not matter
_HARDLY: Final = 2.0  # pixels: the smallest drawing of a page
_PICTURE_SHARE: Final = 0.015
"""Pictures that are together so large a part of a page make it mixed, and are read, however small
the pieces; so does one that is large enough for a word (``ink.Survey``)."""


@dataclass(slots=True)
class _Sign:
    """One character: its outline, and how far its line reaches around it."""

    code: int
    outline: Sides
    reach: Sides


@dataclass(slots=True)
class _Run:
    """The signs of a word; ``loose`` where only a guessed space parts it from the one before."""

    signs: list[_Sign]
    loose: bool
    silent: bool


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
    hard: int = 0
    """How many words can hardly be made out although they are seen: see ``overdrawn``."""


def read_page(document: Any, index: int, *, layers: bool = False) -> Page:
    """The page alone; see ``read_closely``."""
    return read_closely(document, index, layers=layers).page


def read_closely(document: Any, index: int, *, layers: bool = False, ours: bool = False) -> Reading:
    """The page as seen, with all its words, those in form fields and annotations included.

    ``layers`` says that the file has layers, so that words which leave no ink are left out;
    ``ours`` that the program itself has set the page, in black on white: where no picture lies
    on it, nothing hides a word.

    The document in memory (not the file) is changed: annotations become part of the page.
    Raises UnreadableFile where the page is damaged.
    """
    page = open_page(document, index)
    try:
        frame = Frame(page)
        spelt = bool(_spelt_spans(page))
        words, survey, found = _words(page, frame, layers=layers, ours=ours)
        hidden = set(found.numbers)
        told, misplaced, hard = found.told, found.misplaced, len(found.hard)
        certain, silent = found.certain, found.silent
        if _flatten(page):
            page.close()
            page = open_page(document, index)
            # Only what is new is taken: pdfium's flattening may lose what a page inherits.
            drawn_on, more, found = _words(page, frame, layers=layers, known=frozenset(words))
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
        return Reading(page_read, told, misplaced, spelt, certain, silent, survey.guessed, hard)
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
    *,
    layers: bool,
    ours: bool = False,
    known: frozenset[Word] = frozenset(),
) -> tuple[list[Word], ink.Survey, unseen.Unseen]:
    """The words of a page that are not known yet, and which of them nobody sees."""
    text_page = page.get_textpage()
    try:
        reader = _Reader(text_page, _spelt_spans(page))
        runs = _merge_spaced_letters(_runs(reader))
        found = [_word(run, frame) for run in runs]
    finally:
        text_page.close()
    boxes = _full_lines([box for _text, box, _silent in found])
    survey = ink.survey(page)
    survey.guessed = reader.guessing
    survey.may_be_read |= reader.guessing
    cover = ink.cover(page, survey, frame, boxes, inkless=layers)
    words: list[Word] = []
    searched_only: set[int] = set()
    illegible, small = set[int](), set[int]()
    for number, ((text, _box, silent), box) in enumerate(zip(found, cover.boxes, strict=True)):
        # Words of a scan are laid over it without ink; words of a hidden layer leave none either.
        if layers and not silent and number in cover.inkless:
            continue
        word = _on_page(text, box, frame)
        if word is None or word in known:
            continue
        if silent:
            searched_only.add(len(words))
        elif _is_illegible(runs[number]) or is_cut_off(box, word.box):
            illegible.add(len(words))
        elif _is_illegible(runs[number], hardly=True):
            small.add(len(words))
        words.append(word)
    if ours and not survey.pictures:
        hidden = unseen.Unseen(frozenset())
    else:
        hidden = unseen.find(page, survey, words, searched_only)
    hidden = hidden.besides(illegible, small)
    strays = (_on_page(UNREADABLE, box, frame) for box in cover.orphans)
    words += [word for word in strays if word and word not in known]
    return words, survey, hidden


def _is_illegible(run: _Run, *, hardly: bool = False) -> bool:
    letters = sum(1 for sign in run.signs if sign.code <= 0x10FFFF and chr(sign.code).isalnum())
    outline = _around_all([sign.outline for sign in run.signs])
    reaches = [sign.reach for sign in run.signs]
    return is_hard(letters, outline, reaches) if hardly else is_illegible(letters, outline, reaches)


def _on_page(text: str, box: Box, frame: Frame) -> Word | None:
    """The word with what the page shows of its box; None where that is nothing."""
    shown = box.clamp(frame.width, frame.height).rounded()
    return Word(text, shown) if shown.width > 0 and shown.height > 0 else None


def _kind(has_words: bool, survey: ink.Survey, frame: Frame) -> Kind:
    if has_words:
        share = survey.picture_area / (frame.width * frame.height)
        return "mixed" if survey.may_be_read or share >= _PICTURE_SHARE else "text"
    return "image" if survey.shows_something else "blank"


def _spelt_spans(page: Any) -> dict[int, Sides]:
    """For each drawing of letters that the file spells out elsewhere, the extent of its span.

    Such a span ("ActualText") reaches us as the letters of its spelling at the place of its
    first drawing, while its ink may go on for several more.
    """
    of_drawing: dict[int, int] = {}
    extents: dict[int, Sides] = {}
    sides = tuple(ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium_c.FPDFPage_CountObjects(page), _SPANS_LIMIT)):
        drawing = pdfium_c.FPDFPage_GetObject(page, index)
        if pdfium_c.FPDFPageObj_GetType(drawing) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        for number in range(pdfium_c.FPDFPageObj_CountMarks(drawing)):
            mark = pdfium_c.FPDFPageObj_GetMark(drawing, number)
            kind = pdfium_c.FPDFPageObjMark_GetParamValueType(mark, b"ActualText")
            if kind != pdfium_c.FPDF_OBJECT_STRING:
                continue
            if pdfium_c.FPDFPageObj_GetBounds(drawing, *sides):
                key = _address(mark)
                here = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
                extents[key] = _around(extents[key], here) if key in extents else here
                of_drawing[_address(drawing)] = key
    return {drawing: extents[key] for drawing, key in of_drawing.items()}


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _around(one: Sides, two: Sides) -> Sides:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def _around_all(several: list[Sides]) -> Sides:
    lefts, bottoms, rights, tops = zip(*several, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


class _Reader:
    """Asks pdfium for one character after the other of a page of text."""

    def __init__(self, text_page: Any, spans: dict[int, Sides]) -> None:
        self._raw = text_page.raw
        self._spans = spans
        self._loose = pdfium_c.FS_RECTF()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self.count: int = pdfium_c.FPDFText_CountChars(self._raw)
        self.guessing = False
        """Whether pdfium took the number of a letter in its font for the letter."""

    def code(self, index: int) -> int:
        """The character as Unicode; 0xFFFE where the file does not tell."""
        code: int = pdfium_c.FPDFText_GetUnicode(self._raw, index)
        known = 0x20 <= code < 0x7F or code in {0x0A, 0x0D, _LINE_END_HYPHEN}
        if not known and pdfium_c.FPDFText_HasUnicodeMapError(self._raw, index) == 1:
            return _UNTOLD
        return code

    def guessed(self, index: int) -> bool:
        """Whether pdfium guessed this space from a gap."""
        return bool(pdfium_c.FPDFText_IsGenerated(self._raw, index) == 1)

    def doubt(self, index: int) -> None:
        """Notes whether the file does not say what this character is: asked once in each word."""
        unsaid = pdfium_c.FPDFText_HasUnicodeMapError(self._raw, index) == 1
        self.guessing |= unsaid and not self.silent(index)

    def silent(self, index: int) -> bool:
        """Whether the character is there to be searched only, as over a scan."""
        drawing = pdfium_c.FPDFText_GetTextObject(self._raw, index)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawing) if drawing else -1
        return mode in {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}

    def sign(self, code: int, index: int) -> _Sign | None:
        """The character with its place, or None where it has none."""
        left, right, bottom, top = self._sides
        loose = self._loose
        reach = None
        if pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, loose):
            reach = (loose.left, loose.bottom, loose.right, loose.top)
        if pdfium_c.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top):
            outline = (left.value, bottom.value, right.value, top.value)
        elif reach is not None:
            outline = reach
        else:
            return None
        if self._spans:
            drawing = pdfium_c.FPDFText_GetTextObject(self._raw, index)
            span = self._spans.get(_address(drawing))
            if span is not None:
                outline = _around(outline, span)
        return _Sign(code, outline, outline if reach is None else _around(outline, reach))


def _runs(reader: _Reader) -> list[_Run]:
    """The characters of a page, split into words by spaces, line ends and gaps."""
    runs: list[_Run] = []
    signs: list[_Sign] = []
    guessed = silent = False
    for index in range(reader.count):
        code = reader.code(index)
        if code in _SPACES:
            if signs:
                runs.append(_Run(signs, guessed, silent))
                signs = []
            guessed = code == 0x20 and reader.guessed(index)
            continue
        sign = reader.sign(code, index)
        if sign is None:
            continue
        if signs and _apart(signs[-1], sign):
            runs.append(_Run(signs, guessed, silent))
            signs, guessed = [], False
        if not signs:
            silent = reader.silent(index)
        signs.append(sign)
        if len(signs) == _LETTERS and code != _UNTOLD and not reader.guessing:
            reader.doubt(index)
    if signs:
        runs.append(_Run(signs, guessed, silent))
    return runs


def _apart(before: _Sign, after: _Sign) -> bool:
    """Whether two neighbours in the text are too far from each other on paper for one word."""
    one, two = before.reach, after.reach
    if one[2] - 1 < two[0] < one[2] + 1 and two[1] < one[3] and one[1] < two[3]:
        return False  # side by side, as nearly all letters are
    gap = max(two[0] - one[2], one[0] - two[2], two[1] - one[3], one[1] - two[3])
    size = max(_size(one), _size(two), 1.0)
    return gap > size * 1.5 or (before.code == _LINE_END_HYPHEN and gap > size * 0.5)


def _size(sides: Sides) -> float:
    """About the size of type: the smaller side, whichever way the letters run."""
    return min(sides[3] - sides[1], sides[2] - sides[0])


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
            merged.append(_Run(signs, runs[start].loose, runs[start].silent))
        else:
            merged.extend(runs[start:end])
        start = end
    return merged


def _spaced_on(before: _Run, after: _Run) -> bool:
    if not after.loose or len(before.signs) != 1 or len(after.signs) != 1:
        return False
    if not (chr(before.signs[0].code).isalpha() and chr(after.signs[0].code).isalpha()):
        return False
    one, two = before.signs[0].reach, after.signs[0].reach
    height = max(one[3] - one[1], two[3] - two[1])
    return min(one[3], two[3]) > max(one[1], two[1]) and abs(two[0] - one[2]) < height


def _word(run: _Run, frame: Frame) -> tuple[str, Box, bool]:
    """Text, box and silence of a word; the box covers outlines with a margin, and the line."""
    outline = _around_all([sign.outline for sign in run.signs])
    reach = _around_all([sign.reach for sign in run.signs])
    first = run.signs[0].reach
    pad = max(_PAD_LEAST, _PAD * max(first[3] - first[1], first[2] - first[0]))
    box = Box(*frame.seen(*outline)).inflate(pad).union(Box(*frame.seen(*reach)))
    return _letters(run), box, run.silent


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
