"""Looking at a list of people before it is taken in: who is new, changed, doubtful or gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QTreeWidgetItem,
    QWidget,
)

from dpdesk.errors import DpdeskError
from dpdesk.law.words import long_date
from dpdesk.people import headings
from dpdesk.people.importing import PeopleImport, ReadList
from dpdesk.people.matching import Fate, ImportPlan, PersonMatch
from dpdesk.people.records import Person, Relationship
from dpdesk.people.service import KnownPerson
from dpdesk.people.told_once import question
from dpdesk.registers.spreadsheet_parts import How, Sheet
from dpdesk.registers.wording import show
from ui.kit.look.icons import icon
from ui.kit.look.theme import LARGE, MEDIUM
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, scrolling, words
from ui.kit.pieces.low import resize_within
from ui.kit.pieces.questions_heard import heard_as
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.preview_tree import PreviewTree
from ui.kit.register.sheet_dialog import SheetLook
from ui.kit.register.sheet_reading import Again
from ui.people.import_words import Cells, Look, asked_about, bring_back_said, counted

_SHOWN: Final = 500
"""People of each fate that are listed one by one."""
_OPEN: Final = 20
"""Changed people of whom it is shown at once what changes."""
_LOOKS: Final = {
    Fate.DOUBTFUL: ("Already here? Please decide", "mdi6.account-question-outline", "danger"),
    Fate.NEW: ("New", "mdi6.plus-circle-outline", "ok"),
    Fate.CHANGED: ("Changed", "mdi6.pencil-outline", "accent"),
    Fate.SAME: ("Nothing changes", "mdi6.check", "muted"),
}
_NAMED: Final = 5
"""People about whom a box asks who are named at once; more of them stand closed."""
_BY_NAME: Final = (
    "Known by name and year only, please look",
    "mdi6.account-search-outline",
    "warn",
)
_ADULTS: Final = 3
_RESPONSIBLE: Final = {
    "yes": "Parental responsibility",
    "no": "No parental responsibility",
    None: "Parental responsibility not said",
}
_HEADING, _ANSWER, _BAR = 140, 190, 16
"""Widths of a heading, of what it means, and of the bar beside them."""
_LEFT_OUT, _ANOTHER = -1, 0
_COMPARED: Final = (
    "born", "year_group", "form", "post", "upn", "admission_number", "email", "telephone",
    "address",
)  # fmt: skip
"""What tells a doubtful person of the list from somebody here, side by side."""
_REMARKS: Final = 3
"""Remarks on the list that stand above it; all of them are in the list."""


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
        self._deciders: dict[str, Combo] = {}
        self._said: dict[str, str] = {}
        self._combos: dict[str, Combo] = {}
        self._columns: QWidget | None = None
        resize_within(self, 1280, 720)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(LARGE)
        self.tree = PreviewTree(
            "What the import will change", ["Name", "What happens", "Here now", "In the list"]
        )
        self._middle.addWidget(self.tree, 1)
        self.down_box = QCheckBox()
        self.down_box.clicked.connect(self._read_down)
        self.inside.addWidget(self.down_box)
        self.inside.addLayout(self._middle, 1)
        self.same_button = button("", "mdi6.account-check-outline", does=self._same)
        self.leave_box = QCheckBox()
        self.back_box = QCheckBox()
        self.returned_box = QCheckBox()
        self.inside.addLayout(row(self.leave_box, None, self.same_button))
        for box in (self.returned_box, self.back_box):
            self.inside.addWidget(box)
        self.show_read(listing)

    def how_of(self, read: ReadList) -> How:
        """How the file was read."""
        return read.sheet.how

    def show_read(self, read: ReadList) -> None:
        """Shows another reading: its columns are understood anew."""
        self._listing, self._said, self._decided = read, {}, {}
        self._show_columns()
        self.down_box.setChecked(read.down)
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
            combo.setMinimumWidth(_ANSWER)
            head = words(heading or f"Column {place + 1}", wraps=True)
            head.setFixedWidth(_HEADING)
            combo.activated.connect(partial(self._say, heading))
            self._combos[heading] = combo
            form.addRow(head, combo)
        self._columns = scrolling(inside, "Columns of the list")
        self._columns.setFixedWidth(inside.sizeHint().width() + _BAR)
        self._middle.insertWidget(0, self._columns)

    def _say(self, _heading: str, _index: int) -> None:
        """A column was given another meaning: what all of them mean now counts."""
        self._said = {name: str(each.currentData() or "") for name, each in self._combos.items()}
        self._read_down()

    def _read_down(self) -> None:
        """Understands the list anew, as the columns are meant and the box is ticked now."""
        self._listing = self._importing.understood(
            self._listing.sheet, self._said or None, down=self.down_box.isChecked()
        )
        self._decided = {}
        self.look()

    # --- people --------------------------------------------------------------------------

    def look(self) -> None:
        """Works out what the list would do, as it is understood now."""
        self.tree.clear()
        self._deciders = {}
        self._work_out()
        self.keys_in_order()

    def _work_out(self) -> None:
        """The same with what was decided by now: the doubts stay where they are."""
        self._plan = None
        self.same_button.hide()
        self.down_box.setVisible(bool(self._listing.once))
        self.down_box.setText(question(self._listing.once))
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
        remarks = list(plan.notes[:_REMARKS])
        if len(plan.notes) > _REMARKS:
            remarks.append(f"{len(plan.notes) - _REMARKS:,} more remarks are in the list below.")
        asks = doubtful or (self._listing.once and not self._listing.down)
        self.banner.say(" ".join([said, *remarks]), "warn" if asks else "info")
        self._show_doubts(plan)
        self._add_remarks(plan)
        for fate in _LOOKS:
            if fate is Fate.SAME:
                for look, cells in asked_about(plan):
                    self._add_asked_about(look, cells)
            if fate is not Fate.DOUBTFUL:
                self._add(_LOOKS[fate], [m for m in plan.of(fate) if not m.by_name], fate)
        self._show_boxes(plan)
        writes = counts[Fate.NEW] + counts[Fate.CHANGED] + len(plan.links)
        self.accept_button.setEnabled(bool(writes or plan.gone or plan.removed or plan.back))
        self.accept_button.setText("Import")

    def _show_boxes(self, plan: ImportPlan) -> None:
        alone = len(plan.alone())
        self.same_button.setVisible(alone > 0)
        self.same_button.setText(f"The same: {alone:,} whose name only one person here has")
        self.leave_box.setVisible(bool(plan.gone))
        self.leave_box.setText(
            f"{counted(len(plan.gone))} on record but not in this list: say that they left on "
            f"{long_date(self._yesterday())}"
        )
        self.returned_box.setVisible(bool(plan.back))
        self.returned_box.setText(
            f"{counted(len(plan.back))} in this list but left before: say that they are back"
        )
        self.back_box.setVisible(bool(plan.removed))
        self.back_box.setText(bring_back_said(plan) if plan.removed else "")

    def _show_doubts(self, plan: ImportPlan) -> None:
        """The doubts as they were found, each with what is decided of it; all else goes."""
        for place in reversed(range(self.tree.topLevelItemCount())):
            if place or not self._deciders:
                self.tree.takeTopLevelItem(place)
        doubtful = plan.of(Fate.DOUBTFUL)
        if not self._deciders:
            self._add(_LOOKS[Fate.DOUBTFUL], doubtful, Fate.DOUBTFUL)
        now = {match.listed.key: match for match in (*plan.people, *plan.adults)}
        for key, combo in self._deciders.items():
            match = now[key]
            if match.fate is Fate.DOUBTFUL:
                self._decided.pop(key, None)  # or two would be one
                choice = _LEFT_OUT
            else:
                choice = match.known.id if match.known is not None else _ANOTHER
            combo.setCurrentIndex(max(0, combo.findData(choice)))
        top = self.tree.topLevelItem(0)
        if self._deciders and top is not None:
            label = _LOOKS[Fate.DOUBTFUL][0]
            said = f"{label}: {len(doubtful):,}" if doubtful else "Already here? All are decided"
            top.setText(0, said)

    def _add_remarks(self, plan: ImportPlan) -> None:
        """Who is known by little, and whatever the list could not say plainly."""
        by_name = [match for match in (*plan.people, *plan.adults) if match.by_name]
        self._add(_BY_NAME, by_name, Fate.CHANGED)
        if len(plan.notes) > _REMARKS:
            top = self._top(("Remarks on the list", "mdi6.information-outline", "warn"), plan.notes)
            lines = [QTreeWidgetItem(top, [note]) for note in plan.notes[:_SHOWN]]
            self._hang(top)
            for line in lines:
                line.setToolTip(0, line.text(0))
                line.setFirstColumnSpanned(True)

    def _add_asked_about(self, look: Look, found: Sequence[Cells]) -> None:
        """Whom one of the boxes below is about. Few of them stand open."""
        if not found:
            return
        top = self._top(look, found)
        for cells in found[:_SHOWN]:
            QTreeWidgetItem(top, list(cells))
        if len(found) > _SHOWN:
            QTreeWidgetItem(top, [f"and {len(found) - _SHOWN:,} more"])
        self._hang(top)
        top.setExpanded(len(found) <= _NAMED)

    def _top(self, look: tuple[str, str, str], found: Sequence[object]) -> QTreeWidgetItem:
        """The head of a group. It hangs nowhere yet: a shown tree is laid out for each new line."""
        label, icon_name, colour = look
        top = QTreeWidgetItem([f"{label}: {len(found):,}"])
        top.setIcon(0, icon(icon_name, colour))
        return top

    def _hang(self, top: QTreeWidgetItem) -> None:
        self.tree.addTopLevelItem(top)
        top.setFirstColumnSpanned(True)

    def _add(self, look: tuple[str, str, str], found: Sequence[PersonMatch], fate: Fate) -> None:
        if not found:
            return
        top = self._top(look, found)
        lines = [(match, self._add_person(top, match)) for match in found[:_SHOWN]]
        if len(found) > _SHOWN:
            QTreeWidgetItem(top, [f"and {len(found) - _SHOWN:,} more"])
        self._hang(top)
        for match, line in lines if fate is Fate.DOUBTFUL else ():
            line.setExpanded(True)
            self.tree.setItemWidget(line, 1, self._deciding(match))
        for match, line in lines if fate is Fate.CHANGED else ():
            # A new surname stands open in however long a list; of few people all of it does.
            line.setExpanded(len(found) <= _OPEN or "surname" in match.differing)
        top.setExpanded(fate in {Fate.DOUBTFUL, Fate.CHANGED, Fate.NEW})

    def _add_person(self, top: QTreeWidgetItem, match: PersonMatch) -> QTreeWidgetItem:
        kind = show(Person.register.field("kind"), match.listed.kind)
        line = QTreeWidgetItem(top, [match.listed.name, kind])
        line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if match.fate is Fate.NEW:
            self._tell_new(line, match)
        if match.back:
            line.setText(1, f"{kind}, left before")
        for name, (here, new) in match.differing.items():
            field = Person.register.field(name)
            QTreeWidgetItem(
                line, [field.column, "", show(field, here) or "–", show(field, new) or "–"]
            )
        for known in match.candidates:
            _compare(line, known, match)
        return line

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
        self._deciders[match.listed.key] = combo
        return combo

    def _decide(self, key: str, combo: Combo, _index: int) -> None:
        number = int(combo.currentData())
        if number == _LEFT_OUT:
            self._decided.pop(key, None)
        else:
            self._decided[key] = number
        self._work_out()
        if number > 0 and key not in self._decided:
            self.banner.say("Somebody else of this list is that person already.", "warn")

    def _same(self) -> None:
        """Of all whose name only one person here has: they are the same."""
        if self._plan is not None:
            self._decided.update(self._plan.alone())
            self._work_out()
            self.accept_button.setFocus()

    def _yesterday(self) -> dt.date:
        return self._importing.today() - dt.timedelta(days=1)


def _compare(line: QTreeWidgetItem, known: KnownPerson, match: PersonMatch) -> None:
    """What is known of somebody here beside what the list says, a line for each question."""
    place = known.form or known.year_group or known.reference
    left = "" if known.here else ", left"
    QTreeWidgetItem(line, ["Name", "", f"{known.name} ({place}{left})", match.listed.name])
    for name in _COMPARED:
        here, new = known.values.get(name), match.listed.values.get(name)
        if here or new:
            field = Person.register.field(name)
            QTreeWidgetItem(
                line, [field.column, "", show(field, here) or "–", show(field, new) or "–"]
            )


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
