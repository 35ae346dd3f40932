"""What people are told about a breach (UK GDPR Art 34): letters, letters to many, the notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dpdesk.breaches import recipients
from dpdesk.breaches.recipients import ADDRESS_LINES, FIELDS, Recipient, Recipients
from dpdesk.breaches.service import BreachService
from dpdesk.errors import NotFound
from dpdesk.law.breach_lists import advice_for, data_terms, people_terms
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Entry
from dpdesk.registers.spreadsheet import Asked, Sheet

if TYPE_CHECKING:
    from dpdesk.breaches.letters import ToldOf
    from dpdesk.papers.letters import Envelope, Letter, Letters

GROUPS: Mapping[str, str] = {
    "adult": "To the person affected",
    "parent": "To the parents of a child",
    "pupil": "To a pupil, in simple words",
}
"""The letters there are, by the group they are for."""
_GENERAL: Mapping[str, str] = {
    "adult": "Sir or Madam",
    "parent": "Parent or Carer",
    "pupil": "Pupil",
}


class Telling:
    """Writes to the people concerned. Recipients are read, written to and forgotten."""

    def __init__(self, breaches: BreachService) -> None:
        self._breaches = breaches

    # --- one letter ----------------------------------------------------------------------

    def groups(self, entry: Entry) -> tuple[str, ...]:
        """Which letters the people concerned need, out of ``GROUPS``."""
        terms = people_terms()
        found: dict[str, None] = {}
        for code in entry.values.get("people_kinds") or ():
            term = terms.get(code)
            if term is None:
                continue
            for group in ("parent", "pupil") if term.vulnerable else ("adult",):
                found[group] = None
        return tuple(found) or ("adult",)

    def letter(
        self,
        entry: Entry,
        group: str,
        *,
        recipient: str = "",
        address: tuple[str, ...] = (),
        salutation: str = "",
    ) -> Letter:
        """The letter to one person of a group of ``GROUPS`` (UK GDPR Art 34).

        Without a recipient it begins with a general salutation and serves for all of the group.
        Raises NotFound for another group.
        """
        from dpdesk.breaches import letters  # reportlab is loaded only when something is printed

        dear = salutation or recipient or _GENERAL[_known(group)]
        envelope = self._envelope(entry, recipient, address, dear)
        return letters.letter_to_people(envelope, self._told_of(entry), group)

    def notice(self, entry: Entry) -> Letter:
        """The public notice in place of letters (UK GDPR Art 34(3)(c))."""
        from dpdesk.breaches import letters

        return letters.public_notice(self._envelope(entry, "", (), ""), self._told_of(entry))

    # --- letters to many -----------------------------------------------------------------

    def recipients_typed(self, words: str) -> Recipients:
        """Recipients out of typed or pasted lines. Raises UnreadableFile with what is wrong."""
        return recipients.typed(words)

    def recipients_in(
        self,
        name: str,
        content: bytes,
        asked: Asked = Asked(),  # noqa: B008 -- frozen
        cancelled: Callable[[], bool] | None = None,
    ) -> Sheet:
        """The table of a spreadsheet with people in it, read as ``asked``; run it as a task.

        Raises UnreadableFile with what is wrong, Cancelled.
        """
        return recipients.read(name, content, asked, cancelled)

    def recipients_of(self, sheet: Sheet) -> Recipients:
        """The people of a table. Raises UnreadableFile with what is wrong."""
        return recipients.in_sheet(sheet)

    def letters(self, entry: Entry, group: str, people: Sequence[Recipient]) -> Letters:
        """One PDF with a letter to each of these people. Raises NotFound, ValueError for none."""
        from dpdesk.breaches import letters

        _known(group)
        envelopes = [
            self._envelope(entry, each.name, each.address, each.salutation or each.name)
            for each in people
        ]
        return letters.letters_to_people(envelopes, self._told_of(entry), group)

    def mail_merge(self, entry: Entry, group: str, people: Sequence[Recipient]) -> bytes:
        """The data source for mail merge as xlsx: a row with address and whole text for each."""
        made = self.letters(entry, group, people)
        headings, rows = recipients.merge_table(people, made.subject, made.texts)
        return spreadsheet.table("Letters", headings, rows)

    def merge_text(self, entry: Entry, group: str) -> str:
        """The letter as plain text with «fields», to be pasted into a word processor.

        The fields are called as the columns of ``mail_merge``.
        """
        made = self.letter(
            entry, group, recipient=FIELDS["recipient"], salutation=FIELDS["salutation"]
        )
        address = "\n".join(f"«{line}»" for line in ADDRESS_LINES)
        return f"{FIELDS['recipient']}\n{address}\n\n{made.subject}\n\n{made.text}\n"

    # --- inside --------------------------------------------------------------------------

    def _told_of(self, entry: Entry) -> ToldOf:
        from dpdesk.breaches.letters import ToldOf

        values, terms = entry.values, data_terms()
        kinds = tuple(values.get("data_kinds") or ())
        named = [terms[k].label for k in kinds if k in terms and k not in {"unknown", "other"}]
        if values.get("data_other"):
            named.append(str(values["data_other"]))
        prevention, by = _points(values.get("prevention")), values.get("prevention_by")
        ahead = by is None or by > self._today()  # the question is what *will* prevent it
        measures = _points(values.get("remedy")) + (() if ahead else prevention)
        school = self._breaches.school.particulars()
        reached = (
            school.dpo_email or school.email,
            (school.dpo_telephone or school.telephone).replace(" ", "\u00a0"),
        )
        return ToldOf(
            what_happened=str(values.get("for_people") or values.get("what") or ""),
            happened_on=values.get("occurred"),
            kinds_of_data=tuple(named),
            consequences=str(values.get("consequences") or ""),
            measures=measures,
            planned=prevention if ahead else (),
            advice=advice_for(kinds),
            regulator_told=bool(self._breaches.around(entry.id).reported),
            contact=", ".join(t for t in (school.dpo_name, *reached) if t),
        )

    def _envelope(
        self, entry: Entry, recipient: str, address: tuple[str, ...], salutation: str
    ) -> Envelope:
        from dpdesk.papers.letters import Envelope

        school = self._breaches.school.particulars()
        return Envelope(
            letterhead=self._breaches.school.letterhead(),
            sender=school.dpo_name,
            sender_role=school.dpo_post or "Data Protection Officer",
            recipient=recipient,
            recipient_address=address,
            reference=entry.reference,
            written_on=self._today(),
            salutation=salutation,
            regulator=school.regulator,
            how_to_complain=" ".join(school.how_to_complain.split()),
            marking="Drill – this did not happen"
            if entry.values.get("drill") == "yes"
            else "Confidential",
        )

    def _today(self) -> dt.date:
        return self._breaches.today()


def _known(group: str) -> str:
    if group not in GROUPS:
        raise NotFound("There is no such letter.", f"Choose one of: {', '.join(GROUPS)}.")
    return group


def _points(text: object) -> tuple[str, ...]:
    return tuple(line for each in str(text or "").splitlines() if (line := each.strip()))
