"""Makes the PDF that pages are drawn from, whatever came in; used inside workers only."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import pikepdf

from dpdesk.documents import (
    hidden,
    notes,
    office_kinds,
    pdf,
    pdf_earlier,
    pdf_files,
    pdf_hidden,
    pdf_said,
    pdf_unshown,
)
from dpdesk.documents.decoding import about_codes, decode
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.kinds import Recognised
from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.law.words import page_list
from dpdesk.walls.workers import Limits

REPAIRED = "The file was damaged and has been repaired; compare its pages with the original."

_LOCKED_INSIDE = (
    "Files attached to this PDF are locked with a password. They are not part of its pages; ask "
    "the sender for the password, or for the files themselves."
)
_NOT_LOOKED_INTO = (
    "dpdesk could not look for notes, form answers and attached files that the pages of this PDF "
    "do not show. Look for them in a PDF program."
)
_READERS: Final = {
    "EML": "mail_pages:mime",
    "MSG": "mail_pages:outlook",
    "TNEF": "mail_pages:winmail",
    "ICS": "mail_cards:calendar",
    "VCF": "mail_cards:contacts",
    **office_kinds.READERS,
}
"""What reads a format, as "module:function" of this room: (content, password, limits) → Normal."""


@dataclass(slots=True)
class Normal:
    """What became of a file: ``made`` is a PDF where one had to be made, else the file will do.

    ``layers`` says that the PDF has layers, of which some may be switched off; ``typed`` is
    what is typed into fields and notes, by the number of the page from 0; ``inside`` are the
    files within it, which become documents of their own; ``said`` is what it says of itself.
    """

    made: bytes | None
    warnings: list[str]
    layers: bool = False
    typed: Mapping[int, Sequence[str]] = field(default_factory=dict)
    inside: list[Inner] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    leading: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Addresses behind links, by the number of the page from 0."""
    beside: Sequence[tuple[str, str]] = ()
    """What a PDF says beside its pages, each with where."""
    patterned: frozenset[int] = frozenset()
    """The pages, from 1, on which words may be part of a pattern."""


def to_pdf(recognised: Recognised, content: bytes, password: str | None, limits: Limits) -> Normal:
    """The PDF from which a file of any kind is drawn.

    Raises UnreadableFile or PasswordNeeded with a sentence for the user.
    """
    if recognised.kind == "pdf":
        opened, warnings = _opening(content, password)
        return inspect(content, opened, warnings, limits)
    if recognised.kind == "picture":
        from dpdesk.documents import picture_words, pictures

        made, warnings = pictures.to_pdf(content, recognised.format, limits)
        return _with_hidden(
            Normal(made, warnings),
            [*pdf_hidden.of_photograph(content), *picture_words.found(content)],
            limits,
        )
    if recognised.format in _READERS:
        return reader(recognised.format)(content, password, limits)
    from dpdesk.documents import typeset

    decoded = decode(content)
    text = decoded.text if decoded else ""
    made, warnings = typeset.to_pdf(text, limits)
    told = decoded.warnings if decoded else ()
    return Normal(made, [*told, *about_codes(text), *warnings])


def reader(format_: str) -> Callable[[bytes, str | None, Limits], Normal]:
    """What reads files of that format."""
    module, _, function = _READERS[format_].partition(":")
    found = getattr(importlib.import_module(f"dpdesk.documents.{module}"), function)
    return cast(Callable[[bytes, str | None, Limits], Normal], found)


def _opening(content: bytes, password: str | None) -> tuple[bytes | None, list[str]]:
    try:
        document = pdf.open_pdf(content)
    except PasswordNeeded:
        return unlocked(content, password), []
    except UnreadableFile:
        return repaired(content), [REPAIRED]
    document.close()
    return None, []


def unlocked(content: bytes, password: str | None) -> bytes:
    """A PDF without its lock. Raises PasswordNeeded without the right password."""
    if not password:
        raise pdf.locked(None)
    pdf.open_pdf(content, password).close()  # pdfium knows when a password is wrong
    return _resaved(content, password)


def repaired(content: bytes) -> bytes:
    """The file written anew by a library that mends what it can.

    Raises UnreadableFile where nothing usable is left.
    """
    made = _resaved(content, None)
    pdf.open_pdf(made).close()
    return made


def _resaved(content: bytes, password: str | None) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), password=password or "") as opened:
            if not len(opened.pages):
                raise pdf.no_pages()
            made = io.BytesIO()
            opened.save(made)
    except pikepdf.PasswordError:
        raise pdf.locked(password) from None
    except (pikepdf.PdfError, ValueError, RecursionError, RuntimeError):
        raise UnreadableFile(pdf.DAMAGED, pdf.DAMAGED_NEXT) from None
    return made.getvalue()


def inspect(content: bytes, made: bytes | None, warnings: list[str], limits: Limits) -> Normal:
    """Looks at what a PDF carries besides its pages; makes a copy if pages need rescaling.

    What it says and does not show comes onto marked pages after its own.

    A file that this second library cannot open is left to pdfium alone, and that is told.
    """
    drawn = content if made is None else made
    try:
        with pikepdf.open(io.BytesIO(drawn)) as opened:
            inside, lost = pdf_files.carried(opened)
            found = [*warnings, *_about_document(opened), *_about_files(len(inside), lost)]
            patterned = frozenset(notes.in_patterns(opened))
            found += _about_patterns(patterned)
            layers = "/OCProperties" in opened.Root
            typed = notes.typed(opened)
            unseen = pdf_hidden.of_pdf(opened, drawn, typed, layers=layers)
            unseen += pdf_earlier.found(content)
            if any(each.kind == "answers" for each in unseen):
                typed = {}  # all of them stand on a page now
            whole = Normal(
                made,
                found,
                layers,
                typed,
                inside,
                leading=pdf_unshown.addresses(opened),
                beside=pdf_said.beside(opened),
                patterned=patterned,
            )
            # All are asked: each changes pages of its own.
            changed = (_count_pages(opened, drawn), _spell_out_units(opened))
            if not sum((*changed, _drop_empty_crops(opened))):
                return _with_hidden(whole, unseen, limits, drawn)
            rescaled = io.BytesIO()
            opened.save(rescaled)
            whole.made = rescaled.getvalue()
            return _with_hidden(whole, unseen, limits)
    except pikepdf.PasswordError:
        # Its pages are open, or pdfium would have asked for the password.
        return Normal(made, [*warnings, _LOCKED_INSIDE, _NOT_LOOKED_INTO], layers=True)
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, RuntimeError, KeyError):
        return Normal(made, [*warnings, _NOT_LOOKED_INTO], layers=True)


