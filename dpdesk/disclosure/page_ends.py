"""Names broken at the end of a page: "Gra-" at the foot of one, "ce" at the head of the next.

Each page is gone through by itself, so neither half would be taken for a name. Only the order of
the file is known here, and a footer or a heading may stand between the halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.name_tokens import Token
from dpdesk.disclosure.vocabulary import WordShape

_FOOT: Final = 40
"""Words at the end of a page among which the first half may stand: a footer comes after it."""
_HEAD: Final = 40
"""Words at the beginning of the next among which the second may: a heading comes before it."""
_LEAST: Final = 4
"""Letters of a name that is put together from halves."""


def broken_over(
    before: Sequence[str],
    after: Sequence[str],
    shapes: Callable[[str], WordShape],
    is_name: Callable[[str], bool],
) -> Iterator[tuple[Mention, Mention]]:
    """The halves of each name that ends one page and begins the next, as mentions of both."""
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
                yield _half(letters, at, half), _half(letters, place, rest)
                break


def _half(letters: str, place: int, shape: WordShape) -> Mention:
    token = Token(
        letters, place, place, capital=True, shouted=False, ends=shape.ends, owns=shape.owns,
        starts=False, dotted=False,
    )  # fmt: skip
    # Two halves that make a name together are hardly a word.
    return Mention((place,), "single", (letters,), token=token, listed=True)
