"""Drawings made of lines and words (SVG) within an office file: words that they hold unseen.

Looked for are words that are switched off, see-through or without ink, and words
over which a rectangle is drawn later. For workers only.
"""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from dpdesk.documents.office_zip import parsed
from dpdesk.inspection.telling import words_in

_LONGEST: Final = 20_000_000  # bytes
_MOST: Final = 50_000  # elements
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_MOVE: Final = re.compile(r"translate\(([^()]*)\)")
_UNSEEN: Final = 0.1  # of opaque
_COVERS: Final = 0.5  # the same
_TINY: Final = 1.0  # units: letters nobody reads
_OFF: Final = frozenset(("defs", "symbol", "metadata"))
UNSEEN: Final = "It holds words that it does not show."
COVERED: Final = "Words in it lie under a shape that can be taken off."


class _Text(NamedTuple):
    text: str
    x: float
    y: float


class HeldUnseen(NamedTuple):
    """The words of a drawing that are not shown, and those under a shape."""

    unseen: str
    covered: str


def look(content: bytes) -> HeldUnseen | None:
    """What a drawing holds unseen; None for one that is not whole."""
    root, whole = parsed(content[:_LONGEST])
    if root is None or not whole:
        return None
    unseen: list[str] = []
    shown: list[_Text] = []
    covered: list[str] = []
    for number, each in enumerate(root.iter()):
        if number > _MOST or not isinstance(each.tag, str):
            continue
        name = _name(each)
        if name == "text":
            words = " ".join("".join(each.itertext()).split())
            if words_in(words):
                x, y = _place(each)
                shown.append(_Text(words, x, y))
                if _is_unseen(each):
                    unseen.append(shown.pop().text)
        elif name == "rect" and _is_opaque(each):
            under = [text for text in shown if _covers(each, text)]
            covered += [text.text for text in under]
            shown = [text for text in shown if text not in under]
    seen = {word for text in shown for word in words_in(text.text)}
    return HeldUnseen(*(_new(texts, seen) for texts in (unseen, covered)))


def _new(texts: list[str], seen: set[str]) -> str:
    return " ".join(text for text in texts if any(word not in seen for word in words_in(text)))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _looks(element: Any) -> dict[str, str]:
    """The looks of an element, those of its style over those of its own."""
    looks = {str(key): str(value).strip().lower() for key, value in element.attrib.items()}
    for part in looks.get("style", "").split(";"):
        key, _colon, value = part.partition(":")
        looks[key.strip()] = value.strip()
    return looks


def _number(text: str, other: float) -> float:
    found = _NUMBER.match(text.strip())
    return float(found[0]) if found else other


def _is_unseen(element: Any) -> bool:
    """Whether words are switched off or without ink, by themselves or by what they lie in."""
    inherited: dict[str, str] = {}
    for each in (element, *element.iterancestors()):
        looks = _looks(each)
        if _name(each) in _OFF or looks.get("display") == "none":
            return True
        if _number(looks.get("opacity", ""), 1) < _UNSEEN:
            return True
        for key in ("visibility", "fill", "fill-opacity", "font-size", "stroke"):
            if key in looks:
                inherited.setdefault(key, looks[key])
    if inherited.get("visibility") in {"hidden", "collapse"}:
        return True
    if inherited.get("stroke", "none") != "none":
        return False
    faint = _number(inherited.get("fill-opacity", ""), 1) < _UNSEEN
    small = _number(inherited.get("font-size", ""), 16) < _TINY
    return faint or small or inherited.get("fill", "black") in {"none", "transparent"}


def _is_opaque(element: Any) -> bool:
    looks = _looks(element)
    if looks.get("fill", "black") in {"none", "transparent"} or looks.get("display") == "none":
        return False
    if any(_name(each) in {*_OFF, "clipPath", "mask"} for each in element.iterancestors()):
        return False
    return min(_number(looks.get(key, ""), 1) for key in ("opacity", "fill-opacity")) >= _COVERS


def _place(element: Any) -> tuple[float, float]:
    """Where an element begins, as far as it is only moved and not turned."""
    own = next((each for each in element.iter() if each.get("x") is not None), element)
    x, y = (_number(str(own.get(side) or ""), 0) for side in ("x", "y"))
    for each in (element, *element.iterancestors()):
        moved = _MOVE.search(str(each.get("transform") or ""))
        numbers = [float(one) for one in _NUMBER.findall(moved[1])] if moved else []
        x += numbers[0] if numbers else 0
        y += numbers[1] if len(numbers) > 1 else 0
    return x, y


def _covers(rect: Any, text: _Text) -> bool:
    """Whether a rectangle lies over the beginning of some words."""
    x, y = _place(rect)
    wide, high = (_number(str(rect.get(side) or ""), 0) for side in ("width", "height"))
    return x <= text.x + 1 <= x + wide and y <= text.y - 1 <= y + high
