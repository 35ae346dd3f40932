"""Finding words on a page, however they are written there.

Accents, capitals and apostrophes do not matter; a name may run over two lines, columns, cells or
pages, be broken by a hyphen, drawn in pieces, spaced out letter by letter, stored from right to
left, or have a letter that cannot be read. What is found is always whole words of the page,
because half a word gives the other half away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, zip_longest
from typing import Final, Literal

from dpdesk.disclosure import order
from dpdesk.disclosure.letters import (
    NAME_LETTERS,
    NOT_LETTERS,
    LetterReading,
    folded,
    is_unreadable,
    readings,
    spellings,
    tokens_of,
    wild_matches,
)
from dpdesk.disclosure.naming import NameForms
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.registers.same_person import other_forms, parts_of

Likeness = Literal["same", "form", "near"]
"""Whether the words stand there as they were sought, as another form of the same name (turned
round, with initials), or are only spelt nearly the same."""

_LIKE_HEIGHT: Final = 2.0  # so many times higher, a letter is an initial and no part of the line
_BELOW: Final = 0.24  # of a line's height: the room below the line on which letters stand
_PIECES: Final = 12  # words of a search beyond which no page is read in another order
_REACH: Final = 60  # letters sought, beyond which the same holds


@dataclass(frozen=True, slots=True)
class WordsFound:
    """Words found together: their indexes on the page, and the text as it stands there."""

    indexes: tuple[int, ...]
    text: str
    likeness: Likeness = "same"
    over_page: bool = False
    """Whether the rest of the name stands on the page before or after."""
    seen: bool = True
    """Whether the words are seen where the file has them; if not, a mark there hits nothing."""


class KnownPage:
    """A page as far as several searches ask about it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        text = "\n".join([word.text for word in page.words])
        self.letters = NOT_LETTERS.sub("", folded(text))
        self.tokens = tokens_of(text)
        self.unreadable = is_unreadable(text)
        self.addresses = "@" in text

    @cached_property
    def readings(self) -> tuple[LetterReading, ...]:
        """The words in the order of the file."""
        return tuple(readings(self.page.words))

    @cached_property
    def wild(self) -> tuple[LetterReading, ...]:
        """The same with letters that cannot be read."""
        return tuple(readings(self.page.words, wild=True))

    @cached_property
    def listed(self) -> str:
        """The different words, a line each."""
        return "\n".join(["", *self.tokens])


