"""``add``: files and folders onto an entry, whatever is in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import entry_called, opened, password_in
from dpdesk.cli.scanning import read_of
from dpdesk.cli.watching import Watching, watching
from dpdesk.errors import DpdeskError, NoRoom, UnreadableFile
from dpdesk.law.words import count

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.documents.piles import PiledFile, PileOutcome
    from dpdesk.registers.entries import Entry


def add(arguments: Namespace) -> Answer:
    """Adds documents; what cannot be read is named with the reason, and the rest is added.

    Fails if any file was left out: a bundle that lacks a document must not go unnoticed.
    """
    from dpdesk.documents.piles import summary

    password = password_in(arguments.password_file) or None
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        try:
            outcomes = _added(desk, entry, arguments, password)
        finally:
            if entry.register.key == desk.requests.requests.register.key:
                desk.requests.requests.settle(entry.id)
        read_of(desk, entry)
    files = [line for outcome in outcomes for line in _told(outcome)]
    failed = sum("error" in file for file in files)
    complaint = ""
    if failed:
        complaint = f"{failed} of {count(len(files), 'file')} could not be added."
        if len(files) == 1:
            complaint += f" {files[0]['error']}"
    rows = [[file["name"], file.get("error") or count(file["pages"], "page")] for file in files]
    words = table(rows) if len(files) < 2 else f"{table(rows)}\n{summary(outcomes)}."
    return Answer({"reference": entry.reference, "files": files}, words, complaint)


def _added(
    desk: Desk, entry: Entry, arguments: Namespace, password: str | None
) -> Sequence[PileOutcome]:
    from dpdesk.documents.piles import add_pile, outlook_mailboxes, spread_out

    files, boxes = outlook_mailboxes(spread_out(arguments.files))
    owner = (entry.register.key, entry.id)
    passwords = [password] * len(files)
    with watching() as line:
        found = list(add_pile(desk.documents, owner, files, line.step, passwords=passwords))
        return found + [_from_mailbox(desk, owner, box, arguments, line) for box in boxes]


def _from_mailbox(
    desk: Desk, owner: tuple[str, int], box: PiledFile, arguments: Namespace, line: Watching
) -> PileOutcome:
    """Adds the messages of a mailbox that are wanted."""
    from dpdesk.documents.mail_heads import MailWanted
    from dpdesk.documents.mailboxes import OpenMailbox, in_folders
    from dpdesk.documents.piles import PileOutcome

    wanted = MailWanted(
        tuple(arguments.senders),
        tuple(arguments.person),
        tuple(arguments.words),
        arguments.since,
        arguments.until,
    )
    nothing = wanted == MailWanted() and not arguments.folder
    try:
        if nothing and not arguments.all:
            raise UnreadableFile(
                "This is a mailbox of Outlook.",
                "Say which of its messages are wanted, for example --words Robin, or --all.",
            )
        with OpenMailbox(Path(box.given)) as mailbox:  # type: ignore[arg-type] # of the disk
            wanted = in_folders(wanted, mailbox.folders, arguments.folder)
            heads = mailbox.matching(wanted, partial(line.step, f"Looking through {box.name}"))
            if not heads:
                raise UnreadableFile(
                    f"None of the {count(mailbox.count, 'message')} in this mailbox match.",
                    "Give fewer conditions.",
                )
            taken = desk.documents.take_messages(
                *owner,
                mailbox.chosen(heads),
                progress=partial(line.step, f"Adding messages of {box.name}"),
            )
    except NoRoom:
        raise
    except DpdeskError as fault:
        return PileOutcome(box, sentence=str(fault))
    return PileOutcome(box, taken.documents, taken.left_out, taken.stopped)


def _told(outcome: PileOutcome) -> Iterator[dict[str, Any]]:
    """A line for each document, and one for each file that was left out."""
    names = {card.id: card.name for card in outcome.documents}
    for card in outcome.documents:
        name = card.in_file or card.name
        line = {"name": name, "pages": card.pages, "warnings": list(card.warnings)}
        if card.parent_id is not None:
            line["inside"] = names.get(card.parent_id, "")
        yield line
    for left in outcome.left_out:
        yield {"name": left.name, "error": left.sentence}
    if outcome.sentence:
        yield {"name": outcome.file.name, "error": outcome.sentence}
