"""What reading a workbook back would change, worked out before anything is written.

An entry of the workbook that is here already is changed only where somebody changed the template;
all else stays as it is here. Nothing is ever taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dpdesk.assets.parts import Purpose, Review
from dpdesk.assets.pick_lists import setting
from dpdesk.assets.records import Asset
from dpdesk.assets.ropa_columns import PURPOSE_COLUMNS
from dpdesk.assets.ropa_in import ASSET_COLUMNS, Book, TemplateRow
from dpdesk.assets.ropa_out import Kept, digests
from dpdesk.assets.ropa_words import Answers, KnownWords, heading, place
from dpdesk.assets.rules import rights_of
from dpdesk.assets.system_records import AccessReview, System
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Kind, Register, Values
from dpdesk.registers.wording import show, thaw

NEW_SYSTEM = "+"
"""Before the reference of a system that is not here yet."""
_NAME_LENGTH = 90
_RETENTION, _RIGHTS, _BREACH_LINKS = 9, 15, 24
_TELLING = (3, 4, 19)
"""Columns that tell sets of records apart: people, data, place."""


@dataclass
class PlannedPart:
    """A purpose or review to be saved; ``entry_id`` 0 for a new one."""

    values: Answers
    entry_id: int = 0
    version: int = 0
    before: Values = field(default_factory=dict)

    @property
    def changes(self) -> Answers:
        """The answers that differ from those that are here."""
        return _differing(self.values, self.before)


@dataclass
class PlannedAsset:
    """An asset of the workbook, and what would become of it."""

    values: Answers
    rows: tuple[int, ...]
    reference: str = ""
    """Of the entry that is here already; empty for a new one."""
    entry_id: int = 0
    version: int = 0
    before: Values = field(default_factory=dict)
    purposes: list[PlannedPart] = field(default_factory=list)
    reviews: list[PlannedPart] = field(default_factory=list)
    retention_code: str = ""
    left: list[str] = field(default_factory=list)
    """Words that no answer could be made of; they are kept among the notes."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """A sentence for each field that cannot be saved; such an entry is left out."""
    warning: str = ""
    same_as: str = ""
    """Reference of an entry that says the same already."""

    @property
    def name(self) -> str:
        """What the asset is called."""
        return str(self.values.get("name") or "")

    @property
    def changes(self) -> Answers:
        """The answers that differ from those that are here."""
        return _differing(self.values, self.before)

    @property
    def kind(self) -> str:
        """What would be done with it: new, changed or same."""
        if self.same_as:
            return "same"
        if not self.entry_id:
            return "new"
        return "changed" if self.changes or any(p.changes for p in self.purposes) else "same"

    def told(self, classes: Mapping[int, str]) -> tuple[tuple[str, str, str], ...]:
        """The changes in words: question, what stands here, what would stand here.

        ``classes`` of the retention schedule by their numbers.
        """
        found = list(_told(Asset.register, self.changes, self.before, classes))
        for part in self.purposes:
            found += _told(Purpose.register, part.changes, part.before, classes)
        return tuple(found)


@dataclass(frozen=True)
class PlannedSystem:
    """A system that is in the workbook and not here yet, with the looks at its accounts."""

    reference: str
    values: Answers
    looks: tuple[Answers, ...] = ()


@dataclass(frozen=True)
class Present:
    """What this workspace holds, as the plan needs it."""

    assets: Mapping[str, Entry]
    purposes: Mapping[int, Sequence[Entry]]
    systems: Mapping[str, Entry]
    rules: Mapping[str, int]
    borne: Callable[[Entry, str, Any], bool]
    """Has the entry of that reference and moment of making ever borne this name?"""


class WorkbookPlan:
    """Works out what a workbook would change."""

    def __init__(self, book: Book, present: Present) -> None:
        self._book = book
        self._present = present
        self._kept = {(line.kind, line.reference): line for line in book.kept}
        self._parts: dict[tuple[str, str], list[Kept]] = defaultdict(list)
        for line in book.kept:
            self._parts[line.kind, line.parent].append(line)
        self.systems: list[PlannedSystem] = []
        self._system_of = self._systems()
        names = {entry.title.casefold(): ref for ref, entry in present.systems.items()}
        for planned in self.systems:
            names.setdefault(str(planned.values["name"]).casefold(), planned.reference)
        self._known = KnownWords(names, present.rules)

    def assets(self) -> Iterator[PlannedAsset]:
        """Every asset of the workbook, in the order of its rows."""
        for rows in self._grouped():
            yield self._planned(rows)

    # --- systems -------------------------------------------------------------------------

    def _systems(self) -> dict[str, str]:
        """References of the workbook to those here; what is not here is planned."""
        found: dict[str, str] = {}
        for line in self._parts["systems", ""]:
            values = _thawed(System.register, line)
            if not values.get("name"):
                continue
            found[line.reference] = self._same_system(line, values) or NEW_SYSTEM + line.reference
            if found[line.reference].startswith(NEW_SYSTEM):
                looks = self._parts["access_reviews", line.reference]
                self.systems.append(
                    PlannedSystem(
                        found[line.reference],
                        values,
                        tuple(_thawed(AccessReview.register, look) for look in looks),
                    )
                )
        return found

    def _same_system(self, line: Kept, values: Answers) -> str:
        here = self._present.systems.get(line.reference)
        if here is not None and self._present.borne(here, line.made, values["name"]):
            return here.reference
        for entry in self._present.systems.values():
            if entry.title == values["name"] and not _differing(values, entry.values):
                return entry.reference
        return ""

    # --- rows ----------------------------------------------------------------------------

    def _grouped(self) -> list[list[TemplateRow]]:
        """The rows of each asset together.

        Rows that were written by us know their asset. Others belong together where all that they
        say about the asset is equal, and it says enough to tell.
        """
        groups: list[list[TemplateRow]] = []
        by_asset: dict[str, list[TemplateRow]] = {}
        by_words: dict[tuple[str, ...], list[TemplateRow]] = {}
        for row in self._book.rows:
            words = digests([row.cells[n] for n in ASSET_COLUMNS])
            key = _asset_of(row.origin)
            group = by_asset.get(key) if key else None
            if group is None and not key and any(row.cells[n] for n in _TELLING):
                group = by_words.get(words)
            if group is None:
                group = []
                groups.append(group)
            group.append(row)
            if key:
                by_asset[key] = group
            by_words.setdefault(words, group)
        return groups

    def _planned(self, rows: list[TemplateRow]) -> PlannedAsset:
        key = next((_asset_of(row.origin) for row in rows if row.origin is not None), "")
        line = self._kept.get(("assets", key)) if key else None
        planned = PlannedAsset({}, tuple(row.number for row in rows))
        if line is not None:
            self._from_kept(planned, line, rows[0])
        else:
            planned.values = {"personal": "yes", "review_months": setting("review_months")}
        self._edit_asset(planned, rows)
        mine = self._present.purposes.get(planned.entry_id, ()) if planned.entry_id else ()
        for row in rows:
            self._edit_purpose(planned, row, mine)
        if line is None and not planned.entry_id:
            planned.values["name"] = _named(rows)
        if line is not None and not planned.entry_id:
            planned.reviews = [
                PlannedPart(_thawed(Review.register, each))
                for each in self._parts["asset_reviews", line.reference]
            ]
        self._note_left(planned, rows)
        return planned

    def _from_kept(self, planned: PlannedAsset, line: Kept, row: TemplateRow) -> None:
        """Begins with the entry that is here, or else with what the second sheet keeps."""
        kept = _thawed(Asset.register, line)
        here = self._present.assets.get(line.reference)
        if here is not None and self._present.borne(here, line.made, kept.get("name")):
            planned.reference, planned.entry_id = here.reference, here.id
            planned.version, planned.before = here.version, here.values
            planned.values = dict(here.values)
            return
        planned.values = kept
        if kept.get("systems"):
            named = (self._system_of.get(each, "") for each in kept["systems"])
            planned.values["systems"] = tuple(each for each in named if each) or None
        if line.rule in self._present.rules:
            planned.values["retention_rule"] = self._present.rules[line.rule]
        else:
            planned.retention_code = line.rule
            planned.values["retention_words"] = row.cells[_RETENTION]
        # The breaches of another workspace are not here; their references are kept as words.
        planned.values["breaches_before"] = row.cells[_BREACH_LINKS]

    def _edit_asset(self, planned: PlannedAsset, rows: Sequence[TemplateRow]) -> None:
        done: dict[int, str] = {}
        for row in rows:
            for column in row.edited:
                words = row.cells[column]
                if column in PURPOSE_COLUMNS or done.get(column) == words:
                    continue
                if column in done:
                    planned.left.append(f"{heading(column)} (row {row.number}): {words}")
                    continue
                done[column] = words
                left = place(column, words, planned.values, {}, self._known)
                if left:
                    planned.left.append(f"{heading(column)}: {left}")

    def _edit_purpose(self, planned: PlannedAsset, row: TemplateRow, mine: Sequence[Entry]) -> None:
        line = row.origin if row.origin and row.origin.kind == Purpose.register.key else None
        part = PlannedPart({})
        if line is not None:
            here = next((each for each in mine if each.reference == line.reference), None)
            if here is not None:
                part = PlannedPart(dict(here.values), here.id, here.version, here.values)
            elif not planned.entry_id:
                part.values = _thawed(Purpose.register, line)
        columns = [column for column in row.edited if column in PURPOSE_COLUMNS]
        said = [row.cells[column] for column in columns]
        if line is None and not any(said):
            return
        for column in columns:
            left = place(column, row.cells[column], planned.values, part.values, self._known)
            if left and not self._follows(column, left, planned, part):
                planned.left.append(f"{heading(column)}: {left}")
        if any(value not in {None, ""} for value in part.values.values()):
            part.values["purpose"] = part.values.get("purpose") or "Not said"
            planned.purposes.append(part)

    def _follows(self, column: int, left: str, planned: PlannedAsset, part: PlannedPart) -> bool:
        """Are these words only the rights that follow from the basis anyhow?"""
        if column != _RIGHTS:
            return False
        labels = [each.label for each in rights_of(planned.values, (part.values,))]
        return left.splitlines() == labels

    def _note_left(self, planned: PlannedAsset, rows: Iterable[TemplateRow]) -> None:
        planned.left += [words for row in rows if row.origin is None for words in row.beside]
        notes = str(planned.values.get("notes") or "")
        fresh = [line for line in dict.fromkeys(planned.left) if line not in notes]
        if fresh:
            planned.values["notes"] = "\n".join([*([notes] if notes else []), *fresh])


def _asset_of(line: Kept | None) -> str:
    if line is None:
        return ""
    return line.reference if line.kind == Asset.register.key else line.parent


def _named(rows: Sequence[TemplateRow]) -> str:
    """A name for an asset whose template has none: its function, and its purpose if it has one."""
    function, purpose = rows[0].cells[0], rows[0].cells[1]
    parts = [function, purpose] if len(rows) == 1 or not function else [function]
    words = " ".join(": ".join(part for part in parts if part).split())
    if not words:
        return f"Row {rows[0].number} of the template"
    return words if len(words) <= _NAME_LENGTH else words[: _NAME_LENGTH - 2].rstrip() + " …"


def _thawed(register: Register, line: Kept) -> Answers:
    """The answers of a line that was kept; what another version of dpdesk wrote may be unknown."""
    found: Answers = {}
    known = {each.name: each for each in register.fields}
    for name, text in line.answers.items():
        if name not in known:
            continue
        try:
            found[name] = thaw(known[name], text)
        except (ValueError, ArithmeticError):
            continue
    return found


def _differing(values: Values, before: Values) -> Answers:
    """The answers that differ; no answer, an empty text and an empty list are alike."""
    return {
        name: values.get(name)
        for name in values
        if _plain(values.get(name)) != _plain(before.get(name))
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return value or None if isinstance(value, tuple) else value


def _told(
    register: Register, changes: Values, before: Values, classes: Mapping[int, str]
) -> Iterator[tuple[str, str, str]]:
    for name, value in changes.items():
        described = register.field(name)
        old, new = before.get(name), value
        if described.kind is Kind.LINK:
            yield described.label, classes.get(old or 0, ""), classes.get(new or 0, "")
        else:
            yield described.label, show(described, old), show(described, new)
