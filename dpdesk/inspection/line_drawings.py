"""Drawings made of lines and words (SVG) within an office file: words that they hold unseen.

Looked for are words that are switched off, see-through, without ink or of the colour of their
ground, and words over which a shape or a picture is drawn later. For workers only.
"""

from __future__ import annotations

import io
import zlib
from itertools import groupby, islice
from typing import Any, Final, NamedTuple

from PIL import Image, ImageColor

from dpdesk.documents import drawn_words
from dpdesk.documents.office_zip import parsed
from dpdesk.inspection import drawn_shapes
from dpdesk.inspection.drawn_shapes import Outline, SignDrawn
from dpdesk.inspection.telling import words_in

_LONGEST: Final = 20_000_000  # bytes
_MOST: Final = 50_000  # elements
_PAIRS: Final = 2_000_000
"""Shapes times words that are compared; a drawing with more is not looked through."""
_UNSEEN: Final = 0.1  # of opaque
_COVERS: Final = 0.5  # the same
_TINY: Final = 1.0  # units: letters nobody reads
_HALF: Final = 0.5  # of the letters of a word: a shape over fewer only touches it
_ALIKE: Final = 12  # steps of a colour that nobody tells apart
_PIXELS: Final = 60_000_000  # of a picture in a drawing
_OPAQUE: Final = 128  # of 255
_BROAD: Final = 5.0  # units: a line so broad can hide letters
_OFF: Final = frozenset(("defs", "symbol", "metadata"))
_SHAPES: Final = frozenset(("rect", "circle", "ellipse", "polygon", "polyline", "path"))
_LINES: Final = frozenset(("line", "polyline", "path", "polygon"))
UNSEEN: Final = "It holds words that it does not show."
COVERED: Final = "Words in it lie under a shape that can be taken off."


_HANDED_DOWN: Final = (
    "visibility", "fill", "fill-opacity", "font-size", "stroke", "stroke-opacity", "stroke-width",
    "text-anchor", "color",
)  # fmt: skip
_SHEETS: Final = 20
_SHEET: Final = 200_000  # letters

_Rules = dict[str, dict[str, str]]
_Colour = tuple[int, int, int]


class _Word(NamedTuple):
    text: str
    middles: list[drawn_shapes.Point]
    """Those of its letters."""
    sides: tuple[float, float, float, float]


class _Painted(NamedTuple):
    """A shape, its ends and its colour; None where that is not one alone."""

    shape: Outline
    sides: tuple[float, float, float, float]
    colour: _Colour | None


class HeldUnseen(NamedTuple):
    """The words of a drawing that are not shown, and those under a shape."""

    unseen: str
    covered: str
    whole: bool = True
    """Whether all of it was looked through."""


def look(content: bytes, *, on_paper: bool = True) -> HeldUnseen | None:
    """What a drawing holds unseen; None for one that is not whole.

    ``on_paper`` says that it lies on white, so that white words without a ground are not seen.
    """
    root, whole = parsed(unpacked(content)[:_LONGEST])
    if root is None or not whole:
        return None
    drawing = _Drawing(_rules(root), _used(root), on_paper=on_paper)
    for number, each in enumerate(root.iter()):
        if number > _MOST or drawing.pairs > _PAIRS:
            drawing.whole = False
            break
        if isinstance(each.tag, str):
            drawing.take(each)
    return drawing.held()


