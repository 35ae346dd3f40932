"""The record of processing as the regulator's workbook, whole enough to be read back.

The first sheet is the template, filled: one row for each purpose. The second keeps what thirty
columns cannot hold, and what was written into each of them, so that reading the workbook back
knows what was changed there. What somebody changes in the template wins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.assets.ropa_columns import GROUPS, HEADINGS, REQUIRED, Row
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import freeze
from dpdesk.registers.workbook import Cell, Look, OutRow, OutSheet, workbook, writable
from dpdesk.school.service import Particulars

TEMPLATE: Final = "Template"
KEPT: Final = "dpdesk"
MARK: Final = "dpdesk record of processing 1"
"""First cell of the second sheet, with the version of its form."""
HEAD_ROW: Final = 9
_CHUNK: Final = 30_000
"""Characters of one cell of the second sheet; a cell holds 32,767."""
_KEPT_COLUMNS: Final = ("Kind", "Reference", "Part of", "Made", "Content")


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the second sheet: an entry or a part of one, with all its answers.

    ``answers`` are frozen as text, by field. ``cells`` are marks of what the template says about
    it; ``rule`` is the code of its class in the retention schedule.
    """

    kind: str
    reference: str
    parent: str
    made: str
    answers: Mapping[str, str]
    cells: tuple[str, ...] = ()
    rule: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def digest(cell: object) -> str:
    """A short mark of what a cell says, blank space apart; empty for an empty cell."""
    words = " ".join(str(cell or "").split())
    return hashlib.sha256(words.encode()).hexdigest()[:12] if words else ""


def digests(row: Sequence[object]) -> tuple[str, ...]:
    """The marks of a whole row, as it will be read back."""
    return tuple(digest(writable(str(cell or ""))) for cell in row)


def kept(entry: Entry, parent: str = "", row: Row | None = None, rule: str = "") -> Kept:
    """What the second sheet keeps of an entry."""
    fields = {each.name: each for each in entry.register.fields}
    answers = {
        name: text
        for name, value in entry.values.items()
        if name != "retention_rule" and (text := freeze(fields[name], value)) is not None
    }
    made = entry.created_at.isoformat() if entry.created_at is not None else ""
    cells = digests(row) if row is not None else ()
    return Kept(entry.register.key, entry.reference, parent, made, answers, cells, rule)


def written(school: Particulars, rows: Sequence[Row], lines: Iterable[Kept] | None = None) -> bytes:
    """The workbook: the template with its blocks; and the second sheet where there are lines."""
    template = OutSheet(
        TEMPLATE,
        _template(school, rows),
        [28, 36, *[26] * (len(HEADINGS) - 2)],
        head_rows=HEAD_ROW,
        merged=[f"{_letter(first)}8:{_letter(last)}8" for _, first, last in GROUPS if last > first],
    )
    if lines is None:
        return workbook([template])
    return workbook([template, OutSheet(KEPT, _second(lines), [16, 30, 18, 28, 60], head_rows=2)])


def _template(school: Particulars, rows: Sequence[Row]) -> Iterator[OutRow]:
    yield OutRow(1, ["Name and contact details"], Look.HEAD)
    blocks = _blocks(school)
    yield OutRow(2, _spread([title for title, _ in blocks]), Look.HEAD)
    for number, label in enumerate(("Name", "Address", "Email", "Telephone")):
        line: list[Cell] = []
        for _, answers in blocks:
            line += [label, answers[number], None]
        yield OutRow(3 + number, line[:-1], Look.WRAPPED)
    above: list[Cell] = [None] * len(HEADINGS)
    for words, first, _ in GROUPS:
        above[first] = words
    yield OutRow(8, above, Look.HEAD)
    looks = [Look.REQUIRED if n in REQUIRED else Look.OPTIONAL for n in range(len(HEADINGS))]
    yield OutRow(HEAD_ROW, HEADINGS, looks=looks)
    for number, row in enumerate(rows, HEAD_ROW + 1):
        yield OutRow(number, [cell or None for cell in row], Look.WRAPPED)


def _blocks(school: Particulars) -> tuple[tuple[str, tuple[str, str, str, str]], ...]:
    """Controller, data protection officer and representative: name, address, e-mail, telephone."""
    return (
        ("Controller", (school.name, school.address, school.email, school.telephone)),
        (
            "Data protection officer (if applicable)",
            (
                school.dpo_name,
                school.dpo_address or school.address,
                school.dpo_email,
                school.dpo_telephone,
            ),
        ),
        ("Representative (if applicable)", ("", "", "", "")),
    )


def _spread(titles: Sequence[str]) -> list[Cell]:
    cells: list[Cell] = []
    for title in titles:
        cells += [title, None, None]
    return cells[:-2]


def _second(lines: Iterable[Kept]) -> Iterator[OutRow]:
    note = (
        "dpdesk needs this sheet to import the workbook again. Please make changes on "
        "the other sheet only."
    )
    yield OutRow(1, [MARK, note], Look.HEAD)
    yield OutRow(2, _KEPT_COLUMNS, Look.HEAD)
    for number, line in enumerate(lines, 3):
        content = json.dumps(
            {"answers": dict(line.answers), "cells": list(line.cells), "rule": line.rule}
        )
        # Spreadsheet programs read _x0041_ as a letter.
        content = content.replace("_x", "\\u005fx")
        pieces = [content[n : n + _CHUNK] for n in range(0, len(content), _CHUNK)]
        yield OutRow(number, [line.kind, line.reference, line.parent, line.made, *pieces])


def _letter(column: int) -> str:
    """The name of a column by its number from 0: A, B, … AD."""
    tens, ones = divmod(column, 26)
    return (chr(64 + tens) if tens else "") + chr(65 + ones)
