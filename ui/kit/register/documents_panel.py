"""The documents of an entry: drop files here, see what became of each, take one off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from dpdesk.documents.service import DocumentCard, DocumentService
from dpdesk.errors import Cancelled, DpdeskError, PasswordNeeded, StepDone, UnreadableFile
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Entry
from ui.kit.look.icons import IconLabel
from ui.kit.look.theme import TINY
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import column, row, words
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress, Task
from ui.kit.register.dropped import Loose, files, is_loose, loose
from ui.kit.register.rail import RailPanel

KINDS = (
    "Documents (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.heif *.bmp *.gif *.webp *.txt);;"
    "All files (*)"
)
_SHORT = 24
"""Letters of a file name that the rail has room for."""

_LOOK = 150
"""Milliseconds between two looks at how far the reading is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one file: added, or a sentence why not."""

    path: Path | Loose
    document: DocumentCard | None = None
    sentence: str = ""
    locked: bool = False
    """It opens only with a password."""


class DocumentsPanel(RailPanel):
    """A card that takes files for one entry.

    ``settle`` is called with the number of the entry after its documents changed, and says what
    else changed by it.
    """

    def __init__(
        self,
        documents: DocumentService,
        around: Surroundings,
        settle: Callable[[int], Changes],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Documents", parent)
        self._documents = documents
        self._around = around
        self._settle = settle
        self.outcomes: tuple[Outcome, ...] = ()
        """What became of the files that were added last."""
        self._task: Task | None = None
        self._running = 0
        self._adding = 0
        self._doing: QLabel | None = None
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)
        self.setAcceptDrops(True)
        self.head.addWidget(
            icon_button("Add documents", "mdi6.file-plus-outline", does=self.choose_files)
        )

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry) -> None:
        """Shows the documents of an entry; what became of files is forgotten on another one."""
        if self.entry is not None and self.entry.id != entry.id:
            self.outcomes = ()
        super().show_entry(entry)

    def draw(self, entry: Entry) -> None:
        """One line for each document, and what became of the files added last."""
        self._doing = None
        self.setVisible(bool(entry.id))
        if not entry.id:
            return
        if self._task is not None and self._adding == entry.id:
            self.inside.addWidget(self._draw_progress())
        self._draw_outcomes()
        cards = self._documents.of_entry(entry.register.key, entry.id)
        for place, card in enumerate(cards):
            self.inside.addLayout(self._line(place, card, len(cards)))
            for warning in card.warnings:
                self.say(warning)
        if not cards:
            self.say(
                "Drag files here: PDF, photographs, scans, text. The originals are kept untouched."
            )
        self.inside.addLayout(
            row(button("Add documents", role="link", does=self.choose_files), None)
        )

    def _draw_progress(self) -> QWidget:
        """What is being read now; how far it is, and Cancel, stand at the foot of the window."""
        self._doing = words("", "muted", wraps=True)
        self._show_progress()
        return self._doing

    def _show_progress(self) -> None:
        if self._task is None or self._doing is None:
            return
        text, *_ = self._task.progress.latest()
        self._doing.setText(text or "Waiting for other work to finish")

    def _draw_outcomes(self) -> None:
        """What became of the files added last; one that went well needs no list."""
        if not any(outcome.document is None for outcome in self.outcomes) and (
            len(self.outcomes) < 2
        ):
            return
        away = icon_button("Close this list", "mdi6.close", does=self._put_away)
        title = f"What happened to your {count(len(self.outcomes), 'file')}"
        self.inside.addLayout(row(words(title, "strong", wraps=True), None, away))
        for outcome in self.outcomes:
            good = outcome.document is not None
            sign = IconLabel(
                "mdi6.check-circle-outline" if good else "mdi6.alert-circle-outline",
                "ok" if good else "danger",
            )
            name = FileName(outcome.path.name)
            line = row(sign, name)
            line.setStretchFactor(name, 1)
            self.inside.addLayout(line)
            if outcome.document is not None:
                self.say(f"Added, {count(outcome.document.pages, 'page')}.")
            else:
                self.say(f"Not added. {outcome.sentence}", "error")

    def _put_away(self) -> None:
        self.outcomes = ()
        if self.entry is not None:
            self.show_entry(self.entry)

    def _line(self, place: int, card: DocumentCard, total: int) -> Any:
        name = FileName(card.name, f"{place + 1}. ")
        more = icon_button(f"More about {card.name}", "mdi6.dots-horizontal")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addAction("Save the original…", partial(self._save, card))
        menu.addAction("Title in the bundle…", partial(self._entitle, card))
        if place:
            menu.addAction("Move up", partial(self._move, card, place - 1))
        if place < total - 1:
            menu.addAction("Move down", partial(self._move, card, place + 1))
        menu.addAction("Remove from this entry…", partial(self._remove, card))
        more.setMenu(menu)
        under = " · ".join(filter(None, (count(card.pages, "page"), card.title)))
        said = column(name, words(under, "muted", wraps=True), space=TINY)
        line = row(said, more)
        line.setStretchFactor(said, 1)
        return line

    # --- adding --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on a saved entry."""
        dropped = event.mimeData()
        if self.entry is not None and self.entry.id and (files(dropped) or is_loose(dropped)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the files that were dropped."""
        dropped = event.mimeData()
        given = files(dropped) or loose(dropped)
        if given:
            event.acceptProposedAction()
            self.add_files(given)

    def choose_files(self) -> None:
        """Asks for files and adds them."""
        chosen = self._around.prompter.choose_files("Add documents", KINDS, several=True)
        if chosen:
            self.add_files(chosen)

    def add_files(
        self, paths: Sequence[Path | Loose], passwords: Sequence[str | None] = ()
    ) -> None:
        """Adds files one after the other; each that fails costs only itself."""
        entry = self.entry
        if entry is None or not entry.id:
            return
        tried = list(passwords) or [None] * len(paths)
        self._task = self._around.tasks.run(
            lambda progress: self._read(entry, list(zip(paths, tried, strict=True)), progress),
            title="Adding documents",
            on_success=partial(self._added, entry),
            on_finished=partial(self._ended, entry),
        )
        self._running += 1
        self._adding = entry.id
        self._look.start()
        self.show_entry(entry)

    def _ended(self, entry: Entry) -> None:
        self._running -= 1
        if self._running:
            return
        self._look.stop()
        self._task = None
        if self.entry is not None and self.entry.id == entry.id:
            self.show_entry(self.entry)

    def _read(
        self, entry: Entry, files: list[tuple[Path | Loose, str | None]], progress: Progress
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for number, (path, password) in enumerate(files, 1):
            of = f" ({number} of {len(files)})" if len(files) > 1 else ""
            said = f"Adding {_short(path.name)}{of}"
            try:
                progress.step(said, number - 1, len(files))
                card = self._add(entry, path, password, partial(progress.step, said), progress)
            except Cancelled:
                left = [path for path, _ in files[number - 1 :]]
                outcomes += [Outcome(path, sentence="Adding was stopped.") for path in left]
                break
            except PasswordNeeded as error:
                outcomes.append(Outcome(path, sentence=str(error), locked=True))
            except DpdeskError as error:
                outcomes.append(Outcome(path, sentence=str(error)))
            else:
                outcomes.append(Outcome(path, card))
        return outcomes

    def _add(
        self,
        entry: Entry,
        given: Path | Loose,
        password: str | None,
        step: StepDone,
        progress: Progress,
    ) -> DocumentCard:
        owner = (entry.register.key, entry.id)
        if isinstance(given, Loose):
            if given.content is None:
                raise UnreadableFile(
                    "The program you dragged this from did not pass the file on.",
                    "Save it in a folder first, then add it from there.",
                )
            return self._documents.add(
                *owner,
                given.name,
                given.content,
                password=password,
                progress=step,
                cancelled=lambda: progress.cancelled,
            )
        return self._documents.add_file(
            *owner, given, password=password, progress=step, cancelled=lambda: progress.cancelled
        )

    def _added(self, entry: Entry, outcomes: list[Outcome]) -> None:
        settled: list[Outcome] = []
        again: list[tuple[Path | Loose, str]] = []
        for outcome in outcomes:
            password = self._password(outcome) if outcome.locked else None
            if password:
                again.append((outcome.path, password))
            else:
                settled.append(outcome)
        kept = self.outcomes if again or any(o.locked for o in outcomes) else ()
        self.outcomes = (*kept, *settled)
        good = sum(outcome.document is not None for outcome in outcomes)
        bad = len(settled) - good
        if settled:
            text = f"{count(good, 'document')} added"
            self._around.messages.say(
                f"{text}; {bad} could not be added: see Documents." if bad else f"{text}.",
                tone="warn" if bad else "ok",
            )
        self._changed(entry)
        if again:
            self.add_files([path for path, _ in again], [password for _, password in again])

    def _password(self, outcome: Outcome) -> str | None:
        return self._around.prompter.ask_password(
            f"The password of {outcome.path.name}?", details=outcome.sentence
        )

    # --- changing ------------------------------------------------------------------------

    def _changed(self, entry: Entry) -> None:
        try:
            changes = self._settle(entry.id)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        if self.entry is not None and self.entry.id == entry.id:
            self.show_entry(self.entry)
        self._around.bus.publish(changes)

    def _save(self, card: DocumentCard) -> None:
        target = self._around.prompter.save_file("Save the original", card.name)
        if target is None:
            return
        try:
            self._documents.save_original(card.id, target)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        self._around.messages.say(f"Saved as {target.name}.")

    def _entitle(self, card: DocumentCard) -> None:
        title = self._around.prompter.ask_words(
            "What should this document be called in the bundle’s list of contents?",
            details="The requester sees it after the number, for example “School report, autumn "
            "2025”. Do not include anyone else’s name. Leave it empty to show only the number.",
            given=card.title,
        )
        if title is None or self.entry is None:
            return
        try:
            self._documents.entitle(card.id, title)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        self._changed(self.entry)

    def _move(self, card: DocumentCard, place: int) -> None:
        self._documents.move(card.id, place)
        if self.entry is not None:
            self._changed(self.entry)

    def _remove(self, card: DocumentCard) -> None:
        why = self._around.prompter.ask_words(
            "Why are you removing this document?",
            details="It stays in the vault and in the history, with its marks.",
        )
        if why is None or self.entry is None:
            return
        entry = self.entry

        def back() -> None:
            self._documents.restore(card.id)
            self._changed(entry)

        self._documents.remove(card.id, why)
        self._around.messages.say("Document removed.", undo=back)
        self._changed(entry)


class FileName(QLabel):
    """The name of a file, shortened in its middle only where there is no room for it."""

    def __init__(self, name: str, before: str = "") -> None:
        super().__init__()
        self._name, self._before = name, before
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"{before}{name}")
        self.setToolTip(name)
        self.setAccessibleName(f"{before}{name}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as fits; the end tells what kind of file it is."""
        super().resizeEvent(event)
        whole = f"{self._before}{self._name}"
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(whole, middle, self.width()))


def _short(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 12]}…{name[-11:]}"
