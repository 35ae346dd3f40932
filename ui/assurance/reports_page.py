"""Reports and proof: what goes to the proprietor, to an inspection, and to parents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.overview.year import calendar_file
from ui.kit.look.theme import LARGE, MEDIUM, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import (
    Card,
    PageHeader,
    Scrolled,
    column,
    help_words,
    row,
    scrolling,
)
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.period_bar import PeriodBar

_REFERENCE = Qt.ItemDataRole.UserRole
_WORD = "Word document (*.docx)"


class ReportsPage(LivePage):
    """The page "Reports" of the assurance tab."""

    key = "reports"
    title = "Reports"
    icon = "mdi6.file-chart-outline"
    help_page = "reports"
    shows: ClassVar = frozenset({"assets", "asset_purposes", "people"})

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.body.addWidget(PageHeader("Reports", "", self))
        inside = Scrolled(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(MEDIUM)
        left = column(self._report(), self._calendar(), None, space=MEDIUM)
        right = column(self._parents(), None, space=MEDIUM)
        both = row(left, right, space=LARGE)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        layout.addLayout(both)
        layout.addStretch(1)
        self.body.addWidget(scrolling(inside, "Reports"), 1)
        on_escape(self, self.around.navigator.back)

    # --- cards ---------------------------------------------------------------------------

    def _report(self) -> QWidget:
        card = Card("Report to the proprietor", parent=self)
        card.add(help_words("Figures beside those of the period before. No person is named."))
        self.period = PeriodBar(self.around.now, self.around.now().date(), card)
        card.add(self.period)
        self.comment = QLineEdit(card)
        self.comment.setAccessibleName("Your comment on the first page")
        self.comment.setPlaceholderText("Your comment, printed on the first page")
        card.add(self.comment)
        self.report_button = button(
            "Print or PDF", "mdi6.printer-outline", role="primary", does=partial(self.report, "pdf")
        )
        word = button("Save for Word", "mdi6.file-word-outline", does=partial(self.report, "docx"))
        card.add(row(self.report_button, word, None))
        return card

    def _calendar(self) -> QWidget:
        card = Card("Calendar", parent=self)
        card.add(help_words("Everything that is due, without names, for another calendar."))
        self.calendar_button = button(
            "Save what is due", "mdi6.calendar-export", does=self.save_calendar
        )
        card.add(row(self.calendar_button, None))
        return card

    def _parents(self) -> QWidget:
        card = Card("For parents: what we hold about your child", parent=self)
        card.add(help_words("A web page and a paper. Untick what should be left out."))
        self.list = QListWidget(card)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Records that are published")
        self.list.setMinimumHeight(150)
        card.add(self.list)
        self.publish_button = button(
            "Save the page to a folder", "mdi6.web", does=self.save_for_parents
        )
        card.add(row(self.publish_button, None))
        return card

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def read(self) -> None:
        """Reads what can be published, and where proof is lacking."""
        unticked = self._left_out()
        self.list.clear()
        for each in self.desk.publishing.rows():
            named = f" – may name a person: {', '.join(each.named)}" if each.named else ""
            item = QListWidgetItem(f"{each.what}{named}", self.list)
            item.setData(_REFERENCE, each.reference)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            off = each.reference in unticked or bool(each.named)
            item.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
        self.publish_button.setEnabled(bool(self.list.count()))

    # --- doing ---------------------------------------------------------------------------

    def report(self, kind: str) -> None:
        """Makes the report for the period shown."""
        from dpdesk.papers.leaflet import leaflet_docx, leaflet_pdf

        since, until = self.period.period
        made = self.desk.governance.report(since, until, self.comment.text().strip())
        name = "Data protection report"
        if kind == "docx":
            self.door.save(leaflet_docx(made), f"{name}.docx", _WORD)
        else:
            self.door.offer(lambda: leaflet_pdf(made).content, name)

    def save_calendar(self) -> None:
        """Everything that is due, as a file."""
        duties = [duty for group in self.desk.overview.duties() for duty in group.duties]
        content = calendar_file(duties, self.desk.registers, self.around.now())
        self.door.save(content, "Data protection.ics", "Calendar (*.ics)")

    def save_for_parents(self) -> None:
        """What parents may read, into a folder."""
        files = self.desk.publishing.files(self._left_out())
        self._save_all("Where should the page for parents go?", files)

    def _left_out(self) -> frozenset[str]:
        items = (self.list.item(number) for number in range(self.list.count()))
        return frozenset(
            str(item.data(_REFERENCE))
            for item in items
            if item.checkState() != Qt.CheckState.Checked
        )

    def _save_all(self, question: str, files: Mapping[str, bytes]) -> None:
        folder: Path | None = self.around.prompter.choose_folder(question)
        if folder is None:
            return
        there = [name for name in files if (folder / name).exists()]
        if there and not self.around.prompter.confirm(
            f"Replace {count(len(there), 'file')} in that folder?", "Replace"
        ):
            return
        try:
            for name, content in files.items():
                self.desk.write(folder / name, content)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.messages.say(f"{count(len(files), 'file')} saved in {folder.name}.")
