"""The case file of a request: everything that shows that it was handled rightly, in one paper.

For the regulator or a court. What stands on the sealed schedule (the words removed) and the working
notes of the school are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents.service import TOLD_OF, UNNAMED, DocumentService
from dpdesk.errors import DpdeskError
from dpdesk.law.clocks import ClockResult
from dpdesk.law.request_kinds import kind_rules
from dpdesk.law.words import count, long_date, long_moment, short_date
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Fact
from dpdesk.registers.crossings import ReleaseTold
from dpdesk.registers.entries import Entry, HistoryLine
from dpdesk.requests.check_service import CheckService
from dpdesk.requests.correspondence import Correspondence
from dpdesk.requests.papers import CaseLetter, CasePaper, CaseSection, CaseTable, case_paper
from dpdesk.requests.service import RequestService

_PRIVATE: Final = frozenset({"notes"})
"""Questions whose answers stay in the school."""
_LONGEST: Final = 200
"""Signs of an answer in the history; the whole of it stands further up, or in the letters."""


class CaseFile:
    """Gathers the case file of a request."""

    def __init__(
        self,
        requests: RequestService,
        letters: Correspondence,
        documents: DocumentService,
        checks: CheckService,
    ) -> None:
        self._requests = requests
        self._checks = checks
        self._letters = letters
        self._documents = documents

    def paper(self, entry: Entry) -> Printed:
        """The case file as a PDF."""
        clock = self._clock(entry)
        kind = kind_rules(entry.values.get("kind"))
        return case_paper(
            CasePaper(
                reference=entry.reference,
                kind=kind.choice.label,
                printed_on=self._requests.today(),
                letterhead=self._requests.school.letterhead(),
                summary=tuple(self._summary(entry, clock)),
                sections=tuple(_sections(entry)),
                steps=clock.steps if clock is not None else (),
                tables=tuple(self._tables(entry)),
                letters=tuple(self._sent(entry)),
                history=tuple(self._history(entry)),
            )
        )

    def _clock(self, entry: Entry) -> ClockResult | None:
        try:
            return self._requests.clock(entry)
        except DpdeskError:
            return None  # the facts contradict each other, and the sections show them

    # --- the parts of it -----------------------------------------------------------------

    def _summary(self, entry: Entry, clock: ClockResult | None) -> Iterator[Fact]:
        values = entry.values
        yield Fact("Whose data", str(values["subject"]))
        if values.get("requester"):
            yield Fact("Asked by", f"{values['requester']}, {entry.shown('relationship').lower()}")
        yield Fact("Received", long_date(values["received"]))
        if clock is not None and clock.due is not None:
            yield Fact("To be answered by", long_date(clock.due))
        closed = values.get("closed")
        if closed is None:
            yield Fact("Closed", "Still open")
            return
        late = ""
        if clock is not None and clock.due is not None:
            due = min(clock.due, closed) == closed
            late = ", in time" if due else ", late"
        yield Fact("Closed", f"{long_date(closed)}{late}, after {_days(entry)}")
        yield Fact("Outcome", entry.shown("outcome"))

    def _tables(self, entry: Entry) -> Iterator[CaseTable]:
        for service in self._requests.part_services:
            register = service.register
            if register.key == self._requests.letters.register.key:
                continue
            parts = service.parts(entry.id)
            names = [
                field.name
                for field in register.fields
                if any(part.values.get(field.name) is not None for part in parts)
            ]
            if parts and names:
                columns = tuple(register.field(name).column.rstrip("?") for name in names)
                rows = tuple(tuple(_told(part, name) for name in names) for part in parts)
                yield CaseTable(register.title, columns, rows)
        yield from (table for table in self._papers(entry) if table.rows)
        if looked_at := self._checks.entries_with("request", entry.id):
            columns = ("drawn_on", "checked_on", "checked_by", "state")
            rows = tuple(
                tuple(
                    check.register.state(check.state).label
                    if name == "state"
                    else check.shown(name) or "Not yet"
                    for name in columns
                )
                for check in looked_at
            )
            yield CaseTable(
                "Sample checks of this case", ("Drawn", "Checked", "By", "Result"), rows
            )

    def _papers(self, entry: Entry) -> Iterator[CaseTable]:
        cards = self._documents.of_entry(self._requests.register.key, entry.id)
        called = [card.title or card.name for card in cards]
        hidden = self._requests.naming_removed(entry.id, called)
        called = [UNNAMED if each in hidden else each for each in called]
        looked = (
            (str(n), name, count(card.pages, "page"), card.sha256[:16])
            for n, (card, name) in enumerate(zip(cards, called, strict=True), 1)
        )
        yield CaseTable(
            "Documents that were reviewed",
            ("No.", "Document", "Length", "SHA-256 begins"),
            tuple(looked),
        )
        names = dict(enumerate(called, 1))
        yield CaseTable(
            "Documents and pages set aside",
            ("No.", "Document", "Why", "When", "By"),
            tuple(
                (
                    str(each.number),
                    names[each.number] + (f", page {each.page}" if each.page else ""),
                    each.why,
                    short_date(each.at),
                    each.by,
                )
                for setting in self._requests.setting_aside
                for each in setting.aside_listed(entry.id)
            ),
        )
        removed = self._requests.redactions_told(entry.id)
        yield CaseTable(
            "What was removed, by reason",
            ("Reason", "Law", "Redactions"),
            tuple((label, law, str(number)) for label, law, number in removed),
        )
        yield CaseTable(
            "Bundles that were built",
            ("No.", "Made", "By", "What", "SHA-256 of the bundle"),
            tuple(_released(each) for each in self._requests.releases_told(entry.id)),
        )

    def _sent(self, entry: Entry) -> Iterator[CaseLetter]:
        for letter in self._letters.sent(entry.id):
            values = letter.part.values
            how = letter.part.shown("how").lower()
            told = f"Sent {long_date(values['sent_on'])}, {how}, to {values.get('to_whom')}"
            text = str(letter.paper.answers.get("text") or "") if letter.paper else ""
            sha256 = letter.paper.sha256 if letter.paper else ""
            yield CaseLetter(letter.label, told, text, sha256)

    def _history(self, entry: Entry) -> Iterator[tuple[str, str, str, str]]:
        private = {self._requests.register.field(name).label for name in _PRIVATE}
        lines = self._requests.history(entry.id)
        named = [_changed(line) for line in lines if line.label in TOLD_OF]
        hidden = self._requests.naming_removed(entry.id, named)
        for line in reversed(lines):
            changed = "changed" if line.label in private else _changed(line)
            if line.label in TOLD_OF and changed in hidden:
                changed = UNNAMED
            yield (long_moment(line.at), line.who, line.label, changed)


def _told(part: Entry, name: str) -> str:
    """An answer of a part; what is wanted and not there is said, as it is a gap in the proof."""
    field = part.register.field(name)
    gap = "Not recorded" if field.wanted and field.applies(part.values) else ""
    return part.shown(name) or gap


def _sections(entry: Entry) -> Iterator[CaseSection]:
    for section in entry.register.sections:
        facts = []
        for field in entry.register.fields:
            if field.section != section.key or field.name in _PRIVATE:
                continue
            words = entry.shown(field.name)
            if words and field.applies(entry.values):
                facts.append(Fact(field.label, words, _capital(field.source)))
        if facts:
            yield CaseSection(section.title, tuple(facts))


def _released(told: ReleaseTold) -> tuple[str, ...]:
    made = f"{short_date(told.made_at)}"
    return (
        str(told.number),
        made,
        told.made_by,
        f"{told.pages} pages, {told.removed}",
        told.sha256,
    )


def _changed(line: HistoryLine) -> str:
    new = line.new if len(line.new) <= _LONGEST else f"{line.new[:_LONGEST].rstrip()} …"
    return f"{new} ({line.why})" if line.why else new


def _days(entry: Entry) -> str:
    return count((entry.values["closed"] - entry.values["received"]).days, "day")


def _capital(source: str) -> str:
    """A source as a line of its own begins."""
    return source[:1].upper() + source[1:]
