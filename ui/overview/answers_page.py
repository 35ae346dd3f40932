"""What do I do if …? The cards, found in ordinary words, each with a few questions."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import long_date
from dpdesk.overview import guidance
from dpdesk.overview.guidance import GuidanceAnswer, GuidanceCard, GuidanceQuestion
from dpdesk.registers.wording import SCHOOL_TIME, freeze
from ui.kit.look.theme import LARGE, MEDIUM, SMALL, give_role, set_role
from ui.kit.pieces.announcing import announce
from ui.kit.pieces.buttons import Option, button, option
from ui.kit.pieces.cards import (
    Card,
    Scrolled,
    clear_layout,
    column,
    help_words,
    row,
    scrolling,
    words,
)
from ui.kit.pieces.flow import FlowLayout
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.live_page import LivePage
from ui.kit.pieces.page_header import PageHeader
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings

_KEY: Final = Qt.ItemDataRole.UserRole
_LEFT: Final = 380
_MOST: Final = 5
_PAGES: Final = {
    "photo_check": "Can we use this photo?",
    "consent_matrix": "Who agreed",
    "taken_out": "Taken out",
    "reports": "Reports",
    "settings/ico_fee": "Settings, ICO fee",
}


class AnswersPage(LivePage):
    """The page "What do I do if …?"; ``show_section`` opens the card of that key."""

    help_page = "answers"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.card: GuidanceCard | None = None
        self.chosen: list[GuidanceAnswer | None] = []
        self.options: list[list[Option]] = []
        self._thens: list[QLabel] = []
        header = PageHeader("What do I do if …?", f"The law as at {long_date(guidance.as_at())}")
        self.print_all = button(
            "Print all cards", "mdi6.printer-outline", does=self.print_every_card
        )
        header.add_button(self.print_all)
        self.body.addWidget(header)
        inside = Scrolled(self)
        self.right = QVBoxLayout(inside)
        self.right.setContentsMargins(0, 0, MEDIUM, 0)
        self.right.setSpacing(MEDIUM)
        both = row(self._build_left(), scrolling(inside, "What to do"), space=LARGE)
        both.setStretch(1, 1)
        self.body.addLayout(both, 1)
        on_escape(self, self.around.navigator.back)
        self.look_for("")

    def _build_left(self) -> QWidget:
        left = QWidget(self)
        left.setFixedWidth(_LEFT)
        self.question = QLineEdit(left)
        set_role(self.question, "search")
        self.question.setAccessibleName("Your question in your own words")
        self.question.setPlaceholderText("Your question in your own words")
        self.question.setClearButtonEnabled(True)
        self.question.textChanged.connect(self.look_for)
        self.question.returnPressed.connect(self._to_card)
        self.none = help_words(
            "There is no card for that. Try other words, or ask your adviser.", "muted"
        )
        self.list = QListWidget(left)
        give_role(self.list, "inset")
        self.list.setAccessibleName("Questions with an answer")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._picked)
        left.setLayout(column(self.question, self.none, self.list, space=SMALL))
        return left

    # --- finding -------------------------------------------------------------------------

    def look_for(self, asked: str) -> None:
        """Lists the cards that answer, the best first; all of them where nothing is asked."""
        found = guidance.ask(asked, _MOST) if asked.strip() else guidance.cards()
        self.list.blockSignals(True)
        self.list.clear()
        for each in found:
            line = QListWidgetItem(each.question)
            line.setData(_KEY, each.key)
            self.list.addItem(line)
        self.list.blockSignals(False)
        self.none.setVisible(not found)
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentRow(0)
            self.show_card(found[0])
            if asked.strip():
                announce(self.question, f"{len(found)} found. First: {found[0].question}")

    def _picked(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self.show_card(guidance.card(line.data(_KEY)))

    def _to_card(self) -> None:
        if self.list.count():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing a card ------------------------------------------------------------------

    def show_card(self, card: GuidanceCard) -> None:
        """Shows what to do, with nothing answered yet."""
        if card == self.card:
            return
        self.card = card
        self.chosen = [None] * len(card.decide)
        self.options, self._thens = [], []
        clear_layout(self.right)
        made = Card(card.question, parent=self)
        for number, asked in enumerate(card.decide):
            made.add(self._ask(number, asked))
        made.add(words("What to do", "strong"))
        for step in card.steps:
            made.add(help_words(f"•  {step}", ""))
        made.add(help_words(card.source, "muted"))
        self.go = button(
            self._go_words(card), "mdi6.arrow-right", role="primary", does=self.open_page
        )
        self.print_card = button(
            "Print this card", "mdi6.printer-outline", does=self.print_this_card
        )
        made.add(row(self.go, self.print_card, None, space=MEDIUM))
        self.right.addWidget(made)
        self.right.addStretch(1)

    def _ask(self, number: int, asked: GuidanceQuestion) -> QWidget:
        box = QWidget(self)
        then = help_words("", "")
        then.hide()
        choices = QWidget(box)
        flow = FlowLayout(choices)
        buttons = []
        for answer in asked.answers:
            each = option(
                answer.say,
                role="chip",
                one_of=True,
                picked=partial(self._turned, number, answer),
            )
            each.setAccessibleDescription(asked.ask)
            buttons.append(each)
            flow.addWidget(each)
        self.options.append(buttons)
        self._thens.append(then)
        box.setLayout(column(words(asked.ask, "strong"), choices, then))
        return box

    def _turned(self, number: int, answer: GuidanceAnswer, _on: bool) -> None:
        self.choose(number, answer)

    def choose(self, number: int, answer: GuidanceAnswer) -> None:
        """Answers one of the questions of the card."""
        self.chosen[number] = answer
        then = self._thens[number]
        then.setText(f"→  {answer.then}")
        then.show()
        announce(self, answer.then)

    def _go_words(self, card: GuidanceCard) -> str:
        service = self.desk.registers.get(card.opens)
        if service is None:
            return f"Open “{_PAGES.get(card.opens, card.opens)}”"
        if card.fills:
            register = service.register
            return register.first_step or f"New {register.entry}"
        return f"Open “{service.register.title}”"

    # --- doing ---------------------------------------------------------------------------

    def open_page(self) -> None:
        """Opens the page that helps, with what was answered filled in."""
        card = self.card
        if card is None:
            return
        service = self.desk.registers.get(card.opens)
        values = card.filled(self.chosen, self.around.now(), self._today())
        if service is None or not values:
            page, _, section = card.opens.partition("/")
            more = {"section": section} if section else {}
            self.around.navigator.open_page(page, **more)
            return
        register, drafts = service.register, self.desk.drafts
        begun = drafts.find(register.key, 0)
        if begun is not None and begun.answers:
            self.around.navigator.open_kept(register.key)
            self.around.messages.say(
                f"You had begun a new {register.entry} before. Finish or discard it first: "
                "nothing was filled in.",
                tone="warn",
            )
            return
        answers = {
            name: text
            for name, value in values.items()
            if (text := freeze(register.field(name), value)) is not None
        }
        drafts.keep(register.key, 0, 0, answers)
        self.around.navigator.open_kept(register.key)
        self.around.messages.say("What you answered is filled in. It is not saved yet.")

    def _today(self) -> dt.date:
        return self.around.now().astimezone(SCHOOL_TIME).date()

    def print_this_card(self) -> None:
        """One page for the staff room."""
        from dpdesk.papers.leaflet import leaflet_pdf

        if self.card is not None:
            made = guidance.leaflet(self.card, self._today())
            self.door.offer(lambda: leaflet_pdf(made).content, _file_name(self.card.question))

    def print_every_card(self) -> None:
        """All cards, each on a page of its own."""
        from dpdesk.papers.leaflet import leaflets_pdf

        name = "Answers for the staff room"
        made = [guidance.leaflet(each, self._today()) for each in guidance.cards()]
        self.door.offer(lambda: leaflets_pdf(name, made).content, name)

    # --- the page ------------------------------------------------------------------------

    def read(self) -> None:
        """The cards are files of the program: nothing is read from the workspace."""

    def show_section(self, section: str) -> None:
        """Shows a card by its key."""
        self.question.clear()
        for number in range(self.list.count()):
            if self.list.item(number).data(_KEY) == section:
                self.list.setCurrentRow(number)

    def take_focus(self) -> None:
        """The keyboard comes to the question."""
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)


def _file_name(question: str) -> str:
    """A question as the name of a file: without signs that no system takes."""
    return "".join(sign for sign in question if sign not in '?:/\\*"<>|').strip()
