"""An Excel workbook of today: its parts, its strings and its formats; used inside workers only."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from dpdesk.cells.shown import BUILT_IN
from dpdesk.documents.office_zip import DAMAGED, Element, Packed, attribute, first, short
from dpdesk.errors import UnreadableFile

_PAPER: Final = "FFFFFF"
_INK: Final = "000000"
_ALIKE: Final = 0x20  # steps by which each part of two colours differs that cannot be told apart
_THEMES: Final = {"0": _PAPER, "1": _INK}
_INDEXED: Final = {"0": _INK, "1": _PAPER, "8": _INK, "9": _PAPER, "64": _INK, "65": _PAPER}
_MOST_STRINGS: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of a style are shown: their format, bold, and letters as dark as their ground."""

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
    used: set[int] = field(default_factory=set)
    """The numbers of those that cells ask for, once the sheets were read."""
    root: Element | None = None
    styles: list[CellStyle] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)
    """The formats that rules put in the place of a cell's own; empty for a rule without one."""
    from_1904: bool = False
    folder: str = "xl"

    def style(self, number: str | None) -> CellStyle:
        """The style of that number."""
        at = int(number) if number and number.isdecimal() else 0
        return self.styles[at] if at < len(self.styles) else CellStyle()


def opened(packed: Packed) -> ExcelBook:
    """The workbook with its strings and styles; sheets are read one by one later.

    Raises UnreadableFile for a damaged one.
    """
    main = packed.main_part() or "xl/workbook.xml"
    root = packed.xml(main)
    if root is None:
        raise UnreadableFile(*DAMAGED)
    book = ExcelBook(packed, root=root, folder=main.rpartition("/")[0])
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
            book.conditional = _conditional(styles) if styles is not None else []
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
    fills = [_fill(each) for each in _children(root, "s:fills")]
    made = []
    for each in _children(root, "s:cellXfs"):
        bold, letters = _of(fonts, _at(each, "fontId"), (False, _INK))
        faint = _alike(letters, _of(fills, _at(each, "fillId"), _PAPER))
        made.append(CellStyle(codes.get(_at(each, "numFmtId"), "General"), bold, faint))
    return made


def _conditional(root: Element) -> list[str]:
    listed = _children(root, "s:dxfs")
    formats = [first(each, "s:numFmt") for each in listed]
    return ["" if each is None else each.get("formatCode", "") for each in formats]


def _children(root: Element, name: str) -> list[Element]:
    found = first(root, name)
    return list(found) if found is not None else []


def _at(element: Element, name: str) -> int:
    told = element.get(name, "0")
    return int(told) if told.isdecimal() else 0


def _of(listed: list[Any], at: int, default: Any) -> Any:
    return listed[at] if at < len(listed) else default


def _font(element: Element) -> tuple[bool, str]:
    """Whether letters are bold, and their colour; empty for one that nobody knows."""
    bold = first(element, "s:b")
    colour = first(element, "s:color")
    return (
        bold is not None and bold.get("val", "1") not in {"0", "false"},
        _INK if colour is None else _colour(colour),
    )


def _fill(element: Element) -> str:
    """The colour behind letters; empty for several, or one that nobody knows."""
    pattern = first(element, "s:patternFill")
    if pattern is None:
        return _PAPER if first(element, "s:gradientFill") is None else ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return _PAPER
    colour = first(pattern, "s:fgColor")
    return _colour(colour) if kind == "solid" and colour is not None else ""


def _colour(element: Element) -> str:
    """Six figures; empty where a tint changes it, or a theme says which it is."""
    if element.get("tint") not in {None, "", "0"}:
        return ""
    told = element.get("rgb", "").upper()
    if told:
        return told[-6:] if len(told) in {6, 8} else ""
    theme = _THEMES.get(element.get("theme", ""), "")
    return theme or _INDEXED.get(element.get("indexed", ""), "")


def _alike(one: str, other: str) -> bool:
    try:
        pairs = list(zip(bytes.fromhex(one), bytes.fromhex(other), strict=True))
    except ValueError:
        return False
    return bool(pairs) and all(abs(a - b) < _ALIKE for a, b in pairs)
