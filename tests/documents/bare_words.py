"""The words of an office file as a bare reading of its XML finds them, for comparison.

It knows nothing of styles, fields or tables, and shares nothing with the program but how accents
join their letters.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from dpdesk.law.accents import in_form

_PARTS = {
    "doc": r"word/(document|header|footer|footnotes|endnotes|comments|charts/chart|diagrams/data)",
    "ppt": r"ppt/(slides/slide|notesSlides/|comments/|charts/chart)",
    "xls": r"xl/(sharedStrings|worksheets/|comments|charts/chart|drawings/drawing)",
    "odt": r"(content|styles)\.xml",
    "ods": r"content\.xml",
    "odp": r"content\.xml",
}
_TEXTS = frozenset({"t", "delText"})
_LINES = frozenset({"p", "h", "si", "is", "text"})
_APART = frozenset({"tab", "br", "cr", "s", "line-break", "note-citation", "creator", "date"})


def words(path: Path) -> list[str]:
    """The words of a file; none where it is of a kind that has no XML, or is damaged."""
    suffix = path.suffix.lower()
    if suffix == ".xls":
        lines = _of_old_sheets(path)
    elif suffix == ".rtf":
        lines = _of_rich_text(path)
    else:
        lines = _of_archive(path, _PARTS.get(suffix[1:4]))
    # Accents that stand for themselves join their letter, as on the pages.
    return re.findall(r"\w+", in_form("NFC", "\n".join(lines)))


def _of_archive(path: Path, parts: str | None) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
            for name in packed.namelist():
                if parts and re.match(parts, name) and name.endswith(".xml"):
                    parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
                    root = etree.fromstring(packed.read(name), parser)
                    yield from _lines(root, whole=not path.suffix.lower().endswith("x"))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError):
        return


def _lines(root: etree._Element | None, *, whole: bool) -> Iterator[str]:
    """The words of each line, without those of lines within it."""
    for element in root.iter() if root is not None else ():
        name = _name(element)
        if name in _LINES:
            yield "".join(_within(element, whole=whole, top=True))
        elif (name == "t" and not _is_in_line(element)) or _is_value(element):
            yield element.text or ""


def _is_value(element: etree._Element) -> bool:
    """Whether it is the value of a cell and says more than a number."""
    return _name(element) == "v" and bool(re.search("[A-Za-z]{3}", element.text or ""))


def _is_in_line(element: etree._Element) -> bool:
    return any(_name(each) in _LINES for each in element.iterancestors())


def _within(element: etree._Element, *, whole: bool, top: bool = False) -> Iterator[str]:
    name = _name(element)
    if name in _LINES and not top:
        yield " "
        return
    if name in _APART:
        yield " "
    elif name and (whole or name in _TEXTS):
        yield element.text or ""
    for each in element:
        yield from _within(each, whole=whole)
        if whole:
            yield each.tail or ""


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _of_old_sheets(path: Path) -> Iterator[str]:
    import xlrd

    try:
        book = xlrd.open_workbook(path, logfile=io.StringIO(), ragged_rows=True)
    except (xlrd.XLRDError, AssertionError):
        return
    for sheet in book.sheets():
        for row in range(sheet.nrows):
            yield from (
                str(cell.value) for cell in sheet.row(row) if cell.ctype == xlrd.XL_CELL_TEXT
            )


def _of_rich_text(path: Path) -> Iterator[str]:
    from striprtf.striprtf import rtf_to_text

    yield rtf_to_text(path.read_text("latin-1"), errors="ignore")
