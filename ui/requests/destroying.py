"""Destroying the papers of a closed case: the one question before it, and what is said after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry, Saved
    from ui.kit.pieces.surroundings import Surroundings

KEEP: Final = "Keep: it concerns safeguarding"
DESTROY: Final = "Destroy: nothing about safeguarding"
_GOES: Final = (
    "Names, notes, documents with their words, letters and bundles go for good, from the history "
    "and the search too. The line in the log with its days, the checksums of what was given and a "
    "certificate stay. This cannot be undone."
)
_LOOK: Final = (
    "Look first: does anything in them concern the safeguarding of a child, or an allegation of "
    "abuse? Then they are not destroyed."
)


def destroy_papers(desk: Desk, around: Surroundings, entry: Entry) -> Saved | None:
    """Asks and destroys; None where somebody stepped back or something needs the papers still."""
    disposing = desk.requests.disposing
    if hindrances := disposing.hindrances(entry):
        around.messages.say(" ".join(hindrances), tone="warn")
        return None
    chosen = around.prompter.choose(
        f"Destroy the papers of {entry.reference} ({disposing.contents(entry)})?",
        (KEEP, DESTROY),
        details=f"{_LOOK}\n\n{_GOES}",
    )
    if chosen == KEEP:
        around.messages.say("Nothing was destroyed. Give a later day under “Keep this case until”.")
    if chosen != DESTROY:
        return None
    try:
        saved = disposing.destroy(entry, safeguarding=False)
    except DpdeskError as error:
        around.messages.say(str(error), tone="danger")
        return None
    around.bus.publish(saved.changes)
    around.messages.say(
        f"The papers of {entry.reference} are destroyed, and it is in the log of disposals. "
        f"{desk.keeping.backups_still_hold()}"
    )
    return saved
