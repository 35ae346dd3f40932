"""Finds what answers a question in ordinary words: other words for the same, slips of the pen.

Three things make a question fit a text: words that few texts have, words that mean the same
(``resources/guidance/words.toml``), and phrases, whose words only together mean what they mean
("wrong person"). A word that nobody knows is taken for the known word that it looks like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import Final

from dpdesk import resources

_WORD: Final = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]")
_QUIET: Final = frozenset(
    "a an and are about am any at be been being by can could did do does for from get got had has "
    "have he her him his how i im if in into is isnt it its just like me my need now of off on or "
    "our out please she should so some that thats the their them then there they thing this to up "
    "us want wants was we were what whats when where which who why will with would you your may "
    "must".split()
)
_LEAST_STEM: Final = 3
_ENDINGS: Final = ("ingly", "ally", "ly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "er")
_SHORTEST_SLIP: Final = 5
"""Letters from which on a word may be a slip of the pen: shorter ones look like too many others."""
_LONG: Final = 8
"""Letters from which on two slips are forgiven."""
PHRASE, WORD, ASIDE = 3.0, 1.0, 0.25
"""What a phrase, a word and a word of the steps count for."""
LIKE: Final = 14.0
"""What a question counts for that was put in the same words before."""
_SURE: Final = 1.9
"""Below this a match rests on one common word, and is none."""


@dataclass(frozen=True, slots=True)
class MatchedText:
    """A text that may answer: what it is about, and what is said aside in it."""

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """Questions as they were put, to which the text is the answer."""


class Matcher:
    """Compares questions with a number of texts, each named by its place."""

    def __init__(self, texts: Sequence[MatchedText]) -> None:
        self._words = [frozenset(_senses(" ".join(each.words))) for each in texts]
        self._phrases = [
            frozenset(frozenset(_senses(phrase, keep=True)) for phrase in each.phrases)
            for each in texts
        ]
        self._aside = [frozenset(_senses(" ".join(each.aside))) for each in texts]
        self._asked = [
            tuple(frozenset(_senses(question)) for question in each.asked) for each in texts
        ]
        counts: Counter[str] = Counter()
        for words, phrases, asked in zip(self._words, self._phrases, self._asked, strict=True):
            counts.update(words.union(*phrases, *asked))
        self._weights: Mapping[str, float] = {
            sense: log(1 + len(texts) / number) for sense, number in counts.items()
        }
        self._known = frozenset({*counts, *_senses_by_word(), *_senses_by_word().values()})

    def find(self, question: str, most: int = 3) -> tuple[int, ...]:
        """The places of the texts that answer best, the best first; none where none does."""
        asked = frozenset(self._read(question))
        if not asked:
            return ()
        scored = [(-self._score(place, asked), place) for place in range(len(self._words))]
        scored.sort()
        best = -scored[0][0]
        if best < _SURE:
            return ()
        return tuple(place for score, place in scored[:most] if -score * 2 >= best)

    def _score(self, place: int, asked: frozenset[str]) -> float:
        weight = self._weights
        words, aside = self._words[place], self._aside[place]
        score = sum(WORD * weight.get(sense, 0.0) for sense in asked & words)
        score += sum(ASIDE * weight.get(sense, 1.0) for sense in asked & aside - words)
        met = [phrase for phrase in self._phrases[place] if phrase <= asked]
        # Phrases that share their words are one piece of luck, not several.
        seen: set[str] = set()
        for phrase in sorted(met, key=lambda each: -self._worth(each)):
            if not phrase <= seen:
                score += PHRASE * self._worth(phrase - seen) / 2
                seen |= phrase
        return score + LIKE * self._alike(place, asked)

    def _alike(self, place: int, asked: frozenset[str]) -> float:
        """How much of the question stands in the most similar one that was put before, 0 to 1."""
        full = self._worth(asked)
        best = 0.0
        for question in self._asked[place]:
            shared = self._worth(asked & question)
            if shared:
                best = max(best, shared / sqrt(full * self._worth(question)))
        return best

    def _worth(self, phrase: Iterable[str]) -> float:
        return sum(self._weights.get(sense, 0.0) for sense in phrase)

    def _read(self, question: str) -> Iterable[str]:
        for word in _tokens(question):
            if _plain(word) in _QUIET:
                # Quiet words count only inside phrases.
                yield f"·{word}"
                continue
            known = _sense(word)
            yield known if known in self._known else self._repaired(word, known)

    def _repaired(self, word: str, known: str) -> str:
        """The known word that an unknown one looks like; itself where there is none."""
        if len(word) < _SHORTEST_SLIP:
            return known
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= _LONG else 1
        best, found = slips + 1, known
        for other in _vocabulary(self._known):
            if abs(len(other) - len(word)) > slips or len(other) < _SHORTEST_SLIP - 1:
                continue
            apart = OSA.distance(word, other, score_cutoff=slips)
            # Hardly anybody is wrong about the first letter.
            apart += word[0] != other[0]
            if apart < best:
                best, found = apart, _sense(other)
        return found


@cache
def _senses_by_word() -> Mapping[str, str]:
    """What each word of ``words.toml`` counts as: the first word of its group."""
    groups: list[list[str]] = resources.toml("guidance", "words.toml")["groups"]
    found = {word: group[0] for group in groups for word in group}
    return {**{_stem(word): sense for word, sense in found.items()}, **found}


@cache
def _vocabulary(known: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(known | _senses_by_word().keys()))


def _senses(words: str, *, keep: bool = False) -> Iterable[str]:
    for word in _tokens(words):
        if _plain(word) not in _QUIET:
            yield _sense(word)
        elif keep:
            yield f"·{word}"


def _tokens(words: str) -> list[str]:
    plain = (
        words.lower()
        .replace("’", "'")
        .replace("e-mail", "email")
        .replace("'s", "")
        .replace("'d", "")
    )
    return _WORD.findall(plain.replace("'", ""))


def _plain(word: str) -> str:
    return word.replace("-", "")


def _sense(word: str) -> str:
    """The word that this one stands for."""
    groups = _senses_by_word()
    return groups.get(word) or groups.get(_stem(word)) or _stem(word)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            bare = word[: -len(ending)]
            # stopped, shredding: the doubled letter is no part of the word.
            if ending in {"ing", "ed"} and len(bare) > _LEAST_STEM and bare[-1] == bare[-2]:
                return bare[:-1]
            return bare
    return word
