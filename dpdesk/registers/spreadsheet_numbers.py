"""Numbers of a spreadsheet as their cell shows them: 0007, 01632 960001, REF-0042.

A number is kept as a number where its format only rounds it or gives it a currency. Where the
format adds figures or letters, what is shown is what people mean, and is read as words.
"""

from __future__ import annotations

from typing import Final

from dpdesk.cells.shown import LONGEST, FormatSection, chosen, sections_of
from dpdesk.cells.shown import shown as as_shown

_MONEY: Final = frozenset("£$€ +-()\u00a0\u202f")
_NO_NUMBER: Final = ("day", "elapsed", "noon", "power", "text")
_POINT, _COMMA, _SLASH, _PERCENT = (("mark", sign) for sign in ".,/%")
_FOR_NUMBERS: Final = 3
"""Sections of a format that show numbers; the fourth is for words."""


def shown(value: float, form: str) -> str | None:
    """The number as a cell of that format shows it; None where it may be read as a number."""
    if len(form) > LONGEST:
        return None
    sections = sections_of(form)[:_FOR_NUMBERS]
    if any(_is_of_no_number(section) for section in sections):
        return None
    if not any(_says_more(section) for section in sections):
        return None
    if len(sections) == 1 and not sections[0].has("digit"):
        return None  # words alone say nothing of a number
    section, _minus = chosen(sections, value)
    if not section.has("digit") and not _says_more(section):
        return None  # as it is, or hidden by a format that shows nothing
    return as_shown(value, form)


def _is_of_no_number(section: FormatSection) -> bool:
    """Days, times, fractions, powers; and a number without a format among other words."""
    general = section.has("general") and any(sign.strip() for sign in _words(section))
    return general or section.has(*_NO_NUMBER) or _SLASH in section.tokens


def _says_more(section: FormatSection) -> bool:
    """Whether it adds figures or letters to the number itself."""
    tokens = section.tokens
    places = [at for at, (kind, _sign) in enumerate(tokens) if kind == "digit"]
    point = tokens.index(_POINT) if _POINT in tokens else len(tokens)
    inside = section.tokens[places[0] : places[-1]] if places else ()
    return (
        sum(tokens[at][1] == "0" for at in places if at < point) > 1
        or _PERCENT in tokens
        or any(token == _COMMA for token in tokens[places[-1] if places else 0 :])
        or not _MONEY.issuperset("".join(_words(section)))
        or any(kind == "words" and sign.strip("\u00a0") for kind, sign in inside)
    )


def _words(section: FormatSection) -> list[str]:
    return [sign for kind, sign in section.tokens if kind == "words"]
