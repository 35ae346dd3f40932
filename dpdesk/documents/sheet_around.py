"""What stands around the cells of a workbook: comments, drawings, names, copies of other data.

Used inside workers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from dpdesk.documents import office_drawings, sheet_words
from dpdesk.documents.hidden import Hidden
from dpdesk.documents.office_zip import Element, Packed, attribute, first, short
from dpdesk.documents.sheet_book import ExcelBook, done, streamed
from dpdesk.documents.sheet_grid import Budget, Grid, GridCell
from dpdesk.documents.sheet_xlsx import ReadSheet

_OF_EXCEL: Final = ("_xlnm", "_xl", "_xlfn", "_xlpm", "_xleta")
_THREADED: Final = "[Threaded comment]"
_MOST: Final = 20_000


def comments(book: ExcelBook, sheets: Iterable[ReadSheet]) -> list[Hidden]:
    """Comments and notes on cells."""
    people = _people(book.packed)
    lines: list[str] = []
    for sheet in sheets:
        kinds = {relation.kind for relation in sheet.relations.values()}
        for relation in sheet.relations.values():
            if relation.outside:
                continue
            if relation.kind == "comments":
                twice = "threadedComment" in kinds
                found = _notes(book.packed.xml(relation.target), twice=twice)
            elif relation.kind == "threadedComment":
                found = _threaded(book.packed.xml(relation.target), people)
            else:
                continue
            for where, who, words in found:
                head = f"{sheet.grid.name}, cell {where}" + (f", {who}" if who else "")
                shown = escape(words.strip()).replace("\n", "<br>")
                lines.append(
                    f'<div class="box"><p class="close"><b>{escape(head)}</b></p>'
                    f"<p>{shown}</p></div>"
                )
    return [Hidden("comments", len(lines), "".join(lines))] if lines else []


def _people(packed: Packed) -> dict[str, str]:
    found = {}
    for part in packed.under("xl/persons"):
        root = packed.xml(part)
        for each in root if root is not None else ():
            found[each.get("id", "")] = each.get("displayName", "")
    return found


def _notes(root: Element | None, *, twice: bool) -> Iterator[tuple[str, str, str]]:
    """Notes; ``twice`` says that conversations are stored by themselves too."""
    listed = first(root, "s:authors")
    authors = [each.text or "" for each in listed] if listed is not None else []
    held = first(root, "s:commentList")
    for each in held if held is not None else ():
        words = "".join(text.text or "" for text in each.iter() if short(text) == "s:t")
        told = each.get("authorId", "")
        who = authors[int(told)] if told.isdecimal() and int(told) < len(authors) else ""
        # Where there is a conversation, Excel repeats it in a note for older programs.
        if words.strip() and not (twice and words.startswith(_THREADED)):
            yield each.get("ref", ""), "" if who.startswith("tc=") else who, words


def _threaded(root: Element | None, people: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for each in root if root is not None else ():
        words = "".join(each.itertext())
        who = people.get(each.get("personId", ""), "")
        day = each.get("dT", "")[:16].replace("T", " ")
        yield each.get("ref", ""), ", ".join(part for part in (who, day) if part), words


def drawings(book: ExcelBook, sheets: Iterable[ReadSheet], drawn: office_drawings.Drawings) -> str:
    """Pictures, charts and text boxes that lie on sheets, as HTML; nothing where there are none."""
    made = []
    for sheet in sheets:
        pieces = [piece for part in sheet.drawings for piece in _pieces(book.packed, part, drawn)]
        sheet.in_notes += (words for part in sheet.drawings for words in _in_notes(book, part))
        made.append(sheet_words.beside(sheet.grid.name, pieces, sheet.printed))
    return "".join(made)


def _pieces(packed: Packed, part: str, drawn: office_drawings.Drawings) -> Iterator[str]:
    root = packed.xml(part)
    if root is None:
        return
    relations = packed.relations(part)
    if part.lower().endswith(".vml"):
        yield from _of_controls(root)
        return
    for anchor in root:
        for kind, found in office_drawings.parts(anchor):
            if kind == "picture":
                size = office_drawings.size_of(anchor)
                yield f"<p>{drawn.shown(found, relations, size)}</p>"
            elif kind == "chart":
                yield drawn.chart(relations.get(attribute(found, "r:id") or ""))
            elif kind == "diagram":
                yield f"<p>{drawn.diagram(relations.get(attribute(found, 'r:dm') or ''))}</p>"
            elif kind == "words" and found.strip():
                yield f"<p>{escape(found)}</p>"
            elif kind == "cropped":
                drawn.cropped += 1
            elif kind == "described" and (words := office_drawings.description(found)):
                drawn.descriptions[words] = None


def _of_controls(root: Element) -> Iterator[str]:
    """Words on buttons and boxes; the boxes of comments are told elsewhere."""
    for shape in root.iter():
        if short(shape) != "v:shape":
            continue
        if any(each.get("ObjectType") == "Note" for each in shape.iter()):
            continue
        words = " ".join(
            "".join(each.itertext()) for each in shape if short(each) == "v:textbox"
        ).strip()
        if words:
            yield f"<p>{escape(words)}</p>"


def _in_notes(book: ExcelBook, part: str) -> Iterator[str]:
    """Words in the frames of notes."""
    root = book.packed.xml(part) if part.lower().endswith(".vml") else None
    for shape in root.iter() if root is not None else ():
        if any(each.get("ObjectType") == "Note" for each in shape if short(each) == "x:ClientData"):
            yield from (shape.get(name, "") for name in ("alt", "title"))
            yield from ("".join(each.itertext()) for each in shape if short(each) == "v:textbox")


def names(book: ExcelBook) -> list[Hidden]:
    """Names that are hidden in the list of names; Excel's own do not count."""
    rows = [
        f"<tr><td>{escape(each.get('name', ''))}</td><td>{escape(each.text or '')}</td></tr>"
        for each in book.names[:_MOST]
        if each.get("hidden") in {"1", "true"}
        and not each.get("name", "").startswith(_OF_EXCEL)
        and (each.text or "").strip()
    ]
    return (
        [Hidden("names", len(rows), f'<table class="grid">{"".join(rows)}</table>')] if rows else []
    )


