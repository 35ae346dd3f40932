"""What the styles and lists of a Word file say of a paragraph; used inside workers only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from dpdesk.documents.office_zip import Element, attribute, first, short, value

_MOST_BASES: Final = 20
_MOST_LEVELS: Final = 9
_HEADING: Final = 6
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ALPHABET: Final = 26
_LONGEST_NUMBER: Final = 3_999


class Styles:
    """The styles of a file, each with those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        self._chains: dict[str, list[Element]] = {}
        for each in root if root is not None else ():
            if short(each) == "w:style":
                name = attribute(each, "w:styleId") or ""
                self._styles[name] = each
                if attribute(each, "w:type") == "paragraph" and attribute(each, "w:default") in {
                    "1",
                    "true",
                }:
                    self._default = name

    def chain(self, name: str | None) -> list[Element]:
        """A style and those that it is based on, itself first; the usual one where none is told."""
        name = self._default if name is None else name
        if name not in self._chains:
            self._chains[name] = list(self._bases(name))
        return self._chains[name]

    def _bases(self, name: str) -> Iterator[Element]:
        seen = set()
        for _ in range(_MOST_BASES):
            style = self._styles.get(name)
            if style is None or name in seen:
                return
            seen.add(name)
            yield style
            name = value(style, "w:basedOn") or ""

    def heading(self, name: str | None) -> int:
        """The level of a heading from 1; 0 where the style is none."""
        for style in self.chain(name):
            called = (value(style, "w:name") or "").lower()
            if called == "title":
                return 1
            start, _, level = called.rpartition(" ")
            if start == "heading" and level.isdecimal():
                return min(int(level), _HEADING)
        return 0

    def in_runs(self, name: str | None, what: str) -> bool | None:
        """Whether a style sets that property of letters; None where it says nothing of it."""
        for style in self.chain(name):
            told = value(first(style, "w:rPr"), what)
            if told is not None:
                return told.lower() not in {"0", "false", "off"}
        return None

    def numbered(self, name: str | None) -> Element | None:
        """The numbering that a style brings along."""
        for style in self.chain(name):
            found = first(first(style, "w:pPr"), "w:numPr")
            if found is not None:
                return found
        return None


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None


@dataclass(slots=True)
class _Series:
    """One list as it counts: its levels, and how far each has come."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the lists of a file, paragraph by paragraph, as Word does."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._series: dict[str, _Series] = {}
        self._overridden: dict[str, dict[int, _Level]] = {}
        abstract: dict[str, _Series] = {}
        linked: dict[str, str] = {}
        for each in root if root is not None else ():
            if short(each) == "w:abstractNum":
                name = attribute(each, "w:abstractNumId") or ""
                abstract[name] = _Series(dict(_levels(each)))
                if (style := value(each, "w:numStyleLink")) is not None:
                    linked[name] = style
        owners = {
            value(each, "w:styleLink"): attribute(each, "w:abstractNumId") or ""
            for each in (root if root is not None else ())
            if short(each) == "w:abstractNum" and value(each, "w:styleLink")
        }
        for each in root if root is not None else ():
            if short(each) == "w:num":
                self._add(each, abstract, {name: owners.get(s, "") for name, s in linked.items()})

    def _add(self, num: Element, abstract: dict[str, _Series], linked: dict[str, str]) -> None:
        number = attribute(num, "w:numId") or ""
        name = value(num, "w:abstractNumId") or ""
        series = abstract.get(linked.get(name) or name)
        if series is None:
            return
        changed: dict[int, _Level] = {}
        fresh = False
        for each in num:
            if short(each) != "w:lvlOverride":
                continue
            level = _number(attribute(each, "w:ilvl"), 0)
            changed.update(_levels(each))
            if (start := value(each, "w:startOverride")) is not None:
                fresh = True
                old = changed.get(level) or series.levels.get(level) or _Level()
                changed[level] = _Level(_number(start, 1), old.form, old.text, old.restart)
        # Lists of one kind count on together, unless one of them says where it starts.
        self._series[number] = _Series({**series.levels, **changed}) if fresh or changed else series

    def label(self, properties: Element | None, style: str | None) -> tuple[str, int] | None:
        """The number or dot before a paragraph and how deep it is set; None where it has none."""
        own = first(properties, "w:numPr")
        of_style = self._styles.numbered(style)
        number = value(own, "w:numId") or value(of_style, "w:numId") or ""
        told = value(own, "w:ilvl") or value(of_style, "w:ilvl")
        series = self._series.get(number)
        if series is None:
            return None
        level = min(_number(told, 0), _MOST_LEVELS - 1)
        return _counted(series, level), level


def _levels(element: Element) -> Iterator[tuple[int, _Level]]:
    for each in element:
        if short(each) == "w:lvl":
            restart = value(each, "w:lvlRestart")
            yield (
                _number(attribute(each, "w:ilvl"), 0),
                _Level(
                    _number(value(each, "w:start"), 1),
                    value(each, "w:numFmt") or "decimal",
                    value(each, "w:lvlText") or "",
                    None if restart is None else _number(restart, 0),
                ),
            )


def _counted(series: _Series, level: int) -> str:
    here = series.levels.get(level, _Level())
    series.counts[level] = series.counts.get(level, here.start - 1) + 1
    for deeper in list(series.counts):
        if deeper > level and series.levels.get(deeper, _Level()).restart != 0:
            del series.counts[deeper]
    if here.form == "bullet":
        return "•"
    if here.form == "none":
        return ""
    made = here.text
    for each in range(level + 1):
        of = series.levels.get(each, _Level())
        count = series.counts.get(each, of.start)
        made = made.replace(f"%{each + 1}", written(count, of.form))
    return made


def written(count: int, form: str) -> str:
    """A count in figures, letters or Roman numbers."""
    small = form.startswith("lower")
    if form in {"lowerRoman", "upperRoman"} and 0 < count <= _LONGEST_NUMBER:
        made = ""
        for worth, letters in _ROMAN:
            while count >= worth:
                made, count = made + letters, count - worth
        return made.lower() if small else made
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= _LONGEST_NUMBER:
        letter = chr(ord("A") + (count - 1) % _ALPHABET) * ((count - 1) // _ALPHABET + 1)
        return letter.lower() if small else letter
    if form == "decimalZero":
        return f"{count:02}"
    return str(count)


def _number(told: str | None, usual: int) -> int:
    try:
        return int(told or usual)
    except ValueError:
        return usual
