"""What Ctrl+K offers: answers, entries, people, words in documents, settings and help."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from dpdesk.desk import Desk
from dpdesk.law.folding import fold
from dpdesk.overview import guidance
from dpdesk.overview.search import Match, around
from ui.main_window.help_window import pages
from ui.main_window.search import SearchLine
from ui.settings.page import sections_of

_PEOPLE: Final = "people"
_ANSWERS: Final = "answers"
_LEAST_WORDS: Final = 2
"""Words from which on what is typed may be a question: one alone is mostly a name."""
_MARKS: Final = re.compile(r"[#*_\[\]|`]|\(\w+\.md\)")


class FoundLines:
    """Gathers the lines. ``go`` is the window's navigator, ``readers`` where documents are read."""

    def __init__(
        self, desk: Desk, go: Any, readers: Mapping[str, str], show_help: Callable[[str], None]
    ) -> None:
        self._desk, self._go, self._readers, self._show_help = desk, go, readers, show_help

    def found(self, sought: str) -> Sequence[SearchLine]:
        """Answers and what the workspace holds. Runs on the thread of the search."""
        entries: list[SearchLine] = []
        people: list[SearchLine] = []
        documents: list[SearchLine] = []
        for match in self._desk.search.find(sought):
            kind = match.kind[:1].upper() + match.kind[1:]
            if match.archived:
                kind += ", archived"
            if match.why:
                kind += f" · {match.why}"
            title = f"{match.reference}  {match.title}".strip()
            group, into = "Entries", entries
            if match.document_id:
                group, into = "In documents", documents
            elif match.register == _PEOPLE:
                group, into = "People", people
            into.append(
                SearchLine(
                    title, kind, match.icon, partial(self._open_match, match), group, names=True
                )
            )
        answers = self._answers(sought)
        # A question is answered first; a name or a number leads to its entry.
        first = answers if len(sought.split()) > _LEAST_WORDS else []
        last = [] if first else answers
        return [*first, *entries, *people, *documents, *last]

    def _answers(self, sought: str) -> list[SearchLine]:
        if len(sought.split()) < _LEAST_WORDS:
            return []
        return [
            SearchLine(
                card.question,
                card.steps[0],
                "mdi6.lightbulb-on-outline",
                partial(self._go.open_page, _ANSWERS, section=card.key),
                "What do I do if …?",
            )
            for card in guidance.ask(sought)
        ]

    def _open_match(self, match: Match) -> None:
        reader = self._readers.get(match.register, "")
        if match.document_id and reader:
            self._go.open_page(
                reader, match.entry_id, document_id=match.document_id, page=match.page
            )
        else:
            self._go.open_entry(match.register, match.entry_id)

    def standing(self, sought: str) -> Sequence[SearchLine]:
        """Settings and pages of the help that have all the words."""
        needed = fold(sought).split()
        settings = [
            SearchLine(
                section.title,
                section.about,
                section.icon,
                partial(self._go.open_page, "settings", section=section.key),
                "Settings",
            )
            for section in sections_of(self._desk)
            if _has(f"{section.title} settings {section.about}", needed)
        ]
        helps = [
            SearchLine(
                title,
                _line(text, title, sought),
                "mdi6.help-circle-outline",
                partial(self._show_help, name),
                "Help",
            )
            for name, text in pages().items()
            if _has(f"help {text}", needed)
            for title in [_heading(name, text)]
        ]
        # Pages that are about it come before those that only mention it.
        helps.sort(key=lambda line: not _has(line.title, needed))
        return [*settings, *helps[:_MOST_HELP]]


_MOST_HELP: Final = 6


def _has(text: str, needed: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in needed)


def _line(text: str, title: str, sought: str) -> str:
    """The words of a help page around what was found, or what the page is about."""
    plain = _MARKS.sub("", text).replace(title, "", 1)
    body = " ".join(plain.split())
    return around(body, sought)


def _heading(name: str, text: str) -> str:
    first = next((line for line in text.splitlines() if line.startswith("# ")), name)
    return first.removeprefix("# ").strip()
