"""Sorting the documents of a request: what goes into the bundle, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from dpdesk.disclosure.asides import COPY, DATES, NOT_ABOUT, AsidePlace, aside_reasons
from dpdesk.disclosure.copies import LostCopy
from dpdesk.disclosure.sorting_service import Sorted, SortedDocument, told
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law.dates import read_date
from dpdesk.law.words import count
from ui.disclosure.page_artist import PageArtist
from ui.disclosure.sitting import REGISTER, Sitting
from ui.disclosure.sort_look import SortLook
from ui.disclosure.sort_model import CHIPS, SortModel
from ui.disclosure.sort_table import SortTable
from ui.kit.look.theme import LARGE, MEDIUM, SMALL
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.chips import ChipRow
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.review import Done


class SortPage(QWidget):
    """``back_asked``: to the pages; ``page_asked``: a page of the request, from 1."""

    back_asked = Signal()
    page_asked = Signal(int)

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        sitting: Sitting,
        artist: PageArtist,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._sitting = desk, around, sitting
        self._task: Task | None = None
        self._gone = self._again = False
        self.documents = SortModel(self)
        self.table = SortTable(self.documents)
        self.banner = Banner()
        self.chips = ChipRow(CHIPS, passing=("proposed", "near", "unnamed", "dates", "aside"))
        self.chips.choose("all")
        self.sought = _line("Search", "sender, subject or name")
        self.since, self.until = _line("From", "first day"), _line("Until", "last day")
        self.note = _line("Note", "Note for the record, if you like")
        self.said = words("", "muted")
        self.back = button("Back to the pages", "mdi6.arrow-left", key="Esc")
        self.aside = button("Set aside", "mdi6.archive-outline", role="primary")
        self.take = button("Take back", "mdi6.undo", key="U", does=self.take_back)
        self.leave_out = button("Leave out what is proposed", does=self.accept)
        self.tick = button("Tick")
        self.order = button("Order")
        self.look = SortLook(desk, artist)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for press, menu in (
            (self.aside, self._aside_menu()),
            (self.tick, self._tick_menu()),
            (self.order, self._order_menu()),
        ):
            press.setMenu(menu)
        for field in (self.since, self.until):
            field.setFixedWidth(104)
        self.sought.setMinimumWidth(120)
        asked = row(words("Dates asked for", "muted"), self.since, words("to"), self.until)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(LARGE, MEDIUM, SMALL, MEDIUM)
        layout.setSpacing(MEDIUM)
        layout.addLayout(row(self.back, self.said, None))
        layout.addWidget(self.banner)
        seek = row(self.sought, asked, self.tick, self.order, space=MEDIUM)
        seek.setStretch(0, 1)
        layout.addLayout(seek)
        layout.addWidget(self.chips)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(self.note, self.leave_out, self.take, self.aside, space=MEDIUM))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        for place, widget in enumerate((left, self.look)):
            self.splitter.addWidget(widget)
            self.splitter.setCollapsible(place, False)
            self.splitter.setStretchFactor(place, 1 - place)
        self.splitter.setSizes([940, 426])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_asked)
        self.chips.chosen.connect(self._choose)
        self.sought.textChanged.connect(self._search)
        for field in (self.since, self.until):
            field.editingFinished.connect(self._read_days)
        self.table.opened.connect(self._open)
        self.table.asked.connect(lambda key: self.set_aside() if key == "X" else self.take_back())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_now())
        self.documents.modelReset.connect(self._show_now)
        self.documents.dataChanged.connect(lambda *_: self._count())
        self._sitting.listed.connect(self._follow)
        self._sitting.failed.connect(self._complain)

    # --- menus ---------------------------------------------------------------------------

    def _aside_menu(self) -> QMenu:
        menu = QMenu(self)
        reasons = aside_reasons()
        menu.addAction(f"{reasons[NOT_ABOUT].label}\tX", self.set_aside)
        menu.addAction(f"{reasons[COPY].label}…", self.set_copy_aside)
        menu.addAction(reasons[DATES].label, lambda: self.set_aside(DATES))
        return menu

    def _tick_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("All that are shown", lambda: self.documents.tick(self.documents.rows))
        for what in ("sender", "subject", "thread"):
            menu.addAction(
                f"All with the same {what} as this one",
                partial(self._tick_like, what),
            )
        menu.addAction("None", lambda: self.documents.tick(self.documents.ticked(), on=False))
        return menu

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("By date", lambda: self.arrange("date"))
        menu.addAction("By thread, each by date", lambda: self.arrange("thread"))
        return menu

    def _tick_like(self, what: str) -> None:
        now = self.table.now()
        if now is None:
            self._around.messages.say("Choose a document first.", tone="info")
            return
        if what == "thread" and not now.thread:
            self._around.messages.say("This document is not part of a thread.", tone="info")
            return
        self.documents.tick(self.documents.like(now, what))

    # --- looking -------------------------------------------------------------------------

    def refresh(self) -> None:
        """Compares the documents, beside the window, and shows them."""
        if self._task is not None:
            self._again = True
            return
        service, entry_id = self._desk.disclosure.sorting, self._sitting.entry_id

        def work(progress: Progress) -> tuple[Sorted, tuple[LostCopy, ...]]:
            looked = service.look(
                entry_id, step=lambda done, of: progress.step("Comparing the documents", done, of)
            )
            return looked, self._desk.disclosure.asides.copies_gone(entry_id)

        self._task = self._around.tasks.run(
            work,
            title="Comparing the documents",
            on_success=self._looked,
            on_error=self._failed,
            on_finished=self._over,
        )
        if not self.documents.looked.documents:
            self.said.setText("The documents are being compared…")

    def _follow(self) -> None:
        """Something was set aside or taken back, here or by Undo."""
        if self.isVisible():
            self.refresh()

    def _complain(self, error: DpdeskError) -> None:
        if self.isVisible():
            self.banner.say(str(error), "danger")

    def leave(self) -> None:
        """The page is closed: nothing is shown any more."""
        self._gone = True
        if self._task is not None:
            self._task.cancel()

    def _looked(self, found: tuple[Sorted, tuple[LostCopy, ...]]) -> None:
        if self._gone:
            return
        looked, gone = found
        now = self.table.now()
        self.documents.show(looked)
        self._choose_again(now)
        if gone:
            self.banner.say(" ".join(each.sentence for each in gone[:3]), "warn")
        else:
            self.banner.hide()
        self._count()

    def _choose_again(self, now: SortedDocument | None) -> None:
        """Where the keyboard was: the same document, or the one that took its place."""
        rows = self.documents.rows
        if not rows:
            return
        wanted = now.number if now is not None else 1
        at = next((n for n, each in enumerate(rows) if each.number >= wanted), len(rows) - 1)
        self.table.setCurrentIndex(self.documents.index(at, 3))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        if not self._gone and not isinstance(error, Cancelled):
            self.banner.say(str(error), "danger")

    def _over(self) -> None:
        self._task = None
        if self._again and not self._gone:
            self._again = False
            self.refresh()

    def _choose(self, chip: str) -> None:
        self.documents.chip = chip
        self._filter()

    def _search(self, typed: str) -> None:
        self.documents.words = typed
        self._filter()

    def _filter(self) -> None:
        now = self.table.now()
        self.documents.filter()
        self._choose_again(now)
        self._count()

    def _read_days(self) -> None:
        days: list[dt.date | None] = []
        for field in (self.since, self.until):
            typed = field.text().strip()
            try:
                days.append(read_date(typed, self._around.now().date()) if typed else None)
            except ValueError as error:
                self._around.messages.say(str(error), tone="warn")
                return
        if (days[0], days[1]) != self.documents.days:
            self.documents.days = (days[0], days[1])
            self._filter()

    def _show_now(self) -> None:
        self.look.show_document(self.table.now())

    def _count(self) -> None:
        looked, ticked = self.documents.looked, self.documents.ticked()
        self.chips.show_counts(self.documents.counts())
        said = f"{told(looked)}." if looked.documents else ""
        if ticked:
            said += f" {len(ticked):,} ticked."
        if looked.documents and not self.documents.rowCount():
            said += " There are none left in this list."
        self.said.setText(said)
        self.leave_out.setVisible(bool(looked.proposed))
        whole = count(len(looked.proposed), "repeated document")
        self.leave_out.setText(f"Leave out {whole}")
        self.take.setEnabled(any(each.aside or each.pages_aside for each in self._meant()))

    def _open(self, each: SortedDocument) -> None:
        """Shows a document in the review; one that is set aside stands beside already."""
        pages = (p.number for p in self._sitting.pages if p.document_id == each.card.id)
        number = next(pages, 0)
        if number:
            self.page_asked.emit(number)
        else:
            self._around.messages.say("It is set aside; you see it on the right.", tone="info")

    # --- doing ---------------------------------------------------------------------------

    def _meant(self) -> tuple[SortedDocument, ...]:
        """What is ticked; with nothing ticked, the document of the row."""
        now = self.table.now()
        return self.documents.ticked() or ((now,) if now is not None else ())

    def set_aside(self, reason: str = NOT_ABOUT, copy_of: int = 0) -> None:
        """Sets aside what is ticked, or the document of the row."""
        meant = [
            each for each in self._meant() if each.aside is None or each.aside.reason != reason
        ]
        if not meant:
            self._around.messages.say("Tick the documents first.", tone="info")
            return
        places = [AsidePlace(each.card.id) for each in meant]
        service, entry_id = self._desk.disclosure.asides, self._sitting.entry_id
        note = " ".join(self.note.text().split())
        self._do(lambda: service.set_aside(entry_id, places, reason, copy_of=copy_of, note=note))

    def set_copy_aside(self) -> None:
        """The same as copies of one document, which is asked for by its number."""
        documents = self.documents.looked.documents
        like = {each.like_number for each in self._meant() if each.like_number}
        given = self._around.prompter.ask_words(
            "Of which document is it a copy?",
            details="The number in the first column. That document stays in the bundle.",
            given=str(min(like)) if len(like) == 1 else "",
        )
        if given is None:
            return
        if not given.strip().isdecimal() or not 0 < int(given) <= len(documents):
            text = f"Type the number of a document, from 1 to {len(documents):,}."
            self._around.messages.say(text, tone="warn")
            return
        self.set_aside(COPY, documents[int(given) - 1].card.id)

    def take_back(self) -> None:
        """Takes back what is ticked, or the document of the row, with its single pages."""
        entry_id, service = self._sitting.entry_id, self._desk.disclosure.asides
        now = service.of_entry(entry_id)
        numbers = {each.card.id for each in self._meant()}
        notes = [*now.whole.values(), *now.pages.values()]
        places = [note.place for note in notes if note.place.document_id in numbers]
        if not places:
            self._around.messages.say("Nothing of it is set aside.", tone="info")
            return
        self._do(lambda: service.take_back(entry_id, places))

    def accept(self) -> None:
        """Leaves out all that is proposed."""
        looked, entry_id = self.documents.looked, self._sitting.entry_id
        self._do(lambda: self._desk.disclosure.sorting.accept(entry_id, looked))

    def _do(self, does: Callable[[], Done]) -> None:
        if self._sitting.perform(does):
            self.documents.tick(self.documents.ticked(), on=False)
            self.note.clear()
            # What was pressed may be gone with it, and the keyboard with that.
            self.table.setFocus()

    def arrange(self, way: str) -> None:
        """Puts the documents into an order, which is that of the bundle; it can be taken back."""
        documents = self._desk.documents
        owner = (REGISTER, self._sitting.entry_id)
        before = [card.id for card in documents.of_entry(*owner)]
        order: Sequence[int] = documents.by_date(*owner)
        if way == "thread":
            order = self._desk.disclosure.sorting.by_thread(self._sitting.entry_id)

        def put(wanted: Sequence[int]) -> None:
            documents.arrange(*owner, wanted)
            self._sitting.read_again()

        put(order)
        said = "Put in order of date." if way == "date" else "Put in order of threads."
        self._around.messages.say(said, undo=lambda: put(before))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard comes to the list."""
        super().showEvent(event)
        self.table.setFocus()


def _line(name: str, example: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    made.setClearButtonEnabled(True)
    return made
