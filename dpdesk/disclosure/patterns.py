"""Finds whatever has a certain form: telephone numbers, addresses, postcodes, dates, numbers.

What is found is always whole words of the page, read in the order of the file, so that a number
may run over two lines. Too much is found rather than too little: each place is looked at and
ticked before it is marked. What stands in a picture, or is drawn letter by letter far apart, is
not found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from dpdesk.disclosure.finding import WordsFound
from dpdesk.disclosure.misread_codes import misread_postcodes
from dpdesk.documents.pages import Page

_Stretch = tuple[int, int]
"""Where something begins and ends in a text."""
_SEP: Final = r"[ ().\-/\u2010-\u2015]{0,3}"
"""What may stand between two figures of a telephone number."""
_TELEPHONE: Final = re.compile(
    rf"(?<![\w+])(?<!\d\d-)(?:(?:\+|00){_SEP}[1-9]\d{{0,2}}(?:{_SEP}\d){{7,12}}|\(?0(?:{_SEP}\d){{9,10}})(?!\w)"
    r"(?: ?(?:ext|x)\.? ?\d{1,5}\b)?",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|fax|call|ring)\b[.:]? (?:no\.? |number )?"
    r"(\d(?:[ \-]?\d){4,11})(?!\w)",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)", re.IGNORECASE)
_MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_SPOKEN: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS: Final = {
    **{word: number for number, word in enumerate(_SPOKEN, 1)},
    **{
        f"{tens}{sign}{word}": number + more
        for tens, number, most in (("twenty", 20, 9), ("thirty", 30, 1))
        for sign in ("-", " ")
        for more, word in enumerate(_SPOKEN[:most], 1)
    },
    "thirtieth": 30,
}
"""Days of a month in words."""
_ORDINAL: Final = "|".join(sorted(ORDINALS, key=len, reverse=True))
_SAID: Final = re.compile(
    rf"\b(?:the )?({_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))\b(?: day\b)?", re.IGNORECASE
)
_DAYS: Final = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
_DATE: Final = re.compile(
    r"(?<![\w/.\-])(?:"
    r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})"
    r"|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) (?:19|20)\d\d"
    rf"|{_DAYS}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-.]?(?:day )?(?:of )?(?:{_MONTHS})(?![a-z])\.?"
    r"(?:[ ,\-]{0,2}'?(?:\d{4}|\d{2}))?"
    rf"|(?:{_ORDINAL}) (?:day )?(?:of )?(?:{_MONTHS})\b\.?(?:,? \d{{4}})?"
    rf"|(?:{_MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
    rf"|(?:{_MONTHS}) (?:the )?(?:{_ORDINAL})\b(?:,? \d{{4}})?"
    r")(?![\w/]|-\d)",
    re.IGNORECASE,
)
_GAP: Final = r"[ /.,|_\\\-\u2010-\u2015]{1,3}"
_LOOSE_DAY: Final = re.compile(
    r"(?<!\d)(?<!\d[/.,\-])(?:"
    rf"(?:0?[1-9]|[12]\d|3[01]){_GAP}(?:0?[1-9]|1[0-2]){_GAP}'?(?:(?:19|20)\d\d|\d\d)"
    rf"|(?:19|20)\d\d{_GAP}(?:0?[1-9]|1[0-2]){_GAP}(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d"
    r")(?![^\W_]|[/.,\-]\d)"
)
"""A day of which only a word before it says that it is one: 2015 04 01, 01 / 04 / 15, 010415."""
_NHS: Final = re.compile(r"(?<![\w+\-])\d{3}[ \-]?\d{3}[ \-]?\d{4}(?![\w\-])")
_UPN: Final = re.compile(r"(?<!\w)[A-Z](?: ?\d){11} ?[A-Z\d](?!\w)", re.IGNORECASE)
_INSURANCE: Final = re.compile(
    r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]?(?!\w)", re.IGNORECASE
)
_AT: Final = re.compile(r"@|\(at\)|\[at\]", re.IGNORECASE)
_DOT: Final = re.compile(r" ?(?:\(dot\)|\[dot\]) ?", re.IGNORECASE)
_MISREAD: Final = re.compile(r"[\W_]*[\dOoIl][\dOoIl\-./()]*[\W_]*")
_FIGURES: Final = str.maketrans("OoIl", "0011")


def with_figures(word: str) -> str:
    """A word with the figures that somebody, or a scan, wrote as letters: O7700, 9OO123.

    Only where figures are the most of it and two at least; it stays as long as it was.
    """
    if word.isdecimal() or _MISREAD.fullmatch(word) is None:
        return word
    figures = sum(sign.isdecimal() for sign in word)
    letters = sum(sign.isalpha() for sign in word)
    return word.translate(_FIGURES) if 2 <= figures >= letters - 1 else word


def spoken_day(said: str) -> str:
    """A day with its number in figures: "the first of April 2015" is "1 of April 2015"."""

    def in_figures(match: re.Match[str]) -> str:
        day = match[1].casefold()
        return str(ORDINALS[day]) if day in ORDINALS else day

    return _SAID.sub(in_figures, said)


def loose_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Where what may be a day begins and ends, with the day as it is usually written."""
    for match in _LOOSE_DAY.finditer(text):
        pieces = re.findall(r"\d+", match[0])
        if len(pieces) == 1:
            pieces = [match[0][:2], match[0][2:4], match[0][4:]]
        if len(pieces[0]) == len("2015"):
            pieces.reverse()
        yield *match.span(), "/".join(pieces)


