"""Where a run of the benchmarks keeps what it made, and how large everything is."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import invented


@dataclass(frozen=True)
class Sizes:
    """How much there is to do, the smaller size first; ``rounds`` of each timing."""

    open: tuple[tuple[int, int], ...]
    """(entries, document pages)"""
    list: tuple[int, ...]
    save: tuple[int, ...]
    holdings: tuple[int, ...]
    turn: tuple[int, ...]
    """Width of a drawn page in pixels."""
    bundle: tuple[int, ...]
    photographs: tuple[int, ...]
    memory: tuple[int, ...]
    """Pages of a bundle."""
    names: int
    """Of how many surnames one was removed."""
    dpi: int
    rounds: int
    typed: tuple[str, ...]
    """What is typed into Ctrl+K, letter by letter."""
    judged: bool = True
    """Are the sizes those that the promises speak of?"""


FULL = Sizes(
    open=((10_000, 5_000), (100_000, 50_000)),
    list=(10_000, 50_000),
    save=(5_000, 50_000),
    holdings=(5_000, 50_000),
    turn=(900, 1_800),
    bundle=(100, 500),
    photographs=(10, 40),
    memory=(500, 5_000),
    names=500,
    dpi=300,
    rounds=9,
    typed=("ada gorse", "the", "sar-2026-09", "wojt"),
)
QUICK = Sizes(
    open=((100, 50),),
    list=(100, 200),
    save=(50, 100),
    holdings=(50, 100),
    turn=(300, 600),
    bundle=(3,),
    photographs=(1,),
    memory=(3,),
    names=6,
    dpi=72,
    rounds=1,
    typed=("ad",),
    judged=False,
)
"""Shows that every row still runs; its figures say nothing."""


@dataclass
class Bench:
    """One run: its folder, which is thrown away afterwards, and its sizes."""

    folder: Path
    sizes: Sizes
    say: Callable[[str], object] = lambda _text: None
    _made: dict[tuple[int, int], Path] = field(default_factory=dict)
    _count: itertools.count = field(default_factory=itertools.count)

    def workspace(self, entries: int, pages: int = 0) -> Path:
        """A workspace of that size, made once for all rows."""
        key = (entries, pages)
        if key not in self._made:
            self.say(f"making a workspace of {entries:,} entries and {pages:,} pages …")
            target = self.folder / f"workspace-{entries}-{pages}"
            self._made[key] = invented.workspace(target, entries, pages)
        return self._made[key]

    def fresh(self, name: str) -> Path:
        """A path that nobody has used."""
        return self.folder / f"{next(self._count)}-{name}"

    @property
    def away(self) -> Path:
        """Stands in for the user's own folders."""
        place = self.folder / "away"
        place.mkdir(exist_ok=True)
        return place
