"""Returned forms, scanned in one go: each page beside what it seems to say, confirmed by a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dpdesk.consents.form_pile import FormRead
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import Pupil
from dpdesk.consents.rules import Stands
from dpdesk.desk import Desk
from dpdesk.documents.pages import Box
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.registers.entries import Changes
from dpdesk.registers.fields import Field, Kind
from ui.consents.said import what_follows, withdrawn_since
from ui.consents.signed_day import SignedDay
from ui.consents.use_keys import UseKeys
from ui.consents.wish_choice import WishChoice
from ui.kit.look import plain
from ui.kit.look.theme import LARGE, MEDIUM, give_role
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, help_words, row, words
from ui.kit.pieces.empty_state import EmptyState
from ui.kit.pieces.flow import flowing
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.page_picture import PagePicture, Tone
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.inputs_choices import Combo
from ui.kit.register.inputs_dates import DateInput
from ui.kit.register.scan_pile import ScanPile

_TONES: Final[dict[str, Tone]] = {"ticked": "ok", "empty": "muted", "doubtful": "warn"}
_ABOUT: Final = (
    "Scan all forms that came back in one go, in any order and either way up, and drop the file "
    "here. Each page is recognised by its code; you look at it and press Enter."
)


class FormsPage(ScanPile[FormRead], SignedDay):
    """The page "Scanned forms" of the consents tab."""

    key = "consent_scans"
    title = "Scanned forms"
    icon = "mdi6.file-check-outline"
    help_page = "consents"
    begins = "consents"
    asks_for = "Scanned forms"
    kinds_of_file = "Scans (*.pdf *.tif *.tiff *.jpg *.jpeg *.png *.heic)"
    shows: ClassVar = frozenset({"consents", "people", "relationships", "photo_uses"})

    def __init__(
        self, desk: Desk, around: Surroundings, _door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk = desk
        self.roll: Roll | None = None
        self.pile: list[FormRead] = []
        self.at = 0
        self.done = 0
        self.skipped = 0
        self.setAcceptDrops(True)
        self.header = PageHeader(self.title, "", self)
        self.choose_button = button("Choose scans…", "mdi6.folder-open-outline", does=self.choose)
        self.header.add_button(self.choose_button)
        self.body.addWidget(self.header)
        self.banner = Banner(self, closable=False)
        self.body.addWidget(self.banner)
        self.empty = EmptyState(self)
        self.empty.say("mdi6.file-check-outline", _ABOUT, "Choose scans…", self.choose)
        self.body.addWidget(self.empty, 1)
        self.picture = PagePicture(self)
        self.middle = QWidget(self)
        layout = row(self.picture, self._build_form(), space=LARGE)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.middle.setLayout(layout)
        give_role(self.middle, "page")
        self.body.addWidget(self.middle, 1)
        back = QShortcut(QKeySequence("Escape"), self)
        plain.work_inside(back)
        back.activated.connect(around.navigator.back)
        self._show()

    def _build_form(self) -> QWidget:
        card = Card("What does the form say?", parent=self)
        self.who = words("", "heading", wraps=True)
        self.by = Combo(card)
        self.by.setAccessibleName("Signed by")
        asked = Field(Kind.DATE, "Signed on", name="asked_on", past=True)
        self.day = DateInput(asked, self.around.now, card)
        self.wish = WishChoice(card)
        self.uses = UseKeys(card)
        self.uses.finished.connect(self.save)
        self.uses.wished.connect(self.wish.choose)
        self.uses.skipped.connect(self.skip)
        self.save_button = button("Confirm and next", "mdi6.check", role="primary", does=self.save)
        self.skip_button = button("Skip this page", does=self.skip)
        signed, on = self.signed_beside(self.by)
        card.add(self.who)
        card.body.addWidget(self.uses, 1)
        card.add(
            help_words(
                "Enter confirms what is shown. Y yes, N no, space leaves a box open; H the pupil "
                "is happy with it, D does not want it; S skips the page. A box that could not be "
                "read is left open (amber): it is not recorded unless you answer it."
            )
        )
        line, flow = flowing(MEDIUM)
        for each in (signed, on):
            flow.addWidget(each)
        card.add(line)
        card.add(self.wish)
        card.add(row(self.skip_button, None, self.save_button, space=MEDIUM))
        return card

    # --- bringing in ---------------------------------------------------------------------

    def read_file(self, path: Path, progress: Progress) -> Sequence[FormRead]:
        """The forms on the pages of a scan."""
        return self.desk.consents.forms.read(
            path,
            step=lambda done, of: progress.step("Reading forms", done, of),
            cancelled=lambda: progress.cancelled,
        )

    def is_known(self, form: FormRead) -> bool:
        """Is it the form of a pupil of the school?"""
        return bool(form.pupil)

    # --- showing -------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    def take_focus(self) -> None:
        """The keyboard comes to the boxes, or to the button that begins."""
        (self.uses if self._form() is not None else self.empty.action).setFocus()

    def read(self) -> None:
        """Reads the roll afresh; the form that is looked at stays as it is."""
        try:
            self.roll = self.desk.consents.consents.roll()
        except DpdeskError as error:
            self.banner.say(str(error), "danger", [("Try again", self.reload)])
            return
        self.today_at_first(self.desk.consents.consents.today())

    def _form(self) -> FormRead | None:
        return self.pile[self.at] if self.at < len(self.pile) else None

    def _pupil(self) -> Pupil | None:
        form, roll = self._form(), self.roll
        if form is None or roll is None:
            return None
        return next((each for each in roll.pupils if each.id == form.pupil), None)

    def _show(self) -> None:
        form = self._form()
        self.middle.setVisible(form is not None)
        self.empty.setVisible(form is None)
        left = len(self.pile) - self.at
        done = f"{count(self.done, 'form')} confirmed"
        if self.skipped:
            done += f", {count(self.skipped, 'page')} skipped: nothing of them is recorded"
        told = f"{count(left, 'page')} left, {done}." if left else ""
        if not left and (self.done or self.skipped):
            told = f"All done: {done}."
        self.header.say(self.title, told)
        if form is None:
            self.banner.hide()
            self.picture.show_page(None)
            return
        image = QImage.fromData(form.picture)
        frames = [
            (Box(x, y, x + wide, y + high), _TONES[box.said])
            for box in form.boxes.values()
            for x, y, wide, high in [box.place]
        ]
        self.picture.show_page(image, 2.0, frames)
        self._ask(form)

    def _ask(self, form: FormRead) -> None:
        pupil = self._pupil()
        self.usual_again()
        self.by.clear()
        self.uses.clear()
        self.save_button.setEnabled(pupil is not None)
        if pupil is None or self.roll is None:
            go = self.around.navigator
            why = form.why or "This pupil is no longer on the roll."
            self.who.setText(f"{form.file}, page {form.page}")
            enter = [("Enter it by hand", lambda: go.open_page("consent_pile"))]
            self.banner.say(why, "warn", enter)
            return
        self.who.setText(pupil.called)
        for number, name in self.desk.consents.consents.deciders_of(pupil.id):
            self.by.addItem(f"{name} (the pupil)" if number == pupil.id else name, number)
        self.wish.choose(form.wish)
        self.uses.ask(self.roll, pupil.id)
        said = [form.why] if form.why else []
        mend: list[tuple[str, Callable[[], object]]] = []
        proposed = _proposed(form)
        older = _older(self.roll, form, proposed)
        self.uses.propose({**proposed, **dict.fromkeys(older)})
        if older:
            said.append(
                f"{withdrawn_since(self.roll, older)} This form was printed before that, so the "
                "box is left open."
            )
        if not self.by.count():
            said.append("Nobody with parental responsibility is on record for this pupil.")
            self.save_button.setEnabled(False)
            go = self.around.navigator
            mend.append(("Open the pupil’s page", lambda: go.open_entry("people", pupil.id)))
        if form.signed is False:
            said.append("No signature was found, so no box is filled in.")
        if form.wish_unclear:
            self.wish.ask()
            said.append("What the pupil says is not plain: H for happy with it, D for not.")
        doubtful = sum(said == "doubtful" for said in form.uses.values())
        if doubtful:
            boxes = "1 box" if doubtful == 1 else f"{doubtful} boxes"
            said.append(f"{boxes} could not be read clearly.")
        if said:
            self.banner.say(" ".join(said), "warn", mend)
        else:
            self.banner.hide()

    # --- confirming ----------------------------------------------------------------------

    def skip(self) -> None:
        """Leaves this page; nothing of it is recorded."""
        if self._form() is not None:
            self.at += 1
            self.skipped += 1
            self._show()
            self.take_focus()

    def save(self) -> None:
        """Records what is shown, files the scan with it, and goes on."""
        form, pupil, day = self._form(), self._pupil(), self.day.value()
        if form is None or pupil is None or not self.by.count():
            return
        answers = self.uses.answers
        if not answers or self.day.problem() or day is None:
            unsaid = "" if day is not None else "Give the day on which the form was signed."
            said = self.day.problem() or unsaid or "No box is answered: Y for yes, N for no."
            self.around.messages.say(said, tone="warn")
            return
        if self.wish.asks:
            self.around.messages.say(
                "The form does not say plainly what the pupil wants. Look at it and press H (happy "
                "with it) or D (does not want it), or choose below that it is not said.",
                tone="warn",
            )
            return
        if self.asks_day(pupil, answers):
            return
        try:
            changes = self.desk.consents.consents.answer_many(
                [pupil.id],
                answers,
                by_whom={pupil.id: int(self.by.currentData())},
                asked_on=day,
                how="paper",
                versions=form.versions,
                wish=self.wish.wish,
            )
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.done += 1
        self.at += 1
        self._file(changes, form)
        self._show()
        self.around.bus.publish(changes)
        self.around.messages.say(
            f"{pupil.name}: {count(len(answers), 'answer')} recorded."
            f"{what_follows(self.desk, changes, answers.values())}",
            undo=partial(self._take_back, changes),
        )
        self.take_focus()

    def _file(self, changes: Changes, form: FormRead) -> None:
        self.around.tasks.run(
            lambda _progress: self.desk.consents.file_form(changes, form),
            title="Filing the form",
            cancellable=False,
        )

    def _take_back(self, changes: Changes) -> None:
        try:
            self.around.bus.publish(self.desk.consents.consents.take_back(changes))
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.done -= 1
        self.at = max(0, self.at - 1)
        self._show()


def _older(
    roll: Roll, form: FormRead, proposed: Mapping[int, Stands | None]
) -> Mapping[int, dt.date]:
    """Which ticks are on a form that was printed before consent was withdrawn, and since when."""
    given = {use: "given" for use, said in proposed.items() if said is Stands.GIVEN}
    return {
        use: day
        for use, day in roll.taken_back(form.pupil, given).items()
        if form.printed_on is None or form.printed_on <= day
    }


def _proposed(form: FormRead) -> dict[int, Stands | None]:
    """An answer for each box that is plain; none at all on a form that nobody signed."""
    if form.signed is False:
        return {}
    means = {"ticked": Stands.GIVEN, "empty": Stands.REFUSED}
    return {use: means.get(said) for use, said in form.uses.items()}
