"""An Excel workbook of today: its parts, its strings and its formats; used inside workers only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from dpdesk.documents.cell_shown import BUILT_IN
from dpdesk.documents.office_zip import Element, Packed, attribute, first, short

_WHITE: Final = frozenset({"FFFFFFFF", "00FFFFFF", "FFFFFF"})
_MOST_STRINGS: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of a style are shown: their format, bold, and letters as white as the paper."""

    code: str = "General"
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    state: str
    part: str


@dataclass(slots=True)
class ExcelBook:
    """What the sheets of a workbook share."""

    packed: Packed
    sheets: list[SheetPart] = field(default_factory=list)
    names: list[Element] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False
    folder: str = "xl"

    def style(self, number: str | None) -> CellStyle:
        """The style of that number."""
        at = int(number) if number and number.isdecimal() else 0
        return self.styles[at] if at < len(self.styles) else CellStyle()


def opened(packed: Packed, main: str, root: Element) -> ExcelBook:
    """The workbook with its strings and styles; sheets are read one by one later."""
    book = ExcelBook(packed, folder=main.rpartition("/")[0])
    relations = packed.relations(main)
    about = first(root, "s:workbookPr")
    book.from_1904 = about is not None and about.get("date1904") in {"1", "true"}
    for each in _children(root, "s:sheets"):
        relation = relations.get(attribute(each, "r:id") or "")
        if relation is not None:
            state = each.get("state", "visible")
            book.sheets.append(SheetPart(each.get("name", ""), state, relation.target))
    named = first(root, "s:definedNames")
    book.names = list(named) if named is not None else []
    for relation in relations.values():
        if relation.kind == "sharedStrings":
            book.strings = list(_strings(packed, relation.target))
        elif relation.kind == "styles":
            styles = packed.xml(relation.target)
            book.styles = _styles(styles) if styles is not None else []
    return book


def streamed(packed: Packed, part: str) -> Iterator[Element]:
    """The elements of a part as they end, so that a long one needs no memory.

    Whoever asks clears what is done with. Damage ends it, and is noted.
    """
    content = packed.read(part)
    if content is None:
        return
    reading: Any = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        for _event, element in reading:
            yield element
    except (etree.XMLSyntaxError, ValueError):
        packed.damaged.append(part)


def done(element: Element) -> None:
    """Frees an element that was read, and those before it."""
    element.clear()
    holder = element.getparent()
    while holder is not None and element.getprevious() is not None:
        del holder[0]


def string(element: Element) -> str:
    """The words of a string: plain, or in pieces of different looks."""
    found = []
    for each in element:
        name = short(each)
        if name == "s:t":
            found.append(each.text or "")
        elif name == "s:r":
            found += [piece.text or "" for piece in each if short(piece) == "s:t"]
    return _plain("".join(found))


def _plain(words: str) -> str:
    """Signs that XML cannot hold are written as _x000D_."""
    return words.replace("_x000D_", "") if "_x000" in words else words


def _strings(packed: Packed, part: str) -> Iterator[str]:
    for number, each in enumerate(streamed(packed, part)):
        if short(each) == "s:si":
            yield string(each)
            done(each)
        if number > 10 * _MOST_STRINGS:
            return


def _styles(root: Element) -> list[CellStyle]:
    codes = dict(BUILT_IN)
    formats = first(root, "s:numFmts")
    for each in formats if formats is not None else ():
        told = each.get("numFmtId", "")
        if told.isdecimal():
            codes[int(told)] = each.get("formatCode", "General")
    fonts = [_font(each) for each in _children(root, "s:fonts")]
    fills = [_is_filled(each) for each in _children(root, "s:fills")]
    return [
        CellStyle(
            codes.get(_at(each, "numFmtId"), "General"),
            _of(fonts, _at(each, "fontId"), (False, False))[0],
            _of(fonts, _at(each, "fontId"), (False, False))[1]
            and not _of(fills, _at(each, "fillId"), default=False),
        )
        for each in _children(root, "s:cellXfs")
    ]


def _children(root: Element, name: str) -> list[Element]:
    found = first(root, name)
    return list(found) if found is not None else []


def _at(element: Element, name: str) -> int:
    told = element.get(name, "0")
    return int(told) if told.isdecimal() else 0


def _of(listed: list[Any], at: int, default: Any) -> Any:
    return listed[at] if at < len(listed) else default


def _font(element: Element) -> tuple[bool, bool]:
    """Whether letters are bold, and whether they are white."""
    bold = first(element, "s:b")
    colour = first(element, "s:color")
    white = colour is not None and (
        colour.get("rgb", "").upper() in _WHITE
        or (colour.get("theme") == "0" and not colour.get("tint"))
    )
    return bold is not None and bold.get("val", "1") not in {"0", "false"}, white


def _is_filled(element: Element) -> bool:
    pattern = first(element, "s:patternFill")
    if pattern is None:
        return first(element, "s:gradientFill") is not None
    colour = first(pattern, "s:fgColor")
    told = colour.get("rgb", "").upper() if colour is not None else ""
    return pattern.get("patternType", "none") != "none" and told not in _WHITE
