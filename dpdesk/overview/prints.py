"""Prints what the screen shows: any list, any entry, any due date, the recovery sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dpdesk.documents.service import TOLD_OF, UNNAMED
from dpdesk.law.clocks import ClockResult
from dpdesk.law.moments import due_at
from dpdesk.law.words import count, long_moment, short_date
from dpdesk.papers.entries import (
    EntrySheet,
    FiledDocument,
    PrintedChange,
    PrintedLink,
    PrintedSection,
    Reckoning,
    entry_sheet,
    why_this_date,
)
from dpdesk.papers.kit import Fact, Printed
from dpdesk.papers.lists import RegisterList, register_list
from dpdesk.registers.crossings import RemovalsKnown
from dpdesk.registers.entries import Entry, HistoryLine, Listing
from dpdesk.registers.links import LinkService
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.school.ground import Ground

_LONGEST = 160
_CHECK_SUM = re.compile(r",? ?SHA-256:? [0-9a-f]{64}")
_TONES: Mapping[str, Any] = {
    "quiet": "quiet",
    "ok": "ok",
    "info": "info",
    "warn": "warn",
    "danger": "danger",
}


class PrintService:
    """Papers of what any register shows."""

    def __init__(
        self,
        ground: Ground,
        registers: Mapping[str, RegisterService[Any, Any]],
        parts: Mapping[str, Sequence[RegisterService[Any, Any]]],
        links: LinkService,
    ) -> None:
        self._school = ground.school
        self._documents = ground.documents
        self._now = ground.now
        self._registers = registers
        self._parts = parts
        self._links = links

    def _today(self) -> dt.date:
        return self._now().astimezone(SCHOOL_TIME).date()

    def listing(
        self, listing: Listing, columns: Sequence[int] | None = None, filter_words: str = ""
    ) -> Printed:
        """A list as shown, in the order shown; ``columns`` by their places, all if None."""
        shown = range(len(listing.columns)) if columns is None else columns
        return register_list(
            RegisterList(
                title=listing.register.title,
                columns=tuple(listing.columns[place].label for place in shown),
                rows=tuple(
                    tuple(_cell(listing, row, place) for place in shown)
                    for row in range(len(listing.rows))
                ),
                printed_on=self._today(),
                filter_words=filter_words,
                of=listing.total,
                letterhead=self._school.letterhead(),
            )
        )

    def entry(self, entry: Entry, clock: ClockResult | None = None) -> Printed:
        """One entry whole: its answers, parts, links, documents and history."""
        service = self._registers[entry.register.key]
        state = entry.register.state(entry.state)
        cards = self._documents.of_entry(entry.register.key, entry.id)
        lines = service.history(entry.id)
        named = {card.name for card in cards}
        for line in lines:
            named |= {line.old, line.new, line.why} if line.label in TOLD_OF else set()
        hidden: frozenset[str] = frozenset()
        if isinstance(service, RemovalsKnown):
            hidden = service.naming_removed(entry.id, named)

        def told(line: HistoryLine, words: str) -> str:
            return UNNAMED if line.label in TOLD_OF and words in hidden else words

        return entry_sheet(
            EntrySheet(
                title=entry.title,
                reference=entry.reference,
                printed_on=self._today(),
                sections=(*_sections(entry), *self._part_sections(entry)),
                state=state.label,
                tone=_TONES[str(state.tone)],
                due=_due_words(entry.due),
                steps=clock.steps if clock is not None else (),
                links=tuple(
                    PrintedLink(link.reference, link.title, link.label)
                    for link in self._links.of_entry(entry.register.key, entry.id)
                ),
                documents=tuple(
                    FiledDocument(
                        UNNAMED if card.name in hidden else card.name,
                        count(card.pages, "page"),
                        f"{long_moment(card.added_at)}, {card.added_by}",
                    )
                    for card in cards
                ),
                history=tuple(
                    PrintedChange(
                        long_moment(line.at),
                        line.who,
                        line.label,
                        _brief(told(line, line.old)),
                        _brief(told(line, line.new)),
                        told(line, line.why),
                    )
                    for line in lines
                ),
                missing=tuple(field.label for field in service.missing(entry.values, entry.id)),
                letterhead=self._school.letterhead(),
            )
        )

    def why(self, entry: Entry, clock: ClockResult) -> Printed:
        """How a due date was reckoned, with its sources."""
        return why_this_date(
            Reckoning(
                title=f"Why this date: {entry.reference}",
                printed_on=self._today(),
                clock=clock,
                reference=entry.reference,
                letterhead=self._school.letterhead(),
            )
        )

    def _part_sections(self, entry: Entry) -> Iterable[PrintedSection]:
        for service in self._parts.get(entry.register.key, ()):
            facts: list[Fact] = []
            for part in service.parts(entry.id):
                words = [
                    f"{field.column.rstrip('?')}: {part.shown(field.name)}"
                    for field in part.register.fields
                    if part.values.get(field.name) is not None
                ]
                facts.append(Fact(part.title, "\n".join(words)))
            if facts:
                yield PrintedSection(service.register.title, tuple(facts))


def _sections(entry: Entry) -> Iterable[PrintedSection]:
    """What was answered, section by section; what was not stands in one line at its end."""
    for section in entry.register.sections:
        asked = [
            field
            for field in entry.register.fields
            if field.section == section.key and field.applies(entry.values)
        ]
        said = {field.name: entry.shown(field.name) for field in asked}
        facts = [Fact(f.label, said[f.name], f.source) for f in asked if said[f.name]]
        if not facts:
            continue
        if rest := [field.column.rstrip("?") for field in asked if not said[field.name]]:
            facts.append(Fact("Not answered", "; ".join(rest)))
        yield PrintedSection(section.title, tuple(facts))


def _brief(answer: str) -> str:
    """An answer of the history for paper: its beginning; checksums stay on the screen."""
    plain = _CHECK_SUM.sub("", answer)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST].rstrip()} …"


def _cell(listing: Listing, row: int, place: int) -> str:
    words = listing.cell(row, place)
    return _due_words(words) if listing.columns[place].name == "due" else words


def _due_words(due: str | None) -> str:
    day = due_at(due)
    if day is None:
        return ""
    return long_moment(day) if isinstance(day, dt.datetime) else short_date(day)
