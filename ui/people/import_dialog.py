"""Looking at a list of people before it is taken in: who is new, changed, doubtful or gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date
from dpdesk.people import headings
from dpdesk.people.importing import PeopleImport, ReadList
from dpdesk.people.matching import Fate, ImportPlan, PersonMatch
from dpdesk.people.records import Person, Relationship
from dpdesk.registers.spreadsheet_parts import How, Sheet
from dpdesk.registers.wording import show
from ui.kit.look.icons import icon
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.cards import scrolling, words
from ui.kit.pieces.low import resize_within
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.sheet_dialog import SheetLook
from ui.kit.register.sheet_reading import Again

_SHOWN: Final = 500
"""People of each fate that are listed one by one."""
_LOOKS: Final = {
    Fate.DOUBTFUL: ("Already here? Please decide", "mdi6.account-question-outline", "danger"),
    Fate.NEW: ("New", "mdi6.plus-circle-outline", "ok"),
    Fate.CHANGED: ("Changed", "mdi6.pencil-outline", "accent"),
    Fate.SAME: ("Nothing changes", "mdi6.check", "muted"),
}
_ADULTS: Final = 3
_RESPONSIBLE: Final = {
    "yes": "Parental responsibility",
    "no": "No parental responsibility",
    None: "Parental responsibility not said",
}
_HIGH: Final = 30
_LEFT_OUT, _ANOTHER = -1, 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was accepted: the plan, and what was said beside it."""

    plan: ImportPlan
    sheet: Sheet
    said: Mapping[str, str]
    """What the user said of the columns; empty where nothing was changed."""
    gone: Mapping[int, dt.date]
    bring_back: bool
    returned: bool = False


