"""Whether a line was fitted to its length by its letters: set apart, widened, made smaller.

Some programs fill a line to the margin by moving its letters apart or by making them wider, or fit
it into a field by making them smaller. Then every letter that stays tells how much room the whole
line needed, the removed name with it. Letters that are set in the same way all over a page are a
matter of taste, and tell nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from dpdesk.disclosure.outlines import WordOutline

_EXACT = 0.0005  # sizes of the type: by how much files round the place of a letter
_NATURAL = 0.00002  # how far letters are from their own width, which files have exactly
_NOISE = 1.5  # times what letters differ among each other, as where each is rounded by itself
_STEPS, _ROUND = (0.5, 0.12), 0.01  # points; and of a step: 0.12 is a dot of a printer's inch
_SAME_SIZE = 0.02  # points
_OTHERS = 2  # lines that look the same, at least


def is_fitted(
    line: Iterable[WordOutline], others: Callable[[], Iterable[Sequence[WordOutline]]]
) -> bool:
    """Whether the letters of a line may tell how long it was.

    ``others`` gives the lines of the page from which nothing is removed; they are read only
    where the letters of this one do not stand as their type has it.
    """
    letters = list(line)
    fit, odd = _fit(letters), _odd_sizes(letters)
    if fit == (0.0, 1.0) and not odd:
        return False
    lines = list(others())
    sizes = {each.size for other in lines for each in other}
    if any(all(abs(size - other) > _SAME_SIZE for other in sizes) for size in odd):
        return True
    if fit == (0.0, 1.0):
        return False
    found = [_fit(each) for each in lines]
    same = sum(
        abs(apart - fit[0]) <= _EXACT and abs(stretch - fit[1]) <= _NATURAL
        for apart, stretch in found
    )
    return same < max(_OTHERS, len(found) / 2)


def _odd_sizes(line: Iterable[WordOutline]) -> set[float]:
    """The sizes of letters that nobody chooses: neither half points nor dots of a printer."""
    return {
        letters.size
        for letters in line
        if all(abs(letters.size / step - round(letters.size / step)) > _ROUND for step in _STEPS)
    }


def _fit(line: Sequence[WordOutline]) -> tuple[float, float]:
    """How far the letters of a line stand apart, and by how much they are widened.

    Kerning moves a few letters, and rounding all of them a little, either way: neither counts.
    """
    apart = [each for letters in line for each in letters.apart]
    spread = median(apart) if apart else 0.0
    differ = median(abs(each - spread) for each in apart) if apart else 0.0
    stretches = [letters.stretch for letters in line]
    stretch = median(stretches) if stretches else 1.0
    return (
        spread if abs(spread) > max(_EXACT, _NOISE * differ) else 0.0,
        stretch if abs(stretch - 1) > _NATURAL else 1.0,
    )
