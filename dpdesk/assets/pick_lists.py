"""The lists of the register: findings with what mends them, settings, and choices of the form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import dpdesk
from dpdesk import resources
from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed
from dpdesk.law.sources import Confidence, advice

FILE: Final = "assets"


@dataclass(frozen=True, slots=True)
class Gap:
    """A finding that entries can have: its words, what it rests on, and how it is mended.

    ``text`` and ``one`` follow a number; ``place`` is the section of the entry where it is mended,
    ``field`` the question. Where it stands in a part, ``part`` is the register of those parts.
    """

    key: str
    label: str
    text: str
    one: str
    mend: str
    source: str
    place: str
    field: str
    part: str = ""
    confidence: Confidence = Confidence.CONFIRMED

    @property
    def cited(self) -> str:
        """The source, with a caution where it is not confirmed."""
        return ". ".join(t for t in (self.source, advice(self.confidence)) if t)


@dataclass(frozen=True, slots=True)
class GapFound:
    """A finding of one entry, with its own reason.

    ``field`` is the question that mends it where it is not the usual one. ``number`` is that of
    the part with the question (0 for one that is to be added), or of the entry of another
    ``register`` that it is mended in.
    """

    gap: Gap
    reason: str
    field: str = ""
    register: str = ""
    number: int = 0

    @property
    def key(self) -> str:
        """Which finding it is."""
        return self.gap.key

    @property
    def question(self) -> str:
        """Name of the field that mends it."""
        return self.field or self.gap.field


def pick(name: str) -> tuple[Choice, ...]:
    """A pick list of this room."""
    return listed(name, FILE)


def label(name: str, code: str) -> str:
    """The words for one answer of a pick list; an unknown code shows as itself."""
    return next((each.label for each in pick(name) if each.code == code), code)


@cache
def setting(name: str) -> int:
    """A number of the file's ``settings``; KeyError for another name."""
    return int(_content()["settings"][name])


@cache
def gaps() -> Mapping[str, Gap]:
    """The findings of the asset register, by key, in the order of their weight on screen."""
    return _gaps("findings")


@cache
def system_gaps() -> Mapping[str, Gap]:
    """The findings of the systems, by key."""
    return _gaps("system_findings")


@cache
def screening() -> Mapping[str, tuple[str, str]]:
    """What makes a screening for an impact assessment due: key to words and source."""
    return {
        row["code"]: (
            row["label"],
            ". ".join(
                t for t in (row["source"], advice(Confidence(row.get("confidence", "C")))) if t
            ),
        )
        for row in _content()["screening"]
    }


@cache
def synonyms(name: str) -> Mapping[str, str]:
    """What other people write for the choices of a field, in small letters, to our codes."""
    found: Mapping[str, str] = _content()["synonyms"].get(name, {})
    return found


def fingerprint() -> str:
    """A mark of everything that findings are worked out by: the lists, and this program."""
    texts = [resources.text("law", f"{name}.toml") for name in (FILE, "bases", "breaches")]
    return hashlib.sha256("\0".join([dpdesk.__version__, *texts]).encode()).hexdigest()


def _gaps(name: str) -> dict[str, Gap]:
    return {
        row["code"]: Gap(
            row["code"],
            row["label"],
            row["text"],
            row["one"],
            row["mend"],
            row["source"],
            row["place"],
            row["field"],
            row.get("part", ""),
            Confidence(row.get("confidence", "C")),
        )
        for row in _content()[name]
    }


def _content() -> Mapping[str, Any]:
    return resources.kept("law", f"{FILE}.toml")
