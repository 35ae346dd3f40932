"""Numbers of a spreadsheet as their cell shows them: 0007, 01632 960001, REF-0042.

A number is kept as a number where its format only rounds it or gives it a currency. Where the
format adds figures or letters, what is shown is what people mean, and is read as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

_LONGEST: Final = 255
"""Characters of a format that a spreadsheet program knows."""
_BRACKETS: Final = re.compile(r"\[([^\[\]]{0,100})\]")
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY: Final = re.compile(r"\$([^\-\]]*)(?:-[0-9A-Fa-f]+)?")
_DIGITS: Final = "0#?"
_MONEY: Final = frozenset("£$€ +-()\u00a0\u202f")
_NO_NUMBER: Final = re.compile(r"general|[eE][+\-]|/|[ymdhs@]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the up to four ways in which a format shows a number."""

    tokens: tuple[tuple[str, str], ...]
    """Each a kind (digit, point, text) and its sign or words."""
    condition: tuple[str, float] | None
    percent: bool
    grouped: bool
    thousands: int

    @property
    def digits(self) -> int:
        """How many places for figures it has."""
        return sum(kind == "digit" for kind, _ in self.tokens)

    @property
    def says_more(self) -> bool:
        """Whether it adds figures or letters to the number itself."""
        before = [sign for kind, sign in self.tokens[: self._point()] if kind == "digit"]
        words = "".join(words for kind, words in self.tokens if kind == "text")
        inside = self._inside()
        return (
            before.count("0") > 1
            or self.percent
            or self.thousands > 0
            or not _MONEY.issuperset(words)
            or bool(inside.strip("\u00a0"))
        )

    def _point(self) -> int:
        kinds = [kind for kind, _ in self.tokens]
        return kinds.index("point") if "point" in kinds else len(kinds)

    def _inside(self) -> str:
        """The words between the first and the last figure, as in a telephone number."""
        places = [n for n, (kind, _) in enumerate(self.tokens) if kind == "digit"]
        if not places:
            return ""
        inside = self.tokens[places[0] : places[-1]]
        return "".join(words for kind, words in inside if kind == "text")


def shown(value: float, form: str) -> str | None:
    """The number as a cell of that format shows it; None where it may be read as a number."""
    if len(form) > _LONGEST:
        return None
    parts = _parts(form)
    if not parts or not any(part.says_more for part in parts):
        return None
    if len(parts) == 1 and not parts[0].digits:
        return None  # words alone say nothing of a number
    part, negative = _chosen(parts, value)
    if not part.digits and not part.says_more:
        return None  # as it is, or hidden by a format that shows nothing
    minus = "-" if negative and part.digits else ""
    return minus + _written(part, Decimal(repr(value)).copy_abs())


@lru_cache(maxsize=500)
def _parts(form: str) -> tuple[_Part, ...]:
    """Empty where the format is none of plain numbers: days, times, fractions, powers."""
    parts = [_part(each) for each in _split(form)[:3]]
    return tuple(part for part in parts if part is not None) if None not in parts else ()


def _split(form: str) -> list[str]:
    found, quoted, at = [""], False, 0
    while at < len(form):
        sign = form[at]
        if sign == "\\" and not quoted:
            found[-1] += form[at : at + 2]
            at += 2
            continue
        if sign == '"':
            quoted = not quoted
        if sign == ";" and not quoted:
            found.append("")
        else:
            found[-1] += sign
        at += 1
    return found


def _part(form: str) -> _Part | None:
    condition = None
    if told := _CONDITION.fullmatch(next(iter(_BRACKETS.findall(form)), "")):
        condition = (told[1], float(told[2]))
    plain = _BRACKETS.sub(_in_brackets, form)
    if plain.strip().casefold() == "general":
        return _Part((), condition, percent=False, grouped=False, thousands=0)
    tokens = _tokens(plain)
    if tokens is None:
        return None
    last = max((n for n, (kind, _) in enumerate(tokens) if kind == "digit"), default=-1)
    commas = [n for n, (kind, _) in enumerate(tokens) if kind == "comma"]
    thousands = sum(n > last for n in commas) if last >= 0 else 0
    rest = tuple(token for token in tokens if token[0] != "comma")
    percent = any(kind == "text" and "%" in words for kind, words in rest)
    return _Part(rest, condition, percent, any(n < last for n in commas), thousands)


def _in_brackets(found: re.Match[str]) -> str:
    money = _CURRENCY.fullmatch(found[1])
    return f'"{money[1]}"' if money else ""


def _tokens(form: str) -> list[tuple[str, str]] | None:
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(form):
        sign = form[at]
        at += 1
        if sign == '"':
            end = form.find('"', at)
            end = len(form) if end < 0 else end
            tokens.append(("text", form[at:end]))
            at = end + 1
        elif sign == "\\":
            tokens.append(("text", form[at : at + 1]))
            at += 1
        elif sign in "_*":
            at += 1  # a gap as wide as the next sign, or filled with it
        elif sign in _DIGITS:
            tokens.append(("digit", sign))
        elif sign == ".":
            tokens.append(("point", sign))
        elif sign == ",":
            tokens.append(("comma", sign))
        elif _NO_NUMBER.match(form, at - 1):
            return None
        else:
            tokens.append(("text", sign))
    return tokens


def _chosen(parts: tuple[_Part, ...], value: float) -> tuple[_Part, bool]:
    """The way that fits the number, and whether a minus stands before it."""
    for part in parts:
        if part.condition is not None and _holds(part.condition, value):
            return part, value < 0
    rest = [part for part in parts if part.condition is None] or list(parts)
    if len(parts) > 1 and parts[0].condition is not None:
        return rest[0], value < 0
    if value < 0 and len(parts) > 1:
        return parts[1], False
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], value < 0


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


def _written(part: _Part, number: Decimal) -> str:
    kinds = [kind for kind, _ in part.tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    places = sum(kind == "digit" for kind in kinds[point:])
    if part.percent:
        number *= 100
    number /= Decimal(1000) ** part.thousands
    if not part.digits:
        return "".join(words for _, words in part.tokens)
    plain = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    whole, _, fraction = plain.partition(".")
    return _whole(part, part.tokens[:point], "" if whole == "0" else whole) + _fraction(
        part.tokens[point:], fraction
    )


def _whole(part: _Part, tokens: tuple[tuple[str, str], ...], figures: str) -> str:
    """From the right: a figure for each place, the rest of the number at the first of them."""
    made: list[str] = []
    places = sum(kind == "digit" for kind, _ in tokens)
    written = 0
    for kind, sign in reversed(tokens):
        if kind != "digit":
            made.append(sign)
            continue
        places -= 1
        taken = figures if places == 0 else figures[-1:]
        figures = figures[: len(figures) - len(taken)]
        for figure in reversed(taken or ("0" if sign == "0" else " " if sign == "?" else "")):
            if part.grouped and written and written % 3 == 0:
                made.append(",")
            made.append(figure)
            written += 1
    return "".join(reversed(made))


def _fraction(tokens: tuple[tuple[str, str], ...], figures: str) -> str:
    made, at = "", 0
    needed = len(figures.rstrip("0"))
    for kind, sign in tokens:
        if kind != "digit":
            made += sign
            continue
        if sign == "0" or at < needed:
            made += figures[at]
        at += 1
    return made
