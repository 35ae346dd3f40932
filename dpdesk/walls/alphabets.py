"""Foreign bytes into letters: in which alphabet of the office world a text was saved.

A file does not tell. UTF-8 proves itself; of the older alphabets, that is taken in which the
accents stand where names and words have them, and signs where no letter belongs count against it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

UTF8, PARTLY = "UTF-8", "UTF-8, part by part"
ENCODINGS: Final[dict[str, str]] = {
    UTF8: "utf-8-sig",
    PARTLY: "utf-8",
    "Western European (Windows)": "cp1252",
    "Central European (Windows)": "cp1250",
    "Western European (DOS)": "cp850",
    "Western European (Mac)": "mac_roman",
    "Central European (ISO)": "iso8859-2",
    "Central European (DOS)": "cp852",
    "Turkish (Windows)": "cp1254",
    "Baltic (Windows)": "cp1257",
    "Cyrillic (Windows)": "cp1251",
    "Cyrillic (KOI8)": "koi8_u",
    "Cyrillic (DOS)": "cp866",
    "Greek (Windows)": "cp1253",
    "Hebrew (Windows)": "cp1255",
    "Arabic (Windows)": "cp1256",
    "UTF-16": "utf-16",
    "UTF-16, low byte first": "utf-16-le",
    "UTF-16, high byte first": "utf-16-be",
}
"""What a file may be saved in: as people read it, and as Python calls it."""

_GUESSED: Final = (
    "Western European (Windows)",
    "Central European (Windows)",
    "Western European (DOS)",
    "Western European (Mac)",
    "Central European (ISO)",
    "Central European (DOS)",
    "Turkish (Windows)",
)
WINDOWS: Final = "Western European (Windows)"
SURE: Final = frozenset({UTF8, PARTLY, WINDOWS, *(name for name in ENCODINGS if "UTF" in name)})
"""What texts are saved in today; all others are a guess that must be told."""

_CYRILLIC: Final = (
    "[\u0410-\u042f\u0400-\u040f\u0490]*[\u0430-\u044f\u0450-\u045f\u0491]*",
    "\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f\u0451\u0454\u0456\u0457",
)
_SCRIPTS: Final = {
    "Cyrillic (Windows)": _CYRILLIC,
    "Cyrillic (KOI8)": _CYRILLIC,
    "Cyrillic (DOS)": _CYRILLIC,
    "Greek (Windows)": ("[Ά-Ώ]*[ΐ-ώ]*", "αεηιουωάέήίόύώϊϋΐΰ"),
    "Hebrew (Windows)": ("[א-ת]+", ""),
    "Arabic (Windows)": ("[ء-ي]+", ""),
}
"""How a word of another script looks, capitals first; and its vowels, by which scripts differ."""
_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
_IN_RUNS: Final = 0.6
"""So much of what is not ASCII stands in runs of three and more where the script is another."""
_CENTRAL_NAME: Final = "Central European (Windows)"
_SLAVIC: Final = (b"\x8a", b"\x8e", b"\x9a", b"\x9e")
"""Š, Ž, š and ž, the same in both alphabets."""
_GIVEN_AWAY: Final = (
    (_CENTRAL_NAME, frozenset("ø"), frozenset("áíý")),
    ("Baltic (Windows)", frozenset("ðþÐÞ"), frozenset("âçîûòìèøàë")),
)
"""Letters that no word has together, and the alphabet in which it has: Dvoøák is Dvořák."""
_NEIGHBOURS: Final = frozenset({WINDOWS, "Turkish (Windows)"})
_NEARLY: Final = 0.85
_FITTING: Final = 0.85
_SURELY: Final = 0.98
_VOWELS: Final = (0.3, 0.65)
PIECEWISE: Final = "dpdesk-piecewise"
"""How ``bytes.decode`` reads what is no UTF-8 among UTF-8: as Western European."""
UNREADABLE: Final = "\ufffd"
"""Stands for a letter that cannot be told from the bytes."""
_LEAD: Final = 0xC2  # the first byte with which a letter of several bytes can begin
_HALF_A_SIGN: Final = b"\xe2"  # with it begin the curly quotation marks and dashes
_SAMPLE: Final = 400_000
_STREWN: Final = 4
"""So many broken bytes to each whole letter of UTF-8 may be strewn among them."""
_PLACES: Final = re.compile(r"(\w?)([^\x00-\x7f])(\w?)")
_USUAL: Final = frozenset("éèêëáàâäåíîïóôöøúüçñßÉÁÅÍÓÖØÚÜÇÑ")
_CENTRAL: Final = frozenset("łśźżćńąęőűčšžřěůğışŁŚŻŹĆŃĄĘČŠŽŘĞİŞ")
_TWICE: Final = re.compile(r"[ÃÂÅ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a€™]|Ã\u00ad")
"""UTF-8 that was once taken for Western European, and saved again as such: Ã« for ë."""


def _western(fault: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are no UTF-8 as Western European; a letter cut off is unreadable."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    piece = fault.object[fault.start : fault.end]
    cut = fault.end == len(fault.object) and piece[0] >= _LEAD and "end of data" in fault.reason
    if cut and not _ends_in_an_accent(fault.object[: fault.start], piece):
        return UNREADABLE, fault.end
    return piece.decode("cp1252", "replace"), fault.end


def _ends_in_an_accent(before: bytes, piece: bytes) -> bool:
    """Whether the last byte is a Western letter (José), not the beginning of one that is cut off.

    It is where the rest has no UTF-8. What may be half an apostrophe is not taken for an accent.
    """
    western = piece.decode("cp1252", "replace").islower() and not before[-1:].isspace()
    if not western or len(piece) > 1 or piece == _HALF_A_SIGN:
        return False
    return before.decode("utf-8", "ignore").isascii()


codecs.register_error(PIECEWISE, _western)


def decoded(content: bytes, asked: str = "") -> tuple[str, str, tuple[str, ...]]:
    """The text, the name of its encoding (a key of ``ENCODINGS``), and notes for the reader.

    ``asked``: an encoding that the reader chose. Raises UnicodeDecodeError for bytes that are no
    text in any.
    """
    name = asked if asked in ENCODINGS else guessed(content)
    text = _as(name, content)
    return text, name, _notes(text, name, strange=not asked and is_strange(content))


def _as(name: str, content: bytes) -> str:
    how = PIECEWISE if name == PARTLY else "replace" if name != UTF8 else "strict"
    if name.startswith("UTF-16"):
        how = "strict"
    try:
        return content.decode(ENCODINGS[name], how).removeprefix("\ufeff")
    except UnicodeDecodeError:
        if name.startswith("UTF-16"):
            raise
        return content.decode("utf-8", PIECEWISE).removeprefix("\ufeff")


def guessed(content: bytes) -> str:
    """The name of the encoding of a text, a key of ``ENCODINGS``."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if content[1:2] == b"\x00":
        return "UTF-16, low byte first"
    if content[:1] == b"\x00":
        return "UTF-16, high byte first"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sample = content[:_SAMPLE]
        if _is_partly_utf8(sample):
            return PARTLY
        if _in_runs(sample) and (script := _script(sample)):
            return script
        found = max(_GUESSED, key=lambda name: _fit(sample, name))
        # Who writes š and ž writes ř and č, not ø and è, though names with ø are more usual here.
        if found == WINDOWS and any(byte in sample for byte in _SLAVIC):
            central = _fit(sample, _CENTRAL_NAME) >= _NEARLY * _fit(sample, found)
            return _CENTRAL_NAME if central else found
        return (found in _NEIGHBOURS and _given_away(sample)) or found
    return UTF8


