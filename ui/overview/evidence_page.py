"""Evidence: what proves each clause of the policy, where proof is lacking, and the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count
from dpdesk.overview.evidence import CategoryProof, ClauseProof
from dpdesk.overview.governance import TITLES
from dpdesk.overview.pack import Pack, PackChoice, PackNames
from ui.kit.look.theme import LARGE, MEDIUM, TINY
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
from ui.kit.register.period_bar import PeriodBar

_RIGHT: Final = 400
_NAMES: Final = {
    PackNames.LEFT_OUT: "No names: references only",
    PackNames.PSEUDONYMS: "Numbers in place of names (pseudonyms)",
    PackNames.INCLUDED: "Names, titles and what was typed",
}


class EvidencePage(LivePage):
    """The page "Evidence" of the assurance tab."""

    help_page = "evidence"
    shows: ClassVar = frozenset(
        {"assets", "people", "training", "requests", "breaches", "notices", "policies", "sharing"}
    )

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(around, parent)
        self.desk, self.door = desk, door
        self.header = PageHeader("Evidence that the policy is followed", " ", self)
        self.body.addWidget(self.header)
        inside = Scrolled(self)
        self.left = QVBoxLayout()
        self.left.setSpacing(MEDIUM)
        side = QWidget(inside)
        side.setLayout(column(self._build_pack(), None))
        side.setFixedWidth(_RIGHT)
        # One bar for both: what stands beside the clauses moves with them.
        both = row(self.left, side, space=LARGE)
        both.setContentsMargins(0, 0, MEDIUM, 0)
        both.setStretch(0, 1)
        inside.setLayout(both)
        self.body.addWidget(scrolling(inside, "Clauses and their proof"), 1)
        on_escape(self, self.around.navigator.back)

    def _build_pack(self) -> QWidget:
        card = Card("A pack for an inspection", parent=self)
        card.add(
            help_words(
                "A folder with this map, extracts of the registers and of the history, papers, an "
                "index, and checksums that anybody can check without dpdesk. Making it is "
                "recorded in the history."
            )
        )
        self.period = PeriodBar(self.around.now, self.around.now().date(), card)
        card.add(self.period)
        card.add(words("About", "label"))
        self.areas: dict[Option, frozenset[str]] = {}
        chips = QWidget(card)
        flow = FlowLayout(chips, TINY)
        for title, keys in self._registers_by_area().items():
            tick = option(title, role="chip")
            tick.setChecked(True)
            self.areas[tick] = keys
            flow.addWidget(tick)
        card.add(chips)
        card.add(words("People in it", "label"))
        self.names: dict[PackNames, QRadioButton] = {}
        one_of = QButtonGroup(card)
        for names, label in _NAMES.items():
            self.names[names] = QRadioButton(label, card)
            one_of.addButton(self.names[names])
            card.add(self.names[names])
        self.names[PackNames.LEFT_OUT].setChecked(True)
        card.add(
            help_words(
                "With numbers, titles and answers are included, each person has the same number "
                "throughout, and you get a separate sheet that says who is who. Keep that sheet "
                "in school."
            )
        )
        self.make = button(
            "Save the pack to a folder",
            "mdi6.folder-check-outline",
            role="primary",
            does=self.save_pack,
        )
        card.add(row(self.make, None))
        return card

    def _registers_by_area(self) -> Mapping[str, frozenset[str]]:
        """The registers of each area; what belongs to none of its own goes with the requests."""
        found: dict[str, set[str]] = {key: set() for key in TITLES}
        for room in self.desk.rooms:
            keys = (service.register.key for service in room.registers)
            found[room.key if room.key in TITLES else "requests"].update(keys)
        return {key.capitalize(): frozenset(keys) for key, keys in found.items()}

    def _scope(self) -> frozenset[str] | None:
        """The registers that are ticked; None for all of them."""
        ticked = [keys for tick, keys in self.areas.items() if tick.isChecked()]
        return None if len(ticked) == len(self.areas) else frozenset().union(*ticked)

    def _people(self) -> PackNames:
        return next(names for names, tick in self.names.items() if tick.isChecked())

    # --- showing -------------------------------------------------------------------------

    def read(self) -> None:
        """Asks every area what it can prove."""
        clauses = self.desk.evidence.clauses()
        gaps = sum(each.gap for each in clauses)
        asking = [each for each in clauses if not each.explains]
        told = f"{count(sum(each.proved for each in asking), 'clause')} of {len(asking)} proved"
        self.header.say(self.header.title.text(), f"{told}, {gaps} without proof yet")
        clear_layout(self.left)
        for category in self.desk.evidence.categories(clauses):
            self.left.addWidget(_card(category, self))
        self.left.addWidget(_explaining(clauses, self))
        self.left.addStretch(1)

    def show_list(self) -> None:
        """Shows the page as it was left."""
        self.reload_when_seen()

    # --- doing ---------------------------------------------------------------------------

    def save_pack(self) -> None:
        """Makes the pack and saves it into a folder of its own."""
        scope = self._scope()
        if scope is not None and not scope:
            self.around.messages.say("Choose what the pack is to be about.", tone="warn")
            return
        folder = self.around.prompter.choose_folder("Where should the pack go?")
        if folder is None:
            return
        first, last = self.period.period
        target = Path(folder) / f"Evidence {first.isoformat()} to {last.isoformat()}"
        if target.exists():
            self.around.messages.say(
                f"There is a folder {target.name} already. Choose another place, or rename it.",
                tone="warn",
            )
            return
        choice = PackChoice(first, last, scope, self._people())
        without = self.desk.packs.left_out(choice)
        if without and not self.around.prompter.confirm(
            f"Make the pack without {count(len(without), 'paper')}? "
            "A person is or may be named there.",
            "Make the pack",
            details="\n".join(without),
        ):
            return
        try:
            pack = self.desk.packs.make(choice)
            for name, content in pack.files.items():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                self.desk.write(target / name, content)
        except (DpdeskError, OSError) as error:
            told = str(error) if isinstance(error, DpdeskError) else "The folder cannot be written."
            self.around.messages.say(told, tone="danger")
            return
        self.around.messages.say(f"{count(len(pack.files), 'file')} saved in {target.name}.")
        if pack.who:
            self.offer_who(pack)

    def offer_who(self, pack: Pack) -> None:
        """Asks where the paper should go that says who is who; it is made only now."""
        self.door.offer(
            lambda: self.desk.packs.who_is_who(pack),
            "Who is who",
            ("Keep it in school. Do not put it in the folder of the pack.",),
        )


def _card(category: CategoryProof, parent: QWidget) -> Card:
    card = Card(category.label, parent=parent)
    for clause in category.lacking:
        card.add(words(f"○  {clause.clause}  {clause.asks}", wraps=True))
        card.add(words(_lacking(clause), "muted", wraps=True))
    for clause in category.proved:
        card.add(words(f"✓  {clause.clause}  {clause.asks}", wraps=True))
        card.add(words(clause.said, "muted", wraps=True))
    for clause in category.resting:
        card.add(words(f"–  {clause.clause}  {clause.asks}", wraps=True))
        card.add(words("Nothing on record: as far as dpdesk knows, it has not arisen.", "muted"))
    if not (category.lacking or category.proved or category.resting):
        card.add(help_words("No clause of the policy covers this.", "muted"))
    return card


def _explaining(clauses: Sequence[ClauseProof], parent: QWidget) -> Card:
    card = Card("Clauses that ask for nothing to be shown", parent=parent)
    for clause in clauses:
        if clause.explains:
            card.add(words(f"{clause.clause}  {clause.explains}", "muted", wraps=True))
    return card


def _lacking(clause: ClauseProof) -> str:
    if clause.proofs:
        return f"Not enough yet: {clause.said}"
    return "No evidence yet."
