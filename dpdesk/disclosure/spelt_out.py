"""Names written letter by letter, wholly or in part: H A R R Y, S.m.i.t.h, SM I TH.

Scans, headings and posters part letters. Read as they stand, such a name is not found, or only a
half of it is, and the other half would stay to be read. So a page is read with these words put
together, and what is found there is told by the words as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest
from typing import Final, NamedTuple

from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.moved_spaces import MovedSpaces
from dpdesk.disclosure.name_tokens import first_names, usual_firsts, wordy
from dpdesk.disclosure.spelt_pieces import (
    Piece,
    SpeltGroup,
    SpeltWhole,
    as_read,
    is_cased,
    pieces_of,
    runs,
    torn_names,
)
from dpdesk.disclosure.vocabulary import WordStock

_WORDS: Final = frozenset({"a", "A", "I"})
"""Single letters that are words, on every page."""
_AROUND: Final = 3
"""Words beside a single letter that may be more of its name."""
_SHORT: Final = 3
"""Letters of the shortest name that is believed without another beside it."""
_MARKS: Final = frozenset("abcdeu")
"""Grades: three or four of them in a row are hardly a name."""
_VOWELS: Final = frozenset("aeiouy")
_SURE: Final = 5
"""Letters of a name that is hardly grades, initials, or a part of another word."""
_REST: Final = 3
"""Letters beside a name that are read as one word: H A R R Y P O T T E R."""


class JoinedPage(NamedTuple):
    """The words of a page as they are read, and for each the words that hold it."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def told(self, mention: Mention) -> Mention:
        """A mention by the words as they stand on the page."""
        first, last = self.spans[mention.indexes[0]][0], self.spans[mention.indexes[-1]][1]
        return mention._replace(indexes=tuple(range(first, last + 1)))


