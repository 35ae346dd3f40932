"""At the head of a page: what must not be used of somebody's data, or of what an asset holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import State, Tone
from dpdesk.registers.flagging import UseFlag, flags_said
from ui.kit.pieces.badges import Badge
from ui.kit.pieces.banner import Action, Banner
from ui.kit.pieces.surroundings import Surroundings

_ICON = "mdi6.hand-back-right-off-outline"


class FlagsBanner(Banner):
    """Restrictions and objections that stand, each with the way to it; hidden where none does.

    ``find`` gives the flags on an entry.
    """

    def __init__(
        self,
        find: Callable[[Entry], Sequence[UseFlag]],
        around: Surroundings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, closable=False)
        self._find, self._around = find, around
        self._entry: Entry | None = None
        around.bus.changed.connect(self._follow)

    def show_entry(self, entry: Entry) -> None:
        """Says what must not be used of this entry."""
        self._entry = entry
        try:
            flags = self._find(entry) if entry.id else ()
        except DpdeskError:
            # The page says so in its place.
            flags = ()
        if not flags:
            self.hide()
            return
        go = self._around.navigator.open_entry
        ways: list[Action] = [
            (f"Open {flag.reference}", partial(go, flag.register, flag.entry_id)) for flag in flags
        ]
        self.say(f"Not to be used. {' '.join(flag.said for flag in flags)}", "danger", ways)

    def _follow(self, _changes: Changes) -> None:
        if self._entry is not None and self._entry.id and self.parentWidget() is not None:
            self.show_entry(self._entry)


def flagged_badge(state: State, flags: Sequence[UseFlag]) -> Badge:
    """The badge of a row of a list on which flags stand: its state, and that it is not usable."""
    hint = f"{state.label}. Not to be used: {flags_said(flags)}"
    return Badge("Not to be used", _ICON, Tone.DANGER, hint)
