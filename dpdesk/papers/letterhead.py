"""The head of the school's papers: five facts, without anything that draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends the paper; ``address`` has one line for each line of the address."""

    school: str
    address: tuple[str, ...] = ()
    telephone: str = ""
    email: str = ""
    website: str = ""
