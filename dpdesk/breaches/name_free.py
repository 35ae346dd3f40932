"""Does an answer hold a name or an identifier? The regulator's form must hold neither.

A look, not a proof: it warns, and a person decides. Patterns are those of the formats that a
school meets; where a check digit exists it is not asked for, because a mistyped number is still
somebody's number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from dpdesk.breaches import likely_names
from dpdesk.breaches.report_answers import Answered
from dpdesk.law.accents import in_form
from dpdesk.registers.known_names import KnownNames

Names = Callable[[], KnownNames]

MAY_NAME: Final = frozenset({"0", "2", "26", "27", "28", "29", "30", "31", "32"})
"""Questions about the school, the sender and the regulator, which ask for names and numbers."""


@dataclass(frozen=True, slots=True)
class Warned:
    """An answer that seems to contain a name or an identifier."""

    number: str
    """Of the question."""
    found: str
    """The words found, for the eyes of the user; never logged."""
    sentence: str


_POSTCODE: Final = (
    r"(?i)\b(?:GIR ?0AA|(?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}"
    r"|[A-PR-UWYZ]\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRVWXY])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})\b"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[a-z]{3,9})[ ./-]\d{2,4}"
_PATTERNS: Final = (
    ("an e-mail address", r"(?i)\b[A-Z0-9._%+'-]{1,64}@[A-Z0-9-]+(?:\.[A-Z0-9-]+)+\b"),
    ("a unique pupil number", r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b"),
    (
        "a National Insurance number",
        r"(?i)\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D]\b",
    ),
    ("an examination candidate identifier", r"\b\d{5}[0-9A-Z]\d{6}[A-HK-MRTV-Y]\b"),
    ("an NHS number", r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)"),
    (
        "a telephone number",
        r"(?<!\d)(?:\+44 ?\(?0?\)? ?|0044 ?\(?0?\)? ?|\(?0)(?:\d[ \-().]{0,2}){8,9}\d(?!\d)",
    ),
    ("a number that belongs to a person", r"(?<!\d)[1-9]\d{9}(?!\d)"),
    ("a postcode", _POSTCODE),
    ("a bank account", r"(?<!\d)\d{2}-\d{2}-\d{2}(?!\d)"),
    ("a bank account", r"(?i)\baccount(?: number| no\.?)?:? ?\d{8}(?!\d)"),
    (
        "a date of birth",
        rf"(?i)\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)[ :]+(?:is |was )?{_DAY}\b",
    ),
)
_COMPILED: Final = tuple((what, re.compile(pattern)) for what, pattern in _PATTERNS)


def warnings(
    answers: Iterable[Answered], names: Names, allowed: Iterable[str] = ()
) -> tuple[Warned, ...]:
    """What in the answers looks like a name or an identifier, in the order of the form.

    ``names`` are those of persons known; ``allowed`` of the school, of bodies and firms.
    """
    allowed = tuple(allowed)
    known = names()
    found: list[Warned] = []
    for each in answers:
        if each.question.number in MAY_NAME:
            continue
        for what, words in _in(each.text, known, allowed):
            sentence = (
                f"Question {each.question.number} seems to contain {what}: “{words}”. "
                "The report must contain no personal data, so take it out."
            )
            found.append(Warned(each.question.number, words, sentence))
    return tuple(found)


def found_in(text: str, names: Names, allowed: Iterable[str] = ()) -> tuple[str, ...]:
    """A sentence for each thing in a text that looks like a name or an identifier."""
    found = _in(text, names(), tuple(allowed))
    return tuple(f"It seems to contain {what}: “{words}”." for what, words in found)


def _in(text: str, known: KnownNames, allowed: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    plain = in_form("NFC", text)
    taken: list[tuple[int, int]] = []
    for start, end in known.places(plain):
        taken.append((start, end))
        yield "a name", plain[start:end]
    for what, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            # What one pattern has found is not told again by a looser one.
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield what, match[0].strip()
    for start, end in likely_names.places(plain, allowed):
        if not any(one < end and start < other for one, other in taken):
            taken.append((start, end))
            yield "what may be a name", plain[start:end]
