"""The record of processing out as the regulator's workbook, and in again.

content = ropa.export()                 the workbook
seen = ropa.preview(content)            what reading it back would change; nothing is written
changes = ropa.accept(seen)             all of it in one transaction, or nothing
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from dpdesk.assets import ropa_in, ropa_out
from dpdesk.assets.records import Asset
from dpdesk.assets.ropa_columns import AssetSurroundings, Row, cells
from dpdesk.assets.ropa_out import Kept, kept
from dpdesk.assets.ropa_plan import NEW_SYSTEM, PlannedAsset, PlannedSystem, Present, WorkbookPlan
from dpdesk.assets.ropa_twice import tell, twice
from dpdesk.assets.rules import Around
from dpdesk.assets.service import AssetService
from dpdesk.assets.system_records import System
from dpdesk.errors import InvalidEntry, StepDone
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.spreadsheet_in import Asked, How
from dpdesk.school.service import SchoolService
from dpdesk.store.database import Change
from dpdesk.store.tables import HistoryRow

WHY = "Imported from the record of processing"


@dataclass(frozen=True)
class WorkbookPreview:
    """What reading a workbook back would do. Nothing has been written."""

    assets: tuple[PlannedAsset, ...]
    systems: tuple[PlannedSystem, ...]
    notes: tuple[str, ...]
    classes: Mapping[int, str]
    """Classes of the retention schedule in words, by their numbers."""
    how: How
    """How the workbook was read, and what else could be asked."""

    def of_kind(self, kind: str) -> tuple[PlannedAsset, ...]:
        """Those that are new, changed or the same, without those that cannot be saved."""
        return tuple(each for each in self.assets if each.kind == kind and not each.problems)

    @property
    def wrong(self) -> tuple[PlannedAsset, ...]:
        """Those that cannot be saved as they stand."""
        return tuple(each for each in self.assets if each.problems)

    @property
    def left(self) -> tuple[tuple[str, str], ...]:
        """Words that no answer could be made of, with the asset among whose notes they are kept."""
        return tuple((each.name, words) for each in self.assets for words in each.left)


class RecordOfProcessing:
    """The asset register in the shape of the regulator's template for controllers."""

    def __init__(self, assets: AssetService, school: SchoolService) -> None:
        self._assets = assets
        self._school = school

    # --- out -----------------------------------------------------------------------------

    def rows(self) -> Iterator[tuple[Entry, Entry | None, Row]]:
        """Every row of the template with its asset and purpose, in the order of the register."""
        assets = self._assets
        with assets.database.reading() as session:
            schedule = {n: each.label for n, each in assets.schedule(session).items()}
            breaches = assets.breaches(session)
        purposes = assets.purposes.by_parent()
        field = assets.register.field("retention_rule")
        for entry, around in assets.with_around():
            rule = entry.values.get(field.name)
            if rule is not None and rule not in schedule:
                # A class that was withdrawn from the schedule still says how long.
                schedule[rule] = assets.link_label(field, rule)
            beside = _surroundings(entry, around, schedule, breaches)
            mine: Sequence[Entry | None] = purposes.get(entry.id) or [None]
            for purpose in mine:
                values = purpose.values if purpose is not None else None
                yield entry, purpose, cells(entry.values, values, beside)

    def export(self) -> bytes:
        """The workbook: the template filled in, and a second sheet to read it back without loss."""
        with self._assets.database.reading() as session:
            codes = {n: each.code for n, each in self._assets.schedule(session).items()}
        written = list(self.rows())
        content: bytes = ropa_out.written(
            self._school.particulars(),
            [row for _, _, row in written],
            self._lines(written, codes),
        )
        return content

    def hand_over(self) -> bytes:
        """The workbook as it is given away: the template alone, each row with its asset's name.

        Nothing in it serves to read it back; for that there is :meth:`export`.
        """
        rows = [(_named(entry, row[0]), *row[1:]) for entry, _, row in self.rows()]
        content: bytes = ropa_out.written(self._school.particulars(), rows)
        return content

    def left_empty(self) -> tuple[str, ...]:
        """What Art 30 asks for and would stand empty in the workbook, each with its number."""
        school = self._school.particulars()
        found = [
            label
            for label, answer in (
                ("The school’s address", school.address),
                ("The school’s telephone or e-mail", school.telephone or school.email),
                ("The data protection officer’s name", school.dpo_name),
                (
                    "The data protection officer’s e-mail or telephone",
                    school.dpo_email or school.dpo_telephone,
                ),
            )
            if not answer
        ]
        rows = [row for entry, _, row in self.rows() if entry.values.get("personal") != "no"]
        for column, label in _ASKED.items():
            empty = sum(not row[column] for row in rows)
            if empty:
                found.append(f"{label}: {empty} of {count(len(rows), 'row')}")
        return tuple(found)

    def _lines(
        self, written: Sequence[tuple[Entry, Entry | None, Row]], codes: Mapping[int, str]
    ) -> Iterator[Kept]:
        systems = self._assets.systems
        looks = systems.access_reviews.by_parent()
        for system, _ in systems.with_access(System.id > 0):
            yield kept(system)
            for look in looks.get(system.id, ()):
                yield kept(look, system.reference)
        reviews = self._assets.reviews.by_parent()
        waiting = self._waiting()
        before = 0
        for entry, purpose, row in written:
            if entry.id != before:
                rule = codes.get(entry.values.get("retention_rule", 0), waiting.get(entry.id, ""))
                yield kept(entry, row=None if purpose is not None else row, rule=rule)
                for review in reviews.get(entry.id, ()):
                    yield kept(review, entry.reference)
            if purpose is not None:
                yield kept(purpose, entry.reference, row)
            before = entry.id

    def _waiting(self) -> dict[int, str]:
        """Assets that wait for a class of the retention schedule, with its code."""
        asked = select(Asset.id, Asset.retention_code).where(Asset.retention_code.is_not(None))
        with self._assets.database.reading() as session:
            return {number: str(code) for number, code in session.execute(asked)}

    # --- in ------------------------------------------------------------------------------

    def preview(
        self,
        content: bytes,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
        asked: Asked = Asked(),  # noqa: B008 -- frozen
    ) -> WorkbookPreview:
        """What reading a workbook back would change, entry by entry.

        Raises UnreadableFile with a sentence where it is not the regulator's template, Cancelled.
        """
        book = ropa_in.read(content, asked, cancelled)
        assets = self._assets
        with assets.database.reading() as session:
            schedule = assets.schedule(session)
        here = [entry for entry, _ in assets.with_around()]
        purposes = assets.purposes.by_parent()
        systems = [entry for entry, _ in assets.systems.with_access(System.id > 0)]
        plan = WorkbookPlan(
            book,
            Present(
                {entry.reference: entry for entry in here},
                purposes,
                {entry.reference: entry for entry in systems},
                {each.code: number for number, each in schedule.items()},
                self._borne,
            ),
        )
        named: dict[str, list[Entry]] = {}
        for entry in here:
            named.setdefault(entry.title, []).append(entry)
        known = twice(book.rows, self._written()) if not book.kept else {}
        found: list[PlannedAsset] = []
        for done, planned in enumerate(plan.assets()):
            if step is not None:
                step(done, len(book.rows))
            if not planned.entry_id:
                _compare(planned, named.get(planned.name, ()), purposes)
                tell(planned, known)
            if planned.kind != "same":
                planned.problems = self._problems(planned)
            found.append(planned)
        return WorkbookPreview(
            tuple(found),
            tuple(plan.systems),
            (*book.notes, *_about(book, found, here)),
            {number: each.label for number, each in schedule.items()},
            book.how,
        )

    def _written(self) -> Iterator[tuple[str, Row]]:
        return ((entry.reference, row) for entry, _, row in self.rows())

    def accept(
        self, seen: WorkbookPreview, leave_out: Collection[int] = (), step: StepDone | None = None
    ) -> Changes:
        """Writes what is new and changed and right, in one transaction: all of it, or nothing.

        ``leave_out``: places in ``seen.assets`` that the user does not want. Raises StaleEntry or
        InvalidEntry where something else was saved since the preview.
        """
        wanted = [
            planned
            for number, planned in enumerate(seen.assets)
            if number not in leave_out and planned.kind != "same" and not planned.problems
        ]
        with self._assets.database.changing() as change:
            made = self._save_systems(change, seen.systems) if wanted else {}
            ids = []
            for done, planned in enumerate(wanted):
                if step is not None:
                    step(done, len(wanted))
                ids.append(self._save(change, planned, made))
            self._assets.refresh_where(change, Asset.id.in_(ids))
            change.touched |= {(self._assets.register.key, number) for number in ids}
        return Changes(frozenset(change.touched))

    def _save_systems(self, change: Change, planned: Sequence[PlannedSystem]) -> dict[str, str]:
        systems = self._assets.systems
        made: dict[str, str] = {}
        ids = []
        for each in planned:
            row = systems.save_within(change, each.values, why=WHY)
            for look in each.looks:
                systems.access_reviews.save_within(change, look, parent_id=row.id, why=WHY)
            made[each.reference] = row.reference
            ids.append(row.id)
        systems.refresh_where(change, System.id.in_(ids))
        change.touched |= {(systems.register.key, number) for number in ids}
        return made

    def _save(self, change: Change, planned: PlannedAsset, made: Mapping[str, str]) -> int:
        values = planned.changes if planned.entry_id else planned.values
        if values.get("systems"):
            values = {**values, "systems": tuple(made.get(ref, ref) for ref in values["systems"])}
        try:
            number, version = planned.entry_id, planned.version
            if values:
                row = self._assets.save_within(change, values, number, version, why=WHY)
                number = row.id
                if not planned.entry_id and planned.retention_code:
                    row.retention_code = planned.retention_code
            parts = self._assets.purposes
            for part in planned.purposes:
                if part.changes:
                    parts.save_within(
                        change, part.changes, part.entry_id, part.version, number, WHY
                    )
            for part in planned.reviews:
                self._assets.reviews.save_within(change, part.values, parent_id=number, why=WHY)
        except InvalidEntry as error:
            told = {name: f"{planned.name}: {text}" for name, text in error.problems.items()}
            raise InvalidEntry(told) from error
        return number

    def _problems(self, planned: PlannedAsset) -> dict[str, str]:
        values = dict(planned.values)
        values["systems"] = tuple(
            ref for ref in values.get("systems") or () if not ref.startswith(NEW_SYSTEM)
        )
        found = self._assets.check(values, planned.entry_id)
        for part in planned.purposes:
            found |= self._assets.purposes.check(part.values, part.entry_id)
        for part in planned.reviews:
            found |= self._assets.reviews.check(part.values)
        return found

    def _borne(self, entry: Entry, made: str, name: Any) -> bool:
        """Is it the entry that was written: made at that moment, and once called so?"""
        if entry.created_at is None or entry.created_at.isoformat() != made:
            return False
        if entry.values.get("name") == name:
            return True
        asked = select(HistoryRow.id).where(
            HistoryRow.register == entry.register.key,
            HistoryRow.entry_id == entry.id,
            HistoryRow.field == "name",
            HistoryRow.new == name,
        )
        with self._assets.database.reading() as session:
            return session.scalar(asked.limit(1)) is not None


