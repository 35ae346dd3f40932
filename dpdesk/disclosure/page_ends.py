"""Names broken at the end of a page: "Gra-" at the foot of one, "ce" at the head of the next.

Each page is gone through by itself, so neither half would be taken for a name, and of "Harry" and
"Smith" the second might be a word. Only the order of the file is known here, and a footer or a
heading may stand between the halves of a word; between words only the number of a page may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.name_tokens import Token
from dpdesk.disclosure.vocabulary import WordShape

_FOOT: Final = 40
"""Words at the end of a page among which the first half may stand: a footer comes after it."""
_HEAD: Final = 40
"""Words at the beginning of the next among which the second may: a heading comes before it."""
_SEAM: Final = 4
"""Words on either side of the end in which a name may go on."""
_FOLIO: Final = re.compile(r"page|of|[\d\W]+", re.IGNORECASE)
"""What stands beside the number of a page."""
_LEAST: Final = 4
"""Letters of a name that is put together from halves."""


def broken_over(
    before: Sequence[str],
    after: Sequence[str],
    shapes: Callable[[str], WordShape],
    is_name: Callable[[str], bool],
    read: Callable[[Sequence[str]], Iterable[Mention]],
) -> Iterator[tuple[int, Mention]]:
    """The halves of each name that ends one page (0) and begins the next (1), as mentions of it.

    ``read`` says what is named in some words in a row.
    """
    yield from _gone_on(before, after, read)
    first = max(0, len(before) - _FOOT)
    for at in range(first, len(before)):
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
    before: Sequence[str], after: Sequence[str], read: Callable[[Sequence[str]], Iterable[Mention]]
) -> Iterator[tuple[int, Mention]]:
    """A whole name of which some words end a page and others begin the next."""
    end, begin = len(before), 0
    while end and _FOLIO.fullmatch(before[end - 1]):
        end -= 1
    while begin < len(after) and _FOLIO.fullmatch(after[begin]):
        begin += 1
    places = [(0, at) for at in range(max(0, end - _SEAM), end)]
    seam = len(places)
    places += ((1, at) for at in range(begin, min(len(after), begin + _SEAM)))
    for found in read([(before, after)[page][at] for page, at in places]):
        first, last = found.indexes[0], found.indexes[-1]
        titled = found.form == "titled" and first == seam
        if not titled and not (found.form in {"whole", "titled"} and first < seam <= last):
            continue
        for side in (0, 1):
            some = tuple(places[at][1] for at in found.indexes if places[at][0] == side)
            if some:
                yield side, found._replace(indexes=some)


def _half(letters: str, place: int, shape: WordShape) -> Mention:
    token = Token(
        letters, place, place, capital=True, shouted=False, ends=shape.ends, owns=shape.owns,
        starts=False, dotted=False,
    )  # fmt: skip
    # Two halves that make a name together are hardly a word.
    return Mention((place,), "single", (letters,), token=token, listed=True)
