"""May two rows of a list, or a row and somebody here, be one person?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, Protocol

from dpdesk.law.folding import fold
from dpdesk.people.belonging import Belonging
from dpdesk.people.cells import DETAILS, ways
from dpdesk.people.columns import Layout
from dpdesk.people.headings import PERSON
from dpdesk.registers.same_person import Fit, fit, is_beside, parts_of

_PLAIN: Final = {
    "middle_names": "the middle names differ",
    "known_as": "the everyday names differ",
    "year_group": "the years differ",
    "house": "the houses differ",
    "started_on": "the dates on which they started differ",
    "left_on": "the dates on which they left differ",
}
_REACHED: Final = {
    "email": "the e-mail addresses differ",
    "telephone": "the telephone numbers differ",
    "address": "the addresses differ",
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_ONE_OF: Final = frozenset({"mother", "father"})


class InRows(Protocol):
    """Somebody of a list, as far as it is asked which rows are one pupil."""

    rows: tuple[int, ...]
    by_name: bool
    doubts: list[str]

    @property
    def contacts(self) -> Sequence[tuple[Any, Belonging]]:
        """The adults who belong to them, each with ``rows`` too."""


def plausible(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """May two who have the same number be one? A first name fits, and a surname or the birth does.

    Without that a number was mistyped, or given twice.
    """
    born = one.get("born"), other.get("born")
    if all(born) and born[0] == born[1] and not (one.get("forename") and other.get("forename")):
        return True
    first = _fits(_called(one, "forename", "known_as"), _called(other, "forename", "known_as"))
    last = _fits(_called(one, "surname", "other_names"), _called(other, "surname", "other_names"))
    return first and (last or (all(born) and born[0] == born[1]))


def as_written(name: str) -> tuple[str, ...]:
    """The words of a name, in any order, without accents, capitals and titles.

    Within one list a pupil is written in one way: Jo and Joe, born on one day, are twins.
    """
    return tuple(sorted(each for each in _WORD.findall(fold(name)) if not is_beside(each)))


def written_so(names: Iterable[str], values: Mapping[str, Any]) -> bool:
    """Is somebody who goes by these names written as in the list?"""
    first = {values.get("forename"), values.get("known_as")}
    mine = {as_written(f"{each or ''} {values['surname']}") for each in first}
    return not mine.isdisjoint(map(as_written, names))


def _called(values: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return parts_of(" ".join(str(values.get(name) or "") for name in names))


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or any(fit(a, b) is not Fit.NO for a in one for b in other)


def perhaps_two(
    rows: tuple[int, int], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, sets: bool
) -> Iterator[str]:
    """What does not fit in two rows that only a name makes one pupil of, in a sentence.

    ``sets``: is the class of them a teaching set, of which a pupil has several?
    """
    differ = [] if sets or not _otherwise("form", mine, theirs) else ["the classes differ"]
    if _parts(mine) != _parts(theirs):
        differ.append("the order of the names differs")
    differ += [said for name, said in _PLAIN.items() if _otherwise(name, mine, theirs)]
    for name in DETAILS:
        one, other = (ways(name, each.get(name) or "") for each in (mine, theirs))
        if one and other and not one & other:
            differ.append(_REACHED[name])
    if differ:
        yield _taken_for_one(*rows, differ[0])


def of_other_adults(people: Sequence[InRows], layout: Layout) -> list[int]:
    """Rows that only name and class join to one pupil and that name other adults.

    Where they cannot both be right (two mothers, two who are called first, a row that has room for
    all adults) it is said of the pupil; else a list may have a row for each adult, and the first
    rows of these pupils are handed back.
    """
    wide = len({who for who, _ in layout.columns.values() if who != PERSON}) > 1
    open_ = []
    for each in people:
        if not each.by_name:
            continue
        of_row = {row: _of_row(each, row) for row in dict.fromkeys(each.rows)}
        pairs = [
            (one, other)
            for one, other in combinations(of_row, 2)
            if of_row[one] and of_row[other] and not of_row[one].keys() & of_row[other].keys()
        ]
        plain = [pair for pair in pairs if wide or _clash(*(of_row[row] for row in pair))]
        if plain:
            each.doubts.append(_taken_for_one(*plain[0], "they name different adults"))
        elif pairs and not layout.sets:
            open_.append(each.rows[0])
    return open_


def say_the_same(people: Sequence[InRows], layout: Layout) -> None:
    """Says of rows of a plain list that nothing tells apart that they are taken for one pupil.

    A list with adults has a row for each of them, and one of sets a row for each set.
    """
    if layout.sets or any(who != PERSON for who, _ in layout.columns.values()):
        return
    for each in people:
        rows = tuple(dict.fromkeys(each.rows))
        if each.by_name and len(rows) > 1 and not each.doubts:
            each.doubts.append(_taken_for_one(rows[0], rows[1], "nothing says that they are"))


def _of_row(person: InRows, row: int) -> dict[int, Belonging]:
    return {id(adult): told for adult, told in person.contacts if row in adult.rows}


def _clash(one: Mapping[int, Belonging], other: Mapping[int, Belonging]) -> bool:
    """Are there two mothers or two fathers, or two who come first?"""
    return any(
        (mine.relationship in _ONE_OF and mine.relationship == theirs.relationship)
        or (mine.priority is not None and mine.priority == theirs.priority)
        for mine in one.values()
        for theirs in other.values()
    )


def _taken_for_one(first: int, second: int, why: str) -> str:
    return (
        f"Rows {first} and {second} are taken for one pupil, though {why}. "
        "If they are two, give each a UPN or an admission number in the list."
    )


def _otherwise(name: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    one, other = (str(each.get(name) or "").casefold() for each in (mine, theirs))
    return bool(one and other and one != other)


def _parts(values: Mapping[str, Any]) -> tuple[str, ...]:
    return parts_of(f"{values.get('forename') or ''} {values.get('surname') or ''}")
