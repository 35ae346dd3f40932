"""A form made from the description of a register: cards of questions, asked when they apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.registers.fields import Field, Register, Section
from ui.kit.look.theme import MEDIUM
from ui.kit.pieces.cards import Card
from ui.kit.register.form_row import Doors, FormRow
from ui.kit.register.in_sight import InSight, area_of
from ui.kit.register.inputs_links import LinkInput

WIDE: Final = 820
"""From this width on the cards stand in two columns."""


class CardColumns(QWidget):
    """Cards below each other, in two columns where there is room.

    The left column is filled first, so that the keyboard goes down it before it goes right.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        self._two = False
        self._dealt: list[QWidget] = []
        """What was dealt out last."""
        self._columns = (QVBoxLayout(), QVBoxLayout())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        for column in self._columns:
            column.setSpacing(MEDIUM)
            column.addStretch(1)
            layout.addLayout(column, 1)

    def add(self, card: QWidget) -> None:
        """Adds a card at the end; ``arrange`` gives it its place once all are there."""
        # From here on it belongs to the form, also while no column has room for it.
        if card.parent() is not self:
            card.setParent(self)
        self._cards.append(card)

    def arrange(self, *, still: bool = False) -> None:
        """Deals the cards out anew, after some were shown or hidden.

        ``still``: where they are the same as before, each stays in its column, although one may
        have grown. Whoever answers a question would not find it again on the other side.
        """
        if still and self._dealt == [card for card in self._cards if not card.isHidden()]:
            return
        for card in self._cards:
            for column in self._columns:
                # Not takeAt: what that leaves behind keeps the card's changes of size from
                # reaching the column it stands in next.
                column.removeWidget(card)
        shown = [card for card in self._cards if not card.isHidden()]
        split = self._split(shown) if self._two else len(shown)
        self._dealt = shown
        for place, card in enumerate(shown):
            column = self._columns[0 if place < split else 1]
            column.insertWidget(column.count() - 1, card)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setSpacing(MEDIUM if split < len(shown) else 0)
        layout.setStretch(1, 1 if split < len(shown) else 0)

    @staticmethod
    def _split(cards: list[QWidget]) -> int:
        """How many cards stand left, so that both columns end at about the same height."""
        heights = [card.sizeHint().height() for card in cards]
        if len(heights) < 2:
            return len(heights)
        return min(
            range(1, len(heights)),
            key=lambda n: max(sum(heights[:n]), sum(heights[n:])),
        )

    def minimumSizeHint(self) -> QSize:
        """No wider than the widest card, so that two columns can always become one."""
        size = super().minimumSizeHint()
        shown = [card for card in self._cards if not card.isHidden()]
        widths = [card.minimumSizeHint().width() for card in shown]
        return QSize(max(widths, default=0), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turns to one or two columns."""
        super().resizeEvent(event)
        two = self.width() >= WIDE
        if two != self._two:
            self._two = two
            self.arrange()


class Form(QWidget):
    """The questions of a register, or of some of its sections.

    ``changed`` fires at each change by the user, ``dirty_changed`` when there is something to
    save or no longer, ``open_asked`` (register, number) when a linked entry is to be shown,
    ``left`` when the keyboard leaves a question, ``stage_moved`` when the way to a question led
    to another stage ("" for all).
    """

    changed = Signal()
    dirty_changed = Signal(bool)
    open_asked = Signal(str, int)
    left = Signal()
    stage_moved = Signal(str)

    def __init__(
        self,
        register: Register,
        doors: Doors,
        *,
        sections: Iterable[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.register = register
        self.rows: dict[str, FormRow] = {}
        self._cards: dict[str, Card] = {}
        self._asked_in: dict[str, list[FormRow]] = {}
        self._furnished = False
        self._stages: dict[str, str] = {}
        self._stage = ""
        self._only: frozenset[str] = frozenset()
        self._left_out: frozenset[str] = frozenset()
        self._rest: dict[str, Any] = {}
        self._clean: dict[str, Any] = {}
        self._dirty = False
        self._silent = False
        self._tried = False
        # From the outside in: each time a finished tree is put into another, Qt goes through all
        # of it again for letters and colours.
        self.columns = CardColumns(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)
        self._build(doors, None if sections is None else set(sections))
        key = QShortcut(QKeySequence("Ctrl+I"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._why)
        self.set_values({})

    def _build(self, doors: Doors, wanted: set[str] | None) -> None:
        known = {section.key for section in self.register.sections}
        sections = list(self.register.sections)
        if any(field.section not in known for field in self.register.fields):
            title = "Further answers" if sections else ""
            sections.append(Section("", title))
        for section in sections:
            fields = [
                field
                for field in self.register.fields
                if (field.section if field.section in known else "") == section.key
            ]
            if fields and (wanted is None or section.key in wanted):
                self._add_card(section, fields, doors)

    def _add_card(self, section: Section, fields: list[Field], doors: Doors) -> None:
        card = Card(section.title, section.help, self.columns)
        labels = [field.label for field in self.register.fields]
        for field in fields:
            made = FormRow(field, doors, card)
            if labels.count(field.label) > 1 and section.title:
                made.called = f"{section.title}: {field.label}"
            made.furnished.connect(lambda held, name=field.name: self._row_furnished(name, held))
            self.rows[field.name] = made
            card.add(made)
        self._asked_in[section.key] = [self.rows[field.name] for field in fields]
        self._cards[section.key] = card
        self._stages[section.key] = section.stage
        self.columns.add(card)

    def _row_furnished(self, name: str, held: Any) -> None:
        made = self.rows[name]
        self._furnished = True
        made.input.changed.connect(lambda: self._row_changed(name))
        made.input.left.connect(lambda: self._row_left(name))
        if isinstance(made.input, LinkInput):
            made.input.open_asked.connect(self.open_asked)
        if self._clean.get(name) == held:
            # What is saved is unchanged, in whatever way the input gives it back.
            self._clean[name] = made.snapshot()

    def showEvent(self, event: QShowEvent) -> None:
        """Questions that were drawn just now are as high as they are only now."""
        super().showEvent(event)
        if self._furnished:
            self._furnished = False
            self.columns.arrange()

    def card(self, section: str) -> Card | None:
        """The card of a section, for a room that adds something of its own to it."""
        return self._cards.get(section)

    # --- answers -------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """The answers by field name; what cannot be read is left out (see ``problems``)."""
        answers = dict(self._rest)
        for name, made in self.rows.items():
            answers[name] = made.value()
        return answers

    def set_values(
        self, values: Mapping[str, Any], *, clean: bool = True, still: bool = False
    ) -> None:
        """Shows answers. ``clean`` says that they are those that are saved.

        ``still``: they are of the same entry as before, whose cards stay where they are.
        """
        self._silent = True
        self._rest = {name: value for name, value in values.items() if name not in self.rows}
        for name, made in self.rows.items():
            made.set_value(values.get(name))
            made.show_error("")
        self._silent = False
        self._tried = False
        self._ask()
        self.columns.arrange(still=still)
        if clean:
            self.mark_clean()
        else:
            self._check_dirty()

    def problems(self) -> dict[str, str]:
        """A sentence for each question that is asked and whose typing cannot be read."""
        return {
            name: sentence
            for name, made in self.rows.items()
            if not made.isHidden() and (sentence := made.unreadable())
        }

    def typed(self) -> dict[str, str]:
        """What is typed and cannot be read, by field name; kept as typed in drafts."""
        return {name: text for name, made in self.rows.items() if (text := made.typed())}

    def _snapshot(self) -> dict[str, Any]:
        return {name: made.snapshot() for name, made in self.rows.items()}

    @property
    def dirty(self) -> bool:
        """Does anything differ from what is saved?"""
        return self._dirty

    def mark_clean(self) -> None:
        """What stands here now is what is saved."""
        self._clean = self._snapshot()
        self._check_dirty()

    def _check_dirty(self) -> None:
        dirty = self._snapshot() != self._clean
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    # --- asking --------------------------------------------------------------------------

    def _row_changed(self, name: str) -> None:
        if self._silent:
            return
        made = self.rows[name]
        if made.wrong:
            # From the first complaint on it is checked at every key, so that it goes away.
            made.show_error(made.unreadable())
        self._ask()
        self._check_dirty()
        self.changed.emit()

    def _row_left(self, name: str) -> None:
        made = self.rows[name]
        sentence = made.unreadable()
        if sentence or not made.wrong:
            made.show_error(sentence)
        self._ask()
        self._check_dirty()
        self.left.emit()

    def _ask(self) -> None:
        """Shows the questions that apply to the answers given."""
        answers = {name: value for name, value in self.values().items() if value is not None}
        for name, made in self.rows.items():
            if made.field.when is not None or self._only or made.isHidden():
                wanted = (not self._only or name in self._only) and name not in self._left_out
                made.setVisible(wanted and made.field.applies(answers))
            made.offer(answers)
        moved = False
        for key, card in self._cards.items():
            asked = any(not made.isHidden() for made in self._asked_in[key])
            here = not self._stage or self._stages[key] in {"", self._stage}
            if card.isHidden() == (asked and here):
                card.setVisible(asked and here)
                moved = True
        if moved:
            self.columns.arrange()

    def draw(self) -> None:
        """Draws the questions that are asked here now, for whoever looks for one unseen."""
        for key, card in self._cards.items():
            if not card.isHidden():
                for made in self._asked_in[key]:
                    if not made.isHidden():
                        made.furnish()

    def refresh(self) -> None:
        """Asks anew what applies, after a room filled in answers."""
        self._ask()
        self.columns.arrange()
        self._check_dirty()
        self.changed.emit()

    def set_stages(self, stages: Mapping[str, str]) -> None:
        """Asks sections in other stages than the register says, by section; the rest as it says."""
        usual = {section.key: section.stage for section in self.register.sections}
        self._stages = {key: stages.get(key, usual.get(key, "")) for key in self._cards}
        self._ask()

    def show_stage(self, stage: str) -> None:
        """Shows only the cards of a stage; an empty stage shows all of them."""
        self._stage = stage
        self._ask()

    def show_only(self, names: Iterable[str]) -> None:
        """Asks only these questions, for a short beginning; none named asks all again."""
        self._only = frozenset(names)
        self._ask()
        # Cards are higher or lower by the questions that went or came.
        self.columns.arrange()

    def leave_out(self, names: Iterable[str]) -> None:
        """Never asks these questions: their answers follow from others, and stay as they are."""
        self._left_out = frozenset(names)
        for name in self._left_out:
            self.rows[name].hide()
        self.columns.arrange()

    def show_errors(self, problems: Mapping[str, str]) -> list[str]:
        """Says what is wrong beside each question and goes to the first of them.

        Gives back the sentences that belong to no question shown here.
        """
        wrong = {self._stage_of(name) for name in problems if name in self.rows} - {""}
        if self._stage and wrong - {self._stage}:
            self._go_to_stage(wrong.pop() if len(wrong) == 1 else "")
        if self._only and not self._only.issuperset(problems):
            self.show_only(())
        for name, made in self.rows.items():
            made.show_error(problems.get(name, "") or made.unreadable())
        first = next((name for name in self.rows if name in problems), "")
        if first:
            self.focus_field(first)
        return [sentence for name, sentence in problems.items() if name not in self.rows]

    def focus_field(self, name: str) -> None:
        """Puts the keyboard into a question, as Tab would, and scrolls to it."""
        made = self.rows.get(name)
        if made is None:
            return
        stage = self._stage_of(name)
        if self._stage and stage not in {"", self._stage}:
            self._go_to_stage(stage)
        made.input.setFocus(Qt.FocusReason.TabFocusReason)
        area = area_of(self)
        if area is not None:
            InSight(area, made)

    def _stage_of(self, name: str) -> str:
        """The stage whose questions a field is among; empty where it is asked in all of them."""
        section = self.rows[name].field.section
        return self._stages.get(section, "")

    def asked_here(self, name: str) -> bool:
        """Is a question among those of the stage that is shown?"""
        return name in self.rows and self._stage_of(name) in {
            "",
            self._stage or self._stage_of(name),
        }

    def _go_to_stage(self, stage: str) -> None:
        self.show_stage(stage)
        self.stage_moved.emit(stage)

    def focus_first(self) -> None:
        """Puts the keyboard into the first question that is shown."""
        shown = (name for name, made in self.rows.items() if made.isVisibleTo(self))
        self.focus_field(next(shown, ""))

    def focus_section(self, key: str) -> None:
        """Puts the keyboard into the first question asked of a section."""
        names = (field.name for field in self.register.fields if field.section == key)
        self.focus_field(next((name for name in names if not self.rows[name].isHidden()), ""))

    def set_read_only(self, on: bool) -> None:
        """Shows the answers without letting them be changed."""
        for made in self.rows.values():
            made.set_read_only(on)

    def _why(self) -> None:
        focused = QApplication.focusWidget()
        for made in self.rows.values():
            if focused is not None and made.isAncestorOf(focused):
                made.toggle_source()
