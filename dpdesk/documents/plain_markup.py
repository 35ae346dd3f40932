"""Cleared HTML into the tags that Qt lays out well: lines that break, tables that fit.

Used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final, Protocol

from dpdesk.documents.markup import BLOCKS, CLASSES, GRID, INLINE, KEPT, OTHERS, RENAMED

_LINE: Final = "a line"
_EMPTY: Final = frozenset({"br", "hr", "img"})
_MOST_DEEP: Final = 60
_MOST_TABLES_DEEP: Final = 4
_MOST_COLUMNS: Final = 100
_LONG: Final = 20
"""Signs of a word that any line holds; longer ones are measured, and cut where they must be."""
_COLUMN: Final = 120.0
"""Points of a narrow column."""
_INDENT: Final = 24.0
_MOST_INSET: Final = 8
_INSET: Final = frozenset({"ul", "ol", "dd", "blockquote"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "big"})
_LARGE: Final = 1.7
_ROWS_OF_TABLE: Final = 400
"""A longer table is laid out in pieces, as one of a hundred thousand rows takes minutes whole."""
_LEAST_AREA: Final = 16.0
_LONG_WORD: Final = re.compile(rf"\S{{{_LONG + 1},}}")
_SINGLE_HARD_SPACE: Final = re.compile("(?<=[^\\s\xa0])\xa0(?=[^\\s\xa0])")

Width = Callable[[str], float]
"""Points that letters take on a line."""


class _Pictures(Protocol):
    """The pictures that came along with the HTML."""

    def size(self, name: str) -> tuple[float, float] | None:
        """Width and height in points at which it is drawn; None where it cannot be shown."""
        ...

    def fitting(self, width: float, height: float) -> tuple[float, float]:
        """The size made smaller until it fits the page."""
        ...

    def number(self, name: str) -> int:
        """A number that it goes by while the text is laid out."""
        ...

    def within(self, coded: str) -> str:
        """Takes a picture that stands in the text itself; the name that it goes by."""
        ...

    def words(self, name: str) -> str:
        """The words in a drawing that cannot be drawn here; empty where there are none."""
        ...


def plain(
    clean: str,
    pictures: _Pictures,
    across: float,
    width: Width,
    *,
    narrow: bool = False,
    most: int = _MOST_COLUMNS,
) -> str:
    """What ``cleared`` gave, in the tags and looks that the layout knows.

    ``across`` is how long a line may be, ``width`` measures it. ``narrow`` cuts long words in
    tables; a table of more than ``most`` columns is set cell below cell.
    """
    counter = _Columns()
    counter.feed(clean)
    writer = _Writer(pictures, across, width, narrow=narrow, columns=counter.columns, most=most)
    writer.feed(clean)
    writer.close()
    return writer.result()


class _Columns(HTMLParser):
    """Counts the columns of each table, in the order in which the tables begin."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[int] = []
        self._open: list[int] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        if tag == "table":
            self._open.append(len(self.columns))
            self.columns.append(0)
        elif tag == "tr":
            self._cells = 0
        elif tag in {"td", "th"} and self._open:
            wide = _number(dict(attrs).get("colspan") or "") or 1
            self._cells += max(1, min(int(wide), _MOST_COLUMNS))
            here = self._open[-1]
            self.columns[here] = max(self.columns[here], self._cells)

    def handle_endtag(self, tag: str) -> None:
        """A table ends."""
        if tag == "table" and self._open:
            self._open.pop()


