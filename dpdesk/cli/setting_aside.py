"""``aside``: documents that are no part of the answer, and what it is proposed to leave out."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import entry_called, opened
from dpdesk.cli.watching import watching
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.law.words import count, short_date

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.disclosure.asides import AsidePlace
    from dpdesk.disclosure.review import Done
    from dpdesk.disclosure.sorting_service import Sorted, SortedDocument
    from dpdesk.registers.entries import Entry


def aside(arguments: Namespace) -> Answer:
    """Sets documents or pages aside, or takes them back; without a reason it lists them.

    Raises NotFound for a document or reason that is not there, DpdeskError where it is not said
    what is meant.
    """
    from dpdesk.disclosure.asides import aside_reason

    if arguments.reason is not None:
        aside_reason(arguments.reason)
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        if entry.register.key != desk.requests.requests.register.key:
            raise DpdeskError(f"{entry.reference} is not a request, so nothing is set aside in it.")
        looked = _looked(desk, entry)
        if not looked.documents:
            raise DpdeskError(
                f"There are no documents on {entry.reference} yet.", "Add them first, with add."
            )
        done = _done(desk, entry, arguments, looked)
        after = desk.disclosure.sorting.look(entry.id) if done is not None else looked
        gone = [each.sentence for each in desk.disclosure.asides.copies_gone(entry.id)]
    content: dict[str, Any] = {
        "reference": entry.reference,
        "documents": [_told(each) for each in after.documents],
        "aside": sum(each.aside is not None for each in after.documents),
        "proposed": len(after.proposed),
        "done": done.told if done is not None else "",
        "warnings": gone,
    }
    rows = [
        [str(each.number), each.name, each.aside_told or each.like_told]
        for each in after.documents
        if done is None or each.aside is not None
    ]
    said = done.told if done is not None else f"{count(len(after.proposed), 'document')} proposed."
    return Answer(content, "\n".join([*([table(rows)] if rows else []), said, *gone]))


def _looked(desk: Desk, entry: Entry) -> Sorted:
    with watching() as line:
        return desk.disclosure.sorting.look(
            entry.id, step=lambda done, whole: line.step("Comparing the documents", done, whole)
        )


def _done(desk: Desk, entry: Entry, arguments: Namespace, looked: Sorted) -> Done | None:
    service = desk.disclosure.asides
    if arguments.proposed:
        if arguments.reason not in {None, "copy"} or arguments.back:
            raise DpdeskError("What is proposed is set aside as a copy.", "Leave out --reason.")
        return desk.disclosure.sorting.accept(entry.id, looked)
    if arguments.reason is None and not arguments.back:
        if _asks(arguments):
            raise DpdeskError(
                "Say why these are set aside.", "Give --reason not-about, copy or dates, or --back."
            )
        return None
    places = _places(arguments, looked)
    if arguments.back:
        return service.take_back(entry.id, places)
    other = _numbered(looked, arguments.of).card.id if arguments.of else 0
    return service.set_aside(entry.id, places, arguments.reason, copy_of=other, note=arguments.note)


def _asks(arguments: Namespace) -> bool:
    """Whether anything says which documents are meant."""
    which = (
        arguments.documents, arguments.sender, arguments.subject, arguments.thread,
        arguments.before, arguments.after, arguments.unnamed, arguments.page,
    )  # fmt: skip
    return any(each not in (None, [], False) for each in which)


def _places(arguments: Namespace, looked: Sorted) -> list[AsidePlace]:
    from dpdesk.disclosure import sorting_service as by
    from dpdesk.disclosure.asides import AsidePlace

    chosen = [_numbered(looked, number) for number in arguments.documents]
    if arguments.page:
        if len(chosen) != 1:
            raise DpdeskError("Pages are those of one document.", "Name that document alone.")
        return [AsidePlace(chosen[0].card.id, number - 1) for number in arguments.page]
    wanted: list[by.Chosen] = []
    if arguments.sender is not None:
        wanted.append(by.by_sender(arguments.sender))
    if arguments.subject is not None:
        wanted.append(by.by_subject(arguments.subject))
    if arguments.thread is not None:
        thread = _numbered(looked, arguments.thread).thread
        if not thread:
            raise DpdeskError(f"Document {arguments.thread} is not part of a thread.")
        wanted.append(lambda each: each.thread == thread)
    if arguments.before is not None or arguments.after is not None:
        wanted.append(by.outside(arguments.before, arguments.after))
    if arguments.unnamed:
        if all(each.named is None for each in looked.documents):
            raise DpdeskError("Nobody has looked yet where the person is named.", "Run suggest.")
        wanted.append(by.unnamed)
    if wanted:
        state = bool(arguments.back)
        chosen += [
            each
            for each in looked.documents
            if (each.aside is not None) == state and all(fits(each) for fits in wanted)
        ]
    if not chosen:
        raise NotFound(
            "There is no such document.", "The command aside without a reason lists them."
        )
    return [AsidePlace(each.card.id) for each in dict.fromkeys(chosen)]


def _numbered(looked: Sorted, number: int) -> SortedDocument:
    if number > len(looked.documents):
        raise NotFound(
            f"There is no document {number}.",
            f"This request has {count(len(looked.documents), 'document')}.",
        )
    return looked.documents[number - 1]


def _told(each: SortedDocument) -> dict[str, Any]:
    day = each.day
    return {
        "number": each.number,
        "name": each.name,
        "date": short_date(day) if day else "",
        "sender": each.card.sender,
        "pages": each.card.pages,
        "thread": each.thread,
        "named": each.named,
        "like": each.like_told,
        "proposed": each.proposed,
        "aside": each.aside_told,
        "reason": each.aside.reason if each.aside else "",
        "note": each.aside.note if each.aside else "",
        "pages_aside": each.pages_aside,
    }
