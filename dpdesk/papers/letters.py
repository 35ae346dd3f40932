"""A letter of the school, of whatever room: from whom, to whom, about what, and its wording.

The wording lives in ``resources/templates`` and may be changed there or replaced by the
school's own. What is not known is printed as a visible gap and named in ``Letter.missing``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dpdesk.law.words import long_date

from . import look, required
from .drafts import LetterDraft, draft_of, filled_of
from .flow import bound
from .kit import Letterhead, Paper
from .letter_files import LetterParts, docx_of, mail_address, message_of
from .reading_ease import ReadingEase, reading_ease
from .regulator import Regulator as Regulator
from .regulator import default_regulator as default_regulator
from .required import Passage
from .templates import Answer, Filled, Wording, fill, print_blocks, shipped

_NAMELESS = frozenset(
    {"sir or madam", "madam or sir", "sir/madam", "sir", "madam", "sirs", "parent or carer"}
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every letter has: from whom, to whom, about which request, on which day.

    ``salutation`` is what follows "Dear"; empty gives the recipient's name. ``child`` is whom a
    letter to parents is about. ``wording`` holds the school's own templates by name; a name that
    is absent takes the shipped one.
    """

    letterhead: Letterhead
    sender: str
    sender_role: str
    recipient: str
    recipient_address: tuple[str, ...]
    reference: str
    written_on: date
    salutation: str = ""
    child: str = ""
    regulator: Regulator = field(default_factory=default_regulator)
    contact: tuple[str, ...] = ()
    """Whom to write to: name, e-mail and telephone; empty takes the sender and the letterhead."""
    how_to_complain: str = ""
    enclosures: tuple[str, ...] = ()
    marking: str = "Confidential"
    wording: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: the PDF, the same as plain text for an e-mail, and what to look at.

    ``missing`` names the gaps still to be filled, ``warnings`` are sentences for the user,
    ``sources`` the law that the wording rests on. ``draft`` are its words to be changed, and
    ``passages`` what it must say, whether it does so or not.
    """

    subject: str
    content: bytes = field(repr=False)
    pages: int
    text: str = field(repr=False)
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    draft: LetterDraft
    passages: tuple[Passage, ...] = ()

    @property
    def lacking(self) -> tuple[str, ...]:
        """A sentence for each passage that the law asks for and that is not there."""
        return required.missing(self.passages)

    @property
    def ease(self) -> ReadingEase | None:
        """How easy it is to read."""
        return reading_ease(self.draft.text)


@dataclass(frozen=True, slots=True)
class Letters:
    """The same letter to several people: one PDF that holds a letter for each, and their texts.

    ``missing`` and ``warnings`` as for ``Letter``, each once.
    """

    subject: str
    content: bytes = field(repr=False)
    pages: int
    texts: tuple[str, ...] = field(repr=False)
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter before it is printed: its template, its envelope, and what is known for it."""

    name: str
    envelope: Envelope
    answers: Mapping[str, Answer]
    warnings: tuple[str, ...] = ()

    @property
    def _known(self) -> dict[str, Answer]:
        return {**known(self.envelope), **self.answers}

    def filled(self) -> Filled:
        """The template with what is known."""
        return fill(self.name, self._known, _wording(self.envelope))

    def draft(self) -> LetterDraft:
        """The words as the template has them, to be changed."""
        return draft_of(self.filled(), str(self._known["salutation"]))

    def passages(self, draft: LetterDraft | None = None) -> tuple[Passage, ...]:
        """What it must say, and whether these words, or those of the template, say it."""
        return required.passages(self.name, self._known, (draft or self.draft()).whole)

    def printed(self, draft: LetterDraft | None = None) -> Letter:
        """The letter with these words, or with those of the template."""
        filled = self.filled()
        draft = draft or draft_of(filled, str(self._known["salutation"]))
        envelope = replace(self.envelope, salutation=draft.salutation)
        changed = filled_of(draft)
        printed = _paper(envelope, changed).printed()
        return Letter(
            subject=changed.subject,
            content=printed.content,
            pages=printed.pages,
            text=_text(envelope, changed),
            missing=draft.gaps,
            warnings=(*self.warnings, *printed.warnings),
            sources=tuple(filled.sources),
            draft=draft,
            passages=self.passages(draft),
        )

    def docx(self, draft: LetterDraft | None = None) -> bytes:
        """The letter as a document for Word."""
        return docx_of(self._parts(draft or self.draft()))

    def message(
        self,
        draft: LetterDraft | None = None,
        *,
        to: str = "",
        attached: Sequence[tuple[str, bytes]] = (),
    ) -> bytes:
        """The letter as a message that the mail program opens, not sent yet.

        ``to``: words that hold an address; else it is looked for in the address of the letter.
        """
        words = to or "\n".join(self.envelope.recipient_address)
        parts = self._parts(draft or self.draft())
        return message_of(parts, mail_address(words), attached=attached)

    def _parts(self, draft: LetterDraft) -> LetterParts:
        envelope = replace(self.envelope, salutation=draft.salutation)
        mails = (mail_address(each) for each in (*envelope.contact, envelope.letterhead.email))
        return LetterParts(
            envelope.letterhead,
            envelope.marking,
            _address(envelope),
            long_date(envelope.written_on),
            envelope.reference,
            filled_of(draft),
            _greeting(envelope),
            [line for line in (envelope.sender, envelope.sender_role) if line],
            envelope.enclosures,
            next((each for each in mails if each), ""),
        )


