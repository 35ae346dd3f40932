"""How easy a letter is to read: Flesch's figure, in words of the office, and its longest sentence.

The figure counts words in a sentence and syllables in a word. It says nothing of whether a letter
is kind or right; it warns of sentences that a tired parent, or a child, reads twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SENTENCE: Final = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")
_NOT_READ: Final = re.compile(
    r"(?<!\S)[^\s@]*+@\S*+|(?<![\w.])\w++\.\w\S*+|\[to be filled in: [^\[\]\n]+\]"
)
"""Addresses of mail and of pages, and gaps: nobody reads them as sentences."""
_LEVELS: Final = (
    (80.0, "easy enough for a child"),
    (60.0, "plain English"),
    (50.0, "fairly hard"),
    (30.0, "hard"),
)
LONG: Final = 30
"""Words; a sentence with more is worth parting."""
_LEAST: Final = 10
"""Words; of fewer nothing can be said."""


@dataclass(frozen=True, slots=True)
class ReadingEase:
    """``score``: about 0 to 100, the higher the easier; ``longest``: a sentence worth parting."""

    score: int
    level: str
    longest: str = ""
    words: int = 0
    """In the longest sentence."""

    @property
    def said(self) -> str:
        """In one line."""
        return f"Reading ease {self.score}: {self.level}."


def reading_ease(text: str) -> ReadingEase | None:
    """How easy a text is to read; None where there are too few words to say."""
    plain = re.sub(r"(?m)^(?:#{1,3} |[-•*] |\|)", "\n", text).replace("**", "").replace("|", ". ")
    sentences = [
        (part.strip(), found)
        for part in _SENTENCE.split(_NOT_READ.sub(" ", plain))
        if (found := _WORD.findall(part))
    ]
    words = [word for _, found in sentences for word in found]
    if len(words) < _LEAST:
        return None
    syllables = sum(map(_syllables, words))
    score = 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)
    level = next((name for least, name in _LEVELS if score >= least), "very hard")
    longest, found = max(sentences, key=lambda each: len(each[1]))
    long = len(found) > LONG
    return ReadingEase(
        max(0, min(100, round(score))), level, longest if long else "", len(found) if long else 0
    )


def _syllables(word: str) -> int:
    plain = re.sub(r"['’].*", "", word.lower())
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT.search(plain):
        count -= 1
    return max(1, count)