def _given_away(content: bytes) -> str:
    """The alphabet of words that have letters which never stand together; empty for others."""
    words = [set(word) for word in re.findall(r"[^\W\d_]+", content.decode("cp1252", "replace"))]
    for name, one, other in _GIVEN_AWAY:
        if any(word & one and word & other for word in words):
            return name
    return ""


def is_strange(content: bytes) -> bool:
    """Whether a text is in letters of an alphabet that cannot be told, as of the Far East."""
    sample = content[:_SAMPLE]
    name = guessed(content)
    if name == PARTLY:
        whole = sum(sign > "\x7f" for sign in sample.decode("utf-8", "ignore"))
        if sample.decode("utf-8", "replace").count("\ufffd") < whole:
            return False
    told = name == UTF8 or name.startswith("UTF-16") or name in _SCRIPTS
    return not told and _in_runs(sample)


def _in_runs(content: bytes) -> bool:
    """Whether what is no ASCII stands in whole words, as in another script, not here and there.

    Accents of names seldom follow each other.
    """
    most = sum(byte > 0x7F for byte in content)
    return most > 0 and sum(map(len, _RUN.findall(content))) >= _IN_RUNS * most


def _script(content: bytes) -> str:
    """The alphabet of another script that fits; empty where none does."""
    share, name = max((_share(content, name), name) for name in _SCRIPTS)
    return name if share >= _FITTING else ""


