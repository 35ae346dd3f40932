"""The lists of assurance, and the numbers that its rules go by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from dpdesk import resources
from dpdesk.law.pick_lists import Choice
from dpdesk.law.pick_lists import choices as listed

FILE: Final = "assurance"


def pick(name: str) -> tuple[Choice, ...]:
    """A pick list of this room."""
    return listed(name, FILE)


def label(name: str, code: object) -> str:
    """The words for one answer of a pick list; an unknown code shows as itself."""
    return next((each.label for each in pick(name) if each.code == code), str(code or ""))


def short(name: str, code: object) -> str:
    """The first word or words of an answer that goes on to explain itself after a colon."""
    return label(name, code).split(":", 1)[0]


@cache
def setting(name: str) -> int:
    """A number of the file's ``settings``; KeyError for another name."""
    return int(_content()["settings"][name])


@cache
def levels() -> Mapping[str, Mapping[str, str]]:
    """How bad a risk is: severity to likelihood to low, medium or high."""
    found: Mapping[str, Mapping[str, str]] = _content()["levels"]
    return found


@cache
def fee_rules() -> Mapping[str, Any]:
    """The bounds and amounts (pence) of the data protection fee, with their source."""
    found: Mapping[str, Any] = _content()["fee"]
    return found


def _content() -> dict[str, Any]:
    return resources.toml("law", f"{FILE}.toml")
