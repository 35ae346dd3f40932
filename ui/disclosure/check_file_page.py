"""Check a file that somebody else redacted: drop it, and see what can still be read in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from dpdesk.desk import Desk
from dpdesk.documents.bitmaps import Bitmap
from dpdesk.documents.pages import Box
from dpdesk.errors import DpdeskError, PasswordNeeded
from dpdesk.inspection.found import KINDS, Leak
from dpdesk.inspection.inspector import Inspection
from dpdesk.law.words import LONDON, count
from ui.kit.look import plain
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, give_role
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, PlainPage, column, help_words, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.page_picture import PagePicture, Tone
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.printing import image_of
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.dropped import TakesFiles

_KINDS: Final = (
    "PDF, Office, OpenDocument and pictures "
    "(*.pdf *.docx *.docm *.xlsx *.xlsm *.pptx *.ppsx *.odt *.ods *.odp "
    "*.png *.jpg *.jpeg *.tif *.tiff *.webp *.gif *.bmp *.heic *.heif *.avif)"
)
_LEAK: Final = Qt.ItemDataRole.UserRole
_ABOUT: Final = (
    "Drop a PDF, Word, Excel, PowerPoint or OpenDocument file or a picture here that somebody else "
    "redacted. dpdesk says what can still be read in it: words under bars, earlier versions, "
    "hidden layers, notes and more. Nothing is kept."
)


class CheckFilePage(TakesFiles, AreaPage, PlainPage):
    """The page "Check a redacted file" of the requests tab."""

    key = "check_file"
    title = "Check a redacted file"
    icon = "mdi6.file-search-outline"
    help_page = "check-file"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.around, self.door = desk, around, door
        self.found: Inspection | None = None
        self._pictures: dict[int, Bitmap] = {}
        self.setAcceptDrops(True)
        self.header = PageHeader(
            self.title, "For files redacted in another program, whoever did it.", self
        )
        self.choose_button = button(
            "Choose a file…", "mdi6.folder-open-outline", role="primary", does=self.choose
        )
        self.print_button = button("Print the report", "mdi6.printer-outline", does=self.print_out)
        self.header.add_button(self.print_button)
        self.header.add_button(self.choose_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self, closable=False)
        self.body.addWidget(self.banner)
        self.empty = EmptyState(self)
        self.empty.say("mdi6.file-search-outline", _ABOUT)
        self.body.addWidget(self.empty, 1)
        self.middle = self._build_middle()
        self.body.addWidget(self.middle, 1)
        back = QShortcut(QKeySequence("Escape"), self)
        plain.work_inside(back)
        back.activated.connect(around.navigator.back)
        self._show()

    def _build_middle(self) -> QWidget:
        card = Card("What can still be read", parent=self)
        self.list = QListWidget(card)
        give_role(self.list, "inset")
        self.list.setAccessibleName("What can still be read")
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.currentItemChanged.connect(lambda now, _before: self._show_leak(now))
        self.meaning = help_words("")
        card.body.addWidget(self.list, 1)
        card.add(self.meaning)
        self.picture = PagePicture(self)
        self.no_picture = words("", "muted", wraps=True)
        right = QWidget(self)
        inside = column(self.no_picture, self.picture, space=SMALL)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setStretch(1, 1)
        right.setLayout(inside)
        middle = QWidget(self)
        layout = row(card, right, space=LARGE)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        middle.setLayout(layout)
        give_role(middle, "page")
        return middle

    def take_sub_bar(self, bar: QWidget) -> None:
        """Puts the way to the other pages of the area at the head."""
        self.body.insertLayout(0, row(bar, None))

    def take_focus(self) -> None:
        """The keyboard comes to what was found, or to the button that begins."""
        (self.list if self.list.count() else self.choose_button).setFocus()

    # --- choosing ------------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for a file and checks it."""
        for path in self.around.prompter.choose_files("Check a redacted file", _KINDS)[:1]:
            self.check(path)

    def take_dropped(self, paths: list[Path]) -> None:
        """Checks the first file that was dropped."""
        if len(paths) > 1:
            self.around.messages.say("One file is checked at a time: the first.", tone="info")
        for path in paths[:1]:
            self.check(path)

    def check(self, path: Path, password: str = "") -> None:
        """Looks through a file beside the window."""

        def work(progress: Progress) -> Any:
            found = self.desk.inspector.inspect_file(
                path,
                password=password or None,
                step=lambda done, of: progress.step("Checking the file", done, of),
                cancelled=lambda: progress.cancelled,
            )
            return found, self.desk.inspector.pictures(found)

        self.choose_button.setEnabled(False)
        self.around.tasks.run(
            work,
            title="Checking the file",
            on_success=lambda answer: self._arrived(*answer),
            on_error=lambda fault: self._failed(path, fault),
            on_finished=lambda: self.choose_button.setEnabled(True),
        )

    def _failed(self, path: Path, fault: BaseException) -> None:
        if isinstance(fault, PasswordNeeded):
            given = self.around.prompter.ask_password(fault.sentence)
            if given:
                self.check(path, given)
            return
        if not isinstance(fault, DpdeskError):
            raise fault
        self.found = None
        self._show()
        self.banner.say(str(fault), "danger")

    # --- showing -------------------------------------------------------------------------

    def _arrived(self, found: Inspection, pictures: dict[int, Bitmap]) -> None:
        self.found, self._pictures = found, pictures
        self._show()
        self.take_focus()

    def _show(self) -> None:
        found = self.found
        self.print_button.setEnabled(found is not None)
        self.list.clear()
        self.picture.show_page(None)
        self.middle.setVisible(found is not None and not found.clean)
        self.empty.setVisible(found is None or found.clean)
        if found is None:
            self.banner.hide()
            return
        if found.clean:
            self.banner.say(
                f"{found.name}: nothing was found that can still be read. dpdesk cannot know what "
                "should have been redacted, so read the pages too.",
                "ok",
            )
            return
        many = count(len(found.leaks), "finding")
        self.banner.say(f"{found.name}: {many}. Do not hand this file out.", "danger")
        for leak in found.leaks:
            said = leak.text or leak.what
            line = QListWidgetItem(f"{found.where(leak)}: {leak.title}\n{said}", self.list)
            line.setData(_LEAK, leak)
        self.list.setCurrentRow(0)

    def _show_leak(self, line: QListWidgetItem | None) -> None:
        leak: Leak | None = line.data(_LEAK) if line is not None else None
        drawn = self._pictures.get(leak.page) if leak is not None else None
        if leak is None or drawn is None:
            self.picture.show_page(None)
        else:
            frames: list[tuple[Box, Tone]] = [(box, "danger") for box in leak.boxes]
            self.picture.show_page(image_of(drawn), drawn.scale, frames)
        self.meaning.setText("" if leak is None else f"{leak.what} {KINDS[leak.kind].meaning}")
        told = ""
        if leak is not None and drawn is None:
            told = "This is not on a page that can be pictured."
        elif leak is not None and not leak.boxes:
            told = "It has no place on the page that could be framed."
        self.no_picture.setText(told)
        self.no_picture.setVisible(bool(told))

    def print_out(self) -> None:
        """Prints or saves the report."""
        found = self.found
        if found is None:
            return
        day = self.around.now().astimezone(LONDON).date()
        made = self.desk.inspection_report(found, self._pictures, day)
        self.door.offer(lambda: made.content, "Report on a redacted file")
