"""Bytes of a text file into letters, piece by piece.

One foreign byte must not spoil a whole text: a name that reads ZoÃ« is found by no search. So
what is UTF-8 is read as UTF-8, and only the bytes that are not are read as Western European; a
text without any UTF-8 is read in the alphabet that fits it.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dpdesk.walls import alphabets

UNREADABLE: Final = alphabets.UNREADABLE
"""Stands for a letter that cannot be told from the bytes."""

_SAMPLE: Final = 1_000_000
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_WIDEST: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_BEGINNING: Final = 20_000
_LONE_CR: Final = re.compile(rb"\r(?!\n)")
_ODD_SHARE: Final = 500  # one in so many letters may be no letter at all
_CODED_LINE: Final = re.compile(r"^[A-Za-z0-9+/]{60,}={0,2}\r?$", re.MULTILINE)
_CODED_PART: Final = re.compile(
    r"^content-transfer-encoding:[ \t]*base64", re.IGNORECASE | re.MULTILINE
)
_QUOTED_SIGN: Final = re.compile(r"=[0-9A-F]{2}")
_QUOTED_ACCENT: Final = re.compile(r"=[C-F][0-9A-F]=[89AB][0-9A-F]")  # a letter of UTF-8
_QUOTED_BREAK: Final = re.compile(r"[^=\s]=\r?$", re.MULTILINE)
_QUOTED_SIGNS, _QUOTED_BREAKS = 3, 3  # fewer may be anything
_LETTER_IN_CODE: Final = re.compile(
    r"\\u(?:00[c-fC-F][0-9a-fA-F]|01[0-7][0-9a-fA-F]|2019)(?![0-9a-fA-F])|&(?:[A-Za-z](?:acute|"
    r"grave|circ|uml|tilde|cedil|ring|slash|caron)|szlig|apos|rsquo|#0?39|#8217|#2[0-4]\d|#x27);"
)
"""An accent or an apostrophe as files of data (JSON) or of web pages write it."""
_SEVEN_BITS: Final = re.compile(r"\+([A-Za-z0-9+/]{3,})(?:-|(?![A-Za-z0-9+/]))")
"""A stretch of UTF-7, in which old programs write what is not ASCII: Zo+AOs- for Zoë."""
_USUAL_SIGNS: Final = re.compile("[\u00a0-\u024f\u2010-\u203a\u20ac\u2122]+")
_OTHER_WORDS: Final = re.compile(r"[\u0370-\u05ff\s]{3,}")
_IN_SEVEN_BITS: Final = (b"+/v8", b"+/v9", b"+/v+", b"+/v/")
"""How a file begins that says that it is in UTF-7."""
_CONTROLS: Final = frozenset(map(chr, range(0x20))) - frozenset("\t\n\r\f\x1b\x08\x1a")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what must be told about it: sentences for the user."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(content: bytes) -> Decoded | None:
    """The text of a plain text file, or None where the bytes are no text.

    UTF-8 and UTF-16 are recognised; among UTF-8, other bytes are read as Western European
    (cp1252). An old file that is no UTF-8 throughout is read in the alphabet that fits it.
    """
    encoding = _wide(content)
    if encoding is None:
        return None
    if encoding == "utf-32":
        content = content.decode(encoding, "replace").encode("utf-8", "replace")
        encoding = ""
    name = alphabets.UTF8 if encoding else alphabets.guessed(content)
    if encoding:
        text = content.decode(encoding, "replace")
    elif name not in alphabets.SURE:
        text = content.decode(alphabets.ENCODINGS[name], "replace")
    else:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", alphabets.PIECEWISE)
    if content.startswith(_IN_SEVEN_BITS):
        text, name = content.decode("utf-7", "replace").removeprefix("\ufeff"), "UTF-7"
    elif not encoding and (whole := seven_bits(text)) != text:
        text, name = whole, "UTF-7"
    if _looks_binary(text[:_SAMPLE]):
        return None
    warnings = _warnings(content, text, wide=bool(encoding) or name not in alphabets.SURE)
    strange = not encoding and alphabets.is_strange(content)
    return Decoded(text, (*_about_alphabet(text, name, strange=strange), *warnings))


def seven_bits(text: str) -> str:
    """The text with its letters in UTF-7 made whole, where no alphabet was told.

    Only stretches that say letters or signs of European writing are taken: a telephone number or
    an address with a + stays as it is.
    """
    return _SEVEN_BITS.sub(_of_seven_bits, text) if "+" in text and text.isascii() else text


def _of_seven_bits(found: re.Match[str]) -> str:
    coded = found[1]
    content = binascii.a2b_base64(coded + "A" * (-len(coded) % 4))
    sound = len(coded) * 6 // 16 * 2
    if any(content[sound:]) or len(coded) * 6 % 16 >= 6:
        return found[0]
    letters = content[:sound].decode("utf-16-be", "replace")
    known = _USUAL_SIGNS.fullmatch(letters) or _OTHER_WORDS.fullmatch(letters)
    return letters if known else found[0]


def _about_alphabet(text: str, name: str, *, strange: bool) -> Iterator[str]:
    if strange:
        yield (
            "This text seems to be in the letters of another language, and how they were saved "
            "cannot be told, so a search finds nothing in it. Open it in the program it came from, "
            "print it as PDF, and add that."
        )
    if name not in alphabets.SURE:
        yield f"The accents of this text were read as {name}; check that names are spelt correctly."
    if alphabets.saved_wrongly(text[:_SAMPLE]):
        yield (
            "Letters such as “Ã«” are in this text where an accent was meant, so a search for "
            "the name does not find it. Ask for the text again, or look for names yourself."
        )


def readable_name(name: str) -> str:
    """The name of a file in letters that can be stored, whatever system it was named on."""
    try:
        name.encode()
    except UnicodeEncodeError:
        # What Linux could not decode stands in the name as the single bytes that it was.
        raw = name.encode("utf-8", "surrogateescape" if _is_escaped(name) else "replace")
        return raw.decode("utf-8", alphabets.PIECEWISE)
    return name


def _is_escaped(name: str) -> bool:
    return not any(
        "\ud800" <= sign <= "\udfff" and not "\udc80" <= sign <= "\udcff" for sign in name
    )


def plain_lines(content: bytes) -> bytes:
    """Text that is saved in UTF-16 or with the line ends of old Macs, as other programs save it.

    What is neither stays as it is.
    """
    encoding = _wide(content[:_BEGINNING])
    if encoding:
        letters = content.decode(encoding, "replace").removeprefix("\ufeff")
        content = letters.encode("utf-8", "replace")
    start = content[:_BEGINNING]
    return _LONE_CR.sub(b"\n", content) if b"\r" in start and b"\n" not in start else content


def _wide(content: bytes) -> str | None:
    """Which UTF-16 or UTF-32 they are; empty for others, None where they are no text."""
    if content.startswith(_WIDEST):
        return "utf-32"
    if content.startswith(_MARKS):
        return "utf-16"
    sample = content[:_SAMPLE]
    if b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    pairs = max(1, len(sample) // 2)
    if odd > 0.6 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _looks_binary(text: str) -> bool:
    odd = text.count(UNREADABLE) + sum(text.count(sign) for sign in _CONTROLS)
    # The end of a text may be cut off; that alone makes it no program.
    return odd > 1 + len(text) // _ODD_SHARE


def _warnings(content: bytes, text: str, *, wide: bool) -> tuple[str, ...]:
    found = []
    lost = text.count(UNREADABLE)
    if lost:
        letters = "1 letter" if lost == 1 else f"{lost:,} letters"
        found.append(
            f"{letters} of this text cannot be read, because the file is cut off or damaged "
            "there. A search takes any letter for them; look at those places yourself."
        )
    if not wide and _is_mixed(content):
        found.append(
            "This text was put together from parts that were saved in different ways. Its "
            "accents were read part by part; check that names are spelt correctly."
        )
    if _is_coded(text):
        found.append(
            "Part of this text is in a code for sending e-mail (base64 or quoted-printable), in "
            "which a search finds nothing. Open the message in an e-mail program, print it as "
            "PDF, and add that."
        )
    return tuple(found)


def about_codes(text: str) -> tuple[str, ...]:
    """What to say of a text in which letters of names stand in a code of programs."""
    found = _LETTER_IN_CODE.search(text)
    if found is None:
        return ()
    sentence = (
        f"Some letters of this text are written in a code of programs (such as {found[0]}), so "
        "that a search does not find names with them. Open the file in the program that it comes "
        "from, print it as PDF, and add that; or look for such names yourself."
    )
    return (sentence,)


def _is_coded(text: str) -> bool:
    """Whether a text holds parts that only an e-mail program turns into words."""
    if _CODED_PART.search(text) or any(_is_mixture(line[0]) for line in _CODED_LINE.finditer(text)):
        return True
    if _QUOTED_ACCENT.search(text):
        return True
    signs = sum(1 for _ in _QUOTED_SIGN.finditer(text))
    return signs >= _QUOTED_SIGNS and sum(1 for _ in _QUOTED_BREAK.finditer(text)) >= _QUOTED_BREAKS


def _is_mixture(line: str) -> bool:
    """Whether a line without a blank is no rule and no very long word."""
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(map(kind, line)) for kind in kinds)


def _is_mixed(content: bytes) -> bool:
    """Whether a file of UTF-8 with accents also holds bytes that are none."""
    try:
        content.decode()
    except UnicodeDecodeError:
        western = content.decode("utf-8", "ignore")
        foreign = content.decode("utf-8", "replace").rstrip(UNREADABLE)
        return not western.isascii() and UNREADABLE in foreign
    return False
