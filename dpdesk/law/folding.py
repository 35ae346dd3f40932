"""Words as searches and comparisons see them: small letters, without accents and apostrophes.

Needs nothing but Python, because those who read foreign files fold words too, each in a process
that starts for one file.
"""

from __future__ import annotations

import re
import unicodedata

from dpdesk.law.accents import in_form

_SPECIAL = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)
_GREEK_OU = "\u03bf\u03c5"
_LATIN = str.maketrans(
    dict(zip("абвгґдезиіклмнопрстуфыэ", "abvggdeziiklmnoprstufye", strict=True))
    | dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {
        "ж": "zh",
        "\u0445": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "\u044a": "",
        "\u044c": "",
    }
    | {"ю": "yu", "я": "ya", "є": "ye", "θ": "th", "χ": "ch", "ψ": "ps"}
)
"""How names in Cyrillic and Greek are usually written here; letters as ``fold`` leaves them."""
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´′](?=\w)")  # noqa: RUF001 — these are what is folded
_WITH_APOSTROPHES = re.compile(r"[\w'’‘ʼ`´′]+")  # noqa: RUF001 — these are what is looked for
_APOSTROPHE = re.compile(r"['’‘ʼ`´′]")  # noqa: RUF001 — these are what is looked for
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"[a-z0-9]{1,12}(?:[-/][a-z0-9]{1,12}){1,4}")
_CASE = re.compile(r"([a-z]{1,5})(\d[a-z0-9]{3,15})")
_LONGEST = 64
"""Letters of one word that are kept: nobody types more of it, and some files have no blanks."""
_TOO_LONG = re.compile(rf"(?<![^\W_])([^\W_]{{{_LONGEST}}})[^\W_]+")


def fold(words: str) -> str:
    """Lower case, without accents and without apostrophes inside words; words end after 64 letters.

    Takes time in proportion to the text, whatever the text: it runs while something is saved.
    """
    if words.isascii() and len(words) <= _LONGEST:
        # As most words are: nothing to take apart, and nothing too long.
        plain = words.lower()
        return _APOSTROPHES.sub("", plain) if "'" in plain or "`" in plain else plain
    if words.isascii():
        plain = words.lower()
        plain = _APOSTROPHES.sub("", plain) if "'" in plain or "`" in plain else plain
        return _TOO_LONG.sub(r"\1", plain)
    plain = in_form("NFKD", _without_marks(words.casefold()))
    plain = _without_marks(plain).casefold()
    return _TOO_LONG.sub(r"\1", _APOSTROPHES.sub("", plain).translate(_SPECIAL))


def _without_marks(text: str) -> str:
    # Also before the letters are taken apart: a long run of marks would be sorted in it, slowly.
    if text.isascii():
        return text
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def in_latin(folded: str) -> str:
    """Folded words with Cyrillic and Greek letters as they are usually written in Latin ones."""
    if folded.isascii():
        return folded
    return folded.replace(_GREEK_OU, "ou").translate(_LATIN)


def indexed(body: str) -> str:
    """The folded words of a text; a word with an apostrophe also in its parts.

    So that both "obrien" and "brien" find O’Brien.
    """
    words = [fold(body)]
    if _APOSTROPHE.search(body) is None:
        return words[0]  # as of nearly all names and entries
    for run in _WITH_APOSTROPHES.findall(body):
        parts = [part for part in _APOSTROPHE.split(run) if part]
        if len(parts) > 1:
            words += map(fold, parts)
    return " ".join(words)


def expression(words: str) -> str:
    """The search expression for what somebody is typing: every word, each as a beginning.

    Case numbers and references are found with and without their hyphens: IC1234561A2B finds
    IC-123456-1A2B, and the other way round.
    """
    found = []
    for typed in fold(words).split():
        parts = _WORD.findall(typed)
        if not parts:
            continue
        plain = " ".join(f'"{part}"*' for part in parts)
        if len(parts) > 1 and _is_numbered(typed):
            # Of a reference the parts stand side by side; each for itself is everywhere.
            plain = f'"{" ".join(parts)}"*'
        others = [f'"{other}"*' for other in _written_otherwise(typed, parts)]
        found.append(f"(({plain}) OR {' OR '.join(others)})" if others else plain)
    # Brackets ask for the word AND; without them a blank says the same.
    return (" AND " if any(each.startswith("((") for each in found) else " ").join(
        f"({each})" if " " in each and not each.startswith("((") else each for each in found
    )


def _is_numbered(typed: str) -> bool:
    """Is it letters and figures with hyphens or strokes, as a reference or a case number?"""
    return bool(_NUMBERED.fullmatch(typed)) and any(sign.isdigit() for sign in typed)


def _written_otherwise(typed: str, parts: list[str]) -> list[str]:
    """Other ways to write a case number: without its hyphens, or with those that it may have."""
    if len(parts) > 1:
        return ["".join(parts)] if _is_numbered(typed) else []
    case = _CASE.fullmatch(typed)
    if case is None:
        return []
    letters, rest = case.groups()
    # The ICO ends with four signs, the school's own references with three after the year.
    cuts = [(rest[:-4], rest[-4:]), (rest[:4], rest[4:]), (rest, "")]
    return [
        " ".join(filter(None, (letters, one, two)))
        for one, two in cuts
        if one.isdigit() and (not two or two.isalnum())
    ]
