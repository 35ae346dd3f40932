"""What an import would do: who is new, changed, gone, back, or doubtful. Nothing is merged unseen.

Pupils are matched by UPN, else by name and date of birth, admission number or class. A name that
fits with nothing to confirm it is a doubt, which the user decides. Adults are matched through their
children first, then by what they can be reached by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from dpdesk.people.belonging import Belonging
from dpdesk.people.cells import ways
from dpdesk.people.likely_same import plausible, written_so
from dpdesk.people.listed import Listed
from dpdesk.people.rules import names_kept
from dpdesk.people.service import KnownPerson
from dpdesk.registers.fields import Values
from dpdesk.registers.same_person import parts_of


class Fate(StrEnum):
    """What becomes of a person of the list."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"


@dataclass
class PersonMatch:
    """A person of the list, and whom they are in the register."""

    listed: Listed
    fate: Fate
    known: KnownPerson | None = None
    """Whom they are; None for somebody new, or while it is doubtful."""
    candidates: tuple[KnownPerson, ...] = ()
    """Whom they may be, where that is doubtful."""
    differing: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Questions whose answers would change: as it is here, as the list has it."""
    back: bool = False
    """Left before, and is in the list: whether they are back, the user must say."""
    by_name: bool = False
    """Known by the name and the year only, in a list that says nothing else of them."""


@dataclass(frozen=True, slots=True)
class ListedLink:
    """That an adult of the list belongs to a pupil of the list."""

    pupil: PersonMatch
    adult: PersonMatch
    belonging: Belonging


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A relationship as the register has it."""

    id: int
    pupil: int
    adult: int
    removed: bool
    told: Belonging = field(default_factory=Belonging)
    """What is on record about it."""


