"""Mailboxes to choose from: what is in them, what of it is wanted, and that taken out.

The mailbox is read where it lies, by a worker that was started for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from dpdesk.documents.mail_heads import MailFolder, MailHead, MailWanted, heads_in, holds_word
from dpdesk.documents.unpacking import held_by
from dpdesk.errors import StepDone, UnreadableFile
from dpdesk.store.files import reachable
from dpdesk.walls.workers import Limits, Worker

_START: Final = 5
_OUTLOOK: Final = b"!BDN"
_PORTION: Final = 200
"""Messages that are looked through before the next are asked for."""


def is_outlook_mailbox(path: Path) -> bool:
    """Whether a file of the disk is a mailbox of Outlook."""
    try:
        with reachable(path).open("rb") as opened:
            return opened.read(_START).startswith(_OUTLOOK)
    except OSError:
        return False


class OpenMailbox:
    """A mailbox that was opened to choose from. Close it: it keeps a worker.

    Raises UnreadableFile where it cannot be opened.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.name = path.name
        self._worker = Worker(limits or Limits(seconds=120.0, size=1 << 50))
        self._worker.file = reachable(path)
        try:
            self._held = held_by(self._worker, chosen=True)
        except BaseException:
            self._worker.close()
            raise
        self._heads: list[MailHead] | None = None

    def __enter__(self) -> OpenMailbox:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker."""
        self._worker.close()

    @property
    def count(self) -> int:
        """How many messages are in it."""
        return self._held.count

    @property
    def folders(self) -> tuple[MailFolder, ...]:
        """Its folders, each before those in it."""
        return self._held.folders

    def heads(
        self, step: StepDone | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Sequence[MailHead]:
        """What is told of each message before it is taken; read once."""
        if self._heads is not None:
            return self._heads
        found: list[MailHead] = []

        def say(told: dict[str, Any]) -> None:
            found.extend(_heads(told))
            if step:
                step(len(found), self.count)

        answer = self._held.ask("listed", {}, say, cancelled)
        found.extend(_heads(answer))
        self._heads = found
        return found

    def matching(
        self,
        wanted: MailWanted,
        step: StepDone | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[MailHead, ...]:
        """The messages that are wanted. Words are looked for in all that the heads let through."""
        heads = [head for head in self.heads(step, cancelled) if wanted.by_head(head)]
        if not wanted.words:
            return tuple(heads)
        sure = {head.number for head in heads if holds_word(wanted.words, head.subject)}
        left = [head.number for head in heads if head.number not in sure]
        for start in range(0, len(left), _PORTION):
            some = left[start : start + _PORTION]

            def say(told: dict[str, Any], before: int = start) -> None:
                if step:
                    step(before + int(told["done"]), len(left))

            request = {"numbers": some, "words": list(wanted.words)}
            answer = self._held.ask("sifted", request, say, cancelled)
            sure |= set(some) & {int(number) for number in answer["numbers"]}
        return tuple(head for head in heads if head.number in sure)

    def chosen(self, heads: Sequence[MailHead]) -> ChosenMessages:
        """Some of the messages, to be added."""
        return ChosenMessages(self, [head.number for head in heads])

    def take(self, number: int, cancelled: Callable[[], bool] | None = None) -> tuple[str, bytes]:
        """Path and content of a message."""
        return self._held.take(number, None, cancelled)


class ChosenMessages:
    """Some messages of a mailbox, handed out one after the other."""

    def __init__(self, mailbox: OpenMailbox, numbers: Sequence[int]) -> None:
        self._mailbox = mailbox
        self._numbers = tuple(numbers)
        self.name = mailbox.name

    @property
    def count(self) -> int:
        """How many were chosen."""
        return len(self._numbers)

    def take(
        self,
        number: int,
        _password: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[str, bytes]:
        """Path and content of one of them."""
        return self._mailbox.take(self._numbers[number], cancelled)


def _heads(told: dict[str, Any]) -> list[MailHead]:
    try:
        return heads_in(told["heads"])
    except (ValueError, TypeError, KeyError):
        raise UnreadableFile("This mailbox is damaged.", "Export it again.") from None


def in_folders(
    wanted: MailWanted, folders: Sequence[MailFolder], paths: Sequence[str]
) -> MailWanted:
    """The same, only in folders whose path holds one of some words; all where none is given."""
    if not paths:
        return wanted
    places = (place for place, folder in enumerate(folders) if holds_word(paths, folder.path))
    return replace(wanted, folders=frozenset(places))
