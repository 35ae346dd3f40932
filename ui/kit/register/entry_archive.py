"""Putting the entry of a page into the archive, and bringing it back."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.errors import DpdeskError
from dpdesk.registers.entries import Saved
from ui.kit.register.entry_frame import EntryFrame


def archive(page: EntryFrame) -> Saved | None:
    """Archives the entry; asks once where it is still open. None where nothing was done."""
    entry = page.entry
    if entry.state and page.register.state(entry.state).open:
        what = f"{entry.reference}: this {page.register.entry} is still open. Archive it?"
        gone = (
            "It will disappear from the lists and from Home, so nothing will remind you of it. "
            "Nothing is deleted: "
        )
        back = "it stays in the archive, and you can bring it back."
        if not page.around.prompter.confirm(what, "Archive", details=gone + back):
            return None
    return _attempt(page, page.service.archive)


def restore(page: EntryFrame) -> Saved | None:
    """Brings an archived entry back. None where it was refused."""
    return _attempt(page, page.service.restore)


def _attempt(page: EntryFrame, act: Callable[[int, int], Saved]) -> Saved | None:
    try:
        return act(page.entry.id, page.entry.version)
    except DpdeskError as error:
        page.banner.say(str(error), "danger")
        return None
