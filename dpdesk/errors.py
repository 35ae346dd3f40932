"""Errors that the person at the desk can act on.

Every class here carries a sentence that may be shown as it is: what happened, in plain
English, without personal data and without the name of a file's owner. A second sentence
says what to do next. Everything that is not one of these is a fault of the program and
goes to the crash dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class DpdeskError(Exception):
    """Something went wrong that the user can understand and mend.

    ``sentence`` says what happened; ``next_step`` what to do about it (may be empty).
    """

    def __init__(self, sentence: str, next_step: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step

    def __str__(self) -> str:
        """Both sentences, as one line for a terminal or a message bar."""
        return f"{self.sentence} {self.next_step}".strip()


class InvalidEntry(DpdeskError):
    """An entry cannot be saved as it stands; ``problems`` has one sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(
            "Some answers need another look: " + " ".join(problems.values()),
            "Nothing was saved and nothing you typed is lost.",
        )
        self.problems = dict(problems)


class StaleEntry(DpdeskError):
    """The entry was changed elsewhere after it was opened here."""


class NotFound(DpdeskError):
    """There is no such register, entry, field or document."""


class WorkspaceBusy(DpdeskError):
    """Another window or another computer has this workspace open."""


class WrongPassphrase(DpdeskError):
    """The passphrase or the recovery key does not open this workspace."""


class NewerWorkspace(DpdeskError):
    """The workspace was last used by a newer version of dpdesk; it was left untouched."""


class MissingPart(DpdeskError):
    """A file that comes with the program is not there: the installation is incomplete."""


class DamagedWorkspace(DpdeskError):
    """Part of the workspace cannot be read or fails its check."""


class NoRoom(DpdeskError):
    """The disk is full, read-only or gone."""


class UnreadableFile(DpdeskError):
    """A file brought in from outside cannot be used."""


class PasswordNeeded(UnreadableFile):
    """The file is locked with a password that was not given, or was wrong (``wrong``)."""

    def __init__(self, sentence: str, next_step: str = "", *, wrong: bool = False) -> None:
        super().__init__(sentence, next_step)
        self.wrong = wrong


class Cancelled(DpdeskError):
    """The user stopped a long piece of work."""

    def __init__(self) -> None:
        super().__init__("Stopped.", "Nothing was changed.")


StepDone = Callable[[int, int], object]
"""Told how many of how many are done while long work goes on; may raise ``Cancelled``."""
NamedStepDone = Callable[[str, int, int], object]
"""As ``StepDone``, told first what is being done."""


class ReleaseRefused(DpdeskError):
    """The finished bundle failed its independent check and was not released.

    ``pages`` are those it failed on, counted in the bundle from 1; ``front`` is how many pages
    of the bundle come before the first page of the request.
    """

    def __init__(
        self, sentence: str, next_step: str = "", *, pages: tuple[int, ...] = (), front: int = 0
    ) -> None:
        super().__init__(sentence, next_step)
        self.pages = pages
        self.front = front