def unpacked(content: bytes) -> bytes:
    """A drawing as it was before it was packed (SVGZ), as far as it is not too long."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(31).decompress(content, _LONGEST)
    except zlib.error:
        return b""


class _Drawing:
    """What was seen of a drawing so far, in the order in which it is drawn."""

    def __init__(self, rules: _Rules, used: frozenset[str], *, on_paper: bool) -> None:
        self._rules, self._used, self._on_paper = rules, used, on_paper
        self._unseen: list[str] = []
        self._shown: list[_Word] = []
        self._covered: list[str] = []
        self._painted: list[_Painted] = []
        self.pairs = 0
        self.whole = True

    def take(self, element: Any) -> None:
        """Words, or a shape over earlier ones."""
        name = _name(element)
        if name == "text":
            self._write(element)
        elif name in _SHAPES and self._is_opaque(element, "fill"):
            self._paint(drawn_shapes.outline(element, name), self._colour(element, "fill"))
        elif name == "image" and self._is_opaque(element, None) and _is_whole(element):
            self._paint(drawn_shapes.outline(_fitted(element), name), None)
        if name in _LINES and self._is_opaque(element, "stroke"):
            _off, _opaque, looks = self._around(element)
            broad = drawn_shapes.number(looks.get("stroke-width"), 1)
            if broad >= _BROAD:
                bar = drawn_shapes.drawn_broad(drawn_shapes.outline(element, name), broad)
                self._paint(bar, self._colour(element, "stroke"))

    def _paint(self, shape: Outline, colour: _Colour | None) -> None:
        """A shape, which covers the words below it."""
        self.pairs += len(self._shown)
        painted = _Painted(shape, drawn_shapes.sides(shape), colour)
        left: list[_Word] = []
        for word in self._shown:
            if _covers(painted, word):
                self._covered.append(word.text)
            else:
                left.append(word)
        self._shown = left
        self._painted.append(painted)

    def _write(self, text: Any) -> None:
        """The words that are seen one by one; the others are put aside."""
        if not words_in(self._seen_in(text)):
            return
        _off, _opaque, looks = self._around(text)
        signs = drawn_shapes.letters(text, self._size, looks.get("text-anchor", "start"))
        hidden = {
            id(each): self._is_unseen(each)
            for each in {id(s.owner): s.owner for s in signs}.values()
        }
        signs = [sign for sign in signs if not hidden[id(sign.owner)]]
        faint: list[str] = []
        for blank, some in groupby(signs, lambda sign: sign.sign.isspace()):
            letters = list(some)
            if blank:
                continue
            middles = [each.middle for each in letters]
            word = "".join(each.sign for each in letters)
            if self._is_like_its_ground(letters):
                faint.append(word)
            else:
                self._shown.append(_Word(word, middles, drawn_shapes.sides([middles])))
        if faint:
            self._unseen.append(" ".join(faint))

    def _is_like_its_ground(self, letters: list[SignDrawn]) -> bool:
        """Whether a word has the colour of what lies below it."""
        owner, middle = letters[0].owner, letters[len(letters) // 2].middle
        _off, _opaque, looks = self._around(owner)
        own = self._colour(owner, "fill")
        if own is None or looks.get("stroke", "none") != "none":
            return False
        self.pairs += len(self._painted)
        for each in reversed(self._painted):
            if _reaches(each, middle):
                return each.colour is not None and _alike(own, each.colour)
        return self._on_paper and _alike(own, (255, 255, 255))

    def _colour(self, element: Any, kind: str) -> _Colour | None:
        """The colour of letters or of a shape; None where it shows what is below it."""
        _off, opaque, looks = self._around(element)
        told = looks.get(kind, "black")
        if told == "currentcolor":
            told = looks.get("color", "black")
        if opaque * drawn_shapes.number(looks.get(f"{kind}-opacity"), 1) < 1:
            return None
        try:
            return ImageColor.getrgb(told)[:3]
        except ValueError:
            return None

    def _size(self, element: Any) -> float:
        """How large letters are, in units of the drawing."""
        told = self._around(element)[2].get("font-size", "")
        size = drawn_shapes.number(told, 16)
        if told.endswith(("em", "%")):
            return 16 * size
        return size * (96 / 72 if told.endswith("pt") else 1)

    def held(self) -> HeldUnseen:
        """The words that nothing else shows."""
        seen = {word for shown in self._shown for word in words_in(shown.text)}
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
        opaque, used = 1.0, False
        for each in (element, *element.iterancestors()):
            looks = self._looks(each)
            used = used or each.get("id") in self._used
            if (_name(each) in _OFF and not used) or looks.get("display") == "none":
                return True, opaque, inherited
            opaque *= drawn_shapes.number(looks.get("opacity"), 1)
            for key in _HANDED_DOWN:
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
        faint = drawn_shapes.number(looks.get("fill-opacity"), 1) < _UNSEEN
        small = drawn_shapes.number(looks.get("font-size"), 16) < _TINY
        return faint or small or looks.get("fill", "black") in {"none", "transparent"}

    def _is_opaque(self, element: Any, kind: str | None) -> bool:
        """Whether what is filled or drawn with lines hides what is below it; None for pictures."""
        if any(_name(each) in {"clipPath", "mask"} for each in element.iterancestors()):
            return False
        off, opaque, looks = self._around(element)
        if off or kind is None:
            return not off and opaque >= _COVERS
        ink = looks.get(kind, "black" if kind == "fill" else "none")
        if ink in {"none", "transparent"}:
            return False
        return opaque * drawn_shapes.number(looks.get(f"{kind}-opacity"), 1) >= _COVERS


def _used(root: Any) -> frozenset[str]:
    """The marks of pieces that are laid aside and drawn from there."""
    found = (
        str(value)[1:]
        for each in islice(root.iter("{*}use"), _MOST)
        for key, value in each.attrib.items()
        if str(key).rpartition("}")[2] == "href"
    )
    return frozenset(found)


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


def _picture(image: Any) -> Image.Image | None:
    """A picture in a drawing, not unpacked yet; None for one that cannot be read."""
    for content in drawn_words.embedded(image):
        try:
            opened = Image.open(io.BytesIO(content))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        return opened if opened.width * opened.height <= _PIXELS else None
    return None


def _is_whole(image: Any) -> bool:
    """Whether a picture can be read and nowhere lets what is below it be seen."""
    opened = _picture(image)
    if opened is None:
        return False
    if opened.mode not in {"RGBA", "LA", "PA"} and "transparency" not in opened.info:
        return True
    try:
        least, _most = opened.convert("RGBA").getchannel("A").getextrema()
    except (OSError, ValueError, SyntaxError):
        return False
    return isinstance(least, int | float) and least >= _OPAQUE


def _fitted(image: Any) -> Any:
    """A picture with the place that it fills, where it is not stretched over all of its own."""
    opened, how = _picture(image), str(image.get("preserveAspectRatio") or "")
    wide, high = (drawn_shapes.number(image.get(side)) for side in ("width", "height"))
    if opened is None or how.startswith("none") or "slice" in how or not (wide and high):
        return image
    share = min(wide / opened.width, high / opened.height)
    for side, place, room, pixels in (
        ("width", "x", wide, opened.width), ("height", "y", high, opened.height),
    ):  # fmt: skip
        taken = share * pixels
        begins = {"Min": 0.0, "Max": 1.0}.get(_end_of(how, place), 0.5) * (room - taken)
        image.set(place, str(drawn_shapes.number(image.get(place)) + begins))
        image.set(side, str(taken))
    return image


def _end_of(how: str, place: str) -> str:
    """To which end a picture is moved along a side: "Min", "Mid" or "Max"."""
    begins = how.lower().find(place) if place == "x" else how.find("Y")
    return how[begins + 1 : begins + 4] if begins >= 0 else ""


def _reaches(painted: _Painted, point: drawn_shapes.Point) -> bool:
    left, top, right, bottom = painted.sides
    inside = left <= point[0] <= right and top <= point[1] <= bottom
    return inside and drawn_shapes.lies_in(point, painted.shape)


def _covers(painted: _Painted, word: _Word) -> bool:
    """Whether a shape lies over half of the letters of a word."""
    left, top, right, bottom = painted.sides
    if word.sides[0] > right or word.sides[2] < left:
        return False
    if word.sides[1] > bottom or word.sides[3] < top:
        return False
    under = sum(_reaches(painted, middle) for middle in word.middles)
    return under >= max(1, _HALF * len(word.middles))


def _alike(one: _Colour, two: _Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, two, strict=True))
