"""Cells of a picture made small that hang together: a bar, a place that was painted over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

BESIDE: Final = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""Steps to the cells that share a side with one."""


def connected(
    filled: bytes, wide: int, least: float = 1, steps: Sequence[tuple[int, int]] = BESIDE
) -> Iterator[list[int]]:
    """The groups of cells of at least this level, by their numbers in ``filled``.

    ``filled``: a level for each cell, row after row of ``wide`` cells; ``steps``: across and down
    from a cell to those that count as its neighbours.
    """
    high = len(filled) // wide
    left = bytearray(level >= least for level in filled)
    start = left.find(1)
    while start >= 0:
        stack, cells = [start], []
        left[start] = 0
        while stack:
            cell = stack.pop()
            cells.append(cell)
            x, y = cell % wide, cell // wide
            for across, down in steps:
                near_x, near_y = x + across, y + down
                near = near_y * wide + near_x
                if 0 <= near_x < wide and 0 <= near_y < high and left[near]:
                    left[near] = 0
                    stack.append(near)
        yield cells
        start = left.find(1, start)
