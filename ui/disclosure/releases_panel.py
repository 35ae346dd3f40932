"""The releases of a request, and what can be handed out of each. A release never changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.law import words as said
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.print_jobs import begun, choose_printer
from ui.kit.pieces.printing import print_pages
from ui.kit.pieces.prompts import folder_called, saved_as
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.rail import RailPanel

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.released import ReleaseCard

Chooser = Callable[[QWidget | None, str, int], Any]
"""Asks for a printer: parent, title, number of pages; None where the user stepped back."""
LEAST_PASSWORD: Final = 10
"""Fewest letters of a password that is to protect a bundle on its way."""
_KINDS: Final = "PDF (*.pdf)"
_NAMES: Final = {
    "bundle": "bundle",
    "schedule": "list of what was removed",
    "sealed": "list for the school only, do not send",
    "full_copy": "full copy, do not send",
}
_LOOKS: Final = {
    "Covering letter": ("email-outline", "Goes with the bundle: you see and change it first"),
    "Record the handover": (
        "hand-extended-outline",
        "How and when it was handed over, and to whom",
    ),
}
"""Icon and tool tip of the buttons of a release that are no menus."""
_REQUESTER: Final = {
    "Save all of it in a folder": "Save the bundle, the list and the letter in a folder…",
    "Save with password": "Save the bundle with a password, for e-mail…",
    "Print": "Print the bundle…",
    "Save bundle": "Save the bundle alone…",
    "List of what was removed": "Save the list of what was removed…",
}
"""What goes to the requester: the words in the menu, by what they do."""
_BY_PHONE: Final = "Give the password by telephone or in person, never in the e-mail with the file."


def system_printer(parent: QWidget | None, title: str, pages: int) -> Any:
    """The print dialog of the system."""
    return choose_printer(parent, title, pages)


def _file_name(reference: str, card: ReleaseCard, part: str) -> str:
    """What a part of a bundle is called as a file: the reference, which bundle, which part."""
    called = f"{reference} bundle {card.number}"
    return f"{called}.pdf" if part == "bundle" else f"{called} {_NAMES[part]}.pdf"


class ReleasesPanel(RailPanel):
    """Releases with their papers: save, save with a password, print, note the handover.

    Stands in the rail of a request and in the workbench; reads itself afresh when the request
    changes. ``chooser`` asks for a printer.
    """

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        entry_id: int = 0,
        *,
        chooser: Chooser = system_printer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Bundles", parent)
        self._desk, self._around, self._chooser = desk, around, chooser
        self._entry_id = entry_id
        self.offers: dict[str, Callable[[], object]] = {}
        """What the buttons of the newest release do, by their words."""
        around.bus.changed.connect(self._changed)
        if entry_id:
            self.refresh()

    def show_entry(self, entry: Any) -> None:
        """Shows the releases of a request."""
        self.entry = entry
        self._entry_id = entry.id
        self.refresh()

    def refresh(self) -> None:
        """Reads the releases afresh."""
        self.clear()
        self.draw(self.entry)

    def take_focus(self) -> None:
        """The keyboard comes to what can be done with the newest release."""
        # Those of the drawing before live on until the next turn of the window.
        first = next((made for made in self.findChildren(QPushButton) if made.isVisible()), None)
        if first is not None:
            first.setFocus()

    def _changed(self, changes: Any) -> None:
        if ("requests", self._entry_id) in changes.entries:
            self.refresh()

    def draw(self, _entry: Any) -> None:
        """The newest release first; nothing at all where there is none."""
        cards = self._desk.disclosure.releases.of_request(self._entry_id) if self._entry_id else ()
        self.setVisible(bool(cards))
        self.offers = {}
        for card in reversed(cards):
            self._draw_release(card, newest=card is cards[-1])
        if cards:
            self.say("A finished bundle never changes. To correct something, build a new one.")

    def _draw_release(self, card: ReleaseCard, *, newest: bool) -> None:
        self.inside.addWidget(words(f"Bundle {card.number}", "strong"))
        self.say(
            f"{said.long_moment(card.made_at)}, {card.made_by}. "
            f"{said.count(card.pages, 'page')}, {card.removed}."
        )
        if card.proposed:
            self.say(f"Suggestions: {card.proposed}")
        room, flow = flowing()
        actions: dict[str, Callable[[], object]] = {
            "Save all of it in a folder": partial(self.save_all, card),
            "Save with password": partial(self.save_locked, card),
            "Print": partial(self.print_bundle, card),
            "Save bundle": partial(self.save, card, "bundle"),
            "List of what was removed": partial(self.save, card, "schedule"),
            "Covering letter": self.write_letter,
            "Record the handover": self.go_to_answer,
        }
        actions |= {name: partial(self._if_settled, actions[name]) for name in _REQUESTER}
        given = {_REQUESTER[name]: actions[name] for name in _REQUESTER}
        flow.addWidget(self._menu(card, "For the requester", "mdi6.account-arrow-right", given))
        for name, (icon, hint) in _LOOKS.items():
            made = button(name, f"mdi6.{icon}", does=actions[name], hint=hint)
            made.setAccessibleName(f"{name}, bundle {card.number}")
            flow.addWidget(made)
        kept: dict[str, Callable[[], object]] = {
            "Save the list for the school only…": partial(self.save, card, "sealed"),
            "Save the full, unredacted copy…": partial(self.save, card, "full_copy"),
        }
        flow.addWidget(self._menu(card, "For the school", "mdi6.safe-square-outline", kept))
        self.inside.addWidget(room)
        if newest:
            self.offers = actions
            self.say(
                "The list for the school only has the words that were removed too, by whom and "
                "why. Never send it."
            )
        self._draw_details(card)

    def _menu(
        self, card: ReleaseCard, name: str, icon: str, actions: dict[str, Callable[[], object]]
    ) -> QPushButton:
        """A button with what it offers; what goes out and what stays never share one."""
        made = button(name, icon)
        made.setAccessibleName(f"{name}, bundle {card.number}")
        menu = QMenu(made)
        for words_, does in actions.items():
            menu.addAction(words_, does)
        made.setMenu(menu)
        return made

    def _draw_details(self, card: ReleaseCard) -> None:
        """The checksum, for the few who compare it."""
        blocks = " ".join(card.sha256[at : at + 8] for at in range(0, len(card.sha256), 8))
        checksum = words(f"SHA-256 of the bundle: {blocks}", "help", wraps=True)
        checksum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        checksum.hide()
        details = button("Details", role="link")
        details.setAccessibleName(f"Details of bundle {card.number}")
        details.clicked.connect(lambda: checksum.setVisible(checksum.isHidden()))
        self.inside.addLayout(row(details, None))
        self.inside.addWidget(checksum)

    # --- handing out ---------------------------------------------------------------------

    def _if_settled(self, gives: Callable[[], object]) -> None:
        """Gives it to the user for the requester; not while it is open who asks and may ask."""
        requests = self._desk.requests.requests
        problem = requests.handover_problem(requests.load(self._entry_id))
        if problem:
            self._around.messages.say(problem, tone="danger")
        else:
            gives()

    def _target(self, card: ReleaseCard, part: str) -> Path | None:
        reference = self._desk.requests.requests.load(self._entry_id).reference
        name = _file_name(reference, card, part)
        return self._around.prompter.save_file(f"Save the {_NAMES[part]}", name, _KINDS)

    def save(self, card: ReleaseCard, part: str) -> None:
        """Saves a part of a release where the user chooses."""
        target = self._target(card, part)
        if target is not None:
            self._write(card, part, target, "", saved_as(target))

    def save_all(self, card: ReleaseCard) -> None:
        """Saves what goes to the requester in one folder: the bundle, the list, and the letter.

        A letter with a gap is left out, and that is said.
        """
        folder = self._around.prompter.choose_folder("Save what goes to the requester in")
        if folder is None:
            return
        entry = self._desk.requests.requests.load(self._entry_id)
        letter = self._desk.requests.letters.write("response", entry)
        parts = {
            part: folder / _file_name(entry.reference, card, part)
            for part in ("bundle", "schedule")
        }
        there = [path.name for path in parts.values() if path.exists()]
        if there and not self._around.prompter.confirm(
            "Replace the files that are there?", "Replace", details="\n".join(there)
        ):
            return

        def work(_progress: Progress) -> None:
            for part, target in parts.items():
                self._desk.disclosure.releases.save(card.id, part, target, "")
            if not letter.missing:
                target = folder / f"{entry.reference} covering letter.pdf"
                self._desk.write(target, letter.content)

        told = f"Saved in {folder_called(folder)}: the bundle, the list"
        told += " and the letter." if not letter.missing else "."
        if letter.missing:
            told += " The letter has gaps, so it is not there: fill them in first."
        tone = "warn" if letter.missing else "ok"
        self._run(
            work,
            "Saving",
            lambda _done: self._around.messages.say(told, tone=tone),
            cancellable=False,
        )

    def save_locked(self, card: ReleaseCard) -> None:
        """Saves the bundle so that it opens with a password only."""
        prompter = self._around.prompter
        password = prompter.ask_password(
            "A password for this copy of the bundle",
            details=f"At least {LEAST_PASSWORD} letters or figures. {_BY_PHONE}",
        )
        if password is None:
            return
        if len(password) < LEAST_PASSWORD:
            text = f"The password needs at least {LEAST_PASSWORD} letters. Nothing was saved."
            self._around.messages.say(text, tone="warn")
            return
        if prompter.ask_password("Type the password again") != password:
            text = "The two passwords do not match. Nothing was saved."
            self._around.messages.say(text, tone="warn")
            return
        target = self._target(card, "bundle")
        if target is not None:
            self._write(card, "bundle", target, password, f"{saved_as(target)} {_BY_PHONE}")

    def _write(self, card: ReleaseCard, part: str, target: Path, password: str, told: str) -> None:
        self._run(
            lambda _progress: self._desk.disclosure.releases.save(card.id, part, target, password),
            "Saving",
            lambda _done: self._around.messages.say(told),
            cancellable=False,
        )

    def print_bundle(self, card: ReleaseCard) -> None:
        """Prints the bundle through the dialog of the system."""
        title = f"Bundle {card.number}"
        pages = self._pages(card)
        try:
            printer = self._chooser(self.window(), title, pages)
            job = begun(printer, title) if printer is not None else None
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        if job is None:
            return

        def work(progress: Progress) -> int:
            content = self._desk.disclosure.releases.content(card.id)
            return print_pages(content, pages, job, partial(progress.step, "Printing"))

        self._run(
            work,
            "Printing",
            lambda done: self._around.messages.say(f"{said.count(done, 'page')} printed."),
        )

    def _pages(self, card: ReleaseCard) -> int:
        import pypdfium2  # loaded only when something is printed

        document = pypdfium2.PdfDocument(self._desk.disclosure.releases.content(card.id))
        try:
            return len(document)
        finally:
            document.close()

    def write_letter(self) -> None:
        """Goes to the letter that goes with the bundle."""
        self._around.navigator.open_entry("requests", self._entry_id, "letter:response")

    def go_to_answer(self) -> None:
        """Goes to where the letters are, and where a handover is noted."""
        self._around.navigator.open_entry("requests", self._entry_id, "respond")

    def _run(
        self,
        work: Callable[[Progress], object],
        title: str,
        then: Callable[[Any], object],
        *,
        cancellable: bool = True,
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, Cancelled):
                return
            if not isinstance(error, DpdeskError):
                raise error
            self._around.messages.say(str(error), tone="danger")

        self._around.tasks.run(
            work, title=title, on_success=then, on_error=failed, cancellable=cancellable
        )