def copies(book: ExcelBook, seen: set[str], budget: Budget) -> list[Grid]:
    """Data of other files and of pivot tables that the workbook keeps a copy of.

    A copy of what its own sheets show anyway is none.
    """
    return [
        *_from_other_files(book, budget),
        *_of_pivots(book, seen, budget),
        *_of_slicers(book, seen, budget),
    ]


def _from_other_files(book: ExcelBook, budget: Budget) -> Iterator[Grid]:
    for part in book.packed.under(f"{book.folder}/externalLinks"):
        if "/_rels/" in part:
            continue
        target = next(
            (each.target for each in book.packed.relations(part).values() if each.outside), ""
        )
        root = book.packed.xml(part)
        held = (
            [each for each in root.iter() if short(each) == "s:sheetName"]
            if root is not None
            else []
        )
        titles = [each.get("val", "") for each in held]
        for data in root.iter() if root is not None else ():
            if short(data) != "s:sheetData":
                continue
            at = data.get("sheetId", "")
            title = titles[int(at)] if at.isdecimal() and int(at) < len(titles) else ""
            grid = Grid(f"from {target}, sheet “{title}”", "hidden")
            _cached(grid, data, budget)
            if grid.rows:
                yield grid


def _cached(grid: Grid, data: Element, budget: Budget) -> None:
    from dpdesk.documents.sheet_grid import place

    for row in data:
        for cell in row:
            where = place(cell.get("r", ""))
            value = first(cell, "s:v")
            if where is not None and value is not None:
                budget.spend()
                grid.put(*where, GridCell(value.text or ""))


