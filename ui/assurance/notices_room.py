"""Privacy notices: what the registers say otherwise by now, approving, and handing out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.assurance.notice_service import NoticeService
from dpdesk.assurance.notice_writing import differing
from dpdesk.desk import Desk
from dpdesk.law.words import short_date
from dpdesk.registers.entries import Changes, Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom


class ChangedPanel(Card):
    """The sentences that the registers say otherwise; hidden where there are none."""

    taken = Signal()

    def __init__(self, notices: NoticeService) -> None:
        super().__init__("The registers changed")
        self._notices = notices
        self._lines = column()
        self.add(self._lines)
        self.take = button(
            "Take these over",
            "mdi6.update",
            role="primary",
            does=self.taken.emit,
            hint="Puts the new sentences in and takes the old ones out; other words stay",
        )
        self.add(self.take)

    def show_entry(self, entry: Entry) -> None:
        """Shows what changed for this notice."""
        clear_layout(self._lines)
        found = self._notices.changes(entry.id) if entry.id else ()
        for change in found:
            heading = self._notices.register.field(change.block).label
            self._lines.addWidget(words(heading, "label"))
            for gone in change.gone:
                self._lines.addWidget(words(f"− {gone}", "muted", wraps=True))
            for fresh in change.fresh:
                self._lines.addWidget(words(f"+ {fresh}", wraps=True))
            if len(change.gone) == len(change.fresh) == 1:
                self._tell(change.gone[0], change.fresh[0])
        self.setVisible(bool(found))

    def _tell(self, gone: str, fresh: str) -> None:
        """Which words of a long sentence are new, and which went."""
        for head, said in (("Out", differing(gone, fresh)), ("New", differing(fresh, gone))):
            if said:
                self._lines.addWidget(words(f"{head}: {said}", "label", wraps=True))


class HandOutPanel(Card):
    """Approve it, print it, save it for Word or the website; and the versions that were kept."""

    approve_asked = Signal()
    out = Signal(str)
    edition_asked = Signal(int)

    def __init__(self, notices: NoticeService) -> None:
        super().__init__("Approve and publish")
        self._notices = notices
        self.ease = help_words("")
        self.add(self.ease)
        self.approve = button(
            "Approve", "mdi6.check-decagram-outline", role="primary", does=self.approve_asked.emit
        )
        self.add(self.approve)
        ways = (("Print or PDF", "pdf"), ("Save for Word", "docx"), ("Save as web page", "html"))
        self.ways = [
            button(title, "mdi6.export-variant", does=partial(self.out.emit, kind))
            for title, kind in ways
        ]
        for way in self.ways:
            self.add(way)
        self._editions = column()
        self.add(self._editions)

    def show_entry(self, entry: Entry) -> None:
        """How easy it is to read, and the versions that were approved."""
        self.setVisible(bool(entry.id))
        clear_layout(self._editions)
        if not entry.id:
            return
        ease = self._notices.paper(entry).ease()
        self.ease.setText(ease.said if ease is not None else "")
        for kept in self._notices.editions(entry.id):
            title = f"Version {kept.number}, {short_date(kept.made_at)}"
            self._editions.addWidget(
                button(title, role="link", does=partial(self.edition_asked.emit, kept.id))
            )


class NoticesRoom(RegisterRoom):
    """The page "Privacy notices"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.notices = desk.assurance.notices
        super().__init__(desk, self.notices, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """What changed, and what can be done with it."""
        self.changed = ChangedPanel(self.notices)
        self.changed.taken.connect(self.take_over)
        self.hand_out = HandOutPanel(self.notices)
        self.hand_out.approve_asked.connect(self.approve)
        self.hand_out.out.connect(self.save_as)
        self.hand_out.edition_asked.connect(self.show_edition)
        return [self.changed, self.hand_out]

    def follow(self, entry: Entry) -> None:
        """Reads both panels afresh."""
        self.changed.show_entry(entry)
        self.hand_out.show_entry(entry)

    def take_over(self) -> None:
        """Puts what the registers say now into the notice."""
        entry = self._saved()
        if entry is not None:
            self.attempt(
                lambda: self._done(self.notices.take_over(entry.id, entry.version).changes, "Done.")
            )

    def approve(self) -> None:
        """Asks who approves it, and keeps it as it is."""
        entry = self._saved()
        if entry is None:
            return
        by = self.around.prompter.ask_words(
            "Who approves this notice?",
            details="It is kept as it is now, for good.",
            given=self.desk.school.particulars().dpo_name,
        )
        if by:
            self.attempt(
                lambda: self._done(
                    self.notices.approve(entry.id, entry.version, by).changes,
                    "Approved, and kept as it is now.",
                )
            )

    def save_as(self, kind: str) -> None:
        """Prints it, or saves it in one of its three shapes."""
        entry = self._saved()
        if entry is None:
            return
        paper = self.notices.paper(entry)
        if kind == "docx":
            self.door.save(paper.word(), f"{entry.title}.docx", "Word document (*.docx)")
        elif kind == "html":
            self.door.save(paper.page(), f"{entry.title}.html", "Web page (*.html)")
        else:
            self.door.offer(lambda: paper.printed().content, entry.title)

    def show_edition(self, paper_id: int) -> None:
        """An approved version, as it was."""
        self.door.offer(lambda: self.notices.edition(paper_id), self.page.entry.title)

    def _saved(self) -> Entry | None:
        """The notice as it is saved; None where something typed could not be saved."""
        return self.page.entry if self.page.save() and self.page.entry.id else None

    def _done(self, changes: Changes, said: str) -> None:
        self.around.bus.publish(changes)
        self.say(said)
