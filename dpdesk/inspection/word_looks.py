"""How words of a Word file look, by their own format and by the styles that they follow.

For workers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from dpdesk.inspection.found import Kind

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_DARK: Final = 0x60  # of 255: each colour of a dark one is below
_LIGHT: Final = 0xF0
_ALIKE: Final = 0x20  # steps by which each part of two colours differs that cannot be told apart
_TINY: Final = 4  # half points: letters of this size nobody reads
_NARROW: Final = 5  # of 100: letters pressed together
_LOW: Final = 40  # twentieths of a point: no line of words is so low
_CLEAR: Final = 98_000  # of 100,000: so clear that nobody sees it
_FAR: Final = 17_000  # twentieths of a point: wider than paper of any usual size
_SHEET: Final = 16_000_000  # units of a drawing: longer than the longest usual paper
_MARGIN: Final = 2_500_000  # by which a box may begin before the margin, at the edge of the paper
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BASES: Final = 20
_PAPER: Final = "FFFFFF"
_THEMES: Final = {
    "background1": "FFFFFF", "bg1": "FFFFFF", "light1": "FFFFFF", "lt1": "FFFFFF",
    "text1": "000000", "tx1": "000000", "dark1": "000000", "dk1": "000000",
}  # fmt: skip
_HIGHLIGHTS: Final = {"black": "000000", "white": "FFFFFF"}


class Looks:
    """The styles of a file, and what they make of its words."""

    def __init__(self, styles: Any | None) -> None:
        self._styles = {
            str(each.get(f"{W}styleId")): each
            for each in (styles.iter(f"{W}style") if styles is not None else ())
        }

    def kind(self, run: Any) -> Kind | None:
        """Why what a run says is not seen; None where it is."""
        if run.find(f"{W}delText") is not None or _above(run, "moveFrom") is not None:
            return "deleted-text"
        if any(self._is_on(run, name) for name in ("vanish", "specVanish")):
            return "hidden-text"
        row = _above(run, "tr")
        if row is not None and on(row.find(f"{W}trPr/{W}hidden")):
            return "hidden-text"
        size = next(self._told(run, "sz"), None)
        if size is not None and value(size).isdecimal() and int(value(size)) <= _TINY:
            return "hidden-text"
        if _is_clear(run) or self._is_pressed(run) or _is_beside(run):
            return "hidden-text"
        return "black-on-black" if self._is_lost(run) else None

    def _is_pressed(self, run: Any) -> bool:
        """Whether its letters, its line or its row are so narrow or low that nobody reads them."""
        wide = value(next(self._told(run, "w"), None))
        if wide.isdecimal() and int(wide) <= _NARROW:
            return True
        row = _above(run, "tr")
        height = row.find(f"{W}trPr/{W}trHeight") if row is not None else None
        if height is not None and height.get(f"{W}hRule") == "exact" and _low(value(height)):
            return True
        paragraph = _above(run, "p")
        if paragraph is None:
            return False
        chain = self._chain(value(paragraph.find(f"{W}pPr/{W}pStyle")))
        for place in (paragraph, *chain):
            space = place.find(f"{W}pPr/{W}spacing")
            if space is not None and space.get(f"{W}line") is not None:
                return space.get(f"{W}lineRule") == "exact" and _low(space.get(f"{W}line"))
        return False

    def _is_lost(self, run: Any) -> bool:
        """Whether its letters cannot be told from what is behind them."""
        letters = _colour(next(self._told(run, "color"), None))
        behind, sure = self._behind(run)
        if not letters:
            highlight = next(self._told(run, "highlight"), None)
            return value(highlight) == "black"
        if not behind:
            return sure and is_colour(letters, dark=False)
        if is_colour(behind, dark=True):
            return is_colour(letters, dark=True)
        return is_colour(letters, dark=False) if is_colour(behind, dark=False) else (
            is_alike(letters, behind)
        )  # fmt: skip

    def _behind(self, run: Any) -> tuple[str, bool]:
        """The colour behind a run, empty for paper; and whether nothing else can be there."""
        highlight = value(next(self._told(run, "highlight"), None))
        if highlight and highlight != "none":
            return _HIGHLIGHTS.get(highlight, "FFFF00"), True
        shade = _fill(next(self._told(run, "shd"), None))
        if shade:
            return shade, True
        for above in run.iterancestors():
            if above.tag == f"{W}p":
                chain = self._chain(value(above.find(f"{W}pPr/{W}pStyle")))
                own = [above.find(f"{W}pPr/{W}shd"), *(s.find(f"{W}pPr/{W}shd") for s in chain)]
                shade = next(filter(None, map(_fill, own)), "")
            elif above.tag == f"{W}tc":
                shade = _fill(above.find(f"{W}tcPr/{W}shd"))
            elif above.tag == f"{W}tbl" and above.find(f"{W}tblPr/{W}tblStyle") is not None:
                return "", False
            elif above.tag == f"{W}txbxContent":
                return _of_shape(above)
            if shade:
                return shade, True
        return "", True

    def _is_on(self, run: Any, name: str) -> bool:
        return on(next(self._told(run, name), None))

    def _told(self, run: Any, name: str) -> Iterator[Any]:
        """What says how a run looks: itself, its style, the style of its paragraph."""
        paragraph = _above(run, "p")
        styles = [value(run.find(f"{W}rPr/{W}rStyle"))]
        if paragraph is not None:
            styles.append(value(paragraph.find(f"{W}pPr/{W}pStyle")))
        for place in (run, *(each for style in styles for each in self._chain(style))):
            found = place.find(f"{W}rPr/{W}{name}")
            if found is not None:
                yield found

    def _chain(self, name: str) -> Iterator[Any]:
        for _ in range(_BASES):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style.find(f"{W}basedOn"))


def _low(twentieths: Any) -> bool:
    return str(twentieths).isdecimal() and int(twentieths) <= _LOW


def _is_clear(run: Any) -> bool:
    """Whether its letters have no ink."""
    filled = run.find(f"{W}rPr/{_W14}textFill")
    if filled is None or run.find(f"{W}rPr/{_W14}textOutline") is not None:
        return False
    clear = [each.get(f"{_W14}val") or "" for each in filled.iter(f"{_W14}alpha")]
    return filled.find(f"{_W14}noFill") is not None or any(
        each.isdecimal() and int(each) >= _CLEAR for each in clear
    )


def _is_beside(run: Any) -> bool:
    """Whether it stands where no paper is, by its margin, its frame or its box."""
    paragraph = _above(run, "p")
    about = paragraph.find(f"{W}pPr") if paragraph is not None else None
    places = []
    if about is not None:
        indent, frame = about.find(f"{W}ind"), about.find(f"{W}framePr")
        for holder, names in ((indent, ("left", "start")), (frame, ("x", "y"))):
            places += [_number(holder.get(f"{W}{name}")) for name in names if holder is not None]
    if any(not -_FAR < place < _FAR for place in places):
        return True
    anchor = next(run.iterancestors(f"{_WP}anchor"), None)
    if anchor is None:
        return False
    offsets = [_number(each.text) for each in anchor.iter(f"{_WP}posOffset")]
    extent = anchor.find(f"{_WP}extent")
    size = max((_number(extent.get(key)) for key in ("cx", "cy")), default=0) if (
        extent is not None
    ) else 0  # fmt: skip
    return any(offset > _SHEET or offset + size < -_MARGIN for offset in offsets)


def _number(told: Any) -> int:
    text = str(told or "").strip()
    return int(text) if text.lstrip("-").isdecimal() else 0


def _above(run: Any, name: str) -> Any | None:
    return next(run.iterancestors(f"{W}{name}"), None)


def on(switch: Any) -> bool:
    """Whether a switch is there and not put off."""
    return switch is not None and value(switch) not in {"0", "false", "off"}


def value(element: Any) -> str:
    """What an element says of itself; empty for none."""
    return "" if element is None else str(element.get(f"{W}val") or "")


def is_colour(colour: str, *, dark: bool) -> bool:
    """Whether a colour of six figures is dark, or light."""
    parts = _parts(colour)
    if not parts:
        return False
    return max(parts) < _DARK if dark else min(parts) >= _LIGHT


def _parts(colour: str) -> bytes:
    try:
        return bytes.fromhex(colour) if len(colour) == 6 else b""
    except ValueError:
        return b""


def is_alike(one: str, other: str) -> bool:
    """Whether two colours of six figures cannot be told apart."""
    pairs = zip(_parts(one), _parts(other), strict=False)
    steps = [abs(a - b) for a, b in pairs]
    return bool(steps) and max(steps) < _ALIKE


def _colour(told: Any) -> str:
    if told is None:
        return ""
    if told.get(f"{W}themeTint") is None and told.get(f"{W}themeShade") is None:
        theme = _THEMES.get(str(told.get(f"{W}themeColor") or ""), "")
        if theme:
            return theme
    return value(told) if _parts(value(told)) else ""


def _fill(shade: Any) -> str:
    if shade is None:
        return ""
    fill = str(shade.get(f"{W}fill") or "")
    return fill if _parts(fill) else _THEMES.get(str(shade.get(f"{W}themeFill") or ""), "")


def _of_shape(content: Any) -> tuple[str, bool]:
    """The colour of the shape around a text box."""
    shape = next(content.iterancestors(f"{_WPS}wsp"), None)
    looks = None if shape is None else shape.find(f"{_WPS}spPr")
    if shape is None:
        return "", False
    if looks is None or looks.find(f"{_A}noFill") is not None:
        return "", shape.find(f"{_WPS}style") is None or looks is not None
    filled = looks.find(f"{_A}solidFill/{_A}srgbClr")
    return ("", False) if filled is None else (str(filled.get("val") or ""), True)
