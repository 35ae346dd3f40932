"""The people around a request: whose data it is, who asks, staff, and everybody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dpdesk.disclosure.belonging import SchoolReached
from dpdesk.disclosure.candidates import KEPT_WHY, PartyStanding
from dpdesk.disclosure.known_people import (
    Called,
    Party,
    Reached,
    called,
    called_also,
    called_so,
    reached,
)
from dpdesk.law.words import listed
from dpdesk.people.service import NameBearer
from dpdesk.registers.fields import Values
from dpdesk.registers.same_person import known_names, parts_of
from dpdesk.school.service import Particulars

_KINDS: Final = {
    "pupil": "pupil", "former_pupil": "pupil", "applicant": "pupil", "parent": "parent",
    "staff": "staff", "former_staff": "staff", "candidate": "staff",
}  # fmt: skip
"""Kinds of data subjects, and what the register of people calls them."""
_SEXES: Final = {"mother": "f", "father": "m"}
_SAID: Final = {"pupil": "pupil", "parent": "parent or carer", "staff": "staff", "other": ""}
_FREE: Final = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk yahoo.com "
    "yahoo.co.uk icloud.com me.com btinternet.com sky.com aol.com msn.com virginmedia.com "
    "talktalk.net protonmail.com proton.me".split()
)
"""Behind the @ of addresses that anybody can have; no school owns one."""
_DOMAIN: Final = re.compile(r"@([\w.\-]{3,250})")


@dataclass(frozen=True, slots=True)
class RequestPeople:
    """Everybody who may be named in the documents of one request."""

    parties: tuple[Party, ...]
    in_register: bool
    """Whether the register knows the data subject."""


def people_of(request: Values, bearers: Iterable[NameBearer], school: Particulars) -> RequestPeople:
    """Everybody the school knows, with what they are to this request."""
    everybody = tuple(bearers)
    subjects = _meant(request.get("subject"), request.get("other_names"), everybody)
    wanted = _KINDS.get(str(request.get("subject_kind")))
    subjects = [one for one in subjects if one.kind == wanted] or subjects
    alone = request.get("relationship") in {None, "self"}
    asking = [] if alone else _meant(request.get("requester"), None, everybody)
    asking = [one for one in asking if one not in subjects]
    asking = [one for one in asking if one.kind != "pupil"] or asking
    parties: list[Party] = []
    contact = str(request.get("requester_contact") or "")
    parties.append(_subject(request, subjects, contact if alone else ""))
    if request.get("requester") and not alone:
        parties.append(_requester(request, asking, contact))
    taken = {one.id for one in (*subjects, *asking)}
    parties += (_known(one) for one in everybody if one.id not in taken)
    parties += _of_school(school, parties)
    return RequestPeople(tuple(parties), bool(subjects))


def school_reached(school: Particulars, bearers: Iterable[NameBearer]) -> SchoolReached:
    """How the school is reached; its domain is that of its own addresses and of its staff."""
    mails = [school.email, school.dpo_email, f"@{_host(school.website)}" if school.website else ""]
    domains = {
        found.casefold().strip(".")
        for mail in (
            school.email,
            *(m for one in bearers if one.kind == "staff" for m in one.emails),
        )
        for found in _DOMAIN.findall(mail)
    }
    if school.website:
        domains.add(_host(school.website))
    way = reached(
        emails=mails[:2],
        telephones=(school.telephone, school.dpo_telephone),
        addresses=(school.address, school.dpo_address),
    )
    return SchoolReached(way, frozenset(domains - _FREE - {""}))


def _host(website: str) -> str:
    found = re.sub(r"^[a-z]+://", "", website.strip().casefold()).partition("/")[0]
    return found.removeprefix("www.")


def _meant(name: object, others: object, everybody: tuple[NameBearer, ...]) -> list[NameBearer]:
    """Those of the register who are called exactly so, middle names aside."""
    if not name:
        return []
    sought = [parts_of(each) for each in known_names(str(name), str(others or ""))]
    ends = {(one[0], one[-1]) for one in sought if len(one) > 1}
    turned = {(last, first) for first, last in ends} if "," in str(name) else set()
    found = []
    for one in everybody:
        last = parts_of(one.surname)
        firsts = [parts_of(first) for first in one.firsts]
        if last and any(first and (first[0], last[-1]) in ends | turned for first in firsts):
            found.append(one)
    return found


def _called(one: NameBearer) -> Iterator[Called]:
    yield from called_so(one.surname, *one.firsts or ("",), middle=one.middle)
    for other in one.others:
        if len(other.split()) > 1:
            made = called(other)
            if made is not None:
                yield made
        else:
            yield from called_so(one.surname, other)
            yield from called_so(other, *one.firsts)


def _reached(one: NameBearer) -> Reached:
    return reached(
        emails=one.emails,
        telephones=one.telephones,
        addresses=(one.address,),
        numbers=one.numbers,
        born=one.born,
    )


def _label(one: NameBearer) -> str:
    name = f"{one.firsts[0] if one.firsts else ''} {one.surname}".strip()
    place = one.place or _SAID.get(one.kind, "")
    return f"{name} ({place})" if place else name


def _known(one: NameBearer) -> Party:
    standing = PartyStanding.STAFF if one.kind == "staff" else PartyStanding.OTHER
    why = (
        KEPT_WHY[PartyStanding.STAFF]
        if one.kind == "staff"
        else "From the school’s register of people."
    )
    return Party(
        f"person:{one.id}", _label(one), one.kind, standing, tuple(_called(one)), _reached(one),
        why, one.sex,
    )  # fmt: skip


def _subject(request: Values, found: list[NameBearer], contact: str) -> Party:
    """The data subject; of two of one name the numbers of neither are surely theirs."""
    name = str(request["subject"])
    names = [
        *called_also(name, str(request.get("other_names") or "")),
        *(each for one in found for each in _called(one)),
    ]
    ways = [_reached(one) for one in found]
    told = reached(emails=(contact,), telephones=(contact,), addresses=(contact,))
    way = _together([*ways, told]) if len(ways) < 2 else told
    kind = _KINDS.get(str(request.get("subject_kind")), found[0].kind if found else "other")
    key = f"person:{found[0].id}" if len(found) == 1 else "subject"
    why = KEPT_WHY[PartyStanding.SUBJECT]
    if len(found) > 1:
        several = listed([_label(one) for one in found])
        why += f" {several}: several people in the register have that name."
    return Party(key, name, kind, PartyStanding.SUBJECT, tuple(dict.fromkeys(names)), way, why)


def _requester(request: Values, found: list[NameBearer], contact: str) -> Party:
    name = str(request["requester"])
    names = [*called_also(name, ""), *(each for one in found for each in _called(one))]
    told = reached(emails=(contact,), telephones=(contact,), addresses=(contact,))
    way = _together([*map(_reached, found), told]) if len(found) < 2 else told
    key = f"person:{found[0].id}" if len(found) == 1 else "requester"
    return Party(
        key, name, "parent", PartyStanding.REQUESTER, tuple(dict.fromkeys(names)), way,
        KEPT_WHY[PartyStanding.REQUESTER],
        _SEXES.get(str(request.get("relationship")), found[0].sex if found else ""),
    )  # fmt: skip


def _together(ways: list[Reached]) -> Reached:
    return Reached(
        frozenset().union(*(way.emails for way in ways)),
        frozenset().union(*(way.telephones for way in ways)),
        frozenset().union(*(way.postcodes for way in ways)),
        frozenset().union(*(way.numbers for way in ways)),
        next((way.born for way in ways if way.born), None),
    )


def _of_school(school: Particulars, parties: Iterable[Party]) -> Iterator[Party]:
    """Head teacher and officer, where the register does not have them."""
    there = {
        (name.given[0], name.surname[-1])
        for party in parties
        for name in party.called
        if name.given and name.surname
    }
    for key, named in (("head", school.head), ("dpo", school.dpo_name)):
        made = called(named) if named else None
        if made is None or not (made.given and made.surname):
            continue
        if (made.given[0], made.surname[-1]) not in there:
            why = KEPT_WHY[PartyStanding.STAFF]
            yield Party(
                f"school:{key}", named, "staff", PartyStanding.STAFF, (made,), Reached(), why
            )
