"""The roll: every pupil with every answer as it stands today, ready to be asked.

A snapshot, read once: a class on screen, a list of pasted names and a sheet for teachers are all
answered from it without the database.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from dpdesk.consents.roll_answers import (
    PersonAnswer,
    PictureAnswer,
    Pupil,
    Use,
    plain,
    some,
    told_apart,
)
from dpdesk.consents.rules import NOT_ASKED, ConsentReason, ConsentStanding, Stands, why
from dpdesk.registers.same_person import other_forms, parts_of

_REFERENCE: Final = re.compile(r"PE-\d{4}-\d{3,}")
_FEW: Final = 20
_SEVERAL: Final = re.compile(r"[,&+/]|\band\b", re.IGNORECASE)
"""What parts whole names on one line."""
_CLASS: Final = re.compile(r"[^\W\d_]{0,2}\d{1,2}[^\W\d_]{0,3}")
"""A class or year group with its number: 4B, Y7, 10Gr."""
_CLOSE: Final = re.compile(r"[,:;/|]|[-–](?=\d)")
"""What may stand between a name and its class without a blank: "Ana Ward,4B"."""
_YEAR: Final = frozenset({"year", "yr", "class", "form"})
_MARKS: Final = ",:;–-"
_UNSURE: Final = frozenset("?¿❓❔❌❎✗✘✖×☒⛝⚠🚫⛔👎*~\u0335\u0336\u0337\u0338")
"""Signs by which a list says that a name may be wrong, or is not to be shown."""
_ADULT: Final = re.compile(
    r"\W{0,9}(mr|mrs|ms|mx|dr|prof|professor|rev|revd)\b|.{1,200}\b(sn?r)\b", re.IGNORECASE
)
"""Titles by which a list says that it means a parent or a teacher of that name."""
_NOT_HERE: Final = (
    "This pupil is not at school now: that holds for pictures taken while they were here, until it "
    "is withdrawn or runs out."
)
_MOST_FORMS: Final = 16
"""Other spellings of a part that are looked at."""
_LONGEST: Final = 200
"""Signs of a name with its class; longer lines are no names."""
_NEAR_LEAST: Final = 3
"""Letters; a shorter part of a name is near to too many others."""


@dataclass(frozen=True)
class Roll:
    """Pupils, uses, and what holds for each pair."""

    today: dt.date
    uses: tuple[Use, ...]
    pupils: tuple[Pupil, ...]
    """In the order of their names; those who left are among them."""
    standings: Mapping[tuple[int, int], ConsentStanding]
    """By pupil and use; a pair that is missing was not asked."""
    adults: Mapping[int, str] = field(default_factory=dict)
    """Names of those who answered."""

    def of(self, pupil: int, use: int) -> ConsentStanding:
        """What holds for a pupil and a use."""
        return self.standings.get((pupil, use), NOT_ASKED)

    def why(self, pupil: int, use: int) -> str:
        """Why it holds, in a sentence."""
        return why(self.of(pupil, use), self.adults, pupil)

    def taken_back(self, pupil: int, answers: Mapping[int, str]) -> Mapping[int, dt.date]:
        """Of what would be given by these answers (by use): when it was withdrawn, by use.

        A form that was signed before that day must not bring it back.
        """
        found = {}
        for use, said in answers.items():
            days = [one.day for one in self.of(pupil, use).no if one.answer == "withdrawn"]
            if said == "given" and days:
                found[use] = max(days)
        return found

    # --- classes -------------------------------------------------------------------------

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The classes that there are, in the order of their year groups."""
        found: dict[str, tuple[int, str]] = {}
        for each in self.pupils:
            if each.here and each.form:
                order = (_year_order(each.year_group), each.form.casefold())
                found[each.form] = min(found.get(each.form, order), order)
        return tuple(sorted(found, key=found.__getitem__))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The year groups that there are, youngest first."""
        found = {each.year_group for each in self.pupils if each.here and each.year_group}
        return tuple(sorted(found, key=_year_order))

    def of_class(self, words: str) -> tuple[Pupil, ...]:
        """The pupils of a class or year group, of today: "4B", "Year 4", "4"; all for nothing."""
        here = tuple(each for each in self.pupils if each.here)
        sought = plain(words)
        if not sought:
            return here
        of_form = tuple(each for each in here if plain(each.form) == sought)
        if of_form:
            return of_form
        year = re.sub(r"^(?:year|yr|y)(?=[0-9a-z])", "", sought)
        year = {"reception": "r", "rec": "r", "nursery": "n"}.get(year, year)
        return tuple(each for each in here if plain(each.year_group) == year and year)

    # --- may this picture be used? -------------------------------------------------------

    def ready(self) -> Roll:
        """The same, with its index of names made: the first question is answered at once too."""
        assert self._by_name is not None
        assert self._by_part is not None
        assert self._by_less is not None
        assert self._plain_forms is not None
        return self

    def check(self, names: Iterable[str], use: Use) -> PictureAnswer:
        """May a picture with these people be used so? One unknown name makes it a no."""
        parted = (name for each in names for name in self._parted(each))
        asked = [name for each in parted if (name := " ".join(each.split()))]
        times = Counter(_key(name) for name in asked)
        return PictureAnswer(
            use.name,
            tuple(self._person(n, use, times[_key(n)]) for n in dict.fromkeys(asked)),
        )

    def _parted(self, line: str) -> Sequence[str]:
        """The names of one line: several are parted by semicolons, tabs, commas, or "and".

        "Ward, Ana" is one name; only whole names, each of two words at least, are parted so.
        """
        found: list[str] = []
        cells = (cell for each in re.split("[;\n]", line) for cell in self._columns(each))
        for each in cells:
            pieces = [piece.strip() for piece in _SEVERAL.split(each)]
            whole = [" " in piece or not piece for piece in pieces]
            # "Ana Ward, 4B" is one: what stands behind the comma is no name.
            several = len(pieces) > 1 and all(whole) and not self.named(each)
            found += pieces if several else [each]
        return found

    def _columns(self, line: str) -> Sequence[str]:
        """The names of a line out of a spreadsheet: a class in a column of its own is no name."""
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if len(cells) < 2:
            return [line]
        classes = [cell for cell in cells if plain(cell) in self._plain_forms]
        names = [cell for cell in cells if cell not in classes]
        whole = " ".join(names)
        if len(classes) > 1 or (len(names) != 1 and _key(whole) not in self._by_name):
            return cells
        return [f"{whole} ({classes[0]})" if classes else whole]

    def check_pupils(self, numbers: Iterable[int], use: Use) -> PictureAnswer:
        """The same for pupils who are known by their numbers."""
        of = self._by_number
        return PictureAnswer(
            use.name,
            tuple(
                self._answer(of[n].name, of[n], use)
                if n in of
                else PersonAnswer("", Stands.UNKNOWN, "This person is not among the pupils.")
                for n in dict.fromkeys(numbers)
            ),
        )

    def _person(self, name: str, use: Use, times: int = 1) -> PersonAnswer:
        """The answer about one name, which is in the list so many times."""
        if not _UNSURE.isdisjoint(name):
            why = "This name is uncertain or crossed out in the list. Ask, then type it plainly."
            return PersonAnswer(name, Stands.UNKNOWN, why)
        if adult := _ADULT.match(name[:_LONGEST]):
            title = adult[1] or adult[2]
            why = f"“{title}” says that this is an adult. Of a pupil, type the name alone."
            return PersonAnswer(name, Stands.UNKNOWN, why)
        found = self.named(name)
        if len(found) == 1:
            doubt = self._doubt(name, found[0], times)
            if doubt:
                return PersonAnswer(name, Stands.UNKNOWN, doubt)
            return self._answer(name, found[0], use)
        if found:
            said = f"More than one pupil has this name: {some(found)}. {told_apart(found)}"
            return PersonAnswer(name, Stands.UNKNOWN, said)
        near = self._near(name)
        hint = f" Do you mean {some(near)}?" if near else ""
        return PersonAnswer(name, Stands.UNKNOWN, f"No pupil is known by this name.{hint}")

    def _doubt(self, name: str, pupil: Pupil, times: int) -> str:
        """Why somebody else may be meant too by a name that one pupil has; empty where nobody.

        A reference, or a class beside the name, says who is meant; the class does not where
        somebody who may be meant is in it too.
        """
        if _REFERENCE.search(name.upper()):
            return ""
        if times > 1:
            return (
                f"This name is in the list {times} times, and only {pupil.called} has it. If one "
                "pupil is meant, type it once; if not, say who the other is."
            )
        if _key(name) not in {_key(each) for each in pupil.names}:
            others = tuple(o for o in self._other_forms_of(pupil) if o.place == pupil.place)
        else:
            others = self._other_forms_of(pupil)
        if not others:
            return ""
        both = (pupil, *others)
        return f"This may be {some(both)}. {told_apart(both)}"

    def _other_forms_of(self, pupil: Pupil) -> tuple[Pupil, ...]:
        """Those at school whose name is another form of a pupil's: Samuel Lee of Sam Lee."""
        found: dict[int, Pupil] = {}
        for name in pupil.names:
            parts = parts_of(name)
            for place, part in enumerate(parts):
                for other in other_forms(part)[:_MOST_FORMS]:
                    key = tuple(sorted((*parts[:place], other, *parts[place + 1 :])))
                    found |= {each.id: each for each in self._by_name.get(key, ()) if each.here}
        found.pop(pupil.id, None)
        return tuple(found.values())

    def _answer(self, name: str, pupil: Pupil, use: Use) -> PersonAnswer:
        found = self.of(pupil.id, use.id)
        told = why(found, self.adults, pupil.id)
        if found.allows and not pupil.here:
            told = f"{told} {_NOT_HERE}"
        if pupil.careful and found.allows:
            told = f"{told} Before you use it: {pupil.careful}"
        return PersonAnswer(name, found.stands, told, pupil.id, pupil.called, not pupil.here)

    def named(self, name: str) -> tuple[Pupil, ...]:
        """The pupils who are called exactly so, in any order of the parts, or have the reference.

        A class in brackets behind the name tells those of one name apart: "Ana Ward (4B)".
        """
        if reference := _REFERENCE.search(name.upper()):
            beside = f"{name[: reference.start()]} {name[reference.end() :]}"
            return self._referred(reference.group(), beside)
        first, bracket, beside = (
            name.replace("[", "(").replace("]", ")").rstrip(" )").rpartition("(")
        )
        whole = self._by_name.get(_key(name), ())
        if not bracket:
            return self._with_class(name, whole)
        if whole:
            return whole
        found = self._by_name.get(_key(first), ())
        left = tuple(each for each in found if not each.here and "not" in beside.casefold())
        return left or self._within(found, beside)

    def _referred(self, reference: str, beside: str) -> tuple[Pupil, ...]:
        """The pupil of a reference; nobody where what stands beside it is not theirs."""
        found = tuple(each for each in self.pupils if each.reference == reference)
        beside = beside.strip(" ()[]" + _MARKS)
        if not found or not beside or set(found) <= set(self.named(beside)):
            return found
        return self._within(found, beside)

    def _with_class(self, name: str, whole: tuple[Pupil, ...]) -> tuple[Pupil, ...]:
        """The same for a name with a class behind or before it, without brackets.

        A class that is not theirs makes it nobody: it is another child, or a slip.
        """
        apart = _CLOSE.sub(" ", name[: _LONGEST + 1])
        words = [each for each in (word.strip(_MARKS) for word in apart.split()) if each]
        size = 2 if len(words) > 3 and words[-2].casefold() in _YEAR else 1
        if len(words) <= size or len(name) > _LONGEST:
            return whole
        behind = words[-1], words[:-size]
        for beside, rest in (behind, (words[0], words[1:])):
            numbered = rest is behind[1] and _CLASS.fullmatch(beside) is not None
            if not numbered and (whole or plain(beside) not in self._plain_forms):
                continue
            found = self._by_name.get(_key(" ".join(rest)), ())
            if found:
                return self._within(found, beside)
        return whole

    def _within(self, found: Sequence[Pupil], beside: str) -> tuple[Pupil, ...]:
        """Those of the class or year group that is named beside; nobody for no such class."""
        asked = plain(beside)
        if asked and asked not in self._asked_classes:
            self._asked_classes[asked] = frozenset(each.id for each in self.of_class(beside))
        within = self._asked_classes.get(asked, frozenset())
        return tuple(each for each in found if each.id in within)

    @cached_property
    def _asked_classes(self) -> dict[str, frozenset[int]]:
        """Numbers of the pupils of each class that was asked about; filled as it is asked."""
        return {}

    def _near(self, name: str) -> tuple[Pupil, ...]:
        """Those who may be meant: most parts fit, exactly, in another form, or but for a letter."""
        score: defaultdict[int, int] = defaultdict(int)
        for part in dict.fromkeys(parts_of(name)):
            # Of a part that half the school has, a few are enough to say that it is doubtful.
            fitting = {p.id: 101 for p in self._by_part.get(part, ())[:_FEW]}
            others = {*other_forms(part)}
            for less in _less_a_letter(part):
                others |= self._by_less.get(less, set())
            for other in sorted(others - {part})[:_MOST_FORMS]:
                for pupil in self._by_part.get(other, ())[:_FEW]:
                    fitting.setdefault(pupil.id, 100)
            for number, points in fitting.items():
                score[number] += points
        of = self._by_number
        here = {number: points for number, points in score.items() if of[number].here}
        best = max(here.values(), default=0)
        return tuple(of[number] for number, points in here.items() if points == best)

    @cached_property
    def _by_number(self) -> Mapping[int, Pupil]:
        return {each.id: each for each in self.pupils}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, ...], tuple[Pupil, ...]]:
        found: defaultdict[tuple[str, ...], dict[int, Pupil]] = defaultdict(dict)
        for each in self.pupils:
            for name in each.names:
                found[_key(name)][each.id] = each
        found.pop((), None)
        return {key: tuple(those.values()) for key, those in found.items()}

    @cached_property
    def _by_part(self) -> Mapping[str, Sequence[Pupil]]:
        found: defaultdict[str, list[Pupil]] = defaultdict(list)
        for each in self.pupils:
            for part in {part for name in each.names for part in parts_of(name)}:
                found[part].append(each)
        return found

    @cached_property
    def _by_less(self) -> Mapping[str, set[str]]:
        """Parts of names by what is left of them without one letter: for slips of the keyboard."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for part in self._by_part:
            for less in _less_a_letter(part):
                found[less].add(part)
        return dict(found)

    @cached_property
    def _plain_forms(self) -> frozenset[str]:
        """The classes and year groups that there are, as they are compared."""
        told = (*self.forms, *self.years, *(f"Year {year}" for year in self.years))
        return frozenset((*map(plain, told), "reception", "nursery"))

    # --- figures -------------------------------------------------------------------------

    def disagreeing(self) -> tuple[tuple[Pupil, Use], ...]:
        """Where one of those who may decide agreed and another did not."""
        return tuple(
            (pupil, use)
            for pupil in self.pupils
            if pupil.here
            for use in self.uses
            if self.of(pupil.id, use.id).reason is ConsentReason.DISAGREE
        )


def _less_a_letter(part: str) -> tuple[str, ...]:
    """A part of a name, and what is left of it without each of its letters."""
    if len(part) < _NEAR_LEAST:
        return ()
    return (part, *(part[:place] + part[place + 1 :] for place in range(len(part))))


def _key(name: str) -> tuple[str, ...]:
    return tuple(sorted(parts_of(name)))


def _year_order(year_group: str) -> int:
    return int(year_group) if year_group.isdecimal() else {"N": -1, "R": 0}.get(year_group, 99)
