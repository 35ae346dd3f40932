"""The letters of a breach: to the people concerned, and the public notice in place of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dpdesk.papers.drafts import LetterDraft, draft_of, filled_of
from dpdesk.papers.kit import Paper
from dpdesk.papers.letters import Envelope, Letter, Letters, Written, write, write_each
from dpdesk.papers.templates import Answer, print_blocks


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What the people concerned are told (UK GDPR Art 34(2)), in plain words.

    Each text may have several paragraphs or points; what is empty is printed as a gap.
    """

    what_happened: str
    happened_on: dt.datetime | None
    kinds_of_data: tuple[str, ...]
    data_differ: bool
    """May some of the data be held about some of the people only? Then the letter says so."""
    consequences: tuple[str, ...]
    measures: tuple[str, ...]
    planned: tuple[str, ...]
    """What is still to be done; nothing is printed of it where there is nothing."""
    advice: tuple[str, ...]
    regulator_told: bool
    contact: str
    """The data protection officer with e-mail and telephone (Art 34(2) with Art 33(3)(b))."""


def letter_to_people(envelope: Envelope, told: ToldOf, group: str) -> Letter:
    """A letter to one person of a group: "adult", "pupil" (read by the child) or "parent".

    "pupil" is worded for a child, "parent" speaks of "your child".
    """
    return write("breach_people", envelope, _to_people(told, group))


def to_person(envelope: Envelope, told: ToldOf, group: str) -> Written:
    """The same before it is printed, so that every word can be changed."""
    return Written("breach_people", envelope, _to_people(told, group))


def notice_of(envelope: Envelope, told: ToldOf) -> Written:
    """A public notice before it is printed; nobody is addressed and nobody signs."""
    nobody = replace(envelope, sender="", sender_role="", recipient="", recipient_address=())
    return Written("breach_notice", replace(nobody, salutation=""), _answers(told))


def letters_to_people(envelopes: Sequence[Envelope], told: ToldOf, group: str) -> Letters:
    """The same letter to each of several people, in one file."""
    return write_each("breach_people", envelopes, _to_people(told, group))


def _to_people(told: ToldOf, group: str) -> dict[str, Answer]:
    return _answers(told) | {"for a pupil": group == "pupil", "about a child": group == "parent"}


def public_notice(envelope: Envelope, told: ToldOf, draft: LetterDraft | None = None) -> Letter:
    """A notice for all, where telling each would take disproportionate effort (Art 34(3)(c)).

    It has neither address nor signature; the recipient of the envelope is not used. ``draft``:
    its words, where somebody changed them.
    """
    made = notice_of(envelope, told)
    source = made.filled()
    draft = draft or draft_of(source, "")
    filled = filled_of(draft)
    paper = Paper(filled.subject, letterhead=envelope.letterhead, printed_on=envelope.written_on)
    print_blocks(paper, filled)
    printed = paper.printed()
    return Letter(
        subject=filled.subject,
        content=printed.content,
        pages=printed.pages,
        text=filled.text(),
        missing=draft.gaps,
        warnings=printed.warnings,
        sources=tuple(source.sources),
        draft=draft,
        passages=made.passages(draft),
    )


def _answers(told: ToldOf) -> dict[str, Answer]:
    return {
        "what happened": told.what_happened,
        "date it happened": told.happened_on,
        "kinds of data": told.kinds_of_data,
        "data differ": told.data_differ,
        "consequences": told.consequences,
        "what we have done": told.measures,
        "what we will do": told.planned,
        "what you can do": told.advice,
        "contact": told.contact,
        "regulator told": told.regulator_told,
    }