@dataclass(frozen=True, slots=True)
class FilledLink:
    """A relationship of the register by its number, and what the list adds to it."""

    id: int
    values: Values


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing has been written."""

    people: tuple[PersonMatch, ...]
    adults: tuple[PersonMatch, ...]
    links: tuple[ListedLink, ...]
    """Relationships that are not in the register yet."""
    removed: tuple[ListedLink, ...]
    """In the list, but removed here before: they stay removed unless the user says otherwise."""
    gone: tuple[KnownPerson, ...]
    """Here now and of the same kind, but not in the list."""
    notes: tuple[str, ...]
    unknown: tuple[str, ...]
    """Headings of the file that nothing is known of."""
    filled: tuple[FilledLink, ...] = ()
    """What the list adds to relationships that are here; what was answered stays as it is."""

    def of(self, fate: Fate) -> tuple[PersonMatch, ...]:
        """Those of one fate, adults last."""
        return tuple(each for each in (*self.people, *self.adults) if each.fate is fate)

    def alone(self) -> dict[str, int]:
        """Doubtful people by key, each with the only one here who has the name, and nobody else's.

        Told apart by nothing but the name: the user may say of all at once that they are the same.
        """
        doubts = self.of(Fate.DOUBTFUL)
        wanted = Counter(each.id for match in doubts for each in match.candidates)
        return {
            match.listed.key: match.candidates[0].id
            for match in doubts
            if len(match.candidates) == 1
            and wanted[match.candidates[0].id] == 1
            and match.candidates[0].here
            and _key(match.listed.name) in {_key(name) for name in match.candidates[0].names}
            and not _contradicted(match.candidates[0], match.listed)
        }

    @property
    def back(self) -> tuple[PersonMatch, ...]:
        """Those who left and are here again."""
        return tuple(each for each in (*self.people, *self.adults) if each.back)


def plan(
    people: Sequence[Listed],
    adults: Sequence[Listed],
    known: Sequence[KnownPerson],
    held: Iterable[KnownLink],
    *,
    notes: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
    settled: Mapping[str, int] | None = None,
) -> ImportPlan:
    """Compares a list with the register.

    ``settled``: what was decided of doubtful people: ``Listed.key`` to their number, 0 for new.
    """
    register, decided = _Register(known), settled or {}
    taken: set[int] = set()
    matches = _everybody(people, register, taken, decided)
    by_listed = {id(each.listed): each for each in matches}
    held = tuple(held)
    of_pupil: dict[int, list[KnownLink]] = defaultdict(list)
    for each in held:
        of_pupil[each.pupil].append(each)
    children: dict[int, list[PersonMatch]] = defaultdict(list)
    for match in matches:
        for adult, _ in match.listed.contacts:
            children[id(adult)].append(match)
    grown = [
        _adult(each, register, of_pupil, children[id(each)], taken, decided) for each in adults
    ]
    by_adult = {id(each.listed): each for each in grown}
    there = {(each.pupil, each.adult): each for each in held}
    links, removed, filled, otherwise = [], [], [], []
    for match in matches:
        for adult, belonging in match.listed.contacts:
            link = ListedLink(by_listed[id(match.listed)], by_adult[id(adult)], belonging)
            both = (_number(link.pupil), _number(link.adult))
            if both not in there:
                links.append(link)
            elif there[both].removed:
                removed.append(link)
            else:
                added = there[both].told.lacking(belonging)
                if added:
                    filled.append(FilledLink(there[both].id, added))
                otherwise += _otherwise(there[both].told, link)
    if filled:
        notes = (*notes, f"Contacts here already, about whom the list says more: {len(filled)}.")
    kinds = {each.kind for each in people}
    doubtful = {c.id for each in (*matches, *grown) for c in each.candidates}
    gone = tuple(
        each
        for each in known
        if each.kind in kinds and each.here and each.id not in taken and each.id not in doubtful
    )
    return ImportPlan(
        tuple(matches),
        tuple(grown),
        tuple(links),
        tuple(removed),
        gone,
        (*notes, *otherwise),
        unknown,
        tuple(filled),
    )


def _otherwise(known: Belonging, link: ListedLink) -> list[str]:
    """A sentence where the list and the register do not agree on parental responsibility."""
    says, here = link.belonging.responsible, known.responsible
    if says is None or here not in {"yes", "no"} or says == here:
        return []
    who, pupil = link.adult.listed.name, link.pupil.listed.name
    has = "has" if says == "yes" else "does not have"
    said = (
        f"{who} {has} parental responsibility for {pupil} in the list; here it is the other way "
        "round, and stays so. If the list is right, change it on the pupil’s page."
    )
    return [said]


def _number(match: PersonMatch) -> int:
    return match.known.id if match.known is not None else 0


class _Register:
    """The people of the register, by what they can be found by."""

    def __init__(self, known: Sequence[KnownPerson]) -> None:
        self.by_id = {each.id: each for each in known}
        self.by_reference = {each.reference: each for each in known}
        self.by_upn: dict[str, KnownPerson] = {}
        self.by_birth: dict[Any, list[KnownPerson]] = defaultdict(list)
        self.by_name: dict[tuple[str, ...], list[KnownPerson]] = defaultdict(list)
        for each in known:
            if each.values.get("upn"):
                self.by_upn[str(each.values["upn"])] = each
            if each.values.get("born") and each.here:
                self.by_birth[each.values["born"]].append(each)
            for key in {_key(name) for name in each.names}:
                self.by_name[key].append(each)

    def named(self, listed: Listed, kinds: Collection[str]) -> list[KnownPerson]:
        """Those of these kinds who go by the name."""
        names = {_key(listed.name)}
        if listed.values.get("known_as"):
            names.add(_key(f"{listed.values['known_as']} {listed.values['surname']}"))
        found = {each.id: each for name in names for each in self.by_name.get(name, [])}
        return [each for each in found.values() if each.kind in kinds]


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(parts_of(name)))


def _everybody(
    people: Sequence[Listed], register: _Register, taken: set[int], decided: Mapping[str, int]
) -> list[PersonMatch]:
    """Whom those of the list are: first by number and name, then those whose surname changed."""
    names = Counter(_key(each.name) for each in people)
    found = [
        _matched(each, register, taken, decided, alone=names[_key(each.name)] == 1)
        for each in people
    ]
    for place, match in enumerate(found):
        if match.fate is Fate.NEW and match.listed.key not in decided:
            found[place] = _renamed(match, register, taken)
    return found


def _renamed(match: PersonMatch, register: _Register, taken: set[int]) -> PersonMatch:
    """Somebody new, or one who is here under another surname and else not in the list.

    First name and birth alone are a doubt; with the admission number of the school they are sure.
    """
    listed = match.listed
    free = [
        each
        for each in register.by_birth.get(listed.values.get("born"), [])
        if each.kind == listed.kind and each.id not in taken
        if plausible(each.values, listed.values)
        if not (each.values.get("upn") and listed.values.get("upn"))
    ]
    mine = _number_plain(listed.values.get("admission_number") or "")
    same = [e for e in free if mine and mine == _number_plain(e.values.get("admission_number"))]
    if len(same) == 1 and not listed.number_is_lesser:
        return _settled(listed, same[0], taken)
    return PersonMatch(listed, Fate.DOUBTFUL, candidates=tuple(free)) if free else match


def _matched(
    listed: Listed,
    register: _Register,
    taken: set[int],
    decided: Mapping[str, int],
    *,
    alone: bool,
) -> PersonMatch:
    """Whom somebody of the list is. ``alone``: is nobody else of the list called so?"""
    if listed.key in decided:
        return _decided(listed, register.by_id.get(decided[listed.key]), taken)
    values = listed.values
    found = register.by_reference.get(listed.reference)
    found = found or register.by_upn.get(str(values.get("upn") or ""))
    if found is not None and found.id not in taken:
        if plausible({**found.values, "other_names": " ".join(found.names)}, values):
            return _settled(listed, found, taken)
        # Another's name under a known number: mistyped, given twice, or a new name. A person says.
        return PersonMatch(listed, Fate.DOUBTFUL, candidates=(found,))
    named = [each for each in register.named(listed, {listed.kind}) if each.id not in taken]
    mine = str(values.get("upn") or "")
    # Two who have different numbers are two, whatever they are called.
    named = [each for each in named if not (mine and each.values.get("upn"))]
    sure = [each for each in named if _confirmed(each, listed)]
    plain = [e for e in sure if listed.kind != "pupil" or written_so(e.names, values)]
    if len(plain) == 1:
        return _settled(listed, plain[0], taken)
    likely = sure or [each for each in named if not _denied(each, listed)]
    if len(likely) == 1 and alone and _names_only(listed) and _in_year(likely[0], listed.year):
        # A list of contacts names the pupils, and their sets say the year: only ties are added.
        return replace(_settled(listed, likely[0], taken), by_name=True)
    if likely:
        return PersonMatch(listed, Fate.DOUBTFUL, candidates=tuple(likely))
    return PersonMatch(listed, Fate.NEW)


def _in_year(known: KnownPerson, year: str) -> bool:
    return known.here and known.year_group == year


def _names_only(listed: Listed) -> bool:
    """Does the list say only who a pupil is, in which year, and who belongs to them?"""
    told = listed.values.keys() - {"surname", "forename", "known_as", "year_group"}
    return bool(listed.contacts) and bool(listed.year) and not told


def _confirmed(known: KnownPerson, listed: Listed) -> bool:
    """Does anything beside the name say that they are one?"""
    theirs, mine = known.values, listed.values
    if theirs.get("born") and mine.get("born"):
        return bool(theirs["born"] == mine["born"])
    if theirs.get("admission_number") and mine.get("admission_number"):
        same = _number_plain(theirs["admission_number"]) == _number_plain(mine["admission_number"])
        if same or not listed.number_is_lesser:
            return same
    if listed.kind != "pupil":
        return _same_reach(known, listed) is True
    reach = ways("email", theirs.get("email")) & ways("email", mine.get("email"))
    return bool(reach) or (bool(mine.get("form")) and theirs.get("form") == mine.get("form"))


def _number_plain(number: Any) -> str:
    """An admission number without the noughts that a spreadsheet takes from it."""
    return str(number).strip().lstrip("0").casefold()


def _denied(known: KnownPerson, listed: Listed) -> bool:
    """Does anything say that they are two?"""
    theirs, mine = known.values.get("born"), listed.values.get("born")
    return bool(theirs and mine and theirs != mine)


def _contradicted(known: KnownPerson, listed: Listed) -> bool:
    """Does a number, a birth, a year or a class of the list not go with the one here?"""
    told = ("upn", "admission_number", "born", "year_group", "form")
    pairs = ((known.values.get(name), listed.values.get(name)) for name in told)
    return any(theirs and mine and theirs != mine for theirs, mine in pairs)


def _same_reach(known: KnownPerson, listed: Listed) -> bool | None:
    """Can they be reached in the same way? None where nothing can be compared."""
    answer: bool | None = None
    for name in ("email", "telephone", "address"):
        mine, theirs = listed.values.get(name), known.values.get(name)
        if mine and theirs:
            if ways(name, mine) & ways(name, theirs):
                return True
            answer = False
    return answer


def _adult(
    listed: Listed,
    register: _Register,
    of_pupil: Mapping[int, Sequence[KnownLink]],
    children: Sequence[PersonMatch],
    taken: set[int],
    decided: Mapping[str, int],
) -> PersonMatch:
    if listed.key in decided:
        return _decided(listed, register.by_id.get(decided[listed.key]), taken)
    named = [
        each
        for each in register.named(listed, {"parent", "other", "staff"})
        if each.id not in taken
    ]
    theirs = {each.adult for child in children if child.known for each in of_pupil[child.known.id]}
    through = [each for each in named if each.id in theirs]
    if len(through) > 1:
        # Two of one name belong to the child: what they can be reached by tells them apart.
        through = [each for each in through if _same_reach(each, listed)] or through
    sure = through or [each for each in named if _same_reach(each, listed)]
    if len(sure) == 1:
        return _settled(listed, sure[0], taken)
    likely = [each for each in named if _same_reach(each, listed) is None]
    if sure or likely:
        return PersonMatch(listed, Fate.DOUBTFUL, candidates=tuple(sure or likely))
    return PersonMatch(listed, Fate.NEW)


def _decided(listed: Listed, known: KnownPerson | None, taken: set[int]) -> PersonMatch:
    """What the user said; two of the list cannot both be the same one, so that stays a doubt."""
    if known is not None and known.id in taken:
        return PersonMatch(listed, Fate.DOUBTFUL, candidates=(known,))
    return _settled(listed, known, taken)


def _settled(listed: Listed, known: KnownPerson | None, taken: set[int]) -> PersonMatch:
    if known is None:
        return PersonMatch(listed, Fate.NEW)
    taken.add(known.id)
    back = not known.here and "left_on" not in listed.values
    differing = {
        name: (known.values.get(name), value)
        for name, value in listed.values.items()
        if known.values.get(name) != value
        and not _lesser(name, known.values, value)
        and not _less_sure(name, known.values, listed)
        and not (name == "left_on" and listed.left_is_guessed and not known.here)
    }
    differing |= names_kept(known.values, listed.values, differing)
    fate = Fate.CHANGED if differing else Fate.SAME
    return PersonMatch(listed, fate, known, differing=differing, back=back)


def _less_sure(name: str, known: Values, listed: Listed) -> bool:
    """Is the list's answer only guessed: a whole name parted otherwise, another kind of number?"""
    if name in {"surname", "forename"} and listed.name_is_parted:
        here = f"{known.get('forename') or ''} {known.get('surname') or ''}"
        return here.casefold().split() == listed.name.casefold().split()
    return name == "admission_number" and listed.number_is_lesser and bool(known.get(name))


def _lesser(name: str, known: Values, new: Any) -> bool:
    """Is the list's answer no news: only written otherwise, or already among those here?"""
    here = known.get(name)
    if name == "other_names":
        return True  # none is lost: see names_kept
    if name == "forename" and str(new).casefold() == str(known.get("known_as")).casefold():
        return True  # the name used every day never takes the place of that on official papers
    if here is None:
        return False
    if name in {"surname", "forename", "middle_names", "known_as"}:
        return str(here).casefold() == str(new).casefold()
    if name == "admission_number":
        return _number_plain(here) == _number_plain(new)
    if name in {"telephone", "email", "address"}:
        return ways(name, new) <= ways(name, here)
    return False
