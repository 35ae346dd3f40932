"""Drawings made of lines and words (SVG) within an office file: words that they hold unseen.

Looked for are words that are switched off, see-through or without ink, and words
over which a rectangle is drawn later. For workers only.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final, NamedTuple

from dpdesk.documents.office_zip import parsed
from dpdesk.inspection.telling import words_in

_LONGEST: Final = 20_000_000  # bytes
_MOST: Final = 50_000  # elements
_PAIRS: Final = 2_000_000
"""Shapes times words that are compared; a drawing with more is not looked through."""
_NUMBER: Final = re.compile(r"-?(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:[eE][-+]?\d{1,2})?")
_MOVE: Final = re.compile(r"translate\(([^()]*)\)")
_UNSEEN: Final = 0.1  # of opaque
_COVERS: Final = 0.5  # the same
_TINY: Final = 1.0  # units: letters nobody reads
_OFF: Final = frozenset(("defs", "symbol", "metadata"))
UNSEEN: Final = "It holds words that it does not show."
COVERED: Final = "Words in it lie under a shape that can be taken off."


_SHEETS: Final = 20
_SHEET: Final = 200_000  # letters

_Rules = dict[str, dict[str, str]]
_Shape = tuple[float, float, float, float]
"""Its left, right, top and bottom side."""


class _Text(NamedTuple):
    text: str
    x: float
    y: float


class HeldUnseen(NamedTuple):
    """The words of a drawing that are not shown, and those under a shape."""

    unseen: str
    covered: str
    whole: bool = True
    """Whether all of it was looked through."""


def look(content: bytes) -> HeldUnseen | None:
    """What a drawing holds unseen; None for one that is not whole."""
    root, whole = parsed(content[:_LONGEST])
    if root is None or not whole:
        return None
    drawing = _Drawing(_rules(root))
    for number, each in enumerate(root.iter()):
        if number > _MOST or drawing.pairs > _PAIRS:
            drawing.whole = False
            break
        if isinstance(each.tag, str):
            drawing.take(each)
    return drawing.held()


class _Drawing:
    """What was seen of a drawing so far, in the order in which it is drawn."""

    def __init__(self, rules: _Rules) -> None:
        self._rules = rules
        self._unseen: list[str] = []
        self._shown: list[_Text] = []
        self._covered: list[str] = []
        self.pairs = 0
        self.whole = True

    def take(self, element: Any) -> None:
        """Words, or a shape over earlier ones."""
        name = _name(element)
        if name == "text":
            seen = self._seen_in(element)
            if words_in(seen):
                self._shown.append(_Text(seen, *_place(element)))
        elif name == "rect" and self._is_opaque(element):
            self.pairs += len(self._shown)
            shape = _shape(element)
            under = [text for text in self._shown if _covers(shape, text)]
            if under:
                self._covered += [text.text for text in under]
                self._shown = [text for text in self._shown if not _covers(shape, text)]

    def held(self) -> HeldUnseen:
        """The words that nothing else shows."""
        seen = {word for text in self._shown for word in words_in(text.text)}
        return HeldUnseen(_new(self._unseen, seen), _new(self._covered, seen), self.whole)

    def _seen_in(self, text: Any) -> str:
        """The pieces of some words that are shown; the others are put aside."""
        pieces: dict[bool, list[str]] = {False: [], True: []}
        for each in text.iter():
            if isinstance(each.tag, str) and each.text:
                pieces[self._is_unseen(each)].append(each.text)
            if each is not text and each.tail:
                pieces[self._is_unseen(each.getparent())].append(each.tail)
        seen, unseen = (" ".join("".join(pieces[which]).split()) for which in (False, True))
        if words_in(unseen):
            self._unseen.append(unseen)
        return seen

    def _looks(self, element: Any) -> dict[str, str]:
        """The looks of an element: its own, over them those of the rules, over them its style."""
        looks = {str(key): str(value) for key, value in element.attrib.items()}
        classes = looks.get("class", "").split()
        for key in (_name(element), *("." + each for each in classes), "#" + looks.get("id", "")):
            looks.update(self._rules.get(key, {}))
        looks.update(_declared(looks.get("style", "")))
        return {key: value.strip().lower() for key, value in looks.items()}

    def _around(self, element: Any) -> tuple[bool, float, dict[str, str]]:
        """Whether an element is switched off, how opaque it is, and the looks that it inherits."""
        inherited: dict[str, str] = {}
        opaque = 1.0
        for each in (element, *element.iterancestors()):
            looks = self._looks(each)
            if _name(each) in _OFF or looks.get("display") == "none":
                return True, opaque, inherited
            opaque *= _number(looks.get("opacity", ""), 1)
            for key in ("visibility", "fill", "fill-opacity", "font-size", "stroke"):
                if key in looks and looks[key] != "inherit":
                    inherited.setdefault(key, looks[key])
        off = inherited.get("visibility") in {"hidden", "collapse"}
        return off, opaque, inherited

    def _is_unseen(self, element: Any) -> bool:
        """Whether words are switched off or without ink, by themselves or by what they are in."""
        off, opaque, looks = self._around(element)
        if off or opaque < _UNSEEN:
            return True
        if looks.get("stroke", "none") != "none":
            return False
        faint = _number(looks.get("fill-opacity", ""), 1) < _UNSEEN
        small = _number(looks.get("font-size", ""), 16) < _TINY
        return faint or small or looks.get("fill", "black") in {"none", "transparent"}

    def _is_opaque(self, element: Any) -> bool:
        if any(_name(each) in {"clipPath", "mask"} for each in element.iterancestors()):
            return False
        off, opaque, looks = self._around(element)
        if off or looks.get("fill", "black") in {"none", "transparent"}:
            return False
        return opaque * _number(looks.get("fill-opacity", ""), 1) >= _COVERS


def _rules(root: Any) -> _Rules:
    """The looks that the drawing gives to all elements of a name, a class or a mark."""
    rules: _Rules = {}
    for each in islice(root.iter("{*}style"), _SHEETS):
        for rule in "".join(each.itertext())[:_SHEET].split("}"):
            names, _brace, looks = rule.rpartition("{")
            if "@" in names:
                continue  # it holds for some uses only, such as printing
            for name in names.rpartition("*/")[2].split(","):
                rules.setdefault(name.strip(), {}).update(_declared(looks))
    return rules


def _declared(style: str) -> dict[str, str]:
    looks: dict[str, str] = {}
    for part in style.split(";"):
        key, _colon, value = part.partition(":")
        looks[key.strip()] = value.partition("!")[0].strip()
    return looks


def _new(texts: list[str], seen: set[str]) -> str:
    return " ".join(text for text in texts if any(word not in seen for word in words_in(text)))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(text: str, other: float) -> float:
    found = _NUMBER.match(text.strip())
    number = float(found[0]) if found else other
    return number / 100 if found and text.strip()[found.end() :] == "%" else number


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


def _shape(rect: Any) -> _Shape:
    x, y = _place(rect)
    wide, high = (_number(str(rect.get(side) or ""), 0) for side in ("width", "height"))
    return x, x + wide, y, y + high


def _covers(shape: _Shape, text: _Text) -> bool:
    """Whether a rectangle lies over the beginning of some words."""
    left, right, top, bottom = shape
    return left <= text.x + 1 <= right and top <= text.y - 1 <= bottom
