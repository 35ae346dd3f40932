"""What the page of an entry shows: the entry, its stage, what is missing, its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.registers.entries import DraftNote, Entry
from dpdesk.registers.fields import Stage
from dpdesk.registers.service import RegisterService
from ui.kit.pieces.badges import Badge, entry_due_badge
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.entry_drafts import DraftKeeper
from ui.kit.register.entry_frame import EntryFrame

SAVED = "Saved."


class EntryShowing(EntryFrame):
    """The frame with an entry in it, which is neither saved nor left here.

    ``parts``: services of registers whose entries belong to this one. ``panels``: widgets of the
    rail, above the history. ``stage_of``: key of the stage the work is in; by default the state,
    where a stage has the same key. ``done_of``: keys of the stages in which something was done;
    by default all before that one. ``stages_of``: the stages that an entry goes through, where some
    go through fewer than the register has. ``missing_for`` ends the words at the foot, for example
    " for the ICO report". ``neighbours``: numbers of the entries before and after, as the list
    shows them.
    """

    saved = Signal(object)
    """Carries the :class:`Saved`."""
    shown = Signal(object)
    """Carries the :class:`Entry` whenever another one, or another version of it, is shown."""
    made = Signal(object)
    """Carries the :class:`Entry` that was saved for the first time."""
    print_asked = Signal(object)
    draft_changed = Signal(dict)

    def __init__(
        self,
        service: RegisterService[Any, Any],
        around: Surroundings,
        *,
        parts: Iterable[RegisterService[Any, Any]] = (),
        panels: Iterable[QWidget] = (),
        stage_of: Callable[[Entry], str] | None = None,
        done_of: Callable[[Entry], Collection[str]] | None = None,
        stages_of: Callable[[Entry], Sequence[Stage]] | None = None,
        neighbours: Callable[[], Sequence[int]] | None = None,
        missing_for: str = "",
        badge_of: Callable[[Entry], Badge | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(service, around, parts=parts, panels=panels, parent=parent)
        self.neighbours = neighbours
        self._stage_of = stage_of or (lambda entry: entry.state)
        self._done_of = done_of
        self._stages_of = stages_of
        self._missing_for = missing_for
        self._badge_of = badge_of or (lambda entry: entry_due_badge(entry, around.now()))
        self._kept: DraftNote | None = None
        self.drafts = DraftKeeper(self.form, around.drafts, self)
        self.connect_pieces()

    def connect_pieces(self) -> None:
        """Joins the pieces to what the page does, once all of them are there."""

    @property
    def dirty(self) -> bool:
        """Is anything typed here that is not saved?"""
        return self.form.dirty or any(part.dirty for part in self.parts)

    def restore(self) -> None:
        """Brings an archived entry back."""
        raise NotImplementedError

    def show_saved(self, entry: Entry) -> None:
        """Shows an entry as it is saved."""
        same = bool(entry.id) and entry.id == self.entry.id
        self.entry = entry
        self.form.set_values(entry.values, still=same)
        self.form.set_read_only(entry.archived)
        if entry.archived:
            bring = ("Bring it back", self.restore)
            self.banner.say(f"This {self.register.entry} is archived.", "quiet", [bring])
        self._show_head()
        self.show_dirty()
        for panel in [*self.panels, *self.parts]:
            panel.show_entry(entry)
        self.show_rail()
        self._show_neighbours()
        self.shown.emit(entry)
        # Only now it is known what can be answered still.
        self.show_missing()

    def _show_head(self) -> None:
        entry = self.entry
        self.head.show_entry(entry, self._badge_of(entry))
        done = self._done_of(entry) if self._done_of is not None and entry.id else None
        if self._stages_of is not None:
            self.stages.offer(self._stages_of(entry))
        self.stages.show_stage(self._stage_of(entry), done)
        self.setAccessibleName(f"{entry.reference} {entry.title}".strip() or self.register.entry)

    def show_dirty(self, begun: bool = False) -> None:
        """Says whether there is something to save."""
        self.foot.show_dirty(self.dirty, new=not self.entry.id)
        if begun:
            self.around.messages.withdraw(SAVED)

    def show_missing(self) -> None:
        """Says what is still missing of what can be answered still."""
        rows = self.form.rows
        if rows and all(made.is_read_only for made in rows.values()):
            self.foot.show_closed()
            return
        answers = {name: value for name, value in self.form.values().items() if value is not None}
        missing = self.service.missing(answers, self.entry.id)
        # As in the form's own problems: what is no longer asked stops nobody.
        refused = [made.field for made in rows.values() if made.wrong and not made.isHidden()]
        fields = [
            field for field in missing if not rows[field.name].is_read_only and field not in refused
        ]
        here = [field for field in fields if self.form.asked_here(field.name)]
        self.foot.show_missing(here, len(fields) - len(here), self._missing_for, refused)

    def _show_stage(self, stage: str) -> None:
        self.form.show_stage(stage)
        self.show_missing()
        self.area.verticalScrollBar().setValue(0)

    def _follow_stage(self, stage: str) -> None:
        """The way to a question led to another stage: all that follows the stages goes along."""
        self.stages.choose(stage)
        self.stages.chosen.emit(stage)

    def _show_neighbours(self) -> None:
        ids = list(self.neighbours()) if self.neighbours is not None else []
        place = ids.index(self.entry.id) if self.entry.id in ids else -1
        self.head.show_neighbours(place, len(ids) if place >= 0 else 0)
