"""What became of the files that were added last: all in a line, and each that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.documents.piles import PileOutcome, summary
from dpdesk.law.words import count
from ui.kit.look.icons import IconLabel
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import help_words, row, words
from ui.kit.register.file_name import FileName

_FEW = 10
"""Up to so many files are each told of; of more, only those that failed."""
_FIRST = 30
"""Lines before the rest is asked for."""


def draw_outcomes(
    outcomes: Sequence[PileOutcome],
    into: QVBoxLayout,
    put_away: Callable[[], object],
    show_all: Callable[[], object],
    *,
    whole: bool,
) -> None:
    """Draws the list, if there is more to say than that one file went well."""
    lines = list(_lines(outcomes))
    if len(outcomes) < 2 and not any(fault for _name, _said, fault in lines):
        return
    away = icon_button("Close this list", "mdi6.close", does=put_away)
    title = f"What happened to your {count(len(outcomes), 'file')}"
    into.addLayout(row(words(title, "strong", wraps=True), None, away))
    into.addWidget(help_words(f"{summary(outcomes)}."))
    if len(outcomes) > _FEW:
        lines = [line for line in lines if line[2]]
    for name, said, fault in lines if whole else lines[:_FIRST]:
        sign = IconLabel(
            "mdi6.alert-circle-outline" if fault else "mdi6.check-circle-outline",
            "danger" if fault else "ok",
        )
        shown = FileName(name)
        line = row(sign, shown)
        line.setStretchFactor(shown, 1)
        into.addLayout(line)
        into.addWidget(help_words(said, "error" if fault else "help"))
    if len(lines) > _FIRST and not whole:
        left = len(lines) - _FIRST
        into.addLayout(row(button(f"Show {left:,} more", role="link", does=show_all), None))


def _lines(outcomes: Sequence[PileOutcome]) -> list[tuple[str, str, bool]]:
    """Name, what happened, and whether that is a fault."""
    found: list[tuple[str, str, bool]] = []
    if unread := sum(outcome.unread for outcome in outcomes):
        again = "You can add the same again: what has already been added is not added twice."
        found.append((f"{count(unread, 'file')} not read", f"Adding was stopped. {again}", True))
    for outcome in outcomes:
        if outcome.unread:
            continue
        cards = outcome.documents
        if cards:
            pages = count(sum(card.pages for card in cards), "page")
            said = f"{count(len(cards), 'document')}, {pages}" if len(cards) > 1 else pages
            found.append((outcome.file.name, f"Added, {said}.", False))
        for left in outcome.left_out:
            name = left.name
            if "/" not in name and name != outcome.file.name:
                name = f"{name} in {outcome.file.given.name}"
            found.append((name, f"Not added. {left.sentence}", True))
        if outcome.sentence:
            found.append((outcome.file.name, f"Not added. {outcome.sentence}", True))
    return found
