"""Whose a number or an address is, and so whether it is proposed.

What belongs to the data subject stays, and so does what the person who asks told the school. The
addresses of staff at the school are the school's; their own telephones are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from dpdesk.disclosure.candidates import KEPT_WHY, PartyStanding, SuggestedGroup, cues, kinds
from dpdesk.disclosure.known_people import KnownPeople, Reached, plain_telephone
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.numbers_found import Number

_BOX: Final = re.compile(r"[\W\d_]+")
_NOT_SCHOOLS: Final = "A staff address that is not the school’s."
_SCHOOLS_UNKNOWN: Final = (
    "A staff address. If it is the school’s, reject it; enter the school’s own e-mail address "
    "in the settings, and such addresses are not proposed."
)


@dataclass(frozen=True, slots=True)
class SchoolReached:
    """How the school itself is reached."""

    reached: Reached
    domains: frozenset[str] = frozenset()
    """What stands behind the @ of its addresses."""


@dataclass(frozen=True, slots=True)
class OwnedNumber:
    """Whose it is, with what is special about this place."""

    group: SuggestedGroup
    doubtful: bool = False
    why: str = ""


class Ownership:
    """Says whose numbers and addresses are."""

    def __init__(
        self, people: KnownPeople, school: SchoolReached, present: Collection[int]
    ) -> None:
        self._people = people
        self._school = school
        self._present = set(present)

    def of(self, number: Number, said: str) -> OwnedNumber:
        """Whose something is that stands there as ``said``."""
        if number.kind == "email":
            return self._mail(number, said)
        if self._is_schools(number):
            return OwnedNumber(self._own(number, said, PartyStanding.SCHOOL))
        owners = self._owners(number)
        if owners:
            return self._owned(number, said, owners)
        return OwnedNumber(self._own(number, said, PartyStanding.OTHER), number.doubtful)

    def _is_schools(self, number: Number) -> bool:
        way = self._school.reached
        match number.kind:
            case "telephone":
                return number.value in way.telephones
            case "postcode" | "address":
                return number.value in way.postcodes
            case _:
                return False

    def _owners(self, number: Number) -> set[int]:
        people = self._people
        match number.kind:
            case "telephone":
                return set(people.by_telephone.get(plain_telephone(number.value), ())) or set(
                    people.by_telephone.get(number.value, ())
                )
            case "postcode" | "address":
                return set(people.by_postcode.get(number.value, ()))
            case "upn":
                return set(people.by_number.get(number.value, ()))
            case "birth" if number.of is not None:
                return {number.of}
            case "birth":
                return set(people.by_birth.get(number.born, ())) if number.born else set()
            case _:
                return set()

    def _owned(self, number: Number, said: str, owners: set[int]) -> OwnedNumber:
        parties = self._people.parties
        kept = [one for one in sorted(owners) if parties[one].standing is PartyStanding.SUBJECT]
        asks = [one for one in sorted(owners) if parties[one].standing is PartyStanding.REQUESTER]
        if kept:
            rivals = owners & self._present - set(kept)
            # Two pupils born on one day: on a page about the other it may be the other's.
            doubtful = number.kind == "birth" and bool(rivals)
            return OwnedNumber(self._own_of(kept[0]), doubtful)
        if asks:
            return OwnedNumber(self._own_of(asks[0]))
        here = owners & self._present
        if number.kind == "birth" and number.doubtful and not here:
            group = self._own(number, said, PartyStanding.OTHER)
            return OwnedNumber(
                group, doubtful=True, why="Somebody in the register was born on this day."
            )
        one = min(here or owners)
        if len(here or owners) > 1:
            return OwnedNumber(
                self._own(number, said, PartyStanding.OTHER), number.doubtful and not here
            )
        party = parties[one]
        why = f"{kinds()[number.kind].label} of {party.label}."
        if party.standing is PartyStanding.STAFF:
            # Their name and post are normally given; where they live is not.
            return OwnedNumber(self._own(number, said, PartyStanding.OTHER), why=why)
        return OwnedNumber(self._own_of(one), why=why)

    # --- addresses of mail ---------------------------------------------------------------

    def _mail(self, number: Number, said: str) -> OwnedNumber:
        box, _, domain = number.value.rpartition("@")
        at_school = domain in self._school.domains
        owners = set(self._people.by_email.get(number.value, ())) or self._named_in(box)
        if owners:
            standing = {self._people.parties[one].standing for one in owners}
            if len(owners) == 1 or standing == {PartyStanding.SUBJECT}:
                one = min(owners)
                private = (
                    self._people.parties[one].standing is PartyStanding.STAFF and not at_school
                )
                if not private:
                    return OwnedNumber(self._own_of(one))
                return OwnedNumber(
                    self._own(number, said, PartyStanding.OTHER),
                    why=_NOT_SCHOOLS if self._school.domains else _SCHOOLS_UNKNOWN,
                )
        plain_box = folded(_BOX.sub(" ", box)).split()
        if plain_box and plain_box[0] in cues("boxes") and (at_school or len(plain_box) == 1):
            standing_ = PartyStanding.SCHOOL if at_school else PartyStanding.OTHER
            return OwnedNumber(self._own(number, said, standing_), doubtful=not at_school)
        if at_school:
            if any(sign.isdigit() for sign in box):
                group = self._own(number, said, PartyStanding.OTHER)
                return OwnedNumber(
                    group, doubtful=True, why="May be a pupil’s address at the school."
                )
            return OwnedNumber(self._own(number, said, PartyStanding.STAFF))
        if domain.endswith(tuple(cues("official"))):
            return OwnedNumber(self._own(number, said, PartyStanding.PROFESSIONAL))
        return OwnedNumber(self._own(number, said, PartyStanding.OTHER))

    def _named_in(self, box: str) -> set[int]:
        """Who is named in an address: d.harper, harperd, daniel.j.harper."""
        parts = [part for part in _BOX.split(folded(box)) if part]
        if len(parts) > 1:
            found = self._people.whole(parts[0], parts[-1]) or self._people.whole(
                parts[-1], parts[0]
            )
        else:
            found = self._run_together(parts[0]) if parts else set()
        return found & self._present or found

    def _run_together(self, letters: str) -> set[int]:
        for at in range(1, len(letters)):
            one, two = letters[:at], letters[at:]
            if len(two) > 2 and (found := self._people.whole(one, two)):
                return found
            if len(one) > 2 and (found := self._people.whole(two, one)):
                return found
        return set()

    # --- groups --------------------------------------------------------------------------

    def _own_of(self, number: int) -> SuggestedGroup:
        party = self._people.parties[number]
        reason = kinds()["person"].reason
        return SuggestedGroup(party.key, party.label, "person", party.standing, reason, party.why)

    @staticmethod
    def _own(number: Number, said: str, standing: PartyStanding) -> SuggestedGroup:
        """A group of its own: every place of this number."""
        kind = kinds()[number.kind]
        why = KEPT_WHY.get(standing, kind.why)
        label = " ".join(said.split()).strip(" ,.;:()<>[]\"'")
        key = f"{number.kind}:{number.value}"
        return SuggestedGroup(key, label, number.kind, standing, kind.reason, why)
