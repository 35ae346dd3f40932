"""Building the bundle: what is still open, the work itself, and what came out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dpdesk.disclosure.cautions import cautions
from dpdesk.disclosure.suggested import ProposedTold
from dpdesk.errors import Cancelled, DpdeskError, ReleaseRefused
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes
from ui.disclosure.releases_panel import ReleasesPanel
from ui.disclosure.sitting import REGISTER, Sitting
from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import HUGE, LARGE, MEDIUM
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, scrolling, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.released import ReleaseCard

_WIDTH: Final = 760
_MOST_LINKS: Final = 12
_LOOK: Final = 100
"""Milliseconds between two looks at how far the work is."""
_NONE: Final = "No bundle was made."


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know before building: is it in order, and where to go if not."""

    good: bool
    text: str
    link: str = ""
    goes: str = ""
    """"page N", "seek", "second", "sort", "at PLACE" of the request, or nothing."""


def points(sitting: Sitting, told: ProposedTold) -> tuple[Point, ...]:
    """What is in order and what is still open; ``told`` of what was proposed."""
    pages, progress = sitting.pages, sitting.progress
    found = []
    waiting = [page for page in pages if not page.reviewed]
    if waiting:
        text = f"{count(len(waiting), 'page')} not reviewed yet."
        found.append(Point(False, text, "Show the first", f"page {waiting[0].number}"))
    else:
        found.append(Point(True, f"All {count(len(pages), 'page')} reviewed."))
    again = progress.pages - progress.second
    if again:
        text = f"The second pass is not finished: {count(again, 'page')} to go."
        found.append(Point(False, text, "Start the second pass", "second"))
    else:
        found.append(Point(True, "The second pass is done."))
    pictures = [page for page in pages if page.kind == "image" and not page.withheld]
    unseen = [page for page in pictures if not page.reviewed]
    if unseen:
        text = "1 page is a picture, in which a search may miss words. It has not been reviewed."
        if len(unseen) > 1:
            text = f"{len(unseen):,} pages are pictures, in which a search may miss words: look."
        found.append(Point(False, text, "Show the first", f"page {unseen[0].number}"))
    elif pictures:
        found.append(Point(True, f"{count(len(pictures), 'picture')} reviewed."))
    goes = f"page {told.first}" if told.first else "seek"
    link = "Show the first" if told.first else "Look now"
    found.append(Point(told.good, told.sentence, "" if told.good else link, goes))
    for caution in cautions(sitting.documents, pages):
        goes = f"page {caution.page}"
        found.append(Point(caution.looked_at, caution.text, "Show the page", goes))
    if not progress.marks and not progress.withheld:
        found.append(Point(False, "Nothing is marked and no page is withheld."))
    else:
        text = f"{count(progress.marks, 'mark')}, {count(progress.withheld, 'page')} withheld."
        found.append(Point(True, text))
    return tuple(found)


def reminders(desk: Desk, entry_id: int) -> tuple[Point, ...]:
    """What the request should say before anything goes out; building does not wait for it."""
    found = [
        Point(False, each.sentence, "Sort documents", "sort")
        for each in desk.disclosure.asides.copies_gone(entry_id)
    ]
    if not desk.requests.requests.searched(entry_id):
        text = "You have not recorded where you searched, and the cover sheet says so."
        found.append(Point(False, text, "Record it", "at search"))
    entry = desk.requests.requests.load(entry_id)
    left = len(desk.requests.requests.searches.open_places(entry_id))
    if left and not entry.values.get("unsearched_why"):
        text = f"{count(left, 'place')} not searched. Search there, or say why not."
        found.append(Point(False, text, "Say why not", "at unsearched_why"))
    for point in desk.requests.requests.open_points(entry):
        found.append(Point(False, point.sentence, "Settle it", f"at {point.field}"))
    return tuple(found)