class _Writer(HTMLParser):
    """Writes the HTML anew, tag by tag."""

    def __init__(
        self,
        pictures: _Pictures,
        across: float,
        width: Width,
        *,
        narrow: bool,
        columns: Sequence[int],
        most: int,
    ) -> None:
        super().__init__(convert_charrefs=True)
        self._pictures = pictures
        self._across = across
        self._width = width
        self._narrow = narrow
        self._columns = columns
        self._most = most
        self._seen = 0  # tables
        self._after_block = False
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # what was opened, and what ends it
        self._tables: list[_Table] = []

    def result(self) -> str:
        """What was written."""
        while self._open:
            self._out.append(self._open.pop()[1])
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag begins."""
        given = {name: value or "" for name, value in attrs}
        if tag in INLINE or tag in OTHERS or tag in {"br", "img"}:
            self._begin_line()
        else:
            self._end_line()
        if tag == "input":
            self._input(given)
        elif tag == "img":
            self._picture(given)
        elif tag in _EMPTY:
            self._out.append(f"<{tag}>")
        elif tag in {"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"}:
            self._of_table(tag, given)
        else:
            self._element(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """One tag ends; those within it that did not, too."""
        if tag in _EMPTY or not any(name == tag for name, _end in self._open):
            return
        while self._open:
            name, end = self._open.pop()
            self._out.append(end)
            if end == "</div>":
                self._after_block = True
            elif name not in INLINE and name not in OTHERS:
                self._after_block = False
            if name == "table":
                self._tables.pop()
            if name == "caption" and self._tables:
                self._move_caption(self._tables[-1])
            if name == "tr" and self._tables:
                self._row_ends(self._tables[-1])
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words."""
        if data.strip():
            self._begin_line()
        text = escape(_SINGLE_HARD_SPACE.sub(" ", data), quote=False)
        text = _LONG_WORD.sub(self._cut, text)
        self._out.append(text)

    def _begin_line(self) -> None:
        """Words after a part that ended stand on a line of their own, which Qt would not give."""
        if self._after_block:
            self._after_block = False
            self._out.append('<p style="margin-top: 0; margin-bottom: 0">')
            self._open.append((_LINE, "</p>"))

    def _end_line(self) -> None:
        self._after_block = False
        if self._open and self._open[-1][0] == _LINE:
            self._out.append(self._open.pop()[1])

    def _cut(self, found: re.Match[str]) -> str:
        """A long word cut as a margin would cut it."""
        signs = re.findall(r"&[a-z#0-9]+;|.", found[0])  # the name of a sign stays whole
        if self._tables and not self._narrow:
            return found[0]
        pieces, room = [""], 0.0
        for sign in signs:
            wide = self._width(unescape(sign))
            if room < wide:
                pieces.append("")
                room = self._room()
            pieces[-1] += sign
            room -= wide
        return "<br>".join(pieces[1:])

    def _room(self) -> float:
        """Points that a line has, reckoned in letters of the usual size."""
        if self._tables and not self._tables[-1].flat:
            return _COLUMN
        names = [name for name, _end in self._open]
        inset = _INDENT * sum(1 for name in names if name in _INSET)
        large = any(name in _HEADINGS for name in names)
        return max(self._across - inset, _COLUMN) / (_LARGE if large else 1.0)

    def _element(self, tag: str, given: dict[str, str]) -> None:
        if len(self._open) >= _MOST_DEEP:
            self._open.append((tag, "" if tag in INLINE else "<br>"))
            return
        name = "div" if tag in BLOCKS or self._is_inset_enough(tag) else RENAMED.get(tag, tag)
        looks = [CLASSES[each] for each in given.get("class", "").split() if each in CLASSES]
        if name == "pre":
            name = "div"
            looks.append("white-space: pre-wrap")
        if tag == "center":
            looks.append("text-align: center")
        if name not in KEPT and name != "div":
            name = "span"
        extra = ""
        if name == "ol":
            start = given.get("start", "")
            if re.fullmatch(r"\d{1,6}", start):
                extra += f' start="{start}"'
            if given.get("type", "") in {"1", "a", "A", "i", "I"}:
                extra += f' type="{given["type"]}"'
        self._out.append(f"<{name}{extra}{_styled(looks)}>")
        self._open.append((tag, f"</{name}>"))

    def _is_inset_enough(self, tag: str) -> bool:
        """Whether quotations of quotations would leave no room for words on their line."""
        if tag not in _INSET and tag != "li":
            return False
        deep = sum(1 for name, _end in self._open if name in _INSET)
        return deep >= _MOST_INSET + (tag == "li")

    def _of_table(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._table(given)
            return
        table = self._tables[-1] if self._tables else None
        if table is None or table.flat:
            piece = tag in {"td", "th", "tr", "caption"} and len(self._open) < _MOST_DEEP
            self._out.append("<div>" if piece else "")
            self._open.append((tag, "</div>" if piece else ""))
        elif tag == "caption":
            table.caption_from = len(self._out)
            self._out.append("<div><b>")
            self._open.append((tag, "</b></div>"))
        elif tag in {"td", "th"}:
            self._out.append(f"<{tag}{_spans(given)}{_looks_of(given)}>")
            self._open.append((tag, f"</{tag}>"))
        elif tag == "tr":
            self._out.append("<tr>")
            self._open.append((tag, "</tr>"))
        else:
            self._open.append((tag, ""))

    def _table(self, given: dict[str, str]) -> None:
        number, self._seen = self._seen, self._seen + 1
        flat = len(self._tables) >= _MOST_TABLES_DEEP or len(self._open) >= _MOST_DEEP
        flat = flat or (number < len(self._columns) and self._columns[number] > self._most)
        lines = GRID in given.get("class", "").split() or given.get("border", "0") not in {"0", ""}
        drawn = (
            '<table border="1" cellspacing="0" cellpadding="3" '
            'style="border-collapse: collapse; border-color: #999999; border-width: 0.5px">'
            if lines
            else '<table border="0" cellspacing="0" cellpadding="2">'
        )
        start, end = ("<div>", "</div>") if flat else (drawn, "</table>")
        if len(self._open) >= _MOST_DEEP:
            start = end = ""
        table = _Table(len(self._out), start, flat)
        self._tables.append(table)
        self._out.append(start)
        self._open.append(("table", end))

    def _move_caption(self, table: _Table) -> None:
        """A caption stands before its table: within, it would be lost."""
        if table.flat or table.caption_from < 0:
            return
        moved = self._out[table.caption_from :]
        del self._out[table.caption_from :]
        self._out[table.at : table.at] = moved
        table.at += len(moved)
        table.caption_from = -1

    def _row_ends(self, table: _Table) -> None:
        table.rows += 1
        if table.rows % _ROWS_OF_TABLE == 0 and not table.flat and len(self._tables) == 1:
            self._out.append("</table>")
            table.at = len(self._out)
            self._out.append(table.start)

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if kind in {"checkbox", "radio"}:
            self.handle_data(" [x] " if "checked" in given else " [ ] ")
        elif kind not in {"image", "file", "password"}:
            self.handle_data(f" {given.get('value', '')} ")

    def _picture(self, given: dict[str, str]) -> None:
        source = given.get("src", "")
        inline = source[:5].lower() == "data:"
        name = self._pictures.within(source) if inline else source[4:].strip()
        size = self._pictures.size(name) if name else None
        words = self._pictures.words(name) if name else ""
        if size is None:
            alt = given.get("alt", "").strip()
            if alt or source:
                self.handle_data(f"[Picture: {alt}]" if alt else "[Picture]")
            self._words_of(words)
            return
        width, height = size
        wanted = _number(given.get("width", "")), _number(given.get("height", ""))
        if wanted[0] and wanted[1] and wanted[0] * wanted[1] > _LEAST_AREA:
            width, height = wanted[0], wanted[1]
        elif wanted[0] and wanted[0] > 1:
            width, height = wanted[0], height * wanted[0] / width
        width, height = self._pictures.fitting(width, height)
        number = self._pictures.number(name)
        self._out.append(f'<img src="cid:{number}" width="{width:.0f}" height="{height:.0f}">')
        self._words_of(words)

    def _words_of(self, words: str) -> None:
        if words:
            self.handle_data(f" [Words in this drawing: {words}] ")


@dataclass(slots=True)
class _Table:
    at: int
    start: str
    flat: bool
    rows: int = 0
    caption_from: int = -1


def _styled(looks: list[str]) -> str:
    return f' style="{"; ".join(looks)}"' if looks else ""


def _looks_of(given: dict[str, str]) -> str:
    return _styled([CLASSES[each] for each in given.get("class", "").split() if each in CLASSES])


def _spans(given: dict[str, str]) -> str:
    found = ""
    for name, most in (("colspan", _MOST_COLUMNS), ("rowspan", 200)):
        told = _number(given.get(name, ""))
        if told and told > 1:
            found += f' {name}="{min(int(told), most)}"'
    if "width" in given:
        found += f' width="{given["width"]}"'
    return found


def _number(told: str) -> float | None:
    found = re.match(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*$", told)
    return float(found[1]) if found else None
