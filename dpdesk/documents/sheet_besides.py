"""Words of a workbook that no cell shows: in formulas, names, tables, connections, old strings.

Used inside workers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dpdesk.documents import office_rest, sheet_queries
from dpdesk.documents.besides import Besides
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import Element, short
from dpdesk.documents.sheet_book import ExcelBook
from dpdesk.documents.sheet_words import quoted
from dpdesk.documents.sheet_xlsx import ReadSheet

_OF_EXCEL: Final = ("_xlnm", "_xl", "Slicer_", "NativeTimeline_")
_USUAL: Final = re.compile(
    r"(?:Sheet|Table|Column|Chart|Query|PivotTable|Connection|Slicer|ExternalData|Name)[ _]?\d*"
    r"|ThisWorkbook|Values|Data",
    re.IGNORECASE,
)
"""What Excel calls parts by itself."""
_ABOUT_NAMES: Final = ("comment", "description", "help", "statusBar", "customMenu")
_LINES: Final = {
    "s:table": ("Name of a table", ("displayName", "name", "comment")),
    "s:tableColumn": ("Column of a table", ("name", "totalsRowLabel")),
    "?:table": ("Description of a table", ("altText", "altTextSummary")),
    "s:connection": ("Connection", ("name", "description", "sourceFile", "odcFile")),
    "s:dbPr": ("Connection", ("connection", "command", "serverCommand")),
    "s:textPr": ("Connection", ("sourceFile",)),
    "s:webPr": ("Connection", ("url", "post")),
    "s:queryTable": ("Query", ("name",)),
    "s:pivotCacheDefinition": ("Pivot table last renewed by", ("refreshedBy",)),
    "s:pivotTableDefinition": ("Name of a pivot table", ("name", "rowHeaderCaption")),
    "?:slicer": ("Filter", ("name", "caption")),
    "?:timeline": ("Filter", ("name", "caption")),
    "s:customWorkbookView": ("View kept for", ("name",)),
    "s:fileSharing": ("Kept for", ("userName",)),
    "s:userInfo": ("Shared with", ("name",)),
    "s:header": ("Saved by", ("userName",)),
    "?:formControlPr": ("Box to choose from", ("val",)),
    "?:item": ("Box to choose from", ("val",)),
    "?:person": ("Writes comments", ("displayName", "userId")),
}
"""Where words stand in the parts of a workbook, by the element."""
_PARTS: Final = (
    "tables", "connections.xml", "queryTables", "pivotCache", "pivotTables", "slicers", "timelines",
    "revisions", "ctrlProps", "persons",
)  # fmt: skip
_RECORDS: Final = re.compile(r"pivotCacheRecords|revisionLog", re.IGNORECASE)


def gathered(book: ExcelBook, sheets: Iterable[ReadSheet]) -> Besides:
    """All of them, with the place where each stands."""
    found = Besides()
    for sheet in sheets:
        where = f"Formula on sheet “{sheet.grid.name}”"
        for words in sheet.formulas:
            found.add(where, words)
        for words in sheet.called:
            _add(found, "Name of a place", words)
        if sheet.code_name != sheet.grid.name:
            _add(found, "Name of a sheet in programs", sheet.code_name)
        for words in sheet.in_notes:
            found.add("Frame of a note", words)
    for each in book.names:
        _a_name(each, found)
    if book.root is not None:
        _lines(book.root, found)
    for part in _PARTS:
        whole = f"{book.folder}/{part}"
        for name in [whole] if part.endswith(".xml") else book.packed.under(whole):
            if "/_rels/" not in name and not _RECORDS.search(name):
                _lines(book.packed.xml(name), found)
    sheet_queries.gather(book.packed, found)
    office_rest.gather(book.packed, found)
    return found


def _a_name(each: Element, found: Besides) -> None:
    name = each.get("name", "")
    if not name.startswith(_OF_EXCEL):
        _add(found, "Name of a place", name)
    for words in quoted(each.text or ""):
        found.add("A name that stands for words", words)
    for about in _ABOUT_NAMES:
        found.add(f"Remark on the name {name}", each.get(about))


def _lines(root: Element | None, found: Besides) -> None:
    for each in root.iter() if root is not None else ():
        where, names = _LINES.get(short(each), ("", ()))
        for name in names:
            _add(found, where, each.get(name))
        if short(each) == "s:calculatedColumnFormula":
            for words in quoted(each.text or ""):
                found.add("Formula of a table", words)


def _add(found: Besides, where: str, words: str | None) -> None:
    if words and not _USUAL.fullmatch(words):
        found.add(where, words.replace("_x000a_", " "))


def left(book: ExcelBook, words: set[str]) -> list[Hidden]:
    """Words that cells held once: the file still keeps them, and no cell uses them."""
    lost = list(_left(book, words))
    rows = "".join(f"<tr><td>{escape(text)}</td></tr>" for text in lost)
    return [Hidden("left", len(lost), f'<table class="grid">{rows}</table>')] if lost else []


def _left(book: ExcelBook, words: set[str]) -> Iterator[str]:
    texts = (text for number, text in enumerate(book.strings) if number not in book.used)
    for text in dict.fromkeys(texts):
        if any(map(str.isalpha, text)) and text not in words and text.strip() not in words:
            yield text