class WordSearch:
    """One search over many pages. ``sought`` without letters finds nothing.

    Without ``whole_word`` a single word is found inside longer words too, and several words
    inside one long word, such as an address. Otherwise several words must follow each other and
    begin where a word of the page does; only the last of them may go on (Ann Example, Ann
    Examples). Spacing and line ends do not matter, nor how a telephone number begins.
    """

    def __init__(self, sought: str, *, whole_word: bool = False, forms: bool = True) -> None:
        self._pieces = [piece for piece in NOT_LETTERS.split(folded(sought)) if piece]
        self._whole_word = whole_word
        self._spellings = spellings(self._pieces) if self._pieces else ()
        self._naming = NameForms(self._pieces) if self._pieces and forms else None
        self._plain = "".join(self._pieces)
        self._last = len(self._pieces[-1]) if len(self._pieces) > 1 else -1
        short = len(self._pieces) <= _PIECES and len(self._plain) <= _REACH
        self._tails = _tails(self._pieces) if short else frozenset()
        self._before: KnownPage | None = None
        names = [name for name in sought.split() if len(name) >= NAME_LETTERS]
        self._alone = (
            {name: WordSearch(name, whole_word=True, forms=False) for name in names}
            if len(sought.split()) > 1
            else {}
        )
        if self._alone:
            # Thomas Ward may stand there as Tom, with or without his surname.
            given = parts_of(" ".join(sought.split()[:-1]))
            for form in (form for part in given for form in other_forms(part)):
                if len(form) >= NAME_LETTERS and form not in self._pieces:
                    named = form.capitalize()
                    self._alone.setdefault(named, WordSearch(form, whole_word=True, forms=False))

    def on(self, page: Page | KnownPage) -> tuple[WordsFound, ...]:
        """Every place on the page where the words stand, in the order of the page."""
        known = page if isinstance(page, KnownPage) else KnownPage(page)
        words = known.page.words
        if not self._pieces or not words:
            return ()
        found: dict[tuple[int, ...], Likeness] = {}
        taken: set[int] = set()
        for indexes, again in self._same(known):
            # The same place read in another way is no second place.
            if not (again and taken.issuperset(indexes)):
                found[indexes] = "same"
                taken.update(indexes)
        if self._naming is not None:
            for indexes in self._naming.forms(words, known.tokens, taken):
                if not taken.issuperset(indexes):
                    found.setdefault(indexes, "form")
            if known.addresses:
                for indexes in self._naming.addresses(words):
                    if not taken.issuperset(indexes):
                        found.setdefault(indexes, "form")
            for indexes in self._naming.nearly(words, known.tokens, _taken(found)):
                found.setdefault(indexes, "near")
        return tuple(
            _finding(known.page, indexes, likeness) for indexes, likeness in sorted(found.items())
        )

    def _same(self, known: KnownPage) -> Iterator[tuple[tuple[int, ...], bool]]:
        """Where the words stand just as they were sought, and whether by a second reading."""
        if any(plain in known.letters for plain in self._spellings):
            longest = max(map(len, self._spellings))
            for reading in known.readings:
                for at, end in self._matches(reading):
                    # With the dashes and dots in between, so that one mark covers the whole.
                    # A telephone number without its beginning is no second place.
                    shorter = end - at < longest
                    yield tuple(range(reading.owner[at], reading.owner[end - 1] + 1)), shorter
        if known.unreadable:
            yield from ((indexes, True) for indexes in self._unreadable(known))
        if self._may_be_parted(known, known):
            yield from ((indexes, True) for indexes in self._by_places(known.page.words))

    def _matches(self, reading: LetterReading) -> Iterator[tuple[int, int]]:
        for plain in self._spellings:
            at = reading.letters.find(plain)
            while at >= 0:
                end = at + len(plain)
                if self._fits(reading, at, end):
                    yield at, end
                at = reading.letters.find(plain, at + 1)

    def _fits(self, reading: LetterReading, at: int, end: int) -> bool:
        last = end - self._last if self._last >= 0 else -1
        return reading.is_whole(at, end) or (
            not self._whole_word and reading.is_inside(at, end, last)
        )

    def _unreadable(self, known: KnownPage) -> Iterator[tuple[int, ...]]:
        anywhere = not self._whole_word and len(self._pieces) == 1
        for reading in known.wild:
            for plain in self._spellings:
                for at, end in wild_matches(reading, plain, anywhere=anywhere):
                    if self._fits(reading, at, end):
                        yield tuple(range(reading.owner[at], reading.owner[end - 1] + 1))

    def _may_be_parted(self, one: KnownPage, two: KnownPage) -> bool:
        """Whether what is sought can be put together from several words of these pages."""
        if self._tails.isdisjoint(one.tokens):
            return False
        plain = self._plain
        reached = {0}
        for start in range(len(plain)):
            if start not in reached:
                continue
            rest = f"\n{plain[start:]}"
            if start and (rest in two.listed or rest in one.listed):
                return True
            reached.update(
                end
                for end in range(start + 1, len(plain))
                if plain[start:end] in one.tokens or plain[start:end] in two.tokens
            )
        return False

    def _by_places(self, words: Sequence[Word]) -> Iterator[tuple[int, ...]]:
        """Where the words stand in the order in which they lie on the page."""
        found = order.rows(words)
        flat = [place for row in found for place in row]
        yield from self._in_order(words, flat)
        if order.runs_left(words):
            yield from self._in_order(words, flat[::-1])
        for one, two in order.columns(order.stretches(words, found)).breaks():
            over = self._over(words, one.places, words, two.places)
            if over is not None:
                yield tuple(sorted({*over[0], *over[1]}))

    def _in_order(self, words: Sequence[Word], flat: Sequence[int]) -> Iterator[tuple[int, ...]]:
        if flat == list(range(len(words))):
            return
        joined = order.touching(words, flat)
        for reading in readings([words[place] for place in flat], joined=joined):
            for at, end in self._matches(reading):
                yield tuple(sorted(flat[reading.owner[at] : reading.owner[end - 1] + 1]))

    def _over(
        self,
        words: Sequence[Word],
        foot: Sequence[int],
        more: Sequence[Word],
        head: Sequence[int],
    ) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Where the words begin at the end of one stretch and end at the beginning of another."""
        foot, head = foot[-_PIECES:], head[:_PIECES]
        ends = NOT_LETTERS.split(folded(words[foot[-1]].text).rstrip("-\u00ad\u2010\u2011.,;: "))
        if ends[-1] not in self._tails:
            return None
        together = [words[place] for place in foot] + [more[place] for place in head]
        for reading in readings(together):
            for at, end in self._matches(reading):
                first, last = reading.owner[at], reading.owner[end - 1]
                if first < len(foot) <= last:
                    return tuple(foot[first:]), tuple(head[: last + 1 - len(foot)])
        return None

    def next_page(self, page: Page, *, follows: bool) -> tuple[tuple[WordsFound, ...], ...]:
        """What is found on a page, and what of the page before it belongs to a name that goes on.

        ``follows`` says whether the page follows the one asked about before, in one document.
        The first tuple is of the page before, and empty nearly always.
        """
        if not self._pieces:
            return (), ()
        known = KnownPage(page)
        here = self.on(known)
        before, self._before = self._before, known
        if not follows or before is None:
            return (), here
        if not self._may_be_parted(before, known):
            return (), here
        earlier, later = self._over_the_page(before.page, page)
        return earlier, (*later, *here)

    def _over_the_page(
        self, before: Page, page: Page
    ) -> tuple[tuple[WordsFound, ...], tuple[WordsFound, ...]]:
        words, more = before.words, page.words
        lowest, highest = order.feet(words), order.heads(more)
        pairs = {
            places
            for foot in lowest
            for head in highest
            if foot and head and (places := self._over(words, foot, more, head)) is not None
        }
        return (
            tuple(
                _finding(before, one, over_page=True) for one in sorted({one for one, _ in pairs})
            ),
            tuple(_finding(page, two, over_page=True) for two in sorted({two for _, two in pairs})),
        )

    def alone(self, page: Page, found: Sequence[WordsFound]) -> dict[str, int]:
        """How often each word of a name, or a short form, stands on the page without the rest.

        ``found`` are the places where the whole name stands. Short words say too little.
        """
        if not self._alone:
            return {}
        taken = {index for finding in found for index in finding.indexes}
        known = self._before
        if known is None or known.page is not page:
            known = KnownPage(page)
        return {
            name: sum(taken.isdisjoint(finding.indexes) for finding in search.on(known))
            for name, search in self._alone.items()
        }


def find(page: Page, sought: str, *, whole_word: bool = False) -> tuple[WordsFound, ...]:
    """Every place on one page where the words stand; see ``WordSearch``."""
    return WordSearch(sought, whole_word=whole_word).on(page)


def _taken(found: dict[tuple[int, ...], Likeness]) -> set[int]:
    return {index for indexes in found for index in indexes}


def _finding(
    page: Page, indexes: tuple[int, ...], likeness: Likeness = "same", *, over_page: bool = False
) -> WordsFound:
    text = " ".join(page.words[index].text for index in indexes)
    return WordsFound(indexes, text, likeness, over_page, page.unseen.isdisjoint(indexes))


def _tails(pieces: Sequence[str]) -> frozenset[str]:
    """What a word may look like with which the first part of a broken name ends."""
    plain = "".join(pieces)
    starts = accumulate((len(piece) for piece in pieces[:-1]), initial=0)
    return frozenset(plain[start:end] for start in starts for end in range(start + 1, len(plain)))


def line_boxes(words: Sequence[Word]) -> tuple[Box, ...]:
    """One box for each line of the given words, covering everything between first and last."""
    boxes: list[Box] = []
    for word, after in zip_longest(words, words[1:]):
        box = word.box
        if boxes and _same_line(boxes[-1], box):
            boxes[-1] = boxes[-1].union(box)
        else:
            boxes.append(_of_initial(box) if after and _is_initial(word, after) else box)
    return tuple(boxes)


def _is_initial(word: Word, after: Word) -> bool:
    """Whether a word is the large initial of the next one."""
    return len(word.text) <= 2 and word.box.height > _LIKE_HEIGHT * after.box.height


def _of_initial(box: Box) -> Box:
    """Without the room for tails, which capitals have not: there the next line begins."""
    return Box(box.x0, box.y0, box.x1, box.y1 - _BELOW * box.height)


def runs(page: Page, indexes: Iterable[int]) -> tuple[tuple[Word, ...], ...]:
    """Words by their indexes, in stretches that follow each other in the file.

    Each stretch is marked by itself, so that no word in between is marked too.
    """
    found: list[list[Word]] = []
    last = -2
    for index in sorted(set(indexes)):
        if index != last + 1:
            found.append([])
        found[-1].append(page.words[index])
        last = index
    return tuple(map(tuple, found))


def boxes_of(page: Page, indexes: Iterable[int]) -> tuple[Box, ...]:
    """The boxes that cover these words and nothing in between."""
    return tuple(box for words in runs(page, indexes) for box in line_boxes(words))


def _same_line(one: Box, other: Box) -> bool:
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower, higher = sorted((one.height, other.height))
    # A large initial reaches down beside other lines, whose words a box around both would take.
    return overlap > 0.5 * lower and higher <= _LIKE_HEIGHT * lower and other.x0 > one.x0


def words_under(page: Page, box: Box) -> tuple[int, ...]:
    """Indexes of the words that a box touches in earnest, not just brushes."""
    found = []
    for index, word in enumerate(page.words):
        across = min(box.x1, word.box.x1) - max(box.x0, word.box.x0)
        down = min(box.y1, word.box.y1) - max(box.y0, word.box.y0)
        if across > 0.05 * word.box.width and down > 0.2 * word.box.height:
            found.append(index)
    return tuple(found)
