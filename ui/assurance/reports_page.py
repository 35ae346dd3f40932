"""Reports and proof: what goes to the proprietor, to an inspection, and to parents."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, long_moment
from dpdesk.overview import figures_file
from dpdesk.overview.governance import SHORT, TITLES
from dpdesk.overview.published_rows import KEPT, NOTICES, SHARED
from dpdesk.overview.publishing import told_of
from dpdesk.overview.year import calendar_file
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import (
    Card,
    Scrolled,
    clear_layout,
    column,
    help_words,
    row,
    scrolling,
    words,
)
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.prompts import folder_called
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs import GrowingText
from ui.kit.register.period_bar import PeriodBar

_REFERENCE = Qt.ItemDataRole.UserRole
_WORD = "Word document (*.docx)"
_MOST_KEPT = 6
_PARTS = {KEPT: "How long: ", SHARED: "Shared with: ", NOTICES: "Notice: "}


class ReportsPage(LivePage):
    """The page "Reports" of the assurance tab."""

    key = "reports"
    title = "Reports"
    icon = "mdi6.file-chart-outline"
    help_page = "reports"
    shows: ClassVar = frozenset(
        {"assets", "asset_purposes", "people", "notices", "retention_schedule", "sharing"}
    )

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.comments: dict[str, GrowingText] = {}
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
        card.add(
            help_words(
                "Figures next to those of the previous period, with charts. No person is named: a "
                "comment with the name of somebody on record is refused."
            )
        )
        self.period = PeriodBar(self.around.now, self.around.now().date(), card)
        card.add(self.period)
        self._add_comment(card, SHORT, "Your comment on the first page")
        self._add_buttons(card)
        card.add(words("Comments on the sections, if there is something to say", "label"))
        for key, title in TITLES.items():
            self._add_comment(card, key, title)
        return card

    def _add_comment(self, card: Card, key: str, title: str) -> None:
        text = GrowingText(card)
        text.setAccessibleName(f"Comment: {title}")
        text.setPlaceholderText(title if key == SHORT else f"Comment: {title}")
        self.comments[key] = text
        card.add(text)

    def _add_buttons(self, card: Card) -> None:
        """What can be done with the report, and those that were kept."""
        self.report_button = button(
            "Print or PDF", "mdi6.printer-outline", role="primary", does=partial(self.report, "pdf")
        )
        word = button("Save for Word", "mdi6.file-word-outline", does=partial(self.report, "docx"))
        figures = button(
            "Save the figures",
            "mdi6.table-arrow-right",
            does=self.save_figures,
            hint="A small file without names, to be set beside those of other schools or periods",
        )
        keep = button("Keep this report", "mdi6.archive-outline", does=self.keep_report)
        card.add(row(self.report_button, word, None))
        beside = button(
            "Reports side by side…",
            role="link",
            does=partial(self.around.navigator.open_page, "beside"),
        )
        room, flow = flowing(SMALL)
        for made in (keep, figures, beside):
            flow.addWidget(made)
        card.add(room)
        self.kept = QVBoxLayout()
        card.add(self.kept)

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
        card.add(
            help_words(
                "A web page and a paper. Untick what should be left out; a row that may name a "
                "person is not ticked until you tick it."
            )
        )
        self.list = QListWidget(card)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Records that are published")
        # All lines are seen: nothing scrolls within what scrolls.
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for never in (
            self.list.setHorizontalScrollBarPolicy,
            self.list.setVerticalScrollBarPolicy,
        ):
            never(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card.add(self.list)
        self.edition = help_words("", "muted")
        card.add(self.edition)
        self.publish_button = button("Publish an edition", "mdi6.web", does=self.save_for_parents)
        card.add(row(self.publish_button, None))
        return card

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def read(self) -> None:
        """Reads what can be published, and where proof is lacking."""
        unticked = self._left_out() if self.list.count() else self._held_back()
        self.list.clear()
        for each in self.desk.publishing.rows():
            named = f" – may name a person: {', '.join(each.named)}" if each.named else ""
            before = _PARTS.get(each.part, "")
            item = QListWidgetItem(f"{before}{each.what}{named}", self.list)
            item.setData(_REFERENCE, each.reference)
            item.setToolTip(item.text())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            off = each.reference in unticked or bool(each.named)
            item.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
        high = sum(self.list.sizeHintForRow(n) for n in range(self.list.count()))
        self.list.setFixedHeight(high + 2 * self.list.frameWidth() + MEDIUM)
        self.publish_button.setEnabled(bool(self.list.count()))
        self._show_kept()
        self._show_edition()

    # --- doing ---------------------------------------------------------------------------

    def report(self, kind: str) -> None:
        """Makes the report for the period shown."""
        from dpdesk.papers.leaflet import leaflet_docx, leaflet_pdf

        try:
            made = self.desk.governance.report(*self.period.period, self._commented())
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        name = "Data protection report"
        if kind == "docx":
            self.door.save(leaflet_docx(made), f"{name}.docx", _WORD)
        else:
            self.door.offer(lambda: leaflet_pdf(made).content, name)

    def save_figures(self) -> None:
        """The figures of the report as a file of their own."""
        school = str(self.desk.school.particulars().name)
        try:
            found = figures_file.of_period(self.desk.governance, school, *self.period.period)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        name = f"{figures_file.file_name(found)}{figures_file.ENDING}"
        self.door.save(figures_file.written(found), name, f"Figures (*{figures_file.ENDING})")

    def keep_report(self) -> None:
        """Keeps the report as it stands now, for good, so that the next is compared with it."""
        try:
            kept = self.desk.governance.keep(*self.period.period, self._commented())
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self._show_kept()
        self.around.messages.say(f"{kept.title} is kept.")

    def _commented(self) -> dict[str, str]:
        return {key: text.toPlainText() for key, text in self.comments.items()}

    def _show_kept(self) -> None:
        clear_layout(self.kept)
        for each in self.desk.governance.kept()[:_MOST_KEPT]:
            content = partial(self.desk.governance.content, each)
            offer = partial(self.door.offer, content, f"Data protection report {each.number}")
            self.kept.addLayout(
                row(button(each.title, "mdi6.file-check-outline", role="link", does=offer), None)
            )

    def save_calendar(self) -> None:
        """Everything that is due, as a file."""
        duties = [duty for group in self.desk.overview.duties() for duty in group.duties]
        content = calendar_file(duties, self.desk.registers, self.around.now())
        self.door.save(content, "Data protection.ics", "Calendar (*.ics)")

    def save_for_parents(self) -> None:
        """Shows what changed since the last edition, then makes one and saves it into a folder."""
        left_out = self._left_out()
        changes = self.desk.publishing.changes(left_out)
        since = "since the last edition" if self.desk.publishing.editions() else "in it"
        named = self.desk.publishing.named(left_out)
        asked = f"Publish this edition? {count(len(changes), 'change')} {since}."
        if named:
            asked = f"{told_of(named)} Parents will read it. {asked}"
        if not self.around.prompter.confirm(asked, "Publish", details="\n".join(changes)):
            return
        folder: Path | None = self.around.prompter.choose_folder(
            "Where should the page for parents go?"
        )
        if folder is None:
            return
        names = ("what-we-hold.html", "what-we-hold.pdf")
        there = [name for name in names if (folder / name).exists()]
        if there and not self.around.prompter.confirm(
            f"Replace {count(len(there), 'file')} in that folder?", "Replace"
        ):
            return
        try:
            files = self.desk.publishing.publish(left_out, although_named=bool(named))
            for name, content in files.items():
                self.desk.write(folder / name, content)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self._show_edition()
        self.around.messages.say(f"{count(len(files), 'file')} saved in {folder_called(folder)}.")

    def _show_edition(self) -> None:
        last = next(iter(self.desk.publishing.editions()), None)
        told = "Nothing has been published yet."
        if last is not None:
            told = f"Last: edition {last.number} of {long_moment(last.made_at)}."
        self.edition.setText(told)

    def _held_back(self) -> frozenset[str]:
        """What the last edition left out stays out until it is ticked."""
        last = next(iter(self.desk.publishing.editions()), None)
        return last.held_back if last is not None else frozenset()

    def _left_out(self) -> frozenset[str]:
        items = (self.list.item(number) for number in range(self.list.count()))
        return frozenset(
            str(item.data(_REFERENCE))
            for item in items
            if item.checkState() != Qt.CheckState.Checked
        )
