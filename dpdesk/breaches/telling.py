"""What people are told about a breach (UK GDPR Art 34): letters, letters to many, the notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dpdesk.breaches import name_free, recipients
from dpdesk.breaches.letter_words import LOG_FIELDS, LetterText, beginning, text_of
from dpdesk.breaches.recipients import ADDRESS_LINES, FIELDS, Recipient, Recipients
from dpdesk.breaches.service import BreachService
from dpdesk.errors import NotFound
from dpdesk.law.breach_lists import data_terms, people_terms
from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Entry, Saved
from dpdesk.registers.spreadsheet import Asked, Sheet

if TYPE_CHECKING:
    from dpdesk.breaches.letters import ToldOf
    from dpdesk.papers.drafts import LetterDraft
    from dpdesk.papers.letters import Envelope, Letter, Letters, Written
    from dpdesk.registers.known_names import KnownNames

GROUPS: Mapping[str, str] = {
    "adult": "To the person affected",
    "parent": "To the parents of a child",
    "pupil": "To a pupil, in simple words",
}
NOTICE = "notice"
"""The kind of letter that is for all, in place of letters."""
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

    def words(self, entry: Entry, kind: str) -> LetterText:
        """What a letter says: as it was written down, or as it would begin.

        ``kind``: one of ``GROUPS`` or NOTICE.
        """
        part = self._written(entry, kind)
        return text_of(part.values) if part is not None else beginning(entry.values, kind)

    def log_words(self, entry: Entry) -> Mapping[str, str]:
        """By part of a letter: what the log says of it, in the words meant for the regulator."""
        said = {part: entry.values.get(name) for part, name in LOG_FIELDS.items()}
        return {part: str(text) for part, text in said.items() if text}

    def doubts(self, entry: Entry, text: LetterText) -> tuple[str, ...]:
        """What in the words of a letter looks like a name or a number of a person."""
        return name_free.found_in(
            "\n".join(part for part in text.values().values() if part),
            lambda: self._names(entry),
            self._breaches.bodies_named(),
        )

    def letter(
        self, entry: Entry, group: str, to: Recipient | None = None, text: LetterText | None = None
    ) -> Letter:
        """The letter to one person of a group of ``GROUPS`` (UK GDPR Art 34).

        Without a recipient it begins with a general salutation and serves for all of the group;
        without a text it says what ``words`` gives. Raises NotFound for another group.
        """
        from dpdesk.breaches import letters  # reportlab is loaded only when something is printed

        general = _GENERAL[_known(group)]
        envelope = self._envelope(entry, to or Recipient("", (), general))
        return letters.letter_to_people(envelope, self._told_of(entry, group, text), group)

    def notice(self, entry: Entry, text: LetterText | None = None) -> Letter:
        """The public notice in place of letters (UK GDPR Art 34(3)(c))."""
        from dpdesk.breaches import letters

        told = self._told_of(entry, NOTICE, text)
        return letters.public_notice(self._envelope(entry, Recipient("")), told)

    # --- a letter in whole words, each of which can be changed ------------------------------

    def draft(self, entry: Entry, kind: str) -> LetterDraft:
        """The words of a letter as somebody left them, else as they follow from the incident.

        A letter to parents names each child where the draft says ``FIELDS["child"]``.
        """
        part = self._written(entry, kind)
        if part is not None and part.values.get("words"):
            return _draft_of(part.values)
        return self.afresh(entry, kind)

    def afresh(self, entry: Entry, kind: str) -> LetterDraft:
        """The words of a letter as they follow from what is recorded now."""
        to = Recipient("", (), _GENERAL.get(kind, ""), FIELDS["child"])
        return self._begun(entry, kind, to).draft()

    def keep(self, entry: Entry, kind: str, draft: LetterDraft) -> Saved | None:
        """Keeps the words of a letter with the incident; None where they stand there already.

        Raises StaleEntry, InvalidEntry.
        """
        if self.draft(entry, kind) == draft:
            return None
        part = self._written(entry, kind)
        said: dict[str, str | None] = {
            "kind": kind,
            "subject": draft.subject or None,
            "salutation": draft.salutation or None,
            "words": draft.text or None,
        }
        if part is None:
            return self._breaches.letters.save(said, parent_id=entry.id)
        return self._breaches.letters.save(said, part.id, part.version)

    def drop(self, entry: Entry, kind: str) -> Saved | None:
        """Puts the words that were kept aside, so that the letter begins afresh."""
        part = self._written(entry, kind)
        return None if part is None else self._breaches.letters.archive(part.id, part.version)

    def drafts_doubts(self, entry: Entry, draft: LetterDraft) -> tuple[str, ...]:
        """What in the words of a letter looks like a name or a number of a person."""
        school = self._breaches.school.particulars()
        ours = {*school.contact, school.dpo_name, school.regulator.telephone}
        text = draft.text.replace("\u00a0", " ")
        for known in filter(None, ours):
            text = text.replace(known, " ")
        return name_free.found_in(text, lambda: self._names(entry), self._breaches.bodies_named())

    def printed(
        self, entry: Entry, kind: str, draft: LetterDraft, to: Recipient | None = None
    ) -> Letter:
        """The letter as it prints, to one of the people or to nobody by name."""
        from dpdesk.breaches import letters

        if kind == NOTICE:
            envelope = self._envelope(entry, Recipient(""))
            return letters.public_notice(envelope, self._told_of(entry, kind, None), draft)
        return self._begun(entry, kind, to or Recipient("")).printed(_for(draft, to))

    def printed_each(
        self, entry: Entry, kind: str, draft: LetterDraft, people: Sequence[Recipient]
    ) -> Letters:
        """One PDF with a letter to each of these people. Raises NotFound, ValueError for none."""
        from dpdesk.papers.letters import print_each

        _known(kind)
        return print_each([(self._begun(entry, kind, to), _for(draft, to)) for to in people])

    def docx(
        self, entry: Entry, kind: str, draft: LetterDraft, to: Recipient | None = None
    ) -> bytes:
        """The letter as a document for Word."""
        return self._begun(entry, kind, to or Recipient("")).docx(_for(draft, to))

    def message(
        self, entry: Entry, kind: str, draft: LetterDraft, to: Recipient | None = None
    ) -> bytes:
        """The letter as a message that the mail program opens, not sent yet."""
        return self._begun(entry, kind, to or Recipient("")).message(_for(draft, to))

    def _begun(self, entry: Entry, kind: str, to: Recipient) -> Written:
        from dpdesk.breaches import letters

        envelope, told = self._envelope(entry, to), self._told_of(entry, kind, None)
        if kind == NOTICE:
            return letters.notice_of(envelope, told)
        return letters.to_person(envelope, told, _known(kind))

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

    def letters(
        self,
        entry: Entry,
        group: str,
        people: Sequence[Recipient],
        text: LetterText | None = None,
    ) -> Letters:
        """One PDF with a letter to each of these people. Raises NotFound, ValueError for none."""
        from dpdesk.breaches import letters

        _known(group)
        envelopes = [self._envelope(entry, each) for each in people]
        return letters.letters_to_people(envelopes, self._told_of(entry, group, text), group)

    def mail_merge(self, entry: Entry, group: str, people: Sequence[Recipient]) -> bytes:
        """The data source for mail merge as xlsx: a row with address and whole text for each."""
        made = self.printed_each(entry, group, self.draft(entry, group), people)
        headings, rows = recipients.merge_table(people, made.subject, made.texts)
        return spreadsheet.table("Letters", headings, rows)

    def merge_text(self, entry: Entry, group: str) -> str:
        """The letter as plain text with «fields», to be pasted into a word processor.

        The fields are called as the columns of ``mail_merge``.
        """
        to = Recipient(FIELDS["recipient"], (), FIELDS["salutation"], FIELDS["child"])
        made = self.printed(entry, group, self.draft(entry, group), to)
        address = "\n".join(f"«{line}»" for line in ADDRESS_LINES)
        return f"{FIELDS['recipient']}\n{address}\n\n{made.subject}\n\n{made.text}\n"

    # --- inside --------------------------------------------------------------------------

    def _written(self, entry: Entry, kind: str) -> Entry | None:
        if not entry.id:
            return None
        parts = self._breaches.letters.parts(entry.id)
        return next((part for part in parts if part.values.get("kind") == kind), None)

    def _names(self, entry: Entry) -> KnownNames:
        raise NotImplementedError

    def _told_of(self, entry: Entry, kind: str, text: LetterText | None) -> ToldOf:
        from dpdesk.breaches.letters import ToldOf

        values, terms = entry.values, data_terms()
        text = self.words(entry, kind) if text is None else text
        kinds = tuple(values.get("data_kinds") or ())
        named = [terms[k].label for k in kinds if k in terms and k not in {"unknown", "other"}]
        # What is typed beside "Other" is for the ICO; a letter says it only if somebody adds it.
        told = self._breaches.school.particulars().contact
        return ToldOf(
            what_happened=text.happened,
            happened_on=values.get("occurred"),
            kinds_of_data=tuple(named),
            data_differ=len(named) > 1 and values.get("people") != 1,
            consequences=_points(text.consequences),
            measures=_points(text.done),
            planned=_points(text.planned),
            advice=_points(text.advice),
            regulator_told=bool(self._breaches.around(entry.id).reported),
            contact=", ".join(
                t.replace(" ", "\u00a0") if t[:1].isdigit() else t for t in told if t
            ),
        )

    def _envelope(self, entry: Entry, to: Recipient) -> Envelope:
        from dpdesk.papers.letters import Envelope

        school = self._breaches.school.particulars()
        return Envelope(
            letterhead=self._breaches.school.letterhead(),
            sender=school.dpo_name,
            sender_role=school.dpo_post or "Data Protection Officer",
            recipient=to.name,
            recipient_address=to.address,
            reference=entry.reference,
            written_on=self._today(),
            salutation=to.dear,
            child=to.child,
            regulator=school.regulator,
            contact=school.contact,
            wording=self._breaches.school.wordings.in_use(),
            how_to_complain=" ".join(school.how_to_complain.split()),
            marking="Drill – this did not happen"
            if entry.values.get("drill") == "yes"
            else "Confidential",
        )

    def _today(self) -> dt.date:
        return self._breaches.today()


def _draft_of(values: Mapping[str, object]) -> LetterDraft:
    from dpdesk.papers.drafts import LetterDraft

    said = (str(values.get(name) or "") for name in ("subject", "words", "salutation"))
    return LetterDraft(*said)


def _for(draft: LetterDraft, to: Recipient | None) -> LetterDraft:
    """The words for one of the people: their own salutation, and the name of their child."""
    child = (to.child if to is not None else "") or "your child"
    mark = FIELDS["child"]
    return replace(
        draft,
        subject=draft.subject.replace(mark, child),
        text=draft.text.replace(mark, child),
        salutation=to.dear if to is not None and draft.salutation else draft.salutation,
    )


def _known(group: str) -> str:
    if group not in GROUPS:
        raise NotFound("There is no such letter.", f"Choose one of: {', '.join(GROUPS)}.")
    return group


def _points(text: object) -> tuple[str, ...]:
    return tuple(line for each in str(text or "").splitlines() if (line := each.strip()))
