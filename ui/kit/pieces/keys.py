"""What a page says about a key of its own, for the list of keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does. ``where`` groups the list: "Everywhere", "In a list" and so on."""

    keys: str
    does: str
    where: str