@dataclass
class SpeltOut:
    """Puts together what is spelt out, for the names that are known by now."""

    people: KnownPeople
    vocabulary: WordStock
    moved: MovedSpaces

    def __post_init__(self) -> None:
        """Finds the words that hold a letter by itself."""
        by_name = self.people.by_name
        self._own = {name for name in (*by_name, *self.people.middles) if len(name) > 1}
        self._names = self._own | first_names()
        self._parts = self._names | name_words("particles")
        self._longest = max(map(len, self._names), default=0)
        single = (key for key in self.vocabulary.by_letters if len(key) == 1 and key.isalpha())
        letters = self.vocabulary.spelt(tuple(single))
        self._single = {word for word in letters if self._is_spelt(word)}
        self._ordinary = no_names() | name_words("plain")
        self._torn = set(torn_names(self._own, self.vocabulary.by_letters))
        self._shreds = set().union(*map(self._shred, self._torn))
        self._seeds = self._shreds | (self._single - _WORDS)
        if not self._single.isdisjoint(_WORDS):
            self._seeds |= self.vocabulary.spelt(self._halves())
        self.moved.renew()
        self._seeds |= self.moved.seeds

    def _is_spelt(self, word: str) -> bool:
        """Whether a word is letters by themselves, or holds several: no e-mail."""
        parts = self.vocabulary.shapes[word].parts
        single = sum(len(part.letters) == 1 and part.letters.isalpha() for part in parts)
        return single > 1 or single == len(parts)

    def _halves(self) -> Iterator[str]:
        """What stands beside such a word in a name of which no other letter is alone: Sm i th."""
        by_letters = self.vocabulary.by_letters
        for name in self._own:
            for letter in "ai":
                at = name.find(letter)
                while at >= 0:
                    one, two = name[:at], name[at + 1 :]
                    at = name.find(letter, at + 1)
                    if (one in by_letters or not one) and (two in by_letters or not two):
                        yield from self._half(one, two)

    def _half(self, one: str, two: str) -> Iterator[str]:
        some = [each for each in (one, two) if each]
        if min(map(len, some)) == 1 or any(map(self._is_ordinary, some)):
            return
        if len(some) > 1 or not self._names.issuperset(some):
            yield some[0]

    def _shred(self, pieces: tuple[str, ...]) -> set[str]:
        """The words by which such a name is found: its piece that is no word, or its beginning."""
        for letters in pieces:
            if not self._is_known(letters):
                return self.vocabulary.by_letters[letters]
        return {word for word in self.vocabulary.by_letters[pieces[0]] if word[0].isupper()}

    def _is_known(self, letters: str) -> bool:
        """Whether a piece may be meant by itself, as a word or a name."""
        return letters in self._names or self._is_ordinary(letters)

    def _is_ordinary(self, letters: str) -> bool:
        """Whether it is a word that stands beside single letters: line L in."""
        return letters in self._ordinary or self.vocabulary.is_usual(letters)

    def on(self, words: Sequence[str]) -> JoinedPage | None:
        """A page as it is to be read; None where nothing on it is spelt out."""
        seeds = self._seeds
        if seeds.isdisjoint(words):
            return None
        found: set[int] = set()
        for at in [place for place, word in enumerate(words) if word in seeds]:
            found.update(self._live_beside(words, at))
        places = sorted(found)
        made: list[tuple[list[Piece], list[SpeltWhole]]] = []
        begin = 0
        for at, place in enumerate(places):
            if at + 1 < len(places) and places[at + 1] - place <= 2 * _AROUND:
                continue
            first = max(0, places[begin] - _AROUND)
            pieces = list(pieces_of(words, first, place + _AROUND, self.vocabulary.shapes))
            wholes = self._wholes(pieces)
            if wholes:
                made.append((pieces, wholes))
            begin = at + 1
        return self._joined(words, made) if made else None

    def _live_beside(self, words: Sequence[str], at: int) -> Iterator[int]:
        """The places at and beside a word where names may be in pieces."""
        if words[at] in self._shreds and self._is_torn(words, at):
            yield at
        if words[at] in self.moved.seeds:
            yield from self.moved.beside(words, at)
        for place in range(max(0, at - _AROUND), min(len(words), at + _AROUND + 1)):
            if words[place] in self._single and self._is_live(words, place):
                yield place

    def _is_live(self, words: Sequence[str], at: int) -> bool:
        """Whether a single letter stands among others, or may be a name with what is beside it."""
        shapes, single = self.vocabulary.shapes, self._single
        before, after = words[max(0, at - 2) : at][::-1], words[at + 1 : at + 3]
        for beside in (before, after):
            if beside and beside[0] in single:
                return True
            if len(beside) > 1 and beside[1] in single and not shapes[beside[0]].parts:
                return True
        parts = shapes[words[at]].parts
        if len(parts) > 1:
            return True
        letter, own = parts[0].letters, self._own
        right = list(accumulate(self._letters(after)))
        left = list(accumulate(self._letters(before), lambda more, word: word + more))
        return any(one + letter + two in own for one in ("", *left) for two in ("", *right))

    def _is_torn(self, words: Sequence[str], at: int) -> bool:
        """Whether a piece is a name together with the words before or after."""
        return any(
            tuple(self._letters(words[max(0, first) : first + number])) in self._torn
            for number in (2, 3)
            for first in range(at - number + 1, at + 1)
        )

    def _letters(self, words: Sequence[str]) -> Iterator[str]:
        """The letters of words that may be pieces of a name."""
        for word in words:
            parts = self.vocabulary.shapes[word].parts
            if len(parts) != 1:
                return
            yield parts[0].letters

    # --- what belongs together -----------------------------------------------------------

    def _wholes(self, pieces: Sequence[Piece]) -> list[SpeltWhole]:
        """What is put together among these pieces; the longer before the shorter."""
        found = [
            whole
            for first, last in runs(pieces)
            if last > first
            for whole in self._spelt(pieces, first, last)
        ]
        found += self._in_part(pieces)
        found += self.moved.among(pieces)
        kept: list[SpeltWhole] = []
        for one in sorted(found, key=lambda each: -each.weight):
            if all(one.last < each.first or each.last < one.first for each in kept):
                kept.append(one)
        return sorted(kept)

    def _spelt(self, pieces: Sequence[Piece], first: int, last: int) -> Iterator[SpeltWhole]:
        """The names in a run of single letters."""
        groups = self._names_in(pieces, first, last)
        if groups:
            weight = sum(len(group.letters) for group in groups if group.named)
            yield SpeltWhole(first, last, groups, weight)
            return
        if first and self._may_be_unknown(pieces, first, last):
            text = "".join(piece.letters for piece in pieces[first : last + 1])
            yield SpeltWhole(first, last, (SpeltGroup(first, last, text, named=False),), 0)
            return
        starts = [
            at
            for at in range(first + 1, last + 1)
            if pieces[at].capital
            and (not pieces[at - 1].capital or (at < last and not pieces[at + 1].capital))
        ]
        if starts:  # a H a r r y, as the capitals part it
            for one, two in zip((first, *starts), (*(at - 1 for at in starts), last), strict=True):
                yield from self._spelt(pieces, one, two)

    def _may_be_unknown(self, pieces: Sequence[Piece], first: int, last: int) -> bool:
        """Whether a run is a surname that nobody known bears: Mr Z A J A C, Harry P O T T E R."""
        before, letters = pieces[first - 1], [piece.letters for piece in pieces[first : last + 1]]
        if len(letters) < _SURE - 1 or _MARKS.issuperset(letters) or _VOWELS.isdisjoint(letters):
            return False
        if before.capital and before.letters in name_words("titles"):
            return True
        bearing = self.people.by_name.get(before.letters)
        given = bearing is not None and bool(bearing.given or bearing.nick)
        return (given or before.letters in first_names()) and not pieces[first].cut

    def _names_in(self, pieces: Sequence[Piece], first: int, last: int) -> tuple[SpeltGroup, ...]:
        """The names and the rests of a run; none where it has no name."""
        text = "".join(piece.letters for piece in pieces[first : last + 1])
        if len(text) < _SHORT:
            return ()
        if text[:-1] in self._own and text[-1] == "s" and len(text) >= _SURE:
            return (SpeltGroup(first, last, text),)
        beside = (*pieces[max(0, first - 1) : first], *pieces[last + 1 : last + 2])
        if text in self._own and any(self._are_one(text, piece.letters) for piece in beside):
            return (SpeltGroup(first, last, text),)
        names = self._split(text)
        kept = [
            span
            for at, span in enumerate(names)
            if self._is_believed(text, names, at, dotted=pieces[first].dotted)
        ]
        found: list[SpeltGroup] = []
        begin = 0
        for start, end in (*kept, (len(text), len(text))):
            step = start - begin if start - begin >= _REST else 1
            found += (
                SpeltGroup(first + at, first + at + step - 1, text[at : at + step], named=False)
                for at in range(begin, start, step)
            )
            if end > start:
                found.append(SpeltGroup(first + start, first + end - 1, text[start:end]))
            begin = end
        return tuple(found) if kept else ()

    def _split(self, text: str) -> list[tuple[int, int]]:
        """The names of which a text consists as far as it can, long ones rather than short."""
        worth, begins = [0], [0]
        for end in range(1, len(text) + 1):
            most, begin = worth[-1], end
            for start in range(max(0, end - self._longest), end - 1):
                more = worth[start] + (end - start) ** 2
                if more > most and text[start:end] in self._parts:
                    most, begin = more, start
            worth.append(most)
            begins.append(begin)
        found = []
        end = len(text)
        while end:
            begin = begins[end]
            if begin < end:
                found.append((begin, end))
            end = min(begin, end - 1)
        return found[::-1]

    def _is_believed(
        self, text: str, names: Sequence[tuple[int, int]], at: int, *, dotted: bool
    ) -> bool:
        start, end = names[at]
        name = text[start:end]
        if self._is_whole(text, names, at):
            return True
        covered = sum(two - one for one, two in names) == len(text)
        if covered and len(names) > 1:
            return len(name) >= _SHORT or name in name_words("particles")
        if covered:
            few = _SURE if _MARKS.issuperset(name) else _SHORT + dotted
            return len(name) >= few
        if name not in self._own or name in wordy() or name in usual_firsts():
            return False
        rests = (start, len(text) - end)
        article = start == 1 and text[0] in "ai"
        if any(0 < rest < _REST + 1 for rest in rests[article:]):
            return False  # a part of another word
        return len(name) >= _SURE or (len(name) == _SURE - 1 and 0 in rests)

    def _is_whole(self, text: str, names: Sequence[tuple[int, int]], at: int) -> bool:
        """Whether another name in the run, or an initial beside it, is of the same person."""
        start, end = names[at]
        name = text[start:end]
        for one, two in names:
            if (one, two) != (start, end) and self._are_one(name, text[one:two]):
                return True
        if len(text) - len(name) > 2:
            return False
        return any(self.people.whole(letter, name) for letter in (*text[:start], *text[end:]))

    def _are_one(self, one: str, two: str) -> bool:
        return bool(self.people.whole(one, two) or self.people.whole(two, one))

    def _in_part(self, pieces: Sequence[Piece]) -> Iterator[SpeltWhole]:
        """Names of which some letters stand alone and others together: SM I TH, H ARRY."""
        for first in range(len(pieces) - 1):
            text = pieces[first].letters
            singles = int(len(text) == 1)
            for last in range(first + 1, len(pieces)):
                piece = pieces[last]
                if piece.cut or not piece.letters or not text:
                    break
                if pieces[last - 1].dotted and piece.place != pieces[last - 1].place:
                    break
                text += piece.letters
                singles += len(piece.letters) == 1
                if len(text) > 2 * self._longest:
                    break
                torn = tuple(each.letters for each in pieces[first : last + 1]) in self._torn
                if 0 < singles <= last - first or torn:
                    groups = self._put_together(pieces, first, last, text)
                    if groups:
                        yield SpeltWhole(first, last, groups, len(text))

    def _put_together(
        self, pieces: Sequence[Piece], first: int, last: int, text: str
    ) -> tuple[SpeltGroup, ...]:
        """The pieces of each name, where some pieces are one name or two."""
        if text in self._own and len(text) >= _SHORT:
            believed = is_cased(pieces[first : last + 1]) and self._is_no_word(pieces, first, last)
            return (SpeltGroup(first, last, text),) if believed else ()
        ends = list(accumulate(len(piece.letters) for piece in pieces[first : last + 1]))
        for middle in range(2, len(text) - 1):
            one, two = text[:middle], text[middle:]
            if one not in self._own or two not in self._own:
                continue
            if min(len(one), len(two)) < _SURE - 1 and not self._are_one(one, two):
                continue
            end = next(number for number, each in enumerate(ends) if each >= middle)
            # A piece that holds the end of one name and the beginning of the next is in both.
            parted = ends[end] == middle
            if not parted or 0 < end < last - first - 1:
                begin = first + end + parted
                return (SpeltGroup(first, first + end, one), SpeltGroup(begin, last, two))
        return ()

    def _is_no_word(self, pieces: Sequence[Piece], first: int, last: int) -> bool:
        """Whether letters and what stands among them are no words by themselves: n or a."""
        some = pieces[first : last + 1]
        name = "".join(piece.letters for piece in some)
        before, after = pieces[max(0, first - 2) : first], pieces[last + 1 : last + 3]
        for beside in (before[-1:], before, after[:1], after):
            other = "".join(each.letters for each in beside)  # it may be in pieces too
            if other and self._are_one(name, other):
                return True
        rests = [piece.letters for piece in some if len(piece.letters) > 1]
        single = len(some) - len(rests)
        if not single:
            return not all(map(self._is_known, rests))
        if single >= _REST:
            return True
        if len(some) > 2:
            return not all(map(self._is_ordinary, rests))
        letter = some[0].letters
        return (
            letter not in {"a", "i"}
            and rests[0] not in self._names
            and not self._is_ordinary(rests[0])
        )

    # --- reading -------------------------------------------------------------------------

    def _joined(
        self, words: Sequence[str], made: Iterable[tuple[list[Piece], list[SpeltWhole]]]
    ) -> JoinedPage:
        """The words of a page with what was put together on it; its new words are taken in."""
        read: list[str] = []
        spans: list[tuple[int, int]] = []
        fresh: list[str] = []
        begin = 0
        for pieces, wholes in made:
            touched = {
                piece.place for whole in wholes for piece in pieces[whole.first : whole.last + 1]
            }
            groups = [group for whole in wholes for group in whole.groups]
            touched.update(place for group in groups for place in self._beside(pieces, group))
            held = {at for group in groups for at in range(group.first, group.last + 1)}
            groups += (
                SpeltGroup(at, at, piece.letters, named=False)
                for at, piece in enumerate(pieces)
                if piece.place in touched and at not in held
            )
            groups.sort()
            for group, after in zip_longest(groups, groups[1:]):
                first, last = pieces[group.first].place, pieces[group.last].place
                read += words[begin:first]
                spans += ((at, at) for at in range(begin, first))
                shared = after is not None and after.first == group.last
                some = pieces[group.first : group.last + 1]
                read.append(as_read(some, group.letters, ends=not shared))
                spans.append((first, last))
                fresh.append(read[-1])
                begin = max(begin, last + 1)
        read += words[begin:]
        spans += ((at, at) for at in range(begin, len(words)))
        self.vocabulary.read(fresh)
        return JoinedPage(tuple(read), tuple(spans))

    def _beside(self, pieces: Sequence[Piece], group: SpeltGroup) -> Iterator[int]:
        """The place of the other name in small letters beside one: h a r r y smith.

        What is spelt out is no word of a sentence, so neither is what makes a whole name with it.
        """
        for piece in (
            *pieces[max(0, group.first - 1) : group.first],
            *pieces[group.last + 1 :][:1],
        ):
            if not piece.capital and self._are_one(piece.letters, group.letters):
                yield piece.place