def write(
    name: str,
    envelope: Envelope,
    answers: Mapping[str, Answer],
    warnings: tuple[str, ...] = (),
) -> Letter:
    """Fills the template of that name and prints it as a letter; ``warnings`` go with it."""
    return Written(name, envelope, answers, warnings).printed()


def print_each(letters: Sequence[tuple[Written, LetterDraft]]) -> Letters:
    """Several letters in these words, one after the other in one file.

    Raises ValueError where there is none.
    """
    if not letters:
        raise ValueError("no letter")
    filled = [(made.envelope, draft, filled_of(draft)) for made, draft in letters]
    printed = bound(
        filled[0][2].subject,
        [_paper(replace(e, salutation=draft.salutation), text) for e, draft, text in filled],
        [envelope.recipient for envelope, _, _ in filled],
    )
    return Letters(
        subject=filled[0][2].subject,
        content=printed.content,
        pages=printed.pages,
        texts=tuple(_text(replace(e, salutation=d.salutation), text) for e, d, text in filled),
        missing=tuple(dict.fromkeys(gap for _, draft in letters for gap in draft.gaps)),
        warnings=printed.warnings,
    )


def write_each(name: str, envelopes: Sequence[Envelope], answers: Mapping[str, Answer]) -> Letters:
    """The same letter in each envelope, one after the other in one file.

    Raises ValueError where there is no envelope.
    """
    letters = [(envelope, _filled(name, envelope, answers)) for envelope in envelopes]
    printed = bound(
        letters[0][1].subject if letters else "",
        [_paper(envelope, filled) for envelope, filled in letters],
        [envelope.recipient for envelope in envelopes],
    )
    missing = dict.fromkeys(gap for _, filled in letters for gap in filled.missing)
    return Letters(
        subject=letters[0][1].subject,
        content=printed.content,
        pages=printed.pages,
        texts=tuple(_text(envelope, filled) for envelope, filled in letters),
        missing=tuple(missing),
        warnings=printed.warnings,
    )


def _filled(name: str, envelope: Envelope, answers: Mapping[str, Answer]) -> Filled:
    return fill(name, {**known(envelope), **answers}, _wording(envelope))


def _paper(envelope: Envelope, filled: Filled) -> Paper:
    paper = Paper(
        filled.subject,
        reference=envelope.reference,
        letterhead=envelope.letterhead,
        marking=envelope.marking,
        printed_on=envelope.written_on,
        letter=True,
    )
    _opening(paper, envelope, filled)
    print_blocks(paper, filled)
    _closing(paper, envelope)
    return paper


def _text(envelope: Envelope, filled: Filled) -> str:
    return f"{filled.text()}\n\n{_greeting(envelope)}\n\n{envelope.sender}\n{envelope.sender_role}"


def known(envelope: Envelope) -> dict[str, Answer]:
    """What every template may name: school, sender, regulator and how to complain."""
    head, regulator = envelope.letterhead, envelope.regulator
    line = _unbroken(regulator.telephone)
    reached = envelope.contact or (envelope.sender, head.email, head.telephone)
    contact = ", ".join(_unbroken(t) if _is_telephone(t) else t for t in reached if t)
    return {
        "salutation": envelope.salutation or envelope.recipient,
        "recipient": envelope.recipient,
        "child": envelope.child or "your child",
        "reference": envelope.reference,
        "school": head.school,
        "sender": envelope.sender,
        "contact": contact,
        "contact e-mail": next((t for t in reached if "@" in t), ""),
        "contact telephone": next((t for t in reached[1:] if _is_telephone(t)), ""),
        "how to complain": envelope.how_to_complain or contact,
        "regulator": regulator.name,
        "regulator short": _short(regulator.name),
        "regulator address": ", ".join(regulator.address),
        "regulator telephone": line,
        # As people type it; a browser adds the rest.
        "regulator website": regulator.website.removeprefix("https://").rstrip("/"),
    }


def _short(name: str) -> str:
    """What stands in brackets in the name of the regulator: "ICO"."""
    return name.rpartition("(")[2].partition(")")[0].strip() if "(" in name else name


def _is_telephone(words: str) -> bool:
    return words.lstrip("+( ")[:1].isdigit()


def _unbroken(telephone: str) -> str:
    """A telephone number is not broken at the end of a line."""
    return telephone.replace(" ", "\u00a0")


def _wording(envelope: Envelope) -> Wording:
    def wording(name: str) -> str:
        own = envelope.wording.get(name)
        return shipped(name) if own is None else own

    return wording


def _opening(paper: Paper, envelope: Envelope, filled: Filled) -> None:
    """Address where a window envelope shows it, then day, reference and subject."""
    paper.beside(
        _address(envelope), [long_date(envelope.written_on), f"Our reference: {envelope.reference}"]
    )
    paper.lines([filled.subject], style=look.HEADINGS[1], gap=28.0)
    paper.keep()


def _address(envelope: Envelope) -> list[str]:
    return [line for line in (envelope.recipient, *envelope.recipient_address) if line]


def _greeting(envelope: Envelope) -> str:
    """How a letter ends: faithfully to somebody who is not named."""
    dear = (envelope.salutation or envelope.recipient).strip(" ,").casefold()
    return "Yours faithfully," if dear in _NAMELESS else "Yours sincerely,"


def _closing(paper: Paper, envelope: Envelope) -> None:
    paper.keep()  # a page with nothing but a signature could belong to any letter
    paper.lines([_greeting(envelope)], gap=16.0)
    paper.keep()
    paper.lines([line for line in (envelope.sender, envelope.sender_role) if line], gap=44.0)
    if envelope.enclosures:
        paper.lines([f"Enclosed: {'; '.join(envelope.enclosures)}"], style=look.SMALL, gap=14.0)
