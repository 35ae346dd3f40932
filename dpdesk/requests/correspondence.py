"""The letters of a request: seen and changed before they go, and kept as they went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from dpdesk import resources
from dpdesk.documents.shelf import PaperShelf, Shelved
from dpdesk.errors import DpdeskError, InvalidEntry, NotFound
from dpdesk.law.request_kinds import RequestKind, kind_rules
from dpdesk.law.words import count
from dpdesk.papers.drafts import LetterDraft
from dpdesk.papers.letters import Letters, print_each
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.requests.addressing import greeting_doubts, receiving_doubts, recipient_of
from dpdesk.requests.letter_facts import LetterFacts
from dpdesk.requests.letters import Envelope, Letter, Written
from dpdesk.requests.service import RequestService
from dpdesk.requests.standing import cautions
from dpdesk.requests.states import PROMPT_DAYS

_OTHERS: Final = "third_parties"
"""The letter to those who were given the data (UK GDPR Art 19)."""
_GIVES_DATA: Final = frozenset({"response"})
"""Letters with which personal data goes out."""
_ALSO: Final[Mapping[str, str]] = MappingProxyType({"covering": "response", "answer": "response"})
"""Other names of letters."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A letter that can be written: its key, its name, and during which stage."""

    key: str
    label: str
    stage: str
    help: str
    kinds: frozenset[str]
    """The kinds of request that it is for; empty for all."""
    decides: bool
    carries: str
    """The question of the request that the day of sending answers; empty for none."""


@cache
def every_letter() -> Mapping[str, LetterKind]:
    """All letters by their keys, in the order on screen."""
    rows = resources.kept("law", "letters.toml")["letters"]
    found = (
        LetterKind(
            row["code"],
            row["label"],
            row["stage"],
            row["note"],
            frozenset(row.get("kinds", ())),
            bool(row.get("decides")),
            row.get("carries", ""),
        )
        for row in rows
    )
    return MappingProxyType({each.key: each for each in found})


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it went, for lists and for the case file."""

    part: Entry
    label: str
    paper: Shelved | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was noted as sent, what changed, and what could not be carried on."""

    saved: Saved
    changes: Changes
    told: str = ""


