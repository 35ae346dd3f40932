"""Words as they are compared with those of other documents: what programs change is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dpdesk.documents.pages import Word

_BEFORE: Final = frozenset("+-\u2212£$€")
_BEHIND: Final = "%"
"""Signs around a word that change what it says."""
_ALIKE: Final = str.maketrans(
    {"\u2019": "'", "\u2018": "'", **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")}
)
"""Apostrophes of one kind, and signs without width left out."""
_BULLETS: Final = frozenset("*•·▪◦‣●-–—")
_LINK: Final = re.compile(r"<(?:mailto:|tel:|https?://)([^<>\s]+)>[,.;:]?", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\[cid:[^\]\s]+\][,.;:]?")
_QUOTING: Final = re.compile(r"[>|]+")


def compared(words: Sequence[Word]) -> list[str]:
    """Each word as it is compared; empty for what a program adds where it quotes.

    That is the sign of a quoted line, of a list (bullets become stars and dashes), and the place
    of a picture; and a link in brackets behind the very words that it leads to. A link to another
    place is a word like others, as something would be lost with it.
    """
    found: list[str] = []
    for place, word in enumerate(words):
        text = _unlinked(word.text.translate(_ALIKE))
        after = words[place + 1].text[:1] if place + 1 < len(words) else ""
        bullet = text in _BULLETS and after.isalpha()
        if bullet or _PICTURE.fullmatch(text) or _repeats(text, found):
            found.append("")
        else:
            found.append(_plain(text))
    return found


def _unlinked(text: str) -> str:
    """A word without the link that Outlook sets directly behind it, where that says the same."""
    said, mark, rest = text.partition("<")
    return said if mark and said and _repeats(mark + rest, [said.casefold()]) else text


def _repeats(text: str, before: Sequence[str]) -> bool:
    """Whether it is a link to what the word before it says."""
    link = _LINK.fullmatch(text)
    if link is None or not before:
        return False
    return link[1].casefold().rstrip("/") == before[-1].rstrip("/")


def _plain(text: str) -> str:
    if not text or _QUOTING.fullmatch(text):
        return ""
    begin, end = 0, len(text)
    while begin < end and not (text[begin].isalnum() or text[begin] in _BEFORE):
        begin += 1
    while begin < end and not (text[end - 1].isalnum() or text[end - 1] == _BEHIND):
        end -= 1
    return text[begin:end].casefold() or text