_ASKED: Final = {
    1: "Purpose",
    3: "Whose data it is",
    4: "Kinds of data",
    5: "Recipients",
    9: "How long it is kept",
    10: "Security measures",
}
"""Columns that say something for every record, by their numbers (UK GDPR Art 30(1))."""


def _named(entry: Entry, function: str) -> str:
    """The business function with the name of the record, so that two of them can be told apart."""
    if not function or entry.title.casefold() == function.casefold():
        return entry.title
    return f"{function}: {entry.title}"


def _surroundings(
    entry: Entry,
    around: Around,
    schedule: Mapping[int, str],
    breaches: Mapping[str, Sequence[str]],
) -> AssetSurroundings:
    return AssetSurroundings(
        schedule.get(entry.values.get("retention_rule", 0), ""),
        tuple(str(system["name"]) for system in around.systems),
        breaches.get(entry.reference, ()),
        tuple(str(s["contract_link"]) for s in around.systems if s.get("contract_link")),
    )


def _compare(
    planned: PlannedAsset, named: Sequence[Entry], purposes: Mapping[int, Sequence[Entry]]
) -> None:
    """Says whether an entry of the same name is here already, and whether it says the same."""
    for entry in named:
        there = [part.values for part in purposes.get(entry.id, ())]
        if _within(planned.values, entry.values) and _all_within(planned, there):
            planned.same_as = entry.reference
            return
    if named:
        planned.warning = f"There is already an asset of this name: {named[0].reference}."


def _within(values: Values, other: Values) -> bool:
    """Does the other say all of this?"""
    return not PlannedAsset(dict(values), (), before=other).changes


def _all_within(planned: PlannedAsset, there: Sequence[Values]) -> bool:
    return len(planned.purposes) == len(there) and all(
        _within(part.values, values) for part, values in zip(planned.purposes, there, strict=True)
    )


def _about(
    book: ropa_in.Book, found: Sequence[PlannedAsset], here: Sequence[Entry]
) -> Iterator[str]:
    """Notes on what the workbook does not hold."""
    if not book.kept:
        yield (
            "This workbook lacks the second sheet that dpdesk writes; only its thirty columns are "
            "read."
        )
    seen = {planned.entry_id for planned in found} | {0}
    kept_refs = {planned.same_as for planned in found}
    missing = [e for e in here if e.id not in seen and e.reference not in kept_refs]
    if missing and book.kept:
        yield f"Entries that are not in the workbook: {len(missing)}. They stay as they are."
    if book.gone:
        yield (
            f"Rows removed from the template: {len(book.gone)}. What is already here "
            "stays; nothing is added from them."
        )