class Correspondence:
    """Writes, changes, sends and keeps the letters of requests."""

    def __init__(self, requests: RequestService, shelf: PaperShelf) -> None:
        self._requests = requests
        self._shelf = shelf
        self._facts = LetterFacts(requests)

    # --- which letters there are ---------------------------------------------------------

    def kinds(self, entry: Entry) -> tuple[LetterKind, ...]:
        """The letters that a request of its kind may need, in the order of the work."""
        kind = kind_rules(entry.values.get("kind")).kind.value
        return tuple(
            each for each in every_letter().values() if not each.kinds or kind in each.kinds
        )

    def kind_called(self, name: str, entry: Entry) -> LetterKind:
        """The letter of that name. Raises NotFound, with those there are for this request."""
        key = name.strip().lower().replace("-", "_").replace(" ", "_")
        here = {each.key: each for each in self.kinds(entry)}
        if (key := _ALSO.get(key, key)) not in here and f"complaint_{key}" in here:
            key = f"complaint_{key}"
        if key not in here:
            raise NotFound(
                f"There is no letter called {name.strip()} for {entry.reference}.",
                f"Choose one of: {', '.join(here)}.",
            )
        return here[key]

    # --- seeing --------------------------------------------------------------------------

    def draft(self, kind: str, entry: Entry) -> LetterDraft:
        """The words of a letter: as somebody left them, else as they follow from what is known."""
        kept = self.being_written(kind, entry)
        return self.afresh(kind, entry) if kept is None else _draft(kept)

    def afresh(self, kind: str, entry: Entry) -> LetterDraft:
        """The words of a letter as they follow from what is recorded now."""
        return self._written(kind, entry).draft()

    def write(self, kind: str, entry: Entry, draft: LetterDraft | None = None) -> Letter:
        """A letter as it will print, with these words or with those of ``draft(kind, entry)``.

        What is not recorded is printed as to be filled in. Raises KeyError for an unknown kind,
        InvalidFacts for dates that contradict each other.
        """
        made = self._written(kind, entry)
        if draft is None:
            draft = self.draft(kind, entry)
        letter = made.printed(draft)
        found = (*letter.warnings, *self._cautions(_key(kind), entry, letter))
        return replace(letter, warnings=tuple(dict.fromkeys(found)))

    def docx(self, kind: str, entry: Entry, draft: LetterDraft | None = None) -> bytes:
        """The same as a document for Word."""
        return self._written(kind, entry).docx(draft or self.draft(kind, entry))

    def message(self, kind: str, entry: Entry, draft: LetterDraft | None = None) -> bytes:
        """The same as a message that the mail program opens, not sent yet."""
        return self._written(kind, entry).message(draft or self.draft(kind, entry))

    def stale(self, kind: str, entry: Entry) -> bool:
        """Was anything recorded about the request after the words of this letter were kept?"""
        kept = self.being_written(kind, entry)
        if kept is None or kept.changed_at is None or entry.changed_at is None:
            return False
        return entry.changed_at > kept.changed_at and self.afresh(kind, entry) != _draft(kept)

    # --- keeping and sending -------------------------------------------------------------

    def being_written(self, kind: str, entry: Entry) -> Entry | None:
        """The letter of this kind that was begun and is not sent yet."""
        return next(
            (
                part
                for part in self._parts(entry)
                if part.values.get("kind") == _key(kind) and part.values.get("sent_on") is None
            ),
            None,
        )

    def begun(self, entry: Entry) -> frozenset[str]:
        """The letters that were begun and are not sent yet."""
        return frozenset(
            str(part.values["kind"])
            for part in self._parts(entry)
            if part.values.get("sent_on") is None
        )

    def keep(self, kind: str, entry: Entry, draft: LetterDraft) -> Saved | None:
        """Keeps the words of a letter with the request; None where they stand there already.

        Raises StaleEntry, InvalidEntry.
        """
        part = self.being_written(kind, entry)
        if (_draft(part) if part is not None else self.afresh(kind, entry)) == draft:
            return None
        values = {"kind": _key(kind), **_stored(draft)}
        letters = self._requests.letters
        if part is None:
            return letters.save(values, parent_id=entry.id)
        return letters.save(values, part.id, part.version)

    def drop(self, kind: str, entry: Entry) -> Saved | None:
        """Puts the words that were kept aside, so that the letter begins afresh."""
        part = self.being_written(kind, entry)
        return None if part is None else self._requests.letters.archive(part.id, part.version)

    def send(
        self,
        kind: str,
        entry: Entry,
        draft: LetterDraft,
        *,
        sent_on: dt.date,
        how: str,
        to_whom: str = "",
        note: str = "",
    ) -> Sent:
        """Notes that a letter was sent, and keeps it as it went, for good.

        The day answers the question of the request that this letter is about (proof of identity
        asked for, extension told), where that is open. Raises InvalidEntry for a day that cannot
        be, DpdeskError where a gap is still to be filled in.
        """
        if draft.gaps:
            raise DpdeskError(
                f"Still to be filled in: {', '.join(draft.gaps)}.",
                "A letter with a gap does not go out; fill it in first.",
            )
        if sent_on < entry.values["received"]:
            raise InvalidEntry({"sent_on": "That is before the request was received."})
        printed = self._written(kind, entry).printed(draft)
        key, letters = self._requests.register.key, self._requests.letters
        part = self.being_written(kind, entry)
        with self._requests.database.changing() as change:
            number = self._shelf.last_number(change.session, key, entry.id) + 1
            values = {
                "kind": _key(kind),
                **_stored(draft),
                "sent_on": sent_on,
                "how": how,
                "to_whom": to_whom or self.addressee(kind, entry),
                "paper": number,
                "note": note or None,
            }
            row = letters.save_within(
                change,
                values,
                part.id if part else 0,
                part.version if part else 0,
                entry.id,
            )
            kept = self._shelf.keep(
                change,
                key,
                entry.id,
                printed.content,
                number=number,
                kind=_key(kind),
                answers={"subject": draft.subject, "text": printed.text},
            )
            label = f"{every_letter()[_key(kind)].label}, paper {number}, SHA-256 {kept.sha256}"
            change.note(key, entry.id, "letter", None, label)
            self._requests.refresh_within(change, entry.id)
            letter_id, before = row.id, change.before
        changes = Changes(frozenset({(letters.register.key, letter_id), (key, entry.id)}))
        told = self._carry(_key(kind), entry, sent_on)
        if _key(kind) == _OTHERS:
            noted = self._requests.recipients.note_letter
            told, more = noted(entry.id, str(values["to_whom"] or ""), sent_on, how)
            changes |= more
        return Sent(Saved(letters.load(letter_id), changes, before), changes, told)

    def _carry(self, kind: str, entry: Entry, day: dt.date) -> str:
        """Answers with the day of sending what the request still asks; says where it cannot."""
        name = every_letter()[kind].carries
        now = self._requests.load(entry.id)
        if not name or now.values.get(name) is not None:
            return ""
        field = now.register.field(name)
        if not field.applies(now.values):
            return f"Answer “{field.label}” yourself: it is not asked yet."
        try:
            self._requests.save({name: day}, now.id, now.version, why="A letter was sent")
        except InvalidEntry as error:
            return f"“{field.label}” was not filled in: {' '.join(error.problems.values())}"
        return f"“{field.label}” is now that day."

    def addressee(self, kind: str, entry: Entry) -> str:
        """Whom a letter goes to: who asked, or the next who is to be told of it (Art 19)."""
        if _key(kind) == "health_opinion":
            return str(entry.values.get("opinion_from") or "")
        if _key(kind) != _OTHERS:
            return recipient_of(entry.values)
        waiting = self._requests.recipients.open_ones(entry.id)
        return str(waiting[0].values["recipient"]) if waiting else ""

    def sent(self, entry_id: int) -> tuple[SentLetter, ...]:
        """The letters of a request that were sent, oldest first, with their papers."""
        papers = {
            each.number: each
            for each in self._shelf.of_entry(self._requests.register.key, entry_id)
        }
        parts = [p for p in self._requests.letters.parts(entry_id) if p.values.get("sent_on")]
        return tuple(
            SentLetter(part, part.shown("kind"), papers.get(part.values.get("paper") or 0))
            for part in sorted(parts, key=lambda part: (part.values["sent_on"], part.id))
        )

    def content(self, paper_id: int) -> bytes:
        """The paper of a letter as it went. Raises NotFound, DamagedWorkspace."""
        return self._shelf.content(self._requests.register.key, paper_id)

    def sample_envelope(self) -> Envelope:
        """The envelope of a letter that is only looked at, to try its wording."""
        name = "Mrs Sample"
        return replace(
            self._facts.envelope(),
            recipient=name,
            recipient_address=("1 Sample Road",),
            reference="SAR-2026-001",
            salutation=name,
        )

    # --- to several at once --------------------------------------------------------------

    def waiting(self, kind: str, entry: Entry) -> tuple[Entry, ...]:
        """Those who are still to be told by this letter (Art 19); nobody for other letters."""
        return self._requests.recipients.open_ones(entry.id) if _key(kind) == _OTHERS else ()

    def to_all(self, entry: Entry, draft: LetterDraft) -> Letters:
        """The letter to each who is still to be told, one after the other in one file.

        Words that somebody changed go to all of them; else each is told of what it was given.
        Raises ValueError where nobody is left.
        """
        return print_each(
            [
                (self._written(_OTHERS, entry, each), self._words_for(entry, draft, each))
                for each in self.waiting(_OTHERS, entry)
            ]
        )

    def send_to_all(
        self, entry: Entry, draft: LetterDraft, *, sent_on: dt.date, how: str, note: str = ""
    ) -> Sent:
        """Notes that the letter went to each who was still to be told; keeps each as it went.

        Raises as ``send``; those noted before stay noted. Raises ValueError where nobody is left.
        """
        waiting = self.waiting(_OTHERS, entry)
        # Before the first is noted, for what is kept as a draft goes with it.
        words = [self._words_for(entry, draft, each) for each in waiting]
        sent = [
            self.send(_OTHERS, entry, each, sent_on=sent_on, how=how, note=note) for each in words
        ]
        if not sent:
            raise ValueError("nobody waits to be told")
        changes = Changes(frozenset().union(*(each.changes.entries for each in sent)))
        return Sent(sent[-1].saved, changes, f"{count(len(sent), 'recipient')} recorded as told.")

    def _words_for(self, entry: Entry, draft: LetterDraft, to: Entry) -> LetterDraft:
        own = draft != self.afresh(_OTHERS, entry)
        return draft if own else self._written(_OTHERS, entry, to).draft()

    # --- inside --------------------------------------------------------------------------

    def _written(self, kind: str, entry: Entry, to: Entry | None = None) -> Written:
        return self._facts.gathered(_key(kind), entry, to)

    def _parts(self, entry: Entry) -> Sequence[Entry]:
        return self._requests.letters.parts(entry.id) if entry.id else ()

    def _cautions(self, kind: str, entry: Entry, letter: Letter) -> tuple[str, ...]:
        """What to look at before this letter goes out."""
        found = [*greeting_doubts(entry.values, letter.draft.salutation), *cautions(entry.values)]
        if kind in _GIVES_DATA and entry.values.get("outcome") not in {"nothing_held", "refused"}:
            found += receiving_doubts(entry.values)
        left = len(self._requests.searches.open_places(entry.id)) if kind in _GIVES_DATA else 0
        if left:
            found.append(
                f"{count(left, 'place')} still listed without a result: the letter says nothing of "
                "them. Record what was found there, or why nobody looked."
            )
        school = self._requests.school.particulars()
        street = next(iter(school.regulator_address.splitlines()), "")
        if street and street in letter.text and not school.regulator_checked:
            found.append(
                f"The letter gives the address of the {school.regulator_short}, which may have "
                "moved: check it once in Settings, and record the day."
            )
        waited = (self._facts.today() - entry.values["received"]).days
        if kind == "identity" and not entry.values.get("identity_asked") and waited > PROMPT_DAYS:
            found.append(
                f"The request arrived {waited} days ago. Proof of identity should be asked for "
                "promptly: send this today, and record why it was late."
            )
        if kind == "response" and entry.values.get("outcome") == "refused" and _asks_copy(entry):
            found.append("It was refused: write “Refusal, of all or a part” and not this answer.")
        partly = {"refused", "given_in_part", "done_in_part"}
        if kind == "refusal" and entry.values.get("outcome") not in partly:
            found.append("Choose the outcome first: the reasons are asked for beside it.")
        return tuple(found)


