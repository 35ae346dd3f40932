"""Forms that came back: the picture beside what was read, mended by a person, and logged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.words import count
from dpdesk.registers.entries import Saved
from dpdesk.registers.fields import Field, Kind
from dpdesk.requests.form_service import ReturnedForm
from ui.kit.look.theme import LARGE, MEDIUM, give_role
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, column, help_words, row, scrolling, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.page_picture import PagePicture
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.prompts import folder_called
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.inputs import GrowingText
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.scan_pile import ScanPile

_ABOUT: Final = (
    "Drop a form that came back here: a PDF filled in on a computer, a Word file, or a scan. Each "
    "is known by its code; you compare what was read with the picture and log the request."
)
_PLAIN: Final = ("subject", "requester", "requester_contact")


class ReturnedFormsPage(ScanPile[ReturnedForm], LivePage):
    """The page "Returned forms" of the requests tab."""

    key = "returned_forms"
    title = "Returned forms"
    icon = "mdi6.file-import-outline"
    help_page = "forms"
    begins = "requests"
    asks_for = "Returned forms"
    kinds_of_file = "Forms (*.pdf *.docx *.tif *.tiff *.jpg *.jpeg *.png *.heic)"
    shows: ClassVar = frozenset({"requests"})

    def __init__(
        self, desk: Desk, around: Surroundings, _door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk = desk
        self.register = desk.requests.requests.register
        self.pile: list[ReturnedForm] = []
        self.at = self.done = 0
        self.setAcceptDrops(True)
        self.header = PageHeader(self.title, "", self)
        self.make_button = button(
            "Save blank forms…",
            "mdi6.file-document-edit-outline",
            does=self.save_blank,
            hint="To ask, to complain, and to withdraw consent: as PDF and for Word",
        )
        self.choose_button = button("Choose files…", "mdi6.folder-open-outline", does=self.choose)
        self.header.add_button(self.make_button)
        self.header.add_button(self.choose_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self, closable=False)
        self.body.addWidget(self.banner)
        self.empty = EmptyState(self)
        self.empty.say("mdi6.file-import-outline", _ABOUT, "Choose files…", self.choose)
        self.body.addWidget(self.empty, 1)
        self.picture = PagePicture(self)
        self.middle = QWidget(self)
        answers = scrolling(self._build_form(), "What the form says")
        # Always in sight, however far the answers were scrolled.
        self.skip_button = button("Skip this form", does=self.skip)
        self.save_button = button("Log this request", "mdi6.check", role="primary", does=self.save)
        right = column(answers, row(self.skip_button, None, self.save_button), space=MEDIUM)
        right.setStretch(0, 1)
        layout = row(self.picture, right, space=LARGE)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.middle.setLayout(layout)
        give_role(self.middle, "page")
        self.body.addWidget(self.middle, 1)
        on_escape(self, around.navigator.back)
        self._show()

    def _build_form(self) -> QWidget:
        card = Card("What does the form say?", parent=self)
        self.choices: dict[str, Combo] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._add_choice(card, "kind")
        for name in _PLAIN:
            if name == "requester":
                self._add_choice(card, "relationship")
            field = self.register.field(name)
            self.lines[name] = line = QLineEdit(card)
            self._add(card, field.label, line)
        asked = self.register.field("asked")
        self.asked = GrowingText(card)
        self._add(card, asked.label, self.asked)
        received = Field(Kind.DATE, "Received on", name="received", past=True)
        self.day = DateInput(received, self.around.now, card)
        label = words("Received on", "label")
        label.setBuddy(self.day.line)
        card.add(row(label, self.day, None, space=MEDIUM))
        card.add(help_words("Nothing is recorded before you press the button.", "muted"))
        return card

    def _add(self, card: Card, text: str, box: QWidget) -> None:
        label = words(text, "label", wraps=True)
        label.setBuddy(box)
        box.setAccessibleName(text)
        card.add(label)
        card.add(box)

    def _add_choice(self, card: Card, name: str) -> None:
        field = self.register.field(name)
        self.choices[name] = combo = Combo(card)
        combo.addItem("Not said", None)
        for choice in field.choices:
            combo.addItem(choice.label, choice.code)
        self._add(card, field.label, combo)

    # --- bringing in ---------------------------------------------------------------------

    def read_file(self, path: Path, progress: Progress) -> Sequence[ReturnedForm]:
        """The forms in a file."""
        return self.desk.requests.forms.read(path, cancelled=lambda: progress.cancelled)

    def is_known(self, form: ReturnedForm) -> bool:
        """Is it one of the school's own forms?"""
        return bool(form.form)

    def save_blank(self) -> None:
        """Makes every form, with codes of their own, into a folder."""
        folder: Path | None = self.around.prompter.choose_folder("Where should the forms go?")
        if folder is None:
            return
        try:
            made = self.desk.requests.forms.files()
            there = [name for name in made if (folder / name).exists()]
            if there and not self.around.prompter.confirm(
                f"Replace {count(len(there), 'file')} in that folder?", "Replace"
            ):
                return
            for name, content in made.items():
                self.desk.write(folder / name, content)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.around.messages.say(f"{count(len(made), 'file')} saved in {folder_called(folder)}.")

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the first answer, or to the button that begins."""
        (self.choices["kind"] if self._form() is not None else self.empty.action).setFocus()

    def read(self) -> None:
        """A form that arrived today was received today, unless somebody says otherwise."""
        if self.day.value() is None:
            self.day.set_value(self.desk.requests.requests.today())

    def _form(self) -> ReturnedForm | None:
        return self.pile[self.at] if self.at < len(self.pile) else None

    def _show(self) -> None:
        form = self._form()
        self.middle.setVisible(form is not None)
        self.empty.setVisible(form is None)
        left = len(self.pile) - self.at
        told = f"{count(left, 'form')} left, {self.done} logged." if left else ""
        if not left and self.done:
            told = f"All done: {count(self.done, 'request')} logged."
        self.header.say(self.title, told)
        self.banner.hide()
        if form is None:
            self.picture.show_page(None)
            return
        self.picture.show_page(QImage.fromData(form.picture), 2.0, [])
        said = form.answers
        for name, combo in self.choices.items():
            combo.setCurrentIndex(max(0, combo.findData(said.get(name))))
        for name, line in self.lines.items():
            line.setText(str(said.get(name) or ""))
        self.asked.setPlainText(str(said.get("asked") or said.get("use") or ""))
        if form.why:
            self.banner.say(form.why, "warn" if not form.form else "info")

    # --- logging -------------------------------------------------------------------------

    def skip(self) -> None:
        """Leaves this form; nothing of it is recorded."""
        if self._form() is not None:
            self.at += 1
            self._show()
            self.take_focus()

    def save(self) -> None:
        """Logs the request as it is shown, files the form with it, and goes on."""
        form, day = self._form(), self.day.value()
        if form is None:
            return
        if self.day.problem() or day is None:
            self.around.messages.say(self.day.problem() or "Say when it arrived.", tone="warn")
            return
        answers: dict[str, Any] = {"channel": "request_form", **form.answers, "received": day}
        answers |= {name: combo.currentData() for name, combo in self.choices.items()}
        answers |= {name: line.text().strip() or None for name, line in self.lines.items()}
        answers["asked"] = self.asked.toPlainText().strip() or None
        self.around.tasks.run(
            lambda _progress: self._logged(form, answers),
            title="Logging the request",
            cancellable=False,
            on_success=self._went,
        )

    def _logged(self, form: ReturnedForm, answers: dict[str, Any]) -> Saved | str:
        try:
            return self.desk.requests.forms.log(form, answers)
        except InvalidEntry as error:
            return " ".join(error.problems.values())
        except DpdeskError as error:
            return str(error)

    def _went(self, saved: Saved | str) -> None:
        if isinstance(saved, str):
            self.banner.say(saved, "danger")
            return
        self.at += 1
        self.done += 1
        self._show()
        self.around.bus.publish(saved.changes)
        number = saved.entry.id
        self.banner.say(
            f"{saved.entry.reference} is logged, with the form.",
            "ok",
            [("Open it", lambda: self.around.navigator.open_entry("requests", number))],
        )
        self.take_focus()