def _spans(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[_Stretch]]:
    def find(text: str) -> Iterator[_Stretch]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield match.span(pattern.groups)

    return find


def _postcodes(text: str) -> Iterator[_Stretch]:
    """Postcodes, and what a scan makes of them; where a right one stands, nothing is misread."""
    right = [match.span() for match in _POSTCODE.finditer(text)]
    yield from right
    for start, end in misread_postcodes(text):
        if all(end <= one or two <= start for one, two in right):
            yield start, end


def _nhs(text: str) -> Iterator[_Stretch]:
    """Ten figures of which the last agrees with the rest, as the NHS makes its numbers."""
    for match in _NHS.finditer(text):
        figures = [int(each) for each in match[0] if each.isdigit()]
        check = 11 - sum((10 - place) * each for place, each in enumerate(figures[:9])) % 11
        named = "nhs" in text[max(0, match.start() - 20) : match.start()].casefold()
        if named or check % 11 == figures[9]:
            yield match.span()


def _mail(text: str) -> Iterator[_Stretch]:
    """The words round an @, also where spaces stand beside it or the line ends in the middle."""
    for match in _AT.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == " ":
            start -= 1
        if text[end : end + 1] == " ":
            end += 1
        before = text.rfind(" ", 0, start) + 1
        after = text.find(" ", end)
        after = len(text) if after < 0 else after
        while (dot := _DOT.match(text, after)) is not None:  # post [dot] example
            after = text.find(" ", dot.end())
            after = len(text) if after < 0 else after
        name, place = text[before:start], _DOT.sub(".", text[end:after])
        if "." not in place.strip(".") and place.endswith(("-", ".", "\u00ad")):
            more = text.find(" ", after + 1)
            after = len(text) if more < 0 else more
            place = text[end:after]
        if any(each.isalnum() for each in name) and "." in place.strip(".,;:)"):
            yield before, after


@dataclass(frozen=True, slots=True)
class KnownForm:
    """Something that is known by its form."""

    key: str
    label: str
    """In the plural, as it stands in a menu."""
    stretches: Callable[[str], Iterator[_Stretch]]


FORMS: Final = (
    KnownForm("telephone", "Telephone numbers", _spans(_TELEPHONE, _CALLED)),
    KnownForm("email", "E-mail addresses", _mail),
    KnownForm("postcode", "Postcodes", _postcodes),
    KnownForm("date", "Dates", _spans(_DATE)),
    KnownForm("nhs", "NHS numbers", _nhs),
    KnownForm("upn", "Unique pupil numbers (UPN)", _spans(_UPN)),
    KnownForm("insurance", "National Insurance numbers", _spans(_INSURANCE)),
)
"""What can be looked for, in the order of the menu."""


def form(key: str) -> KnownForm:
    """One of ``FORMS``. Raises KeyError."""
    return {each.key: each for each in FORMS}[key]


class FormSearch:
    """Looks for one form over many pages; asked as ``finding.Search`` is."""

    def __init__(self, sought: KnownForm) -> None:
        self._sought = sought

    def on(self, page: Page) -> tuple[WordsFound, ...]:
        """Every place on the page that has the form, in the order of the file."""
        written = [word.text for word in page.words]
        starts = list(accumulate((len(word) + 1 for word in written), initial=0))
        # Also as they are written: what is taken for a figure may be a letter of a postcode.
        texts = {" ".join(written), " ".join(map(with_figures, written))}
        found = {
            tuple(range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)))
            for text in texts
            for start, end in self._sought.stretches(text)
        }
        return tuple(
            WordsFound(
                indexes,
                " ".join(page.words[index].text for index in indexes),
                seen=page.unseen.isdisjoint(indexes),
            )
            for indexes in sorted(found)
            if not any(set(indexes) < set(other) for other in found)
        )

    def next_page(
        self, page: Page, *, follows: bool
    ) -> tuple[tuple[WordsFound, ...], tuple[WordsFound, ...]]:
        """What is found on a page; nothing is followed over the end of one (``follows``)."""
        del follows
        return (), self.on(page)

    def alone(self, page: Page, found: Sequence[WordsFound]) -> dict[str, int]:
        """A form has no parts that could stand alone."""
        del page, found
        return {}
