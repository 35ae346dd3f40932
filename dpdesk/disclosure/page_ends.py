"""What is broken at the end of a page: "Gra-" at the foot of one, "ce" at the head of the next.

Each page is gone through by itself, so neither half would be taken for a name, and of "Harry" and
"Smith" the second might be a word; a telephone number is none in halves. Only the order of the file
is known here: a footer or a heading may stand between. What is repeated from page to page, and the
number of the page, are looked past.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.name_tokens import Token
from dpdesk.disclosure.numbers_found import Number
from dpdesk.disclosure.vocabulary import WordShape

_FOOT: Final = 40
"""Words at the end of a page among which the first half may stand: a footer comes after it."""
_HEAD: Final = 40
"""Words at the beginning of the next among which the second may: a heading comes before it."""
_SEAM: Final = 4
"""Words on either side of the end in which a name may go on."""
_LONG_SEAM: Final = 9
"""The same for numbers and addresses, with the word that says what they are."""
_RUNNING: Final = 40
"""Words that a heading or a footer may have that is repeated on each page."""
_FOLIO: Final = re.compile(r"page|of|[\d\W]+", re.IGNORECASE)
"""What stands beside the number of a page."""
_FIGURES: Final = re.compile(r"\d+")
_LEAST: Final = 4
"""Letters of a name that is put together from halves."""


@dataclass(frozen=True, slots=True)
class Seam:
    """The end of one page and the beginning of the next, of the same document."""

    page: int
    """The place of the first of the two among all pages."""
    before: Sequence[str]
    after: Sequence[str]
    cuts: tuple[tuple[int, int], ...]
    """Where the text of the first may end, and that of the second begin."""

    def joined(self, reach: int) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
        """The words around each cut as one text, with the page (0, 1) and the place of each."""
        for end, begin in self.cuts:
            places = [(0, at) for at in range(max(0, end - reach), end)]
            places += ((1, at) for at in range(begin, min(len(self.after), begin + reach)))
            yield [(self.before, self.after)[page][at] for page, at in places], places


def seams(pages: Sequence[tuple[int, int, Sequence[str]]]) -> Iterator[Seam]:
    """The ends of pages that others of the same document follow.

    ``pages``: the document, the number of the page and its words.
    """
    running = _running(pages)
    for at, (one, two) in enumerate(pairwise(pages)):
        if not _follows(one, two):
            continue
        before, after = one[2], two[2]
        whole, inner = (len(before), 0), (len(before) - running[at][1], running[at + 1][0])
        cuts = (
            whole,
            _past_folios(before, after, *whole),
            inner,
            _past_folios(before, after, *inner),
        )
        yield Seam(at, before, after, tuple(dict.fromkeys(cuts)))


def _follows(one: tuple[int, int, object], two: tuple[int, int, object]) -> bool:
    return one[0] == two[0] and two[1] == one[1] + 1


def _running(pages: Sequence[tuple[int, int, Sequence[str]]]) -> list[tuple[int, int]]:
    """How many words of each page are a heading, and how many a footer, of a page beside it too."""
    tops = [[_alike(word) for word in words[:_RUNNING]] for *_, words in pages]
    feet = [[_alike(word) for word in words[: -_RUNNING - 1 : -1]] for *_, words in pages]
    found = [(0, 0)] * len(pages)
    for at, (one, two) in enumerate(pairwise(pages)):
        if not _follows(one, two):
            continue
        top, foot = _shared(tops[at], tops[at + 1]), _shared(feet[at], feet[at + 1])
        for page in (at, at + 1):
            found[page] = (max(found[page][0], top), max(found[page][1], foot))
    return found


def _alike(word: str) -> str:
    """A word without what differs in a heading from page to page."""
    return _FIGURES.sub("0", word.casefold())


def _shared(one: Sequence[str], two: Sequence[str]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )


def _past_folios(
    before: Sequence[str], after: Sequence[str], end: int, begin: int
) -> tuple[int, int]:
    while end and _FOLIO.fullmatch(before[end - 1]):
        end -= 1
    while begin < len(after) and _FOLIO.fullmatch(after[begin]):
        begin += 1
    return end, begin


def names_over(
    seam: Seam,
    shapes: Callable[[str], WordShape],
    is_name: Callable[[str], bool],
    read: Callable[[Sequence[str]], Iterable[Mention]],
) -> Iterator[tuple[int, Mention]]:
    """The halves of each name that ends one page and begins the next, as mentions of it.

    Each with the place of its page among all. ``read`` says what is named in some words in a row.
    """
    for side, mention in (*_gone_on(seam, read), *_broken(seam, shapes, is_name)):
        yield seam.page + side, mention


def _broken(
    seam: Seam, shapes: Callable[[str], WordShape], is_name: Callable[[str], bool]
) -> Iterator[tuple[int, Mention]]:
    before, after = seam.before, seam.after
    for at in range(max(0, len(before) - _FOOT), len(before)):
        half = shapes(before[at])
        if not half.broken or not half.parts:
            continue
        start = half.parts[-1]
        if not start.capital:
            continue
        for place, word in enumerate(after[:_HEAD]):
            rest = shapes(word)
            if not rest.parts or (rest.parts[0].capital and not start.shouted):
                continue
            letters = start.letters + rest.parts[0].letters
            if len(letters) >= _LEAST and is_name(letters):
                yield 0, _half(letters, at, half)
                yield 1, _half(letters, place, rest)
                break


def _gone_on(
    seam: Seam, read: Callable[[Sequence[str]], Iterable[Mention]]
) -> Iterator[tuple[int, Mention]]:
    """A whole name of which some words end a page and others begin the next."""
    for words, places in seam.joined(_SEAM):
        middle = sum(side == 0 for side, _ in places)
        for found in read(words):
            first, last = found.indexes[0], found.indexes[-1]
            titled = found.form == "titled" and first == middle
            if not titled and not (found.form in {"whole", "titled"} and first < middle <= last):
                continue
            for side, some in _by_page(found.indexes, places):
                yield side, found._replace(indexes=some)


def numbers_over(
    seam: Seam, read: Callable[[Sequence[str]], Iterable[Number]]
) -> Iterator[tuple[int, Number, str]]:
    """The halves of each number or address over the end of a page, and the words of it whole.

    Each with the place of its page among all. ``read`` says what stands in some words in a row.
    """
    for words, places in seam.joined(_LONG_SEAM):
        for found in read(words):
            halves = list(_by_page(found.indexes, places))
            if len(halves) > 1:
                whole = " ".join(words[at] for at in found.indexes)
                for side, some in halves:
                    yield seam.page + side, replace(found, indexes=some), whole


def _by_page(
    indexes: Iterable[int], places: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Words of a joined text by the page (0, 1) on which they stand, with their places there."""
    on = [places[at] for at in indexes]
    for side in (0, 1):
        some = tuple(at for page, at in on if page == side)
        if some:
            yield side, some


def _half(letters: str, place: int, shape: WordShape) -> Mention:
    token = Token(
        letters, place, place, capital=True, shouted=False, ends=shape.ends, owns=shape.owns,
        starts=False, dotted=False,
    )  # fmt: skip
    # Two halves that make a name together are hardly a word.
    return Mention((place,), "single", (letters,), token=token, listed=True)