class PeopleImportDialog(SheetLook):
    """Shows what a list would do. Nothing is written here."""

    def __init__(
        self,
        importing: PeopleImport,
        listing: ReadList,
        name: str,
        parent: QWidget | None = None,
        *,
        again: Again | None = None,
    ) -> None:
        super().__init__(
            name,
            listing.sheet.how,
            "Nothing is saved until you accept, and the whole import can be undone afterwards.",
            again,
            parent,
        )
        self._importing = importing
        self._listing = listing
        self._plan: ImportPlan | None = None
        self._decided: dict[str, int] = {}
        self._said: dict[str, str] = {}
        self._combos: dict[str, Combo] = {}
        self._columns: QWidget | None = None
        resize_within(self, 1120, 720)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(LARGE)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("What the import will change")
        self.tree.setHeaderLabels(["Name", "What happens", "Here now", "In the list"])
        for column, width in enumerate((260, 230, 150)):
            self.tree.setColumnWidth(column, width)
        self._middle.addWidget(self.tree, 1)
        self.inside.addLayout(self._middle, 1)
        self.leave_box = QCheckBox()
        self.back_box = QCheckBox()
        self.returned_box = QCheckBox()
        for box in (self.leave_box, self.returned_box, self.back_box):
            self.inside.addWidget(box)
        self.show_read(listing)

    def how_of(self, read: ReadList) -> How:
        """How the file was read."""
        return read.sheet.how

    def show_read(self, read: ReadList) -> None:
        """Shows another reading: its columns are understood anew."""
        self._listing, self._said, self._decided = read, {}, {}
        self._show_columns()
        self.look()

    def shown_again(self) -> None:
        """Shows what the list would do once more."""
        self.look()

    def wanted(self) -> Wanted | None:
        """What was accepted."""
        if self._plan is None:
            return None
        day = self._yesterday()
        gone = {each.id: day for each in self._plan.gone} if self.leave_box.isChecked() else {}
        return Wanted(
            self._plan,
            self._listing.sheet,
            self._said,
            gone,
            self.back_box.isChecked(),
            self.returned_box.isChecked(),
        )

    # --- columns -------------------------------------------------------------------------

    def _show_columns(self) -> None:
        if self._columns is not None:
            self._middle.removeWidget(self._columns)
            self._columns.deleteLater()
        inside = QWidget()
        form = QFormLayout(inside)
        form.setSpacing(MEDIUM)
        self._combos = {}
        meant = self._listing.layout.columns
        for place, heading in enumerate(headings.numbered(self._listing.sheet.columns)):
            who, what = meant.get(place, (headings.PERSON, ""))
            combo = Combo()
            for label, data in _meanings():
                combo.addItem(label, data)
            now = what if who == headings.PERSON or not what else f"{who}.{what}"
            combo.setCurrentIndex(max(0, combo.findData(now)))
            heard_as(combo, f"What the column {heading or place + 1} says")
            combo.setMaximumWidth(240)
            combo.activated.connect(partial(self._say, heading))
            self._combos[heading] = combo
            form.addRow(words(heading or f"Column {place + 1}"), combo)
        self._columns = scrolling(inside, "Columns of the list")
        self._columns.setFixedWidth(400)
        self._middle.insertWidget(0, self._columns)

    def _say(self, _heading: str, _index: int) -> None:
        """A column was given another meaning: what all of them mean now counts."""
        self._said = {name: str(each.currentData() or "") for name, each in self._combos.items()}
        self._listing = self._importing.understood(self._listing.sheet, self._said)
        self._decided = {}
        self.look()

    # --- people --------------------------------------------------------------------------

    def look(self) -> None:
        """Works out what the list would do, as it is understood now."""
        self.tree.clear()
        self._plan = None
        try:
            plan = self._importing.plan(self._listing, self._decided)
        except DpdeskError as error:
            self.banner.say(str(error), "warn")
            self.accept_button.setEnabled(False)
            return
        self._plan = plan
        counts = {fate: len(plan.of(fate)) for fate in _LOOKS}
        doubtful = counts[Fate.DOUBTFUL]
        said = f"{counts[Fate.NEW]:,} new, {counts[Fate.CHANGED]:,} changed, "
        said += f"{counts[Fate.SAME]:,} the same."
        if doubtful:
            said += f" {doubtful:,} may be here already: decide below, or they are left out."
        self.banner.say(" ".join([said, *plan.notes[:5]]), "warn" if doubtful else "info")
        for fate in _LOOKS:
            self._add(fate, plan)
        self._show_boxes(plan)
        writes = counts[Fate.NEW] + counts[Fate.CHANGED] + len(plan.links)
        self.accept_button.setEnabled(bool(writes or plan.gone or plan.removed or plan.back))
        self.accept_button.setText("Import")

    def _show_boxes(self, plan: ImportPlan) -> None:
        self.leave_box.setVisible(bool(plan.gone))
        self.leave_box.setText(
            f"{_counted(len(plan.gone))} on record but not in this list: say that they left on "
            f"{long_date(self._yesterday())}"
        )
        self.leave_box.setToolTip("\n".join(each.name for each in plan.gone[:40]))
        self.returned_box.setVisible(bool(plan.back))
        self.returned_box.setText(
            f"{_counted(len(plan.back))} in this list but left before: say that they are back"
        )
        self.returned_box.setToolTip("\n".join(each.listed.name for each in plan.back[:40]))
        self.back_box.setVisible(bool(plan.removed))
        self.back_box.setText(
            f"{_counted(len(plan.removed))} removed as a contact before: bring back"
        )

    def _add(self, fate: Fate, plan: ImportPlan) -> None:
        found = plan.of(fate)
        if not found:
            return
        label, icon_name, colour = _LOOKS[fate]
        top = QTreeWidgetItem(self.tree, [f"{label}: {len(found):,}"])
        top.setIcon(0, icon(icon_name, colour))
        top.setFirstColumnSpanned(True)
        for match in found[:_SHOWN]:
            self._add_person(top, match)
        if len(found) > _SHOWN:
            QTreeWidgetItem(top, [f"and {len(found) - _SHOWN:,} more"])
        top.setExpanded(fate in {Fate.DOUBTFUL, Fate.CHANGED, Fate.NEW})

    def _add_person(self, top: QTreeWidgetItem, match: PersonMatch) -> None:
        kind = show(Person.register.field("kind"), match.listed.kind)
        line = QTreeWidgetItem(top, [match.listed.name, kind])
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        line.setSizeHint(0, QSize(0, _HIGH))
        if match.fate is Fate.NEW:
            self._tell_new(line, match)
        if match.back:
            line.setText(1, f"{kind}, left before")
        for name, (here, new) in match.differing.items():
            field = Person.register.field(name)
            QTreeWidgetItem(
                line, [field.column, "", show(field, here) or "–", show(field, new) or "–"]
            )
        if match.fate is Fate.DOUBTFUL:
            self.tree.setItemWidget(line, 1, self._deciding(match))

    def _tell_new(self, line: QTreeWidgetItem, match: PersonMatch) -> None:
        """When somebody new was born and which class they are in; below, who belongs to them."""
        values = match.listed.values
        told = [
            show(Person.register.field(name), values[name])
            for name in ("born", "form", "post")
            if values.get(name)
        ]
        line.setText(3, ", ".join(told))
        for adult, belonging in match.listed.contacts:
            of = Relationship.register.field("relationship")
            what = show(of, belonging.relationship) if belonging.relationship else "Contact"
            QTreeWidgetItem(line, [adult.name, what, "", _RESPONSIBLE[belonging.responsible]])

    def _deciding(self, match: PersonMatch) -> Combo:
        combo = Combo()
        combo.addItem("Leave out for now", _LEFT_OUT)
        for known in match.candidates:
            where = known.form or known.reference
            combo.addItem(f"The same as {known.name} ({where})", known.id)
        combo.addItem("Somebody else: add", _ANOTHER)
        heard_as(combo, f"Is {match.listed.name} here already?")
        combo.activated.connect(partial(self._decide, match.listed.key, combo))
        return combo

    def _decide(self, key: str, combo: Combo, _index: int) -> None:
        number = int(combo.currentData())
        if number == _LEFT_OUT:
            self._decided.pop(key, None)
        else:
            self._decided[key] = number
        self.look()

    def _yesterday(self) -> dt.date:
        return self._importing.today() - dt.timedelta(days=1)


def _meanings() -> list[tuple[str, str]]:
    """What a column may say, with its name in ``dpdesk.people.columns``."""
    fields = headings.fields()
    found = [(label, name) for name, label in fields.items()]
    for number in range(1, _ADULTS + 1):
        found += [
            (f"Adult {number}: {label}", f"adult {number}.{name}")
            for name, label in fields.items()
            if name in headings.OF_ADULTS
        ]
    return found


def _counted(number: int) -> str:
    return "1 person is" if number == 1 else f"{number:,} people are"