class BuildPage(QWidget):
    """``back_asked``: to the pages; ``page_asked``: one of them; ``second_asked``.

    ``seek_asked``: suggestions are to be made afresh.
    """

    back_asked = Signal()
    page_asked = Signal(int)
    second_asked = Signal()
    seek_asked = Signal()
    sort_asked = Signal()

    def __init__(
        self, desk: Desk, around: Surroundings, sitting: Sitting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._sitting = desk, around, sitting
        self.task: Task | None = None
        self._gone = False
        self._ready = False
        self.back = button("Back to the pages", "mdi6.arrow-left", key="Esc")
        self.back.clicked.connect(self.back_asked)
        self.banner = Banner(closable=False)
        self.links, self._flow = flowing()
        self.links.hide()
        self.before = Card("Before you build")
        self._points = QVBoxLayout()
        self._points.setSpacing(MEDIUM)
        self.before.add(self._points)
        self.before.add(
            help_words(
                "The bundle is built, checked a second time by a different method, and kept with "
                "its lists of what was removed and a full copy. A finished bundle never "
                "changes; to correct something, build a new one."
            )
        )
        self.begin_button = button(
            "Build bundle", "mdi6.file-check-outline", role="primary", does=self.begin
        )
        self.before.add(row(self.begin_button, None))
        self.again = button("Build another bundle", does=self._start_again)
        self.again.hide()
        self.work = self._build_work()
        self.releases = ReleasesPanel(desk, around, sitting.entry_id)
        self._lay_out()
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)

    def _build_work(self) -> Card:
        card = Card("Building")
        self.doing = words("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the bundle")
        self.cancel = button("Cancel", does=self.stop)
        card.add(self.doing)
        card.add(self.bar)
        card.add(row(self.cancel, None))
        card.hide()
        return card

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(_WIDTH)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(LARGE, HUGE, LARGE, HUGE)
        layout.setSpacing(LARGE)
        layout.addLayout(row(self.back, None))
        for part in (self.banner, self.links, self.before, self.work, self.releases):
            layout.addWidget(part)
        layout.addLayout(row(self.again, None))
        layout.addStretch(1)
        outside = QWidget()
        middle = QHBoxLayout(outside)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(outside, "Build bundle"))

    @property
    def busy(self) -> bool:
        """Is a bundle being built?"""
        return self.task is not None

    def refresh(self) -> None:
        """Shows what is open now."""
        self._start_again()
        while (old := self._points.takeAt(0)) is not None:
            _drop(old.layout())
        entry_id = self._sitting.entry_id
        told = self._desk.disclosure.suggestions.told(entry_id)
        found = (*points(self._sitting, told), *reminders(self._desk, entry_id))
        first: QWidget | None = None
        for point in found:
            icon = IconLabel(
                "mdi6.check-circle-outline" if point.good else "mdi6.alert-outline",
                "ok" if point.good else "warn",
            )
            text = words(point.text, wraps=True)
            text.setAccessibleName(f"{'In order' if point.good else 'Open'}: {point.text}")
            line = row(icon, text, space=MEDIUM)
            line.setStretchFactor(text, 1)
            if point.link:
                does: Callable[[], object] = self._goer(point.goes)
                link = button(point.link, role="link", does=does)
                link.setAccessibleName(f"{point.link}: {point.text}")
                line.addWidget(link)
                if not point.good:
                    first = first or link
            self._points.addLayout(line)
        good = all(point.good for point in found)
        self.begin_button.setText("Build bundle" if good else "Build it anyway")
        # Enter does not build what is not ready: that is for somebody to decide who has read this.
        (self.begin_button if good else first or self.back).setFocus()

    def _goer(self, goes: str) -> Callable[[], object]:
        if goes == "second":
            return self.second_asked.emit
        if goes == "seek":
            return self.seek_asked.emit
        if goes == "sort":
            return self.sort_asked.emit
        if goes.startswith("at "):
            navigator, place = self._around.navigator, goes.removeprefix("at ")
            return lambda: navigator.open_entry(REGISTER, self._sitting.entry_id, place)
        number = int(goes.removeprefix("page "))
        return lambda: self.page_asked.emit(number)

    # --- the work ------------------------------------------------------------------------

    def begin(self) -> None:
        """Builds, checks and keeps the bundle."""
        if self.busy:
            return
        self._ready = False
        self.banner.hide()
        self.links.hide()
        releases, entry_id = self._desk.disclosure.releases, self._sitting.entry_id

        def work(progress: Progress) -> ReleaseCard:
            return releases.release(
                entry_id, step=progress.step, cancelled=lambda: progress.cancelled
            )

        self._show_busy(True)
        self.task = self._around.tasks.run(
            work,
            title="Building the bundle",
            on_success=self._done,
            on_error=self._failed,
            on_finished=self._finished,
        )
        self.task.seen_in = self.work
        self._show_progress()
        self._look.start()
        self.cancel.setFocus()

    def stop(self) -> None:
        """Stops the work; there is no release then."""
        if self.task is not None:
            self.task.cancel()
            self.cancel.setEnabled(False)

    def leave(self) -> None:
        """The page is closed; the work goes on and is told in the message bar."""
        self._gone = True
        self._look.stop()

    def _start_again(self) -> None:
        self.before.show()
        self.again.hide()

    def _show_busy(self, busy: bool) -> None:
        self.before.setVisible(not busy)
        self.work.setVisible(busy)
        self.back.setEnabled(not busy)
        self.cancel.setEnabled(busy)

    def _show_progress(self) -> None:
        if self.task is None:
            return
        text, done, total = self.task.progress.latest()
        of = f": page {done:,} of {total:,}" if total else "…"
        self.doing.setText(f"{text or 'Beginning'}{of}")
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _finished(self) -> None:
        self.task = None
        if not self._gone:
            self._look.stop()
            self._show_busy(False)
            if self._ready:
                self.before.hide()
                self.again.show()
                # Its buttons are shown in the next turn of the window.
                QTimer.singleShot(0, self.releases, self.releases.take_focus)

    def _done(self, card: ReleaseCard) -> None:
        text = (
            f"Bundle {card.number} is ready. Checked: nothing that you marked can be read in it, "
            f"and nothing else of your files is in it. {card.proposed}"
        )
        self._around.messages.say(text)
        self._around.bus.publish(Changes(frozenset({(REGISTER, self._sitting.entry_id)})))
        if not self._gone:
            # What was left open is no fault of the bundle, and nothing to be glad of either.
            told = self._desk.disclosure.suggestions.told(self._sitting.entry_id)
            self.banner.say(text, "ok" if told.good else "warn")
            self._ready = True

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._around.messages.say(f"Stopped. {_NONE}", tone="info")
            return
        if not isinstance(error, DpdeskError):
            raise error
        if self._gone:
            self._around.messages.say(str(error), tone="danger")
            return
        told = str(error)
        self.banner.say(told if _NONE in told else f"{_NONE} {told}", "danger")
        if isinstance(error, ReleaseRefused):
            self._link_pages(error)

    def _link_pages(self, refused: ReleaseRefused) -> None:
        """A link to each page of the request that failed; cover pages have none."""
        while (old := self._flow.takeAt(0)) is not None:
            widget: Any = old.widget()
            widget.deleteLater()
        whole = len(self._sitting.pages)
        numbers = [page - refused.front for page in refused.pages]
        numbers = [number for number in numbers if 0 < number <= whole][:_MOST_LINKS]
        for number in numbers:
            goes = self._goer(f"page {number}")
            self._flow.addWidget(button(f"Show page {number:,}", role="link", does=goes))
        self.links.setVisible(bool(numbers))


def _drop(layout: Any) -> None:
    while layout is not None and (thing := layout.takeAt(0)) is not None:
        if thing.widget() is not None:
            thing.widget().hide()
            thing.widget().deleteLater()
