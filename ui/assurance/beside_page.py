"""Side by side: the figures of several reports, of one school or of several, from their files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import short_date
from dpdesk.overview import figures_file
from dpdesk.overview.figures_file import FiguresRow, ReportFigures
from ui.kit.look.theme import MEDIUM, TINY
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import clear_layout, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.flow import FlowLayout
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.dropped import TakesFiles
from ui.kit.register.table_view import TableView

_KINDS: Final = f"Figures of reports (*{figures_file.ENDING});;All files (*)"
_ABOUT: Final = (
    "Compare reports to the proprietor: of several schools, or of several periods. Choose the "
    f"files of their figures, which end in {figures_file.ENDING}, or add a report that you kept. "
    "No person is named in them."
)
_WORD: Final = "Word document (*.docx)"
_NAME: Final = "Reports side by side"
_WIDE: Final = 150
_FIRST: Final = 2
"""Columns before the reports: where a figure belongs, and what it counts."""
Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()


class BesideModel(QAbstractTableModel):
    """A row for each figure, a column for each report."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[FiguresRow] = ()
        self.reports: Sequence[ReportFigures] = ()

    def show_reports(self, reports: Sequence[ReportFigures]) -> None:
        """Shows these, in their order."""
        self.beginResetModel()
        self.reports, self.rows = reports, figures_file.beside(reports)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Number of figures."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Two, and one for each report."""
        return 0 if parent.isValid() else _FIRST + len(self.reports)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell; a heading of several rows is written once, and read aloud with each."""
        line, column = self.rows[index.row()], index.column()
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= _FIRST:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} and not spoken:
            return None
        if column == 0:
            before = self.rows[index.row() - 1].room if index.row() else ""
            return line.room if spoken or line.room != before else ""
        return line.text if column == 1 else line.values[column - _FIRST]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """School and period of each report."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            heads = ("About", "What is counted", *(each.title for each in self.reports))
            return heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section >= _FIRST else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class BesidePage(TakesFiles, LivePage):
    """The page "Side by side" of the assurance tab."""

    help_page = "reports"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.reports: list[ReportFigures] = []
        self.setAcceptDrops(True)
        self.header = PageHeader("Reports side by side", " ", self)
        self.word_button = button(
            "Save for Word", "mdi6.file-word-outline", does=partial(self.paper, "docx")
        )
        self.print_button = button(
            "Print or PDF", "mdi6.printer-outline", does=partial(self.paper, "pdf")
        )
        self.choose_button = button(
            "Choose files…", "mdi6.folder-open-outline", role="primary", does=self.choose
        )
        for made in (self.word_button, self.print_button, self.choose_button):
            self.header.add_button(made)
        self.body.addWidget(self.header)
        self.banner = Banner(self)
        self.body.addWidget(self.banner)
        chosen = QWidget(self)
        self.chosen = FlowLayout(chosen, MEDIUM)
        self.body.addWidget(chosen)
        self.empty = EmptyState(self)
        self.body.addWidget(self.empty, 1)
        self.model = BesideModel(self)
        self.table = TableView("Figures of the reports, side by side", self.model, self)
        self.table.horizontalHeader().setSortIndicatorShown(False)
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.body.addWidget(self.table, 1)
        on_escape(self, around.navigator.back)
        self._show()

    # --- bringing in ---------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for files and reads them."""
        self.read_files(
            self.around.prompter.choose_files("Figures of reports", _KINDS, several=True)
        )

    def take_dropped(self, paths: list[Path]) -> None:
        """Reads the files that were dropped."""
        self.read_files(paths)

    def read_files(self, paths: Sequence[Path]) -> None:
        """Adds what is in these files; what is none of ours is told and leaves the others."""
        faults = []
        for path in paths:
            try:
                self._add(figures_file.read(path))
            except DpdeskError as error:
                faults.append(f"{path.name}: {error}")
        self._show()
        if faults:
            self.banner.say(" ".join(faults), "warn")

    def add_kept(self, number: int) -> None:
        """Adds a report of this school that was kept."""
        governance = self.desk.governance
        kept = next(each for each in governance.kept() if each.number == number)
        try:
            self._add(figures_file.of_kept(governance, self._school(), kept))
        except DpdeskError as error:
            self.banner.say(str(error), "warn")
            return
        self._show()

    def _school(self) -> str:
        return str(self.desk.school.particulars().name)

    def _add(self, report: ReportFigures) -> None:
        self.reports = list(figures_file.in_order([*self.reports, report]))

    def take_out(self, report: ReportFigures) -> None:
        """Takes a report off the page; its file stays where it is."""
        self.reports = [each for each in self.reports if each is not report]
        self._show()

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Reports may have been kept in the meantime."""
        self._show()

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the table, or to the button that begins."""
        (self.table if self.reports else self.choose_button).setFocus()

    def _show(self) -> None:
        self.banner.hide()
        there = bool(self.reports)
        self.table.setVisible(there)
        self.empty.setVisible(not there)
        for made in (self.word_button, self.print_button):
            made.setVisible(there)
        if not there:
            self.empty.say("mdi6.view-column-outline", _ABOUT, "Choose files…", self.choose)
        told = "Figures only; no person is named" if there else ""
        self.header.say("Reports side by side", told)
        self._show_chosen()
        self.model.show_reports(self.reports)
        head = self.table.horizontalHeader()
        for place in range(self.model.columnCount()):
            wide = QHeaderView.ResizeMode.Stretch if place == 1 else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(place, wide)
            if place != 1:
                head.resizeSection(place, _WIDE if place else 2 * _WIDE)

    def _show_chosen(self) -> None:
        clear_layout(self.chosen)
        for each in self.reports:
            period = f"{short_date(each.first)} to {short_date(each.last)}"
            name = f"{each.school}, {period}"
            drop = icon_button(
                f"Take {name} off this page", "mdi6.close", does=partial(self.take_out, each)
            )
            drop.setToolTip(f"Made on {short_date(each.made_on)}. Takes it off this page.")
            pair = QWidget(self)
            pair.setLayout(row(words(name), drop, space=TINY))
            self.chosen.addWidget(pair)
        here = {(each.school, each.first, each.last) for each in self.reports}
        offers = [
            button(
                f"Add {each.title[0].lower()}{each.title[1:]}",
                "mdi6.plus",
                role="link",
                does=partial(self.add_kept, each.number),
            )
            for each in self.desk.governance.kept()[: figures_file.MOST]
            if (self._school(), each.first, each.last) not in here
        ]
        for made in offers:
            self.chosen.addWidget(made)

    # --- out -----------------------------------------------------------------------------

    def paper(self, kind: str) -> None:
        """The table on paper, or as a Word file."""
        from dpdesk.papers.leaflet import leaflet_docx, leaflet_pdf

        made = figures_file.side_by_side(self.reports, self.desk.governance.today())
        if kind == "docx":
            self.door.save(leaflet_docx(made), f"{_NAME}.docx", _WORD)
        else:
            self.door.offer(lambda: leaflet_pdf(made).content, _NAME)
