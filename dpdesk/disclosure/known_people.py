"""The people whom documents may name: who they are, what they are called, how they are reached.

Those of the school's register, those whom the request names, and those met in the documents alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.disclosure.candidates import PartyStanding, name_words
from dpdesk.disclosure.letters import NOT_LETTERS, as_seen, folded
from dpdesk.registers.same_person import is_beside, known_names, other_forms, parts_of

_LEAST: Final = 2
"""Letters of a name that is looked for by itself."""
_SORTS: Final = frozenset(
    "as at birth born before by called first family from full last legal marriage married name "
    "named names nickname now officially on preferred since still surname then to until was".split()
)
"""Words beside other names that say what sort of name it is."""
_WORDY: Final = ("words", "months", "short_words", "short_months", "firsts")
"""Lists of names that are also words."""
_FIGURES: Final = re.compile(r"\D+")
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Called:
    """One whole name, in letters: first names, those in between, surnames."""

    given: tuple[str, ...]
    middle: tuple[str, ...]
    surname: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What belongs to somebody beside the name, each in its plainest form."""

    emails: frozenset[str] = frozenset()
    telephones: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    """UPN, admission number."""
    born: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A person who may be named."""

    key: str
    label: str
    kind: str
    """pupil, parent, staff, other; or met, for those whom only the documents know."""
    standing: PartyStanding
    called: tuple[Called, ...]
    reached: Reached = field(default_factory=Reached)
    why: str = ""
    sex: str = ""
    """"f" or "m" where it is known, by what they are to a pupil."""

    @property
    def adult(self) -> bool:
        """Whether somebody calls them Mr or Mrs."""
        return self.kind != "pupil"


@dataclass(slots=True)
class Bearing:
    """Who bears a name: numbers of parties."""

    given: set[int] = field(default_factory=set)
    nick: set[int] = field(default_factory=set)
    surname: set[int] = field(default_factory=set)


def called(name: str) -> Called | None:
    """A whole name as it is written, surname last or first with a comma; None for no name."""
    last, comma, first = name.partition(",")
    pieces = _pieces(f"{first} {last}" if comma else name)
    pieces = [piece for piece in pieces if piece not in name_words("titles")]
    if not pieces:
        return None
    if len(pieces) == 1:
        return Called((pieces[0],), (), ())
    surnames = len(_pieces(last)) if comma else 1
    if not comma:
        # "van der Berg" and "Smith-Jones" are one surname.
        final = name.split()[-1]
        surnames = max(1, len(_pieces(final)))
    surname = tuple(pieces[-surnames:])
    given = pieces[: len(pieces) - surnames]
    while len(given) > 1 and given[-1] in name_words("particles"):
        surname = (given.pop(), *surname)
    return Called(tuple(given[:1]), tuple(given[1:]), surname)


def called_so(surname: str, *firsts: str, middle: str = "") -> Iterator[Called]:
    """The whole names of somebody whose surname and first names are known apart."""
    last = tuple(_pieces(surname))
    between = tuple(_pieces(middle))
    for first in firsts:
        pieces = _pieces(first)
        if pieces or last:
            yield Called(tuple(pieces[:1]), (*pieces[1:], *between), last)


def called_also(name: str, others: str) -> Iterator[Called]:
    """A name, and each other one that somebody wrote beside it: "formerly Ward"."""
    usual = called(name)
    for each in known_names(name, others):
        parts = [
            part for part in re.split(r"[\s,()]+", each) if parts_of(part) and not _is_no_part(part)
        ]
        if len(parts) == 1 and usual is not None and each != name:
            # "known as Jo", "previously Smith-Jones": it may be either.
            alone = tuple(_pieces(parts[0]))
            yield Called(alone, (), usual.surname)
            yield Called(usual.given, (), alone)
            continue
        made = called(" ".join(parts))
        if made is not None:
            yield made


def _is_no_part(word: str) -> bool:
    """Whether a word only says what sort of name stands beside it: formerly, until 2019."""
    bare = word.strip(".:'\"").casefold()
    return is_beside(word) or bare in _SORTS or any(sign.isdecimal() for sign in bare)


def reached(
    *,
    emails: Iterable[str] = (),
    telephones: Iterable[str] = (),
    addresses: Iterable[str] = (),
    numbers: Iterable[str] = (),
    born: dt.date | None = None,
) -> Reached:
    """How somebody is reached, as it is written somewhere."""
    told = [text for text in (*emails, *telephones, *addresses) if text]
    mails = {
        found
        for text in told
        for found in re.findall(r"[^\s<>;,()@]{1,64}@[^\s<>;,()@]{1,250}", text)
    }
    return Reached(
        frozenset(mail.casefold().strip(".") for mail in mails),
        frozenset(filter(None, map(plain_telephone, _telephones(told)))),
        frozenset(
            "".join(code.split()).upper() for text in addresses for code in _POSTCODE.findall(text)
        ),
        frozenset("".join(number.split()).upper() for number in numbers if number),
        born,
    )


def _telephones(told: Iterable[str]) -> Iterator[str]:
    for text in told:
        yield from re.findall(r"\+?\(?\d[\d ()\-./]{7,20}\d", text)


def plain_telephone(number: str) -> str:
    """The figures that tell one telephone from another, without how it is dialled."""
    figures = _FIGURES.sub("", number)
    for beginning in ("0044", "44", "0"):
        if figures.startswith(beginning) and len(figures) - len(beginning) >= 9:
            figures = figures.removeprefix(beginning)
            break
    return figures.removeprefix("0") if len(figures) >= 9 else ""


def _pieces(name: str) -> list[str]:
    return [piece for piece in NOT_LETTERS.split(folded(as_seen(name))) if piece]


class KnownPeople:
    """All people who may be named, by the letters of their names and by how they are reached."""

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self.parties: list[Party] = []
        self.by_name: defaultdict[str, Bearing] = defaultdict(Bearing)
        self.middles: set[str] = set()
        """Every name between the first and the last."""
        self.by_email: defaultdict[str, set[int]] = defaultdict(set)
        self.by_telephone: defaultdict[str, set[int]] = defaultdict(set)
        self.by_postcode: defaultdict[str, set[int]] = defaultdict(set)
        self.by_number: defaultdict[str, set[int]] = defaultdict(set)
        self.by_birth: defaultdict[dt.date, set[int]] = defaultdict(set)
        for party in parties:
            self.add(party)

    def add(self, party: Party) -> int:
        """Takes one more; says their number."""
        number = len(self.parties)
        self.parties.append(party)
        for name in party.called:
            self._name(number, name)
        way = party.reached
        for index, values in (
            (self.by_email, way.emails),
            (self.by_telephone, way.telephones),
            (self.by_postcode, way.postcodes),
            (self.by_number, way.numbers),
        ):
            for value in values:
                index[value].add(number)
        if way.born is not None:
            self.by_birth[way.born].add(number)
        return number

    def _name(self, number: int, name: Called) -> None:
        particles = name_words("particles")
        for piece in name.given:
            if len(piece) >= _LEAST:
                self.by_name[piece].given.add(number)
                for form in other_forms(piece):
                    if len(form) >= _LEAST:
                        self.by_name[form].nick.add(number)
        self.middles.update(name.middle)
        for piece in name.surname:
            if len(piece) >= _LEAST and piece not in particles:
                self.by_name[piece].surname.add(number)

    def whole(self, given: str, surname: str) -> set[int]:
        """Who bears both; ``given`` may be a short form or an initial."""
        last = self.by_name.get(surname)
        if last is None:
            return set()
        if len(given) == 1:
            return {one for one in last.surname if self._begins(one, given)}
        first = self.by_name.get(given)
        found = set[int]()
        if first is not None:
            found = last.surname & first.given or last.surname & first.nick
        if found or given not in self.middles:
            return found
        return {
            one
            for one in last.surname
            if any(given in name.middle and surname in name.surname for name in self.names(one))
        }

    def is_parted(self, before: str, given: str, first_names: Container[str]) -> bool:
        """Whether a first name behind a surname is somebody else.

        "I wrote to Mrs Hart" ends a line, and "Oliver sits alone" is the next: nobody is called
        Hart Oliver. Where the word before may be a first name too, both may be one name. The first
        name may be short, or one that nobody known bears: it is in ``first_names`` then.

        Behind a surname that nobody known bears it must be the first name of somebody known, and
        no word: what follows Mrs Zajac must not be lost where it is her surname after all.
        """
        bearing, other = self.by_name.get(before), self.by_name.get(given)
        if bearing is None:
            first = other is not None and bool(other.given) and not other.surname
            if not first or len(before) < _LEAST or before in name_words("particles"):
                return False
            return not any(given in name_words(each) for each in _WORDY)
        if bearing is None or not bearing.surname or bearing.given or bearing.nick:
            return False
        if other is None:
            return given in first_names
        return bool(other.given or other.nick) and not bearing.surname & other.surname

    def with_initial(self, given: str, letter: str) -> set[int]:
        """Who is called so, with a surname that begins with this letter."""
        first = self.by_name.get(given)
        if first is None:
            return set()
        for some in (first.given, first.nick):
            found = {
                one
                for one in some
                if any(name.surname and name.surname[0][0] == letter for name in self.names(one))
            }
            if found:
                return found
        return set()

    def names(self, number: int) -> tuple[Called, ...]:
        """The names of a party."""
        return self.parties[number].called

    def _begins(self, number: int, letter: str) -> bool:
        return any(
            piece.startswith(letter)
            for name in self.names(number)
            for piece in (*name.given, *name.middle)
        )

    def of(self, standing: PartyStanding) -> set[int]:
        """The parties of one standing."""
        return {place for place, party in enumerate(self.parties) if party.standing is standing}
