"""The surroundings of a page under test: they note what the page asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ui.kit.invented import NOW
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import TaskRunner


class Noted:
    """A navigator, message bar and prompter in one, that writes down what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.withdrawn: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.answers: list[Any] = []
        """What the prompter answers, in turn."""

    def open_entry(self, register: str, entry_id: int, place: str = "") -> None:
        self.asked.append(("open", register, entry_id, *([place] if place else [])))

    def new_entry(self, register: str, *, like: int = 0) -> None:
        self.asked.append(("new", register, like))

    def open_kept(self, register: str, entry_id: int = 0) -> None:
        self.asked.append(("kept", register, entry_id))

    def open_page(self, name: str, **more: Any) -> None:
        self.asked.append(("page", name, more))

    def open_help(self, page: str) -> None:
        self.asked.append(("help", page))

    def back(self) -> None:
        self.asked.append(("back",))

    def say(self, text: str, *, undo: Callable[[], object] | None = None, tone: str = "ok") -> None:
        self.asked.append(("said", text, tone))
        self.undo = undo

    def withdraw(self, text: str) -> None:
        self.withdrawn.append(text)

    def may_ask(self) -> bool:
        return True

    def _answer(self, what: str, question: str) -> Any:
        self.asked.append((what, question))
        return self.answers.pop(0)

    def confirm(self, question: str, verb: str, *, details: str = "", danger: bool = False) -> bool:
        return bool(self._answer("confirm", question))

    def choose(self, question: str, verbs: tuple[str, ...], *, details: str = "") -> str:
        return str(self._answer("choose", question))

    def choose_files(
        self, title: str, kinds: str = "", *, several: bool = False
    ) -> tuple[Path, ...]:
        return tuple(self._answer("files", title))

    def save_file(self, title: str, suggested: str, kinds: str = "") -> Path | None:
        return self._answer("save", title)

    def choose_folder(self, title: str, *, reading: bool = False) -> Path | None:
        return self._answer("folder", title)

    def ask_password(self, question: str, *, details: str = "") -> str | None:
        return self._answer("password", question)

    def ask_words(self, question: str, *, details: str = "", given: str = "") -> str | None:
        return self._answer("words", question)


def around(tasks: TaskRunner) -> tuple[Surroundings, Noted]:
    """Surroundings, and what they noted."""
    noted = Noted()
    return Surroundings(noted, noted, noted, tasks, now=lambda: NOW), noted
