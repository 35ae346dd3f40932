"""Gathers for paper what the registers of consents know."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dpdesk.consents.codes import FormCodes
from dpdesk.consents.records import withdrew
from dpdesk.consents.roll import Roll
from dpdesk.consents.roll_answers import PictureAnswer, Pupil
from dpdesk.consents.service import ConsentService
from dpdesk.consents.withdrawing import Withdrawals
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.papers.form_layout import FormLayout
from dpdesk.people.service import PeopleService
from dpdesk.registers.entries import Entry
from dpdesk.school.service import SchoolService

if TYPE_CHECKING:
    from dpdesk.papers.flow import Printed
    from dpdesk.papers.letters import Letter


class ConsentPrints:
    """Consents on paper."""

    def __init__(
        self,
        consents: ConsentService,
        people: PeopleService,
        school: SchoolService,
        codes: FormCodes,
        withdrawals: Withdrawals,
    ) -> None:
        self._consents, self._people, self._withdrawals = consents, people, withdrawals
        self._school, self._codes = school, codes

    def class_sheet(self, words: str) -> Printed:
        """Who of a class may be photographed for what. Raises NotFound."""
        from dpdesk.consents.papers import class_sheet  # reportlab only when something is printed

        roll = self._consents.roll()
        pupils = _of_class(roll, words)
        return class_sheet(_titled(words, pupils), roll, pupils, self._school.letterhead())

    def forms(self, words: str) -> Printed:
        """A form for each pupil of a class. Raises NotFound; DpdeskError where no use is set up."""
        roll = self._consents.roll()
        return self._forms(roll, _of_class(roll, words))

    def sheet_of(self, pupils: Collection[int], name: str) -> Printed:
        """The same for some pupils, under a name such as "Class 4B"."""
        from dpdesk.consents.papers import class_sheet

        roll = self._consents.roll()
        return class_sheet(name, roll, _chosen(roll, pupils), self._school.letterhead())

    def forms_of(self, pupils: Collection[int]) -> Printed:
        """A form for each of some pupils. Raises NotFound; DpdeskError where no use is set up."""
        roll = self._consents.roll()
        return self._forms(roll, _chosen(roll, pupils))

    def _forms(self, roll: Roll, pupils: tuple[Pupil, ...]) -> Printed:
        from dpdesk.consents.papers import ConsentForm, consent_forms

        if not roll.uses:
            raise DpdeskError(
                "No use of pictures is set up yet.", "Add the uses under “Uses and wording” first."
            )
        head, officer = self._school.letterhead(), self._school.particulars()
        contact = ", ".join(t for t in (officer.dpo_name, head.email, head.telephone) if t)
        codes = self._codes.fresh([pupil.id for pupil in pupils])
        forms = [ConsentForm(pupil, codes[pupil.id]) for pupil in pupils]
        layouts = {pupil.id: FormLayout() for pupil in pupils}
        printed = consent_forms(forms, roll.uses, roll.today, head, contact, layouts)
        self._codes.keep(codes, roll.uses, layouts)
        return printed

    def checked(self, found: PictureAnswer) -> Printed:
        """An answer about a picture, to keep."""
        from dpdesk.consents.papers import picture_check

        return picture_check(found, self._consents.today(), self._school.letterhead())

    def withdrawal(self, entry: Entry) -> Letter:
        """The letter that confirms a withdrawal. Raises DpdeskError for another answer.

        Everything that the same person withdrew for this pupil on that day stands in one letter.
        """
        from dpdesk.papers.letters import Envelope, write

        if not withdrew(entry.values):
            raise DpdeskError("This answer is not a withdrawal.", "Open the withdrawal instead.")
        values = entry.values
        together = self._withdrawals.together(entry)
        uses = tuple(each.title.rpartition(": ")[2] for each in together)
        closed = [each.values.get("closed_on") for each in together]
        had = {each.values.get("others_had") for each in together}
        school = self._school.particulars()
        who = self._people.load(values["by_whom"]) if values.get("by_whom") else None
        name = ""
        address: tuple[str, ...] = ()
        if who is not None:
            name = " ".join(
                str(who.values[n]) for n in ("forename", "surname") if who.values.get(n)
            )
            address = tuple(str(who.values.get("address") or "").splitlines())
        pupil = self._people.load(values["pupil"]).values
        called = pupil.get("known_as") or pupil.get("forename") or pupil["surname"]
        envelope = Envelope(
            letterhead=self._school.letterhead(),
            sender=school.dpo_name,
            sender_role=school.dpo_post or "Data Protection Officer",
            recipient=name,
            recipient_address=address,
            reference=entry.reference,
            written_on=self._consents.today(),
            salutation=name or "Parent or Carer",
            regulator=school.regulator,
            contact=school.contact,
            wording=self._school.wordings.in_use(),
        )
        done = [day for day in closed if day is not None]
        return write(
            "consent_withdrawn",
            envelope,
            {
                "date withdrawn": values["asked_on"],
                "pupil": str(called),
                "uses": uses,
                "taken down": len(done) == len(closed),
                "date taken down": max(done) if done else None,
                "nobody else": had == {"no"},
                "others told": values.get("told_others") is not None,
                "date others told": values.get("told_others"),
            },
        )


def _of_class(roll: Roll, words: str) -> tuple[Pupil, ...]:
    pupils = roll.of_class(words) if words.strip() else ()
    if not pupils:
        known = ", ".join(roll.forms) or "none yet"
        raise NotFound("There is no class or year group with this name.", f"Classes: {known}.")
    return pupils


def _chosen(roll: Roll, numbers: Collection[int]) -> tuple[Pupil, ...]:
    found = tuple(each for each in roll.pupils if each.id in numbers)
    if not found:
        raise NotFound("None of these pupils is on record.")
    return found


def _titled(words: str, pupils: tuple[Pupil, ...]) -> str:
    """The name of the class as the register writes it."""
    forms, years = {each.form for each in pupils}, {each.year_group for each in pupils}
    if len(forms) == 1 and (form := next(iter(forms))):
        return f"Class {form}"
    if len(years) == 1 and (year := next(iter(years))):
        return {"N": "Nursery", "R": "Reception"}.get(year, f"Year {year}")
    return words
