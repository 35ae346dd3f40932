"""Open matters: what one room tells others about entries that may hold something up."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

ASSET_REFERENCE = re.compile(r"\bAS-\d{4}-\d{3,}\b")
"""How an asset is named in running words."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What an open matter touches, told by the room that it belongs to.

    ``words`` say what it is, without personal data ("the open request"). ``names`` are of the
    people it is about, ``assets``, ``holdings`` and ``rules`` are references (of rules also
    codes). What says nothing of all that could touch anything, and asks for a look.
    """

    register: str
    entry_id: int
    reference: str
    words: str
    names: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    holdings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    everything: bool = False

    @property
    def said(self) -> str:
        """For a sentence: "the open request SAR-2026-001"."""
        return f"{self.words} {self.reference}"


class Touching(ABC):
    """A register whose open entries hold up disposals."""

    record: Any
    register: Any
    followers: list[Any]

    @abstractmethod
    def touches_within(self, session: Session, entry_id: int = 0) -> Iterable[Touch]:
        """What all of its open entries, or one of them, hold up."""
