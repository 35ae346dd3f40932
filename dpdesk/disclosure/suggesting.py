"""Proposes what may have to be removed from the pages of a request.

All pages are read first, as who is met on the last of them may be named on the first; then each is
gone through once. The texts of the words are enough for that: where they lie is looked up for the
few that are shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.disclosure.belonging import Ownership, SchoolReached
from dpdesk.disclosure.candidates import (
    PERSON,
    Candidate,
    PartyStanding,
    Suggested,
    SuggestedGroup,
    apart,
    cues,
)
from dpdesk.disclosure.careless_names import in_a_word, with_small_letters
from dpdesk.disclosure.known_people import Called, KnownPeople, Party, Reached
from dpdesk.disclosure.letters import as_seen
from dpdesk.disclosure.meanings import Meanings, PlacedMention
from dpdesk.disclosure.mentions import Mention, MentionReader
from dpdesk.disclosure.met_people import PeopleMet
from dpdesk.disclosure.moved_spaces import MovedSpaces
from dpdesk.disclosure.name_tokens import first_names, usual_firsts, wordy
from dpdesk.disclosure.numbers_found import Number, Numbers
from dpdesk.disclosure.page_ends import Seam, names_over, numbers_over, seams
from dpdesk.disclosure.spelt_out import JoinedPage, SpeltOut
from dpdesk.disclosure.user_names import named_as_users, named_in_short
from dpdesk.disclosure.vocabulary import WordStock
from dpdesk.disclosure.web_names import named_in_places

_INSIDE_LEAST: Final = 7
"""Letters of a word into which a whole name may be written."""
_INITIAL_BEFORE: Final = re.compile(r"[^\w]{0,3}[A-Z][A-Z][a-z]")
_NAME_LEAST: Final = 3
_JOINING: Final = frozenset({"and", "&", "or"})
"""Words between two names of a row."""
_ROW: Final = 2
"""Words between them that are no words but figures, marks or a note in brackets."""
_GUESSED: Final = frozenset({"user", "careless"})
_SHORT: Final = 3
"""Letters and figures of a class or a seat: 1A, 10B."""


@dataclass(frozen=True, slots=True)
class _Read:
    document: int
    page: int
    written: Sequence[str]
    words: Sequence[str]
    """The same without signs that nobody sees."""
    told: Sequence[int]
    """The words that are greetings, figures, addresses and the like."""
    unseen: frozenset[int] = frozenset()


class Suggesting:
    """Reads the pages of one request, and says what to propose when it has read them all."""

    def __init__(
        self,
        parties: Iterable[Party],
        school: SchoolReached | None = None,
        *,
        today: dt.date | None = None,
    ) -> None:
        self._people = KnownPeople(parties)
        self._school = school or SchoolReached(Reached())
        self._today = today or dt.date.max
        self._vocabulary = WordStock()
        self._moved = MovedSpaces(self._people, self._vocabulary)
        self._meeting = PeopleMet(self._school.domains)
        self._pages: list[_Read] = []
        self._named_so: set[tuple[str, ...]] = set()
        self._near: dict[str, set[str]] = {}
        self._compared: set[str] = set()
        """Names that were compared with all words already."""

    def meet(self, words: Sequence[str]) -> None:
        """Takes in the head of a message, which stands on no page."""
        self._take(words)

    def _take(self, words: Sequence[str]) -> tuple[Sequence[str], Sequence[int]]:
        self._vocabulary.read(words)
        if not self._vocabulary.unseen.isdisjoint(words):
            words = [as_seen(word) for word in words]
            self._vocabulary.read(words)
        told = self._vocabulary.told_on(words)
        self._meeting.read(words, self._vocabulary, told)
        return words, told

    def read(
        self, document: int, page: int, words: Sequence[str], *, unseen: Collection[int] = ()
    ) -> None:
        """Takes in a page, by the texts of its words; nothing is proposed of those not seen."""
        read, told = self._take(words)
        self._pages.append(_Read(document, page, words, read, told, frozenset(unseen)))

    def finish(self) -> Suggested:
        """Everything that was found on all pages."""
        self._meet()
        ends = list(seams([(read.document, read.page, read.words) for read in self._pages]))
        named = self._in_places(self._over_pages(self._named_again(), ends))
        placed = [
            [PlacedMention(read.document, one) for one in _among_others(mentions, read.words)]
            for read, mentions in zip(self._pages, named, strict=True)
        ]
        every = [one for some in placed for one in some]
        meanings = Meanings(self._people, self._vocabulary.lower, every)
        numbers = Numbers(self._vocabulary, frozenset(self._people.by_birth), self._today)
        belonging = Ownership(self._people, self._school, meanings.present)
        groups: dict[str, SuggestedGroup] = {}
        found: list[Candidate] = []
        over: dict[int, list[tuple[Number, str]]] = {}
        for seam in ends:
            for at, number, whole in numbers_over(seam, numbers.on):
                over.setdefault(at, []).append((number, whole))
        for at, (read, some) in enumerate(zip(self._pages, placed, strict=True)):
            here = [
                *self._numbered(read, some, numbers, belonging, groups, over.get(at, ())),
                *self._named(read, some, meanings, groups),
            ]
            found += (one for one in apart(here, groups) if not read.unseen.issuperset(one.indexes))
        about = Counter(
            one.document_id for one in found if groups[one.group].standing is PartyStanding.SUBJECT
        )
        return Suggested(tuple(found), groups, dict(about))

    def _named_again(self) -> list[list[Mention]]:
        """The mentions of each page; whoever is named wholly on one is known on all others."""
        joined, reader = self._joined(), self._reader()
        named = [
            list(reader.on(read.words if page is None else page.words))
            for read, page in zip(self._pages, joined, strict=True)
        ]
        known = {*self._people.by_name, *first_names()}
        fresh = self._learnt(one for some in named for one in some)
        if fresh:
            # Where only names stand that were known before, it is enough to know who bears them.
            joined = self._joined()
            words = self._vocabulary.spelt(fresh - known)
            reader = self._reader()
            named = [
                [self._borne(one) for one in some]
                if page is None and words.isdisjoint(read.words)
                else list(reader.on(read.words if page is None else page.words))
                for read, page, some in zip(self._pages, joined, named, strict=True)
            ]
        return [
            some if page is None else [page.told(one) for one in some]
            for page, some in zip(joined, named, strict=True)
        ]

    def _joined(self) -> list[JoinedPage | None]:
        """The pages on which names are spelt out, as they are to be read."""
        spelt = SpeltOut(self._people, self._vocabulary, self._moved)
        return [spelt.on(read.words) for read in self._pages]

    def _over_pages(self, named: list[list[Mention]], ends: Sequence[Seam]) -> list[list[Mention]]:
        """With the halves of names that are broken at the end of a page."""
        names, shapes = {*self._people.by_name, *first_names()}, self._vocabulary.shapes
        for seam in ends:
            halves = names_over(seam, shapes.__getitem__, names.__contains__, self._reading.on)
            for at, half in halves:
                named[at] = _with(named[at], half)
        return named

    def _in_places(self, named: list[list[Mention]]) -> list[list[Mention]]:
        """With the names in web addresses and paths, and what people are called on computers."""
        places = dict(named_in_short(self._vocabulary, self._people))
        places |= named_as_users(self._vocabulary, self._people)
        places |= named_in_places(self._vocabulary.shapes, self._people)
        places = dict(in_a_word(self._vocabulary, self._people)) | places
        for number, read in enumerate(self._pages):
            taken = {at for one in named[number] if one.form != "single" for at in one.indexes}
            for more in with_small_letters(read.words, self._people):
                if taken.isdisjoint(more.indexes):
                    named[number] = _with(named[number], more)
        for read, number in zip(self._pages, range(len(named)), strict=True):
            if places.keys().isdisjoint(read.words):
                continue
            sure = {at for one in named[number] if one.parties for at in one.indexes}
            for at, word in enumerate(read.words):
                if word in places and (places[word].form not in _GUESSED or at not in sure):
                    named[number] = _with(named[number], places[word]._replace(indexes=(at,)))
        return named

    def _borne(self, mention: Mention) -> Mention:
        if mention.form != "pair" or len(mention.parts) < 2:
            return mention
        parties = self._people.whole(mention.parts[0], mention.parts[-1])
        if not parties:
            return mention
        return mention._replace(form="whole", parties=frozenset(parties))

    def _learnt(self, mentions: Iterable[Mention]) -> set[str]:
        """Takes in those whom no register knows and who are named; says their names."""
        fresh: set[str] = set()
        for one in mentions:
            key = ("mr", one.parts[-1]) if one.form == "titled" else one.parts
            if one.parties or one.form not in {"pair", "titled"} or key in self._named_so:
                continue
            *given, surname = one.parts
            if len(surname) < _NAME_LEAST or (given and len(given[0]) < _NAME_LEAST):
                continue
            if one.form == "titled" and surname in self._people.by_name:
                continue
            self._named_so.add(key)
            label = " ".join(part.title() for part in one.parts)
            name = Called(tuple(given[:1]), tuple(given[1:]), (surname,))
            self._people.add(
                Party(
                    "met:" + " ".join(key),
                    label if given else f"Mr or Mrs {label}",
                    "met",
                    PartyStanding.OTHER,
                    (name,),
                    why="Named in these documents only.",
                )
            )
            fresh.update(part for part in one.parts if len(part) > 1)
        return fresh

    def _meet(self) -> None:
        """Takes in those who are met in the documents and whom nobody knew before."""
        for party in self._meeting.parties():
            name = party.called[0]
            if name.given and name.surname:
                known = bool(self._people.whole(name.given[0], name.surname[-1]))
            elif name.given:
                known = _bearers(self._people, name.given[0])
            else:
                known = _bearers(self._people, name.surname[-1])
            if not known:
                self._people.add(party)

    def _reader(self) -> MentionReader:
        people, vocabulary = self._people, self._vocabulary
        names = set(people.by_name)
        known = names | first_names()
        fresh = vocabulary.near(names - self._compared, known)
        self._compared |= names
        for letters, like in fresh.items():
            self._near.setdefault(letters, set()).update(like)
        near = {letters: like for letters, like in self._near.items() if letters not in known}
        inside = self._run_together() | self._with_an_initial()
        self._reading = MentionReader(people, vocabulary, near, inside, self._initials())
        return self._reading

    def _run_together(self) -> dict[str, frozenset[int]]:
        """Words into which a whole name is written: ethanwalker, in one pass over them all."""
        names = [name for name in self._people.by_name if len(name) >= _NAME_LEAST]
        words = [
            word
            for word in self._vocabulary.by_letters
            if len(word) >= _INSIDE_LEAST and word not in self._people.by_name
        ]
        if not names or not words:
            return {}
        from ahocorasick_rs import AhoCorasick

        spotted: dict[str, list[tuple[int, int]]] = {}
        text = "\n".join(words)
        place, begin = 0, 0
        for _, start, end in AhoCorasick(names).find_matches_as_indexes(text, overlapping=True):
            while start >= begin + len(words[place]) + 1:
                begin += len(words[place]) + 1
                place += 1
            spotted.setdefault(words[place], []).append((start - begin, end - begin))
        found: dict[str, frozenset[int]] = {}
        for word, spans in spotted.items():
            bearers = {
                one
                for start, middle in spans
                for begins, end in spans
                if begins == middle and start == 0
                and (end == len(word) or word[end:].isdecimal())
                for one in self._people.whole(word[start:middle], word[begins:end])
                | self._people.whole(word[begins:end], word[start:middle])
            }  # fmt: skip
            if bearers:
                found[word] = frozenset(bearers)
        return found

    def _with_an_initial(self) -> dict[str, frozenset[int]]:
        """Surnames with an initial written to them: HSmith, and not Sharper for S. Harper."""
        by_name, by_letters = self._people.by_name, self._vocabulary.by_letters
        found: dict[str, frozenset[int]] = {}
        for word in by_letters:
            surname = word[1:].rstrip("0123456789")
            if len(surname) < _NAME_LEAST or surname not in by_name or word in by_name:
                continue
            if all(map(_INITIAL_BEFORE.match, by_letters[word])):
                bearers = self._people.whole(word[0], surname)
                if bearers:
                    found[word] = frozenset(bearers)
        return found

    def _initials(self) -> dict[str, frozenset[int]]:
        """Initials of two and three letters that stand in the documents, with who has them."""
        found: dict[str, set[int]] = {}
        for number, party in enumerate(self._people.parties):
            for name in party.called:
                if not name.given or not name.surname:
                    continue
                first, last = name.given[0][0], name.surname[-1][0]
                middle = "".join(piece[0] for piece in name.middle)
                for letters in {first + last, first + middle + last}:
                    if self._vocabulary.has_initials(letters):
                        found.setdefault(letters, set()).add(number)
        return {letters: frozenset(numbers) for letters, numbers in found.items()}

    @staticmethod
    def _numbered(
        read: _Read,
        placed: Sequence[PlacedMention],
        numbers: Numbers,
        belonging: Ownership,
        groups: dict[str, SuggestedGroup],
        over: Iterable[tuple[Number, str]],
    ) -> Iterator[Candidate]:
        people = {
            one.mention.indexes[-1]: min(one.mention.parties)
            for one in placed
            if one.mention.parties and one.mention.form not in _GUESSED
        }
        named = {
            at
            for one in placed
            if one.mention.form != "single" or one.mention.parts[0] not in wordy()
            for at in one.mention.indexes
        }
        here = numbers.on(read.words, people, read.told, named)
        whole = ((each, " ".join(read.words[place] for place in each.indexes)) for each in here)
        for number, said in (*whole, *over):
            owned = belonging.of(number, said)
            words = tuple(read.written[place] for place in number.indexes)
            groups.setdefault(owned.group.key, owned.group)
            yield Candidate(
                read.document, read.page, number.indexes, words, number.kind, owned.group.key,
                owned.why, owned.doubtful,
            )  # fmt: skip

    @staticmethod
    def _named(
        read: _Read,
        placed: Sequence[PlacedMention],
        meanings: Meanings,
        groups: dict[str, SuggestedGroup],
    ) -> Iterator[Candidate]:
        for one in placed:
            meaning = meanings.of(one)
            if meaning is None:
                continue
            groups.setdefault(meaning.group.key, meaning.group)
            indexes = one.mention.indexes
            words = tuple(read.written[place] for place in indexes)
            yield Candidate(
                read.document, read.page, indexes, words, PERSON, meaning.group.key, meaning.why,
                meaning.doubtful,
            )  # fmt: skip


def _among_others(mentions: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """The mentions of a page, with a note of those labelled or in a row with sure names."""
    found = list(mentions)
    words_too = wordy() | usual_firsts()
    found = [one._replace(listed=True) if _is_labelled(one, words) else one for one in found]
    sure = [one.listed or one.form != "single" or one.parts[0] not in words_too for one in found]
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            if not sure[other] or found[at].form != "single":
                continue
            first, last = sorted((found[at].indexes, found[other].indexes))
            if _is_row(words[first[-1] : last[0] + 1]):
                found[at] = found[at]._replace(listed=True)
                sure[at] = True
    return found


def _is_labelled(mention: Mention, words: Sequence[str]) -> bool:
    """Whether a label of a form stands before a single name: Surname: Young."""
    token, at = mention.token, mention.indexes[0]
    if mention.form != "single" or mention.near or token is None or not token.capital or not at:
        return False
    label = words[at - 1]
    return label.endswith(":") and label[:-1].casefold() in cues("labels")


def _is_row(words: Sequence[str]) -> bool:
    """Whether two names, the first and the last of the words, stand in a row of a list.

    With "and", a comma, a mark or a figure between them: Will & Tom; Will 8/10 Tom; (Will) [Tom].
    """
    if len(words) < 2:
        return bool(words) and words[0].endswith((",", ";"))  # both in one word
    one, *between, other = words
    if len(between) > _ROW:
        return False
    if not between:
        return one.endswith((",", ";")) or not (one[-1:].isalpha() or other[:1].isalpha())
    if len(between) == 1 and between[0].casefold() in _JOINING:
        return True
    return all(
        not any(sign.isalpha() for sign in word)
        or (word[:1].isdecimal() and len(word) <= _SHORT)
        or (word.startswith("(") and word.rstrip(",;").endswith(")"))
        for word in between
    )


def _with(mentions: Sequence[Mention], more: Mention) -> list[Mention]:
    """The mentions of a page with one that is more than what was made of its words."""
    others = [one for one in mentions if not set(one.indexes) <= set(more.indexes)]
    return sorted([*others, more], key=lambda one: one.indexes)


def _bearers(people: KnownPeople, name: str) -> bool:
    bearing = people.by_name.get(name)
    return bearing is not None and bool(bearing.given or bearing.surname or bearing.nick)
