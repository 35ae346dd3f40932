"""What the address behind a link may tell about people; for workers only."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus, urlsplit

_REACHED: Final = re.compile(r"^(?:mailto|tel|sms|callto|skype|sip|im|facetime):", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"\.(?:docx?|docm|dotx?|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|msg|eml|csv|pst|vcf|one)$",
    re.IGNORECASE,
)
_OF_PEOPLE: Final = frozenset({"personal", "users", "user", "people", "profile", "profiles", "u"})
"""Folders of a website behind which somebody's name stands: OneDrive has ``personal``."""
_LEADING: Final = frozenset(("http", "https", "ftp", "file", "onenote", "ms-word", "ms-excel"))
"""What an address begins with; a file of one's own has none, or the letter of its drive."""
_BACK: Final = re.compile(r"%5c|\\", re.IGNORECASE)


def naming(address: str) -> str:
    """As much of an address as may name somebody; empty for one that is only a place on the web.

    That is whom it reaches, a file of an office, somebody's own folder, and an address in it.
    """
    if _REACHED.match(address):
        return _REACHED.sub("", address).partition("?")[0]
    try:
        parts = urlsplit(_BACK.sub("/", address.strip()))
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if len(scheme) > 1 and scheme not in _LEADING:
        return ""
    found: list[str] = []
    pieces = [unquote_plus(piece) for piece in parts.path.split("/") if piece]
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if before.lower() in _OF_PEOPLE or _OFFICE.search(piece) or " " in piece:
            found.append(piece.replace("_", " "))
    found += [
        value
        for pair in parts.query.split("&")
        if "@" in (value := unquote_plus(pair.partition("=")[2])) or " " in value
    ]
    return " ".join(dict.fromkeys(found))