def _of_pivots(book: ExcelBook, seen: set[str], budget: Budget) -> Iterator[Grid]:
    for part in book.packed.under(f"{book.folder}/pivotCache"):
        if "/_rels/" in part or "definition" not in part.lower():
            continue
        root = book.packed.xml(part)
        if root is None:
            continue
        fields = [each for each in root.iter() if short(each) == "s:cacheField"]
        shared = [_shared(each) for each in fields]
        grid = Grid("data kept for a pivot table", "hidden")
        for column, each in enumerate(fields):
            grid.put(0, column, GridCell(each.get("name", ""), False, True))
        records = [
            each.target
            for each in book.packed.relations(part).values()
            if each.kind == "pivotCacheRecords"
        ]
        row = 0
        used: list[set[str]] = [set() for _each in fields]
        for row, values in enumerate(_records(book.packed, records, shared, budget), 1):
            for column, words in enumerate(values):
                grid.put(row, column, GridCell(words))
                if column < len(used):
                    used[column].add(words)
        # What no row says any more is kept too, such as the name of a pupil who was deleted.
        for column, each in enumerate(fields):
            left = [words for words in (*shared[column], *_groups(each)) if words.strip()]
            unsaid = (words for words in dict.fromkeys(left) if words not in used[column])
            for below, words in enumerate(unsaid, row + 1):
                budget.spend()
                grid.put(below, column, GridCell(words))
        held = {cell.text for row in grid.rows.values() for cell in row.values()}
        if any(not _is_number(words) and words not in seen for words in held if words.strip()):
            yield grid


def _of_slicers(book: ExcelBook, seen: set[str], budget: Budget) -> Iterator[Grid]:
    """What the buttons of a filter (a slicer) say, also of rows that are gone."""
    for part in book.packed.under(f"{book.folder}/slicerCaches"):
        root = book.packed.xml(part) if "/_rels/" not in part else None
        grid = Grid("data kept for the buttons of a filter", "hidden")
        for each in root.iter() if root is not None else ():
            words = each.get("c") or each.get("n") or ""
            if words and short(each).rpartition(":")[2] == "i":
                budget.spend()
                grid.put(len(grid.rows), 0, GridCell(words))
        if any(cell.text not in seen for row in grid.rows.values() for cell in row.values()):
            yield grid


def _groups(field: Element) -> list[str]:
    """The names of groups that somebody made of the words of a field."""
    items = first(first(field, "s:fieldGroup"), "s:groupItems")
    return [each.get("v", "") for each in items] if items is not None else []


def _shared(field: Element) -> list[str]:
    items = first(field, "s:sharedItems")
    return [each.get("v", "") for each in items] if items is not None else []


def _records(
    packed: Packed, parts: list[str], shared: list[list[str]], budget: Budget
) -> Iterator[list[str]]:
    for part in parts:
        for each in streamed(packed, part):
            if short(each) != "s:r":
                continue
            values = []
            for column, item in enumerate(each):
                told = item.get("v", "")
                if short(item) == "s:x" and column < len(shared):
                    at = int(told) if told.isdecimal() else -1
                    told = shared[column][at] if 0 <= at < len(shared[column]) else ""
                values.append(told)
                budget.spend()
            yield values
            done(each)


def _is_number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True


def earlier(book: ExcelBook) -> list[Hidden]:
    """What cells held before, as a workbook that is shared keeps it."""
    lines = []
    for part in book.packed.under(f"{book.folder}/revisions"):
        root = book.packed.xml(part) if "/_rels/" not in part else None
        for change in root.iter() if root is not None else ():
            if short(change) != "s:rcc":
                continue
            old = first(change, "s:oc")
            words = " ".join("".join(old.itertext()).split()) if old is not None else ""
            if words:
                lines.append(f'<p class="box"><span class="deleted">{escape(words)}</span></p>')
    return [Hidden("deleted", len(lines), "".join(lines))] if lines else []
