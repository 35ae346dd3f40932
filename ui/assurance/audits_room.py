"""Audits: the closure summary, and self-assessments with their picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from dpdesk.assurance.audit_rules import STEPS, changes, spoken
from dpdesk.assurance.pick_lists import pick
from dpdesk.assurance.services import AuditService
from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.assurance.action_panel import ActionPanel
from ui.kit.look.theme import LARGE, MEDIUM, SMALL
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, row, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.radar_view import RadarView
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.register_room import RegisterRoom

_WIDE = 640
_KINDS = {"docx": "Word document (*.docx)", "html": "Web page (*.html)"}


class RatingsDialog(QDialog):
    """The ten categories, one line each; what was said last time is chosen already."""

    def __init__(self, known: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("How well is each category met?")
        self.resize(_WIDE, self.sizeHint().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(
            help_words("Say what shows it afterwards, in the line of the category on the page.")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        self.combos: dict[str, Combo] = {}
        for number, category in enumerate(pick("categories"), start=1):
            combo = Combo(self)
            combo.setAccessibleName(category.label)
            combo.addItem("Not rated", "")
            for rating in pick("ratings"):
                combo.addItem(rating.label, rating.code)
            combo.setCurrentIndex(max(0, combo.findData(known.get(category.code, ""))))
            name = words(category.label)
            name.setBuddy(combo)
            grid.addWidget(words(f"{number}.", "muted"), number, 0)
            grid.addWidget(name, number, 1)
            grid.addWidget(combo, number, 2)
            self.combos[category.code] = combo
        layout.addLayout(grid)
        self.save_button = button("Save", "mdi6.content-save", role="primary", does=self.accept)
        layout.addLayout(row(None, button("Cancel", does=self.reject), self.save_button))

    def chosen(self) -> dict[str, str]:
        """The categories that are rated."""
        found = {code: str(combo.currentData() or "") for code, combo in self.combos.items()}
        return {code: rating for code, rating in found.items() if rating}


class RatingsCard(Card):
    """The picture of the last self-assessment beside the one before, and what changed."""

    rate_asked = Signal()
    print_asked = Signal()

    def __init__(self, audits: AuditService) -> None:
        super().__init__("Self-assessment")
        self._audits = audits
        self.picture = RadarView(len(STEPS), "How well each category is met")
        self.add(self.picture)
        self.told = help_words("")
        self.add(self.told)
        self._lines = column()
        self.add(self._lines)
        self.rate = button(
            "Rate the ten categories", "mdi6.radar", role="primary", does=self.rate_asked.emit
        )
        self.add(self.rate)
        self.print_button = button(
            "Print self-assessments", "mdi6.printer-outline", does=self.print_asked.emit
        )
        self.add(self.print_button)

    def show_entry(self, entry: Entry) -> None:
        """Shows the picture of all self-assessments; hidden for audits of another kind."""
        own = bool(entry.id) and (
            entry.values.get("kind") == "self" or bool(self._audits.ratings_of(entry.id))
        )
        self.setVisible(own)
        if not own:
            return
        found = self._audits.self_assessments()
        for part in (self.picture, self.print_button):
            part.setVisible(bool(found))
        clear_layout(self._lines)
        if not found:
            self.told.setText("Nothing is rated yet. It takes ten minutes, once a year.")
            return
        before = found[-2].steps() if len(found) > 1 else ()
        self.picture.show_steps(found[-1].steps(), before, spoken(found[-1]))
        if len(found) == 1:
            self.told.setText(f"{found[-1].name}. From the middle: not met, in part, in full.")
            return
        self.told.setText(f"{found[-1].name}; dashed: {found[-2].name}.")
        for each in changes(found):
            self._lines.addWidget(words(f"{each.said}.", wraps=True))


class AuditsRoom(RegisterRoom):
    """The page "Audits"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.audits = desk.assurance.audits
        super().__init__(desk, self.audits, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The closure summary, and the self-assessments."""
        card = ActionPanel("On paper")
        self.closure_button = button(
            "Print closure summary", "mdi6.printer-outline", does=self.print_closure
        )
        card.add(self.closure_button)
        self.docx_button = button(
            "Save it for Word", "mdi6.file-word-outline", does=partial(self.save_closure, "docx")
        )
        self.page_button = button(
            "Save it as web page", "mdi6.web", does=partial(self.save_closure, "html")
        )
        card.add(self.docx_button)
        card.add(self.page_button)
        self.ratings = RatingsCard(self.audits)
        self.ratings.rate_asked.connect(self.rate)
        self.ratings.print_asked.connect(self.print_ratings)
        return [self.ratings, card]

    def follow(self, entry: Entry) -> None:
        """Reads the picture afresh."""
        self.ratings.show_entry(entry)

    def print_closure(self) -> None:
        """What was recommended and what became of it."""
        if self.page.save() and self.page.entry.id:
            entry = self.audits.load(self.page.entry.id)
            prints = self.desk.assurance.prints
            self.door.offer(lambda: prints.closure(self.audits, entry).content, entry.title)

    def save_closure(self, kind: str) -> None:
        """The same to be changed in Word, or for the school's website."""
        from dpdesk.papers.leaflet import leaflet_docx, leaflet_html

        if self.page.save() and self.page.entry.id:
            entry = self.audits.load(self.page.entry.id)
            leaflet = self.desk.assurance.prints.closing(self.audits, entry)
            make = leaflet_docx if kind == "docx" else leaflet_html
            self.door.save(make(leaflet), f"{leaflet.title}.{kind}", _KINDS[kind])

    def rate(self) -> None:
        """All ten categories in one sitting; those of the last time are offered."""
        if not self.page.save():
            return
        entry = self.page.entry
        last = self.audits.self_assessments()
        known = {code: STEPS[step] for code, step in last[-1].rated.items()} if last else {}
        dialog = RatingsDialog({**known, **self.audits.ratings_of(entry.id)}, self)
        chosen = dialog.chosen() if self.run(dialog) else {}
        dialog.close()
        dialog.deleteLater()
        if chosen:
            self.attempt(lambda: self.around.bus.publish(self.audits.rate(entry.id, chosen)))

    def run(self, dialog: QDialog) -> bool:
        """Shows a dialog; tests answer in its place."""
        return dialog.exec() == QDialog.DialogCode.Accepted

    def print_ratings(self) -> None:
        """The last self-assessments side by side."""
        prints = self.desk.assurance.prints
        self.door.offer(lambda: prints.ratings(self.audits).content, "Self-assessment")