def _share(content: bytes, name: str) -> float:
    """How much of what is not ASCII are words as that script writes them; 0 where vowels say no."""
    text = content.decode(ENCODINGS[name], "replace")
    form, vowels = _SCRIPTS[name]
    foreign = [sign for sign in text if sign > "\x7f"]
    words = [word for word in re.findall(r"[^\W\d_]+", text) if re.fullmatch(form, word)]
    letters = "".join(words).casefold()
    if vowels and letters:
        spoken = sum(sign in vowels for sign in letters) / len(letters)
        if not _VOWELS[0] <= spoken <= _VOWELS[1]:
            return 0.0
    share = len(letters) / max(1, len(foreign))
    # What has no vowels must fit letter by letter, and is then surer: it has no capitals either.
    return share if vowels else 1.01 if share > _SURELY else 0.0


def _is_partly_utf8(content: bytes) -> bool:
    """Whether so much is whole letters of UTF-8 that it cannot be chance, the rest strewn among.

    In the older alphabets, two accents seldom follow each other in just such a way.
    """
    whole = sum(sign > "\x7f" for sign in content.decode("utf-8", "ignore"))
    broken = content.decode("utf-8", "replace").count("\ufffd")
    return whole > 0 and whole * _STREWN >= broken


def _fit(content: bytes, name: str) -> int:
    """How well the letters that are not ASCII stand where they do; ties go to the first asked."""
    text = content.decode(ENCODINGS[name], "replace")
    return sum(_fits(*found.groups()) for found in _PLACES.finditer(text))


def _fits(before: str, sign: str, after: str) -> int:
    if sign == "\ufffd" or unicodedata.category(sign) in {"Cc", "Co", "Cn"}:
        return -5
    return _letter_fits(before, sign, after) if sign.isalpha() else _sign_fits(before, sign, after)


def _letter_fits(before: str, sign: str, after: str) -> int:
    if before.isdigit() or after.isdigit():
        return -3
    if not before.isalpha() and not after.isalpha():
        return 0
    odd = before.islower() or (before and after.islower()) if sign.isupper() else before.isupper()
    if odd and (sign.isupper() or not after.islower()):
        return -2
    return 3 if sign in _USUAL else 2 if sign in _CENTRAL else 0 if sign in "ÿŸ" else 1


def _sign_fits(before: str, sign: str, after: str) -> int:
    """Signs stand beside words, and only an apostrophe or a dash within."""
    if sign in "£€":
        return 4 if after.isdigit() else -3 if before.isalpha() or after.isalpha() else 0
    if sign == "’":
        return 3 if before or after else 0
    if sign in "“„‘":
        return 3 if after and not before else -1
    if sign in "”…":
        return 3 if before and not after else -1
    if sign in "–—•":
        return 2 if not before and not after else 0 if sign != "•" else -2
    if sign in "°\u00a0·":
        return 0
    return -3 if before.isalpha() or after.isalpha() else -1


def saved_wrongly(text: str) -> bool:
    """Whether letters were taken for those of another alphabet before: Ã« where ë was meant."""
    return _TWICE.search(text) is not None


def _notes(text: str, name: str, *, strange: bool) -> tuple[str, ...]:
    notes = []
    if name == PARTLY:
        notes.append(
            "This file was put together from parts that were saved in different ways; check that "
            "names with accents are spelt correctly."
        )
    elif not name.startswith("UTF") and not text.isascii():
        notes.append(
            f"The accents of this file were read as {name}; check that names are spelt correctly."
        )
    if saved_wrongly(text):
        notes.append(
            "Letters such as “Ã«” are in this file where an accent was meant. They were saved "
            "wrongly before; ask for the file again, or correct the names."
        )
    if strange:
        notes.append(
            "This file seems to be in the letters of another language, and how they were saved "
            "cannot be told; save it as .xlsx in the program it came from."
        )
    if "\ufffd" in text:
        notes.append("Some letters of this file cannot be read; they are shown as �.")
    return tuple(notes)
