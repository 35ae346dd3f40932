"""What a cell of a spreadsheet shows: a stored number in its format, as Excel would write it.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31. Formats that follow the country are shown as in
Britain: 14/09/2026. Widths do not count: nothing becomes ####, and long numbers stay whole.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final

BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0;-£#,##0",
    6: "£#,##0;-£#,##0", 7: "£#,##0.00;-£#,##0.00", 8: "£#,##0.00;-£#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm",
    21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0", 42: "£#,##0;-£#,##0",
    43: "#,##0.00;-#,##0.00", 44: "£#,##0.00;-£#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that have a number instead of a code, as Excel shows them in Britain."""

LONGEST: Final = 255
"""Characters of a format that a spreadsheet program knows."""
_ALL_SECTIONS: Final = 4  # above nothing, below, nothing, and words
_TOKEN: Final = re.compile(
    r"""(?P<words>"[^"]*"?|\\.|_.|\*.)|(?P<bracket>\[[^\]]{0,99}\])|(?P<general>General)"""
    r"""|(?P<noon>AM/PM|A/P)|(?P<power>E[+-])|(?P<day>y+|m+|d+|h+|s+|e+|b+|g+)"""
    r"""|(?P<digit>[0#?])|(?P<sign>[.,/%@])|(?P<other>.)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_MONEY: Final = re.compile(r"\[\$([^\-\]]*)(?:-[^\]]*)?\]")
_ELAPSED: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY: Final = 86_400
_LAST_DAY: Final = 2_958_466  # 31 December 9999, and one more
_LEAP_THAT_NEVER_WAS: Final = 60
_LONG_NUMBER: Final = 1e15
_NOON: Final = 12


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of the up to four ways in which a format shows a value."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *kinds: str) -> bool:
        """Whether it has tokens of one of these kinds."""
        return any(kind in kinds for kind, _sign in self.tokens)


def shown(value: float | str | bool, code: str, *, from_1904: bool = False) -> str:
    """A stored value as its cell shows it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = sections_of(code[:LONGEST]) if code else ()
    if isinstance(value, str):
        return _text(value, sections)
    if not math.isfinite(value):
        return str(value)
    if not sections:
        return general(value)
    section, minus = chosen(sections, value)
    if section.has("day", "elapsed"):
        told = _moment(section, value, from_1904=from_1904)
        return general(value) if told is None else told
    made = _number(section, abs(value))
    return f"-{made}" if minus and any(sign.isdigit() for sign in made) else made


def general(value: float) -> str:
    """A number without a format. Long ones stay whole, as they may be somebody's number."""
    if value == int(value) and abs(value) < _LONG_NUMBER:
        return str(int(value))
    return f"{value:.11g}".upper() if "e" in f"{value:.11g}" else f"{value:.11g}"


def _text(value: str, sections: tuple[FormatSection, ...]) -> str:
    if len(sections) == _ALL_SECTIONS and not sections[-1].tokens:
        return ""  # the format for words is empty, as in ;;;
    section = next((each for each in sections if each.has("text")), None)
    if section is None or (len(sections) > 1 and section is not sections[-1]):
        return value
    if not any(sign.strip() for kind, sign in section.tokens if kind == "words"):
        return value
    return "".join(value if kind == "text" else sign for kind, sign in section.tokens)


@lru_cache(maxsize=1_000)
def sections_of(code: str) -> tuple[FormatSection, ...]:
    """The ways in which a format shows a value: up to four, of numbers first and words last."""
    found: list[FormatSection] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code):
        kind, sign = match.lastgroup or "other", match[0]
        if kind == "other" and sign == ";":
            found.append(FormatSection(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            if told := _CONDITION.fullmatch(sign):
                condition = (told[1], float(told[2]))
            elif told := _MONEY.fullmatch(sign):
                tokens.append(("words", told[1]))
            elif told := _ELAPSED.fullmatch(sign):
                tokens.append(("elapsed", told[1].lower()))
        elif kind == "words":
            tokens.append(("words", _literal(sign)))
        elif kind == "sign":
            tokens.append(("text" if sign == "@" else "mark", sign))
        elif kind == "other":
            tokens.append(("words", sign))
        else:
            tokens.append((kind, sign))
    found.append(FormatSection(tuple(tokens), condition))
    return tuple(found[:4])


def _literal(sign: str) -> str:
    if sign.startswith('"'):
        return sign.strip('"')
    return {"\\": sign[1:], "_": " "}.get(sign[0], "")


def chosen(sections: tuple[FormatSection, ...], value: float) -> tuple[FormatSection, bool]:
    """The way that fits a number, and whether a minus stands before what it shows."""
    for section in sections:
        if section.condition is not None and _holds(section.condition, value):
            return section, value < 0
    plain = [each for each in sections if each.condition is None]
    if len(plain) < len(sections):
        return (plain[0] if plain else sections[-1]), value < 0
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], value < 0


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


# Numbers


def _number(section: FormatSection, value: float) -> str:
    if section.has("general", "text") and not section.has("digit"):
        return "".join(
            general(value) if kind in {"general", "text"} else sign for kind, sign in section.tokens
        )
    if not section.has("digit"):
        return "".join(sign for kind, sign in section.tokens if kind in {"words", "mark"})
    if section.has("power"):
        return _power(section, value)
    if any(kind == "mark" and sign == "/" for kind, sign in section.tokens):
        return _fraction(section, value)
    tokens = [token for token in section.tokens if token != ("mark", ",")]
    commas, grouped = _commas(section)
    number = Decimal(repr(value)) / (Decimal(1000) ** commas)
    number *= 100 ** sum(sign == "%" for kind, sign in tokens if kind == "mark")
    point = next((at for at, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    places = sum(kind == "digit" for kind, _sign in tokens[point:])
    whole, _, rest = _rounded(number, places).partition(".")
    return _places(tokens[:point], whole, grouped=grouped) + _after(tokens[point:], rest)


def _commas(section: FormatSection) -> tuple[int, bool]:
    """How many times the number is shown in thousands, and whether thousands are kept apart."""
    kinds = list(section.tokens)
    last = max(at for at, (kind, _sign) in enumerate(kinds) if kind == "digit")
    first = min(at for at, (kind, _sign) in enumerate(kinds) if kind == "digit")
    places = [at for at, token in enumerate(kinds) if token == ("mark", ",")]
    return sum(at > last for at in places), any(first < at < last for at in places)


def _rounded(number: Decimal, places: int) -> str:
    try:
        return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    except InvalidOperation:
        return f"{number:f}"


def _places(tokens: list[tuple[str, str]], figures: str, *, grouped: bool) -> str:
    """Figures from the right into their places; what is over stands at the first of them."""
    left = sum(kind == "digit" for kind, _sign in tokens)
    figures = "" if figures == "0" else figures
    made: list[str] = []
    count = 0
    for kind, sign in reversed(tokens):
        if kind != "digit":
            made.append(sign)
            continue
        left -= 1
        taken = figures if left == 0 else figures[-1:]
        figures = "" if left == 0 else figures[:-1]
        for figure in reversed(taken or {"0": "0", "?": " "}.get(sign, "")):
            if grouped and count and count % 3 == 0 and figure != " ":
                made.append(",")
            made.append(figure)
            count += 1
    return "".join(reversed(made))


def _after(tokens: list[tuple[str, str]], figures: str) -> str:
    """What stands behind the point, without the noughts that the format does not ask for."""
    kept = len(figures.rstrip("0"))
    made = []
    place = 0
    for kind, sign in tokens:
        if kind != "digit":
            made.append(sign)
            continue
        figure = figures[place : place + 1] or "0"
        place += 1
        if sign == "0" or place <= kept:
            made.append(figure)
        elif sign == "?":
            made.append(" ")
    return "".join(made)


def _power(section: FormatSection, value: float) -> str:
    at = next(n for n, (kind, _sign) in enumerate(section.tokens) if kind == "power")
    before = section.tokens[:at]
    point = next((n for n, token in enumerate(before) if token == ("mark", ".")), len(before))
    places = sum(kind == "digit" for kind, _sign in before[point:])
    made = f"{value:.{places}E}"
    figures, _, power = made.partition("E")
    return f"{figures}E{power[0]}{int(power[1:]):02}"


def _fraction(section: FormatSection, value: float) -> str:
    signs = "".join(sign for kind, sign in section.tokens if kind in {"digit", "mark", "words"})
    most = 10 ** max(signs.partition("/")[2].count("?") or signs.partition("/")[2].count("#"), 1)
    told = re.search(r"/\s*(\d+)", signs)
    exact = Fraction(value).limit_denominator(most - 1)
    if told and int(told[1]):
        exact = Fraction(round(value * int(told[1])), int(told[1]))
    whole, part = divmod(exact, 1)
    if not part:
        return str(whole)
    return f"{whole} {part.numerator}/{part.denominator}" if whole else f"{part}"


# Days and times


def _moment(section: FormatSection, value: float, *, from_1904: bool) -> str | None:
    """None where the number is no day."""
    if not 0 <= value < _LAST_DAY:
        return None
    parts = _fractions_of_second(section.tokens)
    seconds = round(value * _DAY, parts)
    days, rest = divmod(seconds, _DAY)
    date = _date(int(days), from_1904=from_1904)
    noon = section.has("noon")
    made = []
    tokens = list(section.tokens)
    for at, (kind, sign) in enumerate(tokens):
        if kind == "elapsed":
            made.append(_elapsed(sign, seconds))
        elif kind == "day":
            made.append(_part(sign.lower(), date, rest, minutes=_is_minutes(tokens, at), noon=noon))
        elif kind == "noon":
            letters = "PM" if rest >= _DAY / 2 else "AM"
            made.append(letters if sign.upper() == "AM/PM" else letters[0])
        elif sign == "." and parts and tokens[at + 1 : at + 2] == [("digit", "0")]:
            made.append(f"{rest % 1:.{parts}f}"[1:])
        elif kind in {"words", "mark"}:
            made.append(sign)
    return "".join(made)


def _fractions_of_second(tokens: tuple[tuple[str, str], ...]) -> int:
    return min(sum(kind == "digit" for kind, _sign in tokens), 3)


def _date(days: int, *, from_1904: bool) -> dt.date:
    if from_1904:
        return dt.date(1904, 1, 1) + dt.timedelta(days=days)
    # Excel believes that 1900 had a 29 February.
    start = dt.date(1899, 12, 31) if days < _LEAP_THAT_NEVER_WAS else dt.date(1899, 12, 30)
    return start + dt.timedelta(days=days)


def _elapsed(sign: str, seconds: float) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[sign[0]]
    return f"{int(seconds // unit):0{len(sign)}}"


def _is_minutes(tokens: list[tuple[str, str]], at: int) -> bool:
    """Whether an m means minutes: after hours, or before seconds."""
    named = [(kind, sign[0].lower()) for kind, sign in tokens[:at] if kind in {"day", "elapsed"}]
    if named and named[-1][1] == "h":
        return True
    later = [sign[0].lower() for kind, sign in tokens[at + 1 :] if kind in {"day", "elapsed"}]
    return bool(later) and later[0] == "s"


def _part(sign: str, date: dt.date, rest: float, *, minutes: bool, noon: bool) -> str:
    long = len(sign)
    letter = sign[0]
    if letter == "y" or letter == "e":
        return f"{date.year % 100:02}" if long < 3 and letter == "y" else str(date.year)
    if letter == "m" and not minutes:
        name = _MONTHS[date.month - 1]
        return {1: str(date.month), 2: f"{date.month:02}", 3: name[:3], 5: name[0]}.get(long, name)
    if letter == "d":
        name = _WEEKDAYS[date.weekday()]
        return {1: str(date.day), 2: f"{date.day:02}", 3: name[:3]}.get(long, name)
    number = int(rest // 3600) if letter == "h" else int(rest // 60 % 60)
    if letter == "s":
        number = int(rest % 60)
    if letter == "h" and noon:
        number = number % _NOON or _NOON
    if letter in "bg":
        return ""
    return f"{number:0{min(long, 2)}}"