def _asks_copy(entry: Entry) -> bool:
    return kind_rules(entry.values.get("kind")).kind is RequestKind.ACCESS


_ASKED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "what was asked for": "asked",
        "purposes": "purposes",
        "categories": "categories",
        "recipients": "recipients",
        "retention": "retention",
        "source of the data": "data_source",
        "automated decisions": "automated",
        "safeguards": "safeguards",
        "amount": "fee_amount",
        "why a fee can be charged": "fee_ground",
        "reasons for the fee": "fee_why",
        "reasons for refusal": "refusal_why",
        "why in this case": "refusal_why",
        "part refused": "refused_part",
        "what was left out, and why": "outcome",
        "reasons for the extension": "extension_why",
    }
)
"""Which question of a request answers which gap of a letter."""


def asked_as(entry: Entry, gap: str) -> str:
    """A gap of a letter, by the words of the question that fills it."""
    name = _ASKED_BY.get(gap)
    return f"“{entry.register.field(name).label}”" if name else gap


def _key(kind: str) -> str:
    return _ALSO.get(kind, kind)


def _draft(part: Entry) -> LetterDraft:
    values: Mapping[str, Any] = part.values
    return LetterDraft(
        str(values.get("subject") or ""),
        str(values.get("words") or ""),
        str(values.get("salutation") or ""),
    )


def _stored(draft: LetterDraft) -> dict[str, str | None]:
    return {
        "subject": draft.subject or None,
        "salutation": draft.salutation or None,
        "words": draft.text or None,
    }
