"""What is printed about consents: the sheet of a class, forms for parents, an answer to keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import PictureAnswer, Pupil, Use
from dpdesk.consents.rules import Stands
from dpdesk.law.words import long_date
from dpdesk.papers import look
from dpdesk.papers.flow import Printed, bound
from dpdesk.papers.form_layout import FormLayout
from dpdesk.papers.forms import FormPaper
from dpdesk.papers.kit import Column, Letterhead, Paper, Status, Tone, bold
from dpdesk.papers.look import Style

_FAR = Style(13.5, 19, "medium")
"""Letters that are read at arm's length."""
_MANY_USES = 4
_ANSWER: dict[Stands, Tone] = {Stands.GIVEN: "ok"}


def class_sheet(
    name: str, roll: Roll, pupils: Sequence[Pupil], letterhead: Letterhead | None
) -> Printed:
    """Who of a class may be photographed for what, to be read at arm's length without colour."""
    paper = Paper(
        f"{name}: who may be photographed",
        letterhead=letterhead,
        marking="Confidential",
        printed_on=roll.today,
        landscape=len(roll.uses) >= _MANY_USES,
    )
    paper.text(
        f"As on {long_date(roll.today)}. Ask the school office before you rely on an older sheet. "
        "YES means that consent is on record; everything else is a no.",
        style=look.BODY,
    )
    never = [p for p in pupils if not any(roll.of(p.id, use.id).allows for use in roll.uses)]
    if never:
        paper.note(
            ", ".join(pupil.name for pupil in never),
            title="No pictures at all",
        )
    minded = [f"{pupil.name}: {pupil.careful}" for pupil in pupils if pupil.careful]
    if minded:
        paper.note("\n".join(minded), title="Before you use a picture")
    rows: list[list[str | Status]] = [
        [pupil.name, *(_yes_no(roll, pupil, use) for use in roll.uses)] for pupil in pupils
    ]
    share = 0.34 if len(roll.uses) < _MANY_USES else 0.26
    columns = [Column("Name", share=share), *(Column(use.name) for use in roll.uses)]
    paper.table(columns, rows, empty="There are no pupils in this class.", style=_FAR)
    return paper.printed()


def _yes_no(roll: Roll, pupil: Pupil, use: Use) -> str | Status:
    # Only the no has a sign: it is what the eye must not miss.
    return "YES" if roll.of(pupil.id, use.id).allows else Status("\u00a0NO", "danger")


def picture_check(found: PictureAnswer, day: dt.date, letterhead: Letterhead | None) -> Printed:
    """An answer to keep: which use, who, and why."""
    paper = Paper(
        "Picture check",
        letterhead=letterhead,
        marking="Confidential",
        printed_on=day,
    )
    paper.facts([("Used for", found.use), ("Checked on", long_date(day))])
    if found.only_if:
        paper.status(f"The picture may be used {found.only_if}.", "warn")
    elif found.allowed:
        paper.status("The picture may be used.", "ok")
    else:
        paper.status("The picture may not be used.", "danger")
    paper.table(
        [Column("Name", share=0.26), Column("Answer", share=0.18), "Why"],
        [
            (each.shown, Status(str(each.answer).capitalize(), _ANSWER.get(each.answer, "danger")),
             each.why)
            for each in found.people
        ],
    )  # fmt: skip
    paper.text(
        "Policy 12.2. No names or other details are put beside the picture.", style=look.SMALL
    )
    return paper.printed()


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A form for one pupil; ``code`` says which pupil and which words, when it comes back."""

    pupil: Pupil
    code: str


def consent_forms(
    forms: Sequence[ConsentForm],
    uses: Sequence[Use],
    day: dt.date,
    letterhead: Letterhead,
    contact: str,
    layouts: Mapping[int, FormLayout],
) -> Printed:
    """A form for each pupil, one after the other. Raises ValueError where there is none.

    Where what stands is noted in ``layouts``, by pupil.
    """
    return bound(
        "Consent for photographs and videos",
        [_form(each, uses, day, letterhead, contact, layouts) for each in forms],
        [each.pupil.name for each in forms],
    )


def _form(
    form: ConsentForm,
    uses: Sequence[Use],
    day: dt.date,
    letterhead: Letterhead,
    contact: str,
    layouts: Mapping[int, FormLayout],
) -> Paper:
    paper = FormPaper(
        "Photographs and videos: your consent",
        letterhead=letterhead,
        printed_on=day,
    )
    beside = f"Class: {form.pupil.place}" if form.pupil.place else ""
    paper.coded(
        [f"For: {form.pupil.name}", *([beside] if beside else [])],
        form.code,
        layouts[form.pupil.id],
    )
    paper.text(
        "We sometimes take photographs and videos of pupils, or ask a photographer to. We would "
        "like to use them as described below, and only with your consent. You are free to agree to "
        "all, some or none; your child is treated the same whatever you decide. We never put "
        "your child’s name or other details beside a picture that we use in these ways."
    )
    paper.text(
        [
            bold("Tick each use that you agree to. "),
            "If you leave a box empty, we will not use pictures of your child in that way.",
        ]
    )
    for use in uses:
        paper.box(f"use {use.id}", use.name, use.words)
    paper.note(
        "You can change your mind at any time, for any of these uses, and you need not say why. "
        f"Write or speak to {contact}. We will then delete the picture, take it down where we can, "
        "and not share it any further. We cannot recall what others have already copied or "
        "printed.",
        title="If you change your mind",
    )
    paper.text(
        "Please talk about this with your child, who also has a say. My child:",
        stay=True,
    )
    paper.box("wish happy", "is happy to be in pictures")
    paper.box("wish unhappy", "does not want to be in pictures")
    paper.signed()
    paper.text(
        "Only somebody with parental responsibility can sign.", style=look.SMALL, gap=look.SPACE_S
    )
    return paper
