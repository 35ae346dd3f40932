"""How shapes on slides and sheets look: what their letters stand on, and which of them are bars.

For workers only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, first, short
from dpdesk.inspection.found import Kind
from dpdesk.inspection.word_looks import is_alike, is_colour

_THEMES: Final = {
    "bg1": "FFFFFF", "lt1": "FFFFFF", "tx1": "000000", "dk1": "000000",
}  # fmt: skip
_PRESETS: Final = {"black": "000000", "white": "FFFFFF"}
_TINY: Final = 250  # hundredths of a point: nobody reads letters of this size
_CLEAR: Final = 5_000  # of 100,000: less ink than this nobody sees
_OPAQUE: Final = 60_000
_BARS: Final = frozenset(
    "rect roundRect ellipse flowChartProcess flowChartTerminator snip1Rect round1Rect plaque "
    "round2SameRect snip2SameRect".split()
)
"""Forms that cover; arrows and stars point at something."""
_CUT: Final = 0.02  # of a picture: what less is cut off shows nothing
_SIDES: Final = ("left", "top", "right", "bottom")
_DESCRIBED: Final = ("descr", "title")


def colour(holder: Element | None) -> tuple[str, int]:
    """The colour within a fill, six figures or empty, and how opaque it is, of 100,000."""
    told = "", 100_000
    for each in holder if holder is not None else ():
        name = short(each)
        if name == "a:srgbClr":
            told = (each.get("val") or "").upper(), _alpha(each)
        elif name == "a:schemeClr" and not _is_changed(each):
            told = _THEMES.get(each.get("val") or "", ""), _alpha(each)
        elif name == "a:prstClr":
            told = _PRESETS.get(each.get("val") or "", ""), _alpha(each)
        elif name == "a:sysClr":
            told = (each.get("lastClr") or "").upper(), _alpha(each)
    return told


def _is_changed(each: Element) -> bool:
    return any(short(part) in {"a:lumMod", "a:lumOff", "a:tint", "a:shade"} for part in each)


def _alpha(each: Element) -> int:
    told = first(each, "a:alpha")
    value = (told.get("val") or "") if told is not None else ""
    return int(value) if value.isdecimal() else 100_000


def behind(shape: Element) -> tuple[str, bool]:
    """The colour that a shape is filled with, empty for none or an unknown one; whether it is sure.

    It is not where a style, a picture or a run of colours fills it.
    """
    properties = _properties(shape)
    for each in properties if properties is not None else ():
        name = short(each)
        if name == "a:solidFill":
            shade, opaque = colour(each)
            return (shade, bool(shade)) if opaque >= _OPAQUE else ("", False)
        if name == "a:noFill":
            return "", True
        if name in {"a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill"}:
            return "", False
    style = next((each for each in shape if short(each).endswith(":style")), None)
    return "", style is None


def _properties(shape: Element) -> Element | None:
    return next((each for each in shape if short(each).endswith(":spPr")), None)


def is_bar(shape: Element, *, wordless: bool) -> bool:
    """Whether a shape covers what is below it: dark, or white where it says nothing itself."""
    shade, _sure = behind(shape)
    properties = _properties(shape)
    form = first(properties, "a:prstGeom")
    if form is not None and form.get("prst") not in _BARS:
        return False
    if not shade and properties is not None and first(properties, "a:noFill") is None:
        style = next((each for each in shape if short(each).endswith(":style")), None)
        shade = colour(first(style, "a:fillRef"))[0] if style is not None else ""
    return is_colour(shade, dark=True) or (wordless and is_colour(shade, dark=False))


def runs(body: Element, ground: str, *, sure: bool) -> Iterator[tuple[str, Kind | None]]:
    """The words of a body of text, run by run, and why nobody sees them; None where they are seen.

    ``ground`` is the colour behind them, empty for paper; ``sure`` that nothing else is there.
    """
    for paragraph in body.iter():
        if short(paragraph) != "a:p":
            continue
        for each in paragraph:
            if short(each) in {"a:r", "a:fld"}:
                text = "".join(part.text or "" for part in each if short(part) == "a:t")
                yield text, _lost(first(each, "a:rPr"), ground, sure=sure)
            elif short(each) == "a:br":
                yield " ", None
        yield "\n", None


def _lost(looks: Element | None, ground: str, *, sure: bool) -> Kind | None:
    if looks is None:
        return None
    size = looks.get("sz") or ""
    if size.isdecimal() and int(size) <= _TINY:
        return "hidden-text"
    letters, opaque = colour(first(looks, "a:solidFill"))
    if opaque <= _CLEAR or first(looks, "a:noFill") is not None:
        return "hidden-text" if first(looks, "a:ln") is None else None
    marked = colour(first(looks, "a:highlight"))[0]
    if marked:
        ground, sure = marked, True
        if not letters and is_colour(marked, dark=True):
            return "black-on-black"
    if not letters:
        return None
    if ground:
        dark = is_colour(ground, dark=True) and is_colour(letters, dark=True)
        return "black-on-black" if dark or is_alike(letters, ground) else None
    return "black-on-black" if sure and is_colour(letters, dark=False) else None


def is_cut(picture: Element) -> bool:
    """Whether only a piece of a picture is shown where an element names it."""
    if short(picture) == "v:imagedata":
        return any(_share(picture.get(f"crop{side}")) > _CUT for side in _SIDES)
    holder = picture.getparent()
    for each in holder.iter() if holder is not None else ():
        name = short(each)
        shares = [_share(each.get(side)) for side in "ltrb"]
        if name == "a:srcRect" and max(shares) > _CUT:
            return True
        if name == "a:fillRect" and min(shares) < -_CUT:  # larger than the shape that it fills
            return True
    return False


def _share(told: str | None) -> float:
    """A part of a picture, 0 to 1: in hundred thousandths, sixty-five thousandths or per cent."""
    told = (told or "0").strip()
    worth = {"f": 65_536.0, "%": 100.0}.get(told[-1:], 1.0 if "." in told else 100_000.0)
    try:
        return float(told.rstrip("f%")) / worth
    except ValueError:
        return 0.0


def described(shape: Element) -> str:
    """What is written beside a drawing for people who cannot see it."""
    for each in shape.iter():
        if short(each) in {"p:cNvPr", "xdr:cNvPr", "wp:docPr", "pic:cNvPr"}:
            return " ".join(each.get(name) or "" for name in _DESCRIBED).strip()
    return ""


def picture(shape: Element) -> str:
    """The name by which a drawing refers to its picture; empty where it shows none."""
    for each in shape.iter():
        if short(each) == "a:blip":
            return attribute(each, "r:embed") or ""
    return ""
