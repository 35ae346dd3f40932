"""The documents of an entry: dropped or chosen, read beside the window, shown as a tree.

Files are read in a process of its own; the window never waits. The order is that of the bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from dpdesk.documents.piles import (
    Given,
    spread_out,
)
from dpdesk.documents.service import DocumentCard, DocumentService
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes, Entry
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import clear_layout, help_words, row, words
from ui.kit.pieces.prompts import saved_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.document_dialog import DocumentDialog
from ui.kit.register.documents_adding import DocumentsAdding
from ui.kit.register.documents_tree import DocumentsTree
from ui.kit.register.dropped import files, is_loose, loose
from ui.kit.register.outcomes import draw_outcomes
from ui.kit.register.rail import RailPanel

KINDS = (
    "Documents (*.pdf *.eml *.msg *.oft *.pst *.ost *.mbox *.zip *.ics *.vcf *.docx *.docm *.doc "
    "*.rtf *.odt *.xlsx *.xlsm *.xls *.ods *.csv *.pptx *.odp *.html *.htm *.jpg *.jpeg *.png "
    "*.tif *.tiff *.heic *.heif *.bmp *.gif *.webp *.txt);;All files (*)"
)
_FEW_WARNINGS = 3
"""Documents whose remarks are all shown; of more, those of the document that is chosen."""

_LOOK = 150
"""Milliseconds between two looks at how far the reading is."""


class DocumentsPanel(RailPanel):
    """A card that takes files and folders for one entry.

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
        self.notes_of: Callable[[int], Mapping[int, str]] = lambda _entry: {}
        """What else to say of each document of an entry, by its number."""
        self._documents = documents
        self._around = around
        self._settle = settle
        self.adding = DocumentsAdding(documents, around, self)
        self.adding.changed.connect(self._changed)
        self.adding.working.connect(self._again)
        self._all_outcomes = False
        self._doing: QLabel | None = None
        self._look = QTimer(self, interval=_LOOK)
        self._look.timeout.connect(self._show_progress)
        self.setAcceptDrops(True)
        self.head.addWidget(
            icon_button("Add documents", "mdi6.file-plus-outline", does=self.choose_files)
        )
        self.tree = DocumentsTree(self.menu_of)
        self.more = icon_button(
            "More about the chosen document", "mdi6.dots-horizontal", does=self.tree.menu_at
        )
        self.head.addWidget(self.more)
        self.tree.chosen.connect(self._show_remarks)
        self.tree.documents.dropped.connect(self._move)
        self._remarks = QVBoxLayout()
        self.add(self.tree)
        self.add(self._remarks)
        self._foot = QVBoxLayout()
        self.add(self._foot)

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry) -> None:
        """Shows the documents of an entry, and what became of the files added to it last."""
        if self.entry is not None and self.entry.id != entry.id:
            self._all_outcomes = False
        super().show_entry(entry)

    def draw(self, entry: Entry) -> None:
        """The documents, and what became of the files added last."""
        self._doing = None
        clear_layout(self._foot)
        self.setVisible(bool(entry.id))
        if not entry.id:
            self.tree.hide()
            self.more.hide()
            return
        if self.adding.task is not None and self.adding.entry_id == entry.id:
            self._look.start()
            self.inside.addWidget(self._draw_progress())
        draw_outcomes(
            self.adding.outcomes,
            self.inside,
            self._put_away,
            self._show_all,
            whole=self._all_outcomes,
        )
        cards = self._documents.of_entry(entry.register.key, entry.id)
        self.tree.setVisible(bool(cards))
        self.tree.show_cards(cards, self.notes_of(entry.id) if cards else {})
        self._show_remarks(self.tree.now())
        if not cards:
            self.say(
                "Drag files or folders here: messages, PDF, photographs, scans, text. The "
                "originals are kept untouched."
            )
        links = [button("Add documents", role="link", does=self.choose_files)]
        links.append(button("Add a folder", role="link", does=self.choose_folder))
        self._foot.addLayout(row(*links, None))
        if sum(bool(card.dated) for card in cards) > 1:
            by_date = button("Put in order of date", role="link", does=self._by_date)
            self._foot.addLayout(row(by_date, None))

    def _show_remarks(self, chosen: DocumentCard | None) -> None:
        """What is worth knowing: of every document, or of the chosen one where there are many."""
        clear_layout(self._remarks)
        self.more.setVisible(bool(self.tree.documents.cards))
        self.more.setEnabled(chosen is not None)
        cards = [card for card in self.tree.documents.cards if card.warnings]
        if len(cards) > _FEW_WARNINGS:
            cards = [chosen] if chosen is not None and chosen.warnings else []
        for card in cards:
            if len(self.tree.documents.cards) > 1:
                number = self.tree.documents.number(card)
                self._remarks.addWidget(words(f"Document {number}", "strong"))
            for warning in card.warnings:
                self._remarks.addWidget(help_words(warning))

    def _draw_progress(self) -> QWidget:
        """What is being read now; how far it is, and Cancel, stand at the foot of the window."""
        self._doing = words("", "muted", wraps=True)
        self._show_progress()
        return self._doing

    def _show_progress(self) -> None:
        if self.adding.task is None:
            self._look.stop()
        if self.adding.task is None or self._doing is None:
            return
        text, *_ = self.adding.task.progress.latest()
        self._doing.setText(text or "Waiting for other work to finish")

    def _put_away(self) -> None:
        self.adding.outcomes = ()
        self._again()

    def _show_all(self) -> None:
        self._all_outcomes = True
        self._again()

    def _again(self) -> None:
        if self.entry is not None:
            self.show_entry(self.entry)

    def menu_of(self, card: DocumentCard) -> QMenu:
        """What can be done with a document."""
        menu = QMenu(self)
        place, like = self.tree.documents.like(card)
        menu.addAction("Save the original…", partial(self._save, card))
        menu.addAction("Title, date and sender…", partial(self._describe, card))
        if place:
            menu.addAction("Move up", partial(self._move, card.id, place - 1))
        if place < like - 1:
            menu.addAction("Move down", partial(self._move, card.id, place + 1))
        menu.addAction("Remove from this entry…", partial(self._remove, card))
        return menu

    # --- adding --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped on a saved entry."""
        dropped = event.mimeData()
        if self.entry is not None and self.entry.id and (files(dropped) or is_loose(dropped)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what was dropped."""
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

    def choose_folder(self) -> None:
        """Asks for a folder and adds all that is in it."""
        chosen = self._around.prompter.choose_folder("Add a folder", reading=True)
        if chosen is not None:
            self.add_files([chosen])

    def add_files(self, given: Sequence[Given]) -> None:
        """Adds files, and all files of folders; each that fails costs only itself."""
        if self.entry is not None and self.entry.id:
            self.adding.run(self.entry, lambda: spread_out(given), ())

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
        self._around.messages.say(saved_as(target))

    def _describe(self, card: DocumentCard) -> None:
        dialog = DocumentDialog(self._documents, card, self._around.now, self.window())
        dialog.accepted.connect(self._described)
        dialog.open()

    def _described(self) -> None:
        if self.entry is not None:
            self._changed(self.entry)

    def _move(self, document_id: int, place: int) -> None:
        self._documents.move(document_id, place)
        if self.entry is not None:
            self._changed(self.entry)

    def _by_date(self) -> None:
        entry = self.entry
        if entry is None:
            return
        owner = (entry.register.key, entry.id)
        before = [card.id for card in self._documents.of_entry(*owner)]

        def back() -> None:
            self._documents.arrange(*owner, before)
            self._changed(entry)

        self._documents.arrange(*owner, self._documents.by_date(*owner))
        self._around.messages.say("Put in order of date.", undo=back)
        self._changed(entry)

    def _remove(self, card: DocumentCard) -> None:
        held = len(self.tree.documents.inside(card))
        also = f" What came inside it ({count(held, 'document')}) goes with it." if held else ""
        why = self._around.prompter.ask_words(
            "Why are you removing this document?",
            details=f"It stays in the vault and in the history, with its marks.{also}",
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