def _with_hidden(
    whole: Normal, found: Sequence[Hidden], limits: Limits, drawn: bytes = b""
) -> Normal:
    """The same with what is not shown on marked pages after its own; ``drawn`` if none was made."""
    if found:
        whole.made, told = pdf_hidden.after(whole.made or drawn, found, limits)
        whole.warnings += [*hidden.sentence(found), *told]
    return whole


def _count_pages(opened: pikepdf.Pdf, drawn: bytes) -> bool:
    """Counts the pages anew where the file tells fewer than it has; whether it did.

    pdfium believes what the file tells, and would leave out the rest without a word.
    """
    document = pdf.open_pdf(drawn)
    told = len(document)
    document.close()
    if len(opened.pages) <= told:
        return False
    # Any change makes the library write the tree of pages anew, with the counts of its branches.
    opened.Root.Pages.Count = len(opened.pages)
    opened.add_blank_page()
    del opened.pages[-1]
    return True


def _about_patterns(numbers: frozenset[int]) -> list[str]:
    if not numbers:
        return []
    sentence = (
        "There may be words inside a pattern or a drawn letter on "
        f"{page_list(sorted(numbers))}. They are read from the picture, as in a scan. Look there "
        "for names yourself, and draw boxes over them."
    )
    return [sentence]


def _about_document(opened: pikepdf.Pdf) -> list[str]:
    warnings = []
    root = opened.Root
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        warnings.append(
            "This PDF is a form of a kind that only Adobe programs show in full. Check that its "
            "pages show the answers; if not, print it as PDF in Adobe Reader and add that."
        )
    if "/Collection" in root:
        warnings.append(
            "This PDF is a folder of other files (a portfolio); of itself it shows only a cover."
        )
    if _has_hidden_layers(root):
        warnings.append(
            "This PDF has layers that are switched off; only what can be seen was used."
        )
    return warnings


def _about_files(inside: int, lost: int) -> Iterator[str]:
    if inside:
        files = "1 attached file" if inside == 1 else f"{inside} attached files"
        yield f"This PDF carries {files}, which its pages do not show."
    if lost:
        files = "1 file" if lost == 1 else f"{lost} files"
        yield (
            f"{files} attached to this PDF could not be read. Open it in Adobe Reader, save the "
            "files in it, and add them one by one."
        )


def _has_hidden_layers(root: pikepdf.Object) -> bool:
    layers = root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return False
    shown = layers.get("/D")
    if not isinstance(shown, pikepdf.Dictionary):
        return False
    off = shown.get("/OFF")
    return shown.get("/BaseState") == "/OFF" or (isinstance(off, pikepdf.Array) and len(off) > 0)


def _spell_out_units(opened: pikepdf.Pdf) -> bool:
    """Enlarges pages that count in units other than points; whether there were any.

    pdfium draws such a page as if its unit were a point, and everybody else does not.
    """
    found = False
    for page in opened.pages:
        unit = page.obj.get("/UserUnit")
        if unit is None or not 1 < float(unit) <= 1000:
            continue
        found = True
        _enlarge(opened, page, float(unit))
        del page.obj["/UserUnit"]
    return found


def _drop_empty_crops(opened: pikepdf.Pdf) -> bool:
    """Shows pages whole that were cropped to a place outside of them, as other programs do."""
    found = False
    for page in opened.pages:
        if "/CropBox" not in page.obj:
            continue
        sheet, crop = pikepdf.Rectangle(page.mediabox), pikepdf.Rectangle(page.cropbox)
        if (
            min(sheet.urx, crop.urx) - max(sheet.llx, crop.llx) < 1
            or min(sheet.ury, crop.ury) - max(sheet.lly, crop.lly) < 1
        ):
            del page.obj["/CropBox"]
            found = True
    return found


def _enlarge(opened: pikepdf.Pdf, page: pikepdf.Page, unit: float) -> None:
    page.contents_coalesce()
    content = page.obj.Contents.read_bytes() if "/Contents" in page.obj else b""
    drawing = opened.make_indirect(page.as_form_xobject(handle_transformations=False))
    drawing.write(content)  # it would follow the page's own content, which changes below
    for name in ("/MediaBox", "/CropBox"):
        box = page.mediabox if name == "/MediaBox" else page.cropbox
        page.obj[name] = pikepdf.Array([float(side) * unit for side in box])
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=drawing))
    page.obj.Contents = opened.make_stream(f"q {unit:g} 0 0 {unit:g} 0 0 cm /P Do Q".encode())
    for note in notes.on_page(page):
        for name in ("/Rect", "/QuadPoints", "/L", "/Vertices", "/CL"):
            if isinstance(note.get(name), pikepdf.Array):
                note[name] = pikepdf.Array([float(number) * unit for number in note[name]])
