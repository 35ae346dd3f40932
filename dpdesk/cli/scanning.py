"""``read-scans``: the words on pages that are pictures."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import entry_called, opened
from dpdesk.cli.watching import watching
from dpdesk.documents.words_read import BETTER, USUAL
from dpdesk.law.words import count

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry


def read_scans(arguments: Namespace) -> Answer:
    """Reads the pages that still wait, or with ``--again`` every one that is a picture."""
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        read = read_of(desk, entry, again=arguments.again)
        told = figures(desk, entry)
    content = {"reference": entry.reference, "read": read, **told}
    doubtful = f", {told['doubtful']} of them perhaps misread" if told["doubtful"] else ""
    words = f"{count(told['pages'], 'page')} read from pictures: {told['words']} words{doubtful}."
    if told["unread"]:
        words += f" {count(told['unread'], 'page')} could not be read: look there yourself."
    return Answer(content, words)


def read_of(desk: Desk, entry: Entry, *, again: bool = False) -> int:
    """Reads what is to be read of an entry; says how many pages that were."""
    key, number = entry.register.key, entry.id
    places = desk.scans.pictured(key, number) if again else desk.scans.waiting(key, number)
    if not places:
        return 0
    with watching() as line:
        return desk.scans.read(
            places,
            BETTER if again else USUAL,
            step=lambda done, of: line.step("pages read from pictures", done, of),
        )


def figures(desk: Desk, entry: Entry) -> dict[str, Any]:
    """Of an entry: pages read from pictures, words, those perhaps misread, pages that failed."""
    states = [
        state
        for card in desk.documents.of_entry(entry.register.key, entry.id)
        for state in desk.scans.of_document(card.id).values()
        if state.read_at is not None
    ]
    return {
        "pages": sum(not state.fault for state in states),
        "words": sum(state.words for state in states),
        "doubtful": sum(state.doubtful for state in states),
        "unread": sum(bool(state.fault) for state in states),
    }
