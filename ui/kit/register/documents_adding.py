"""Adds files to an entry beside the window, asks for passwords, and keeps what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from dpdesk.documents.cards import DocumentCard
from dpdesk.documents.mail_heads import MailHead
from dpdesk.documents.mailboxes import OpenMailbox
from dpdesk.documents.piles import PiledFile, PileOutcome, add_pile, outlook_mailboxes, summary
from dpdesk.documents.service import DocumentService, Taken
from dpdesk.errors import DpdeskError, PasswordNeeded
from dpdesk.registers.entries import Entry
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task
from ui.kit.register.mailbox_dialog import MailboxDialog

LOCKED = "This file is locked with another password."
"""Said of a file on which the password of another was tried."""


class _Locked(NamedTuple):
    """A locked file inside a document, and the password that somebody typed for it."""

    card: int
    name: str
    password: str


class DocumentsAdding(QObject):
    """The adding for one panel.

    ``changed`` carries an entry whose documents changed; ``working`` says that work began or ended.
    """

    changed = Signal(object)
    working = Signal()

    def __init__(self, documents: DocumentService, around: Surroundings, panel: QWidget) -> None:
        super().__init__(panel)
        self._documents = documents
        self._around = around
        self._panel = panel
        self._running = 0
        self._asking = False
        """Whether files of the same pile wait for their password."""
        self.task: Task | None = None
        """What is being added now."""
        self.entry_id = 0
        """The entry that it is added to."""
        self.outcomes: tuple[PileOutcome, ...] = ()
        """What became of the files that were added last."""
        self.told_of = 0
        """The entry that those were added to."""

    def run(
        self,
        entry: Entry,
        found: Callable[[], Sequence[PiledFile]],
        passwords: Sequence[str],
        *,
        tried: PiledFile | None = None,
    ) -> None:
        """Adds files to an entry; ``found`` says which, on the thread of the work.

        ``tried`` is the file that the passwords were typed for.
        """
        owner = (entry.register.key, entry.id)

        def work(progress: Progress) -> tuple[list[PileOutcome], list[OpenMailbox]]:
            progress.step("Checking what is there")
            files, boxes = outlook_mailboxes(found())
            outcomes = list(
                add_pile(
                    self._documents,
                    owner,
                    files,
                    progress.step,
                    cancelled=lambda: progress.cancelled,
                    passwords=passwords,
                )
            )
            opened: list[OpenMailbox] = []
            for box in boxes:
                try:
                    opened.append(OpenMailbox(Path(str(box.given))))
                except DpdeskError as error:
                    outcomes.append(PileOutcome(box, sentence=str(error)))
            return outcomes, opened

        self._start(entry, work, partial(self._added, entry, tried=tried))

    def _start(
        self,
        entry: Entry,
        work: Callable[[Progress], Any],
        on_success: Callable[[Any], object],
    ) -> None:
        self.task = self._around.tasks.run(
            work,
            title="Adding documents",
            on_success=on_success,
            on_error=self._failed,
            on_finished=self._ended,
        )
        self._running += 1
        self.entry_id = entry.id
        self.working.emit()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, DpdeskError):
            raise error
        self._around.messages.say(str(error), tone="danger")

    def _ended(self) -> None:
        self._running -= 1
        if self._running:
            return
        self.task = None
        self.working.emit()

    def _added(
        self,
        entry: Entry,
        found: tuple[list[PileOutcome], list[OpenMailbox]],
        tried: PiledFile | None = None,
    ) -> None:
        outcomes, boxes = found
        if outcomes:
            self._tell(entry, outcomes, tried)
        for box in boxes:
            if not self._around.prompter.may_ask():
                box.close()
                continue
            dialog = MailboxDialog(
                box, self._around, partial(self._take_messages, entry), self._panel.window()
            )
            dialog.open()

    def _take_messages(self, entry: Entry, mailbox: OpenMailbox, heads: Sequence[MailHead]) -> None:
        """Adds the messages that were chosen from a mailbox."""
        owner, chosen = (entry.register.key, entry.id), mailbox.chosen(heads)
        file = PiledFile(Path(mailbox.name))

        def work(progress: Progress) -> tuple[list[PileOutcome], list[OpenMailbox]]:
            with mailbox:
                try:
                    taken = self._documents.take_messages(
                        *owner,
                        chosen,
                        progress=partial(progress.step, f"Adding messages of {mailbox.name}"),
                        cancelled=lambda: progress.cancelled,
                    )
                except DpdeskError as error:
                    return [PileOutcome(file, sentence=str(error))], []
            return [PileOutcome(file, taken.documents, taken.left_out, taken.stopped)], []

        self._start(entry, work, partial(self._added, entry))

    def _tell(self, entry: Entry, outcomes: list[PileOutcome], tried: PiledFile | None) -> None:
        """Shows what was added, and only then asks about the rest."""
        locked = [outcome for outcome in outcomes if outcome.locked]
        settled = [outcome for outcome in outcomes if not outcome.locked]
        if not self._asking or self.told_of != entry.id:
            self.outcomes = ()
        self._asking = bool(locked)
        self._settle(entry, settled)
        inside = [
            (outcome, card, name) for outcome in settled for card, name in outcome.locked_inside()
        ]
        if locked or inside:
            # Once the work that found them has ended, so that nothing seems to be going on.
            QTimer.singleShot(0, self, lambda: self._ask(entry, locked, inside, tried))

    def _settle(self, entry: Entry, settled: Sequence[PileOutcome]) -> None:
        """Keeps what became of files, and says what became of all of them."""
        self.outcomes = (*self.outcomes, *settled)
        self.told_of = entry.id
        if settled:
            bad = any((o.sentence and not o.twice) or o.left_out for o in self.outcomes)
            more = ": see Documents" if bad else ""
            tone = "warn" if bad else "ok"
            self._around.messages.say(f"{summary(self.outcomes)}{more}.", tone=tone)
        self.changed.emit(entry)

    def _ask(
        self,
        entry: Entry,
        locked: Sequence[PileOutcome],
        inside: Sequence[tuple[PileOutcome, DocumentCard, str]],
        tried: PiledFile | None,
    ) -> None:
        """Asks for passwords. What is typed for one file is tried on all that are still locked."""
        for at, first in enumerate(locked):
            # It is only wrong for the file that it was typed for.
            said = first.sentence if tried in {None, first.file} else LOCKED
            password = self._around.prompter.ask_password(
                f"The password of {first.file.name}?", details=said
            )
            if password:
                files = [outcome.file for outcome in locked[at:]]
                found = partial(list[PiledFile], files)
                self.run(entry, found, [password] * len(files), tried=first.file)
                break
            self._asking = at + 1 < len(locked)
            self._settle(entry, [replace(first, sentence=said)])
        typed = [
            _Locked(card.id, name, password)
            for outcome, card, name in inside
            if (password := self._password(f"{name} in {card.name}", outcome))
        ]
        if typed:
            self._open_inside(entry, typed)

    def _open_inside(self, entry: Entry, locked: list[_Locked]) -> None:
        """Opens locked files inside those that were added."""

        def work(progress: Progress) -> list[tuple[_Locked, Taken | DpdeskError]]:
            found: list[tuple[_Locked, Taken | DpdeskError]] = []
            for number, each in enumerate(locked):
                progress.step("Opening locked files", number, len(locked))
                try:
                    found.append((each, self._documents.open_inside(*each)))
                except DpdeskError as error:
                    found.append((each, error))
            return found

        self._around.tasks.run(
            work,
            title="Opening locked files",
            on_success=partial(self._inside_opened, entry),
            on_error=self._failed,
        )

    def _inside_opened(
        self, entry: Entry, found: list[tuple[_Locked, Taken | DpdeskError]]
    ) -> None:
        again = []
        for each, what in found:
            if isinstance(what, PasswordNeeded):
                password = self._around.prompter.ask_password(
                    f"The password of {each.name}?", details=str(what)
                )
                if password:
                    again.append(each._replace(password=password))
            elif isinstance(what, DpdeskError):
                self._around.messages.say(str(what), tone="danger")
            else:
                self.outcomes = tuple(o.opened(each.name, what.documents) for o in self.outcomes)
        self.changed.emit(entry)
        if again:
            self._open_inside(entry, again)

    def _password(self, name: str, outcome: PileOutcome) -> str | None:
        return self._around.prompter.ask_password(
            f"The password of {name}?", details=outcome.sentence
        )
