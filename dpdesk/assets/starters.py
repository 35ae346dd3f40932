"""The starter set: records that a small independent school typically holds, as proposals.

They stand in ``resources/assets/starter.toml``; each is accepted, changed or left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dpdesk import resources
from dpdesk.assets.parts import Purpose
from dpdesk.assets.records import Asset
from dpdesk.law.sources import Confidence, advice
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.record import STORED_AS_CODES


@dataclass(frozen=True, slots=True)
class Starter:
    """A proposed entry with its purposes; ``retention`` is the code of its class.

    ``accepted_as`` is the reference of the entry that was made of it, empty until then.
    """

    key: str
    group: str
    answers: Values
    purposes: tuple[Values, ...]
    retention: str
    source: str
    confidence: Confidence
    accepted_as: str = ""

    @property
    def name(self) -> str:
        """What the entry would be called."""
        return str(self.answers["name"])

    @property
    def bases(self) -> tuple[str, ...]:
        """The lawful bases of its purposes in words, each once."""
        field = Purpose.register.field("basis")
        codes = dict.fromkeys(str(each["basis"]) for each in self.purposes if each.get("basis"))
        return tuple(field.choice(code).label for code in codes)

    @property
    def caution(self) -> str:
        """A sentence where the source is not confirmed, else empty."""
        return advice(self.confidence)


def starter_set(accepted: Mapping[str, str]) -> tuple[Starter, ...]:
    """The whole set, in the order of the file; ``accepted``: key to reference of an entry."""
    return tuple(replace(each, accepted_as=accepted.get(each.key, "")) for each in _read())


@cache
def _read() -> tuple[Starter, ...]:
    return tuple(
        Starter(
            row["key"],
            row["group"],
            _answers(Asset.register, row["answers"]),
            tuple(_answers(Purpose.register, purpose) for purpose in row.get("purposes", ())),
            row.get("retention", ""),
            row["source"],
            Confidence(row.get("confidence", "C")),
        )
        for row in resources.toml("assets", "starter.toml")["starters"]
    )


def _answers(register: Register, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if register.field(name).kind in STORED_AS_CODES else value
        for name, value in row.items()
    }
