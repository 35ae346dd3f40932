"""What people of the school are called on its computers: hsmith, smith.h, 19harry-smith."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.known_people import KnownPeople
from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.vocabulary import WordPart, WordStock

_FIGURES: Final = "0123456789_"
"""They stand before and behind a name, such as the year in which somebody came."""
_LEAST: Final = 4
"""Letters of a surname to which an initial is written without a sign between them."""
_INITIALS: Final = 2
_SIGNS: Final = frozenset("._-")
_BEFORE: Final = frozenset("\\:=@")
"""They stand between such a name and what it belongs to: SCHOOL\\hsmith, user:hsmith."""
_PARTS: Final = 3
_ENDINGS: Final = frozenset("ydren")
"""What follows a surname that is a word where it is another word: windy, reader."""
_EDGES: Final = "\"'“”‘’()[]<>*•.,;:!?"
_INSIDE: Final = frozenset("._-\\:=@'’")
"""Signs in such names and what stands before them; others are those of programs."""


def named_as_users(vocabulary: WordStock, people: KnownPeople) -> Iterator[tuple[str, Mention]]:
    """The words that may be such names, each with its mention at place 0.

    The form is "inside" where hardly anybody else can be meant, and "user" where it may be.
    """
    shapes, by_name = vocabulary.shapes, people.by_name
    for letters, words in vocabulary.by_letters.items():
        if len(letters) <= _LEAST:
            continue
        likely = letters[1:] in by_name or letters[:-1] in by_name or letters[2:] in by_name
        if likely or not letters.isalpha():
            for word in words:
                parts = shapes[word].parts
                if len(parts) == 1 or not _BEFORE.isdisjoint(word):
                    found = _in_one(parts[-1], people)
                    if found is not None and not _is_met_word(found, people, vocabulary):
                        yield word, found
    for word, made in shapes.items():
        if len(made.parts) > 1 and not _SIGNS.isdisjoint(word):
            found = _in_two(word, made.parts, people)
            if found is not None and not _is_met_word(found, people, vocabulary):
                yield word, found


def _is_met_word(found: Mention, people: KnownPeople, vocabulary: WordStock) -> bool:
    """Whether a surname is a word that somebody was only taken to bear: Standards Version."""
    met = all(people.parties[one].kind == "met" for one in found.parties)
    return met and vocabulary.is_usual(found.parts[-1])


def _months() -> frozenset[str]:
    return name_words("months") | name_words("short_months")


def _in_one(part: WordPart, people: KnownPeople) -> Mention | None:
    """Initials and a surname in one, in small letters or in capitals only."""
    letters = part.letters.strip(_FIGURES)
    figures = letters != part.letters
    if (part.capital and not part.shouted) or not letters.isalpha() or letters in people.by_name:
        return None
    if letters in no_names() or letters in name_words("letter_words"):
        return None
    for initials, surname in _cuts(letters):
        if len(surname) < _LEAST or surname not in people.by_name:
            continue
        plural = letters[-1] == "s" and letters[:-1] == surname
        wordy = letters[-1] in _ENDINGS and letters[:-1] in name_words("words")
        if not figures and (plural or wordy):
            continue
        found = _with_initials(initials, surname, people)
        if found:
            return _mention((initials, surname), found, sure=False)
    return None


def _cuts(letters: str) -> Iterator[tuple[str, str]]:
    """The ways in which a word may be initials and a surname."""
    for number in range(1, _INITIALS + 1):
        yield letters[:number], letters[number:]
        yield letters[-number:], letters[:-number]


def _in_two(word: str, parts: tuple[WordPart, ...], people: KnownPeople) -> Mention | None:
    """A surname with initials or a first name, and a sign between them."""
    pieces = [piece for part in parts if (piece := part.letters.strip(_FIGURES))]
    if len(parts) > _PARTS or (len(pieces) > 2 and _BEFORE.isdisjoint(word)):
        return None
    inside = word.strip(_EDGES)
    if not all(sign.isalnum() or sign in _INSIDE for sign in inside):
        return None
    *_, one, two = ("", "", *pieces)
    for given, surname in ((one, two), (two, one)):
        if not given or surname not in people.by_name:
            continue
        if len(given) > _INITIALS or given in people.by_name:
            found = people.whole(given, surname)
        else:
            found = _with_initials(given, surname, people)
        if found:
            sure = given in people.by_name or (len(found) == 1 and "-" not in word)
            sure = sure and not (given in _months() and surname in _months())
            return _mention((given, surname), found, sure=sure)
    return None


def _with_initials(initials: str, surname: str, people: KnownPeople) -> set[int]:
    """Who bears a surname and names that begin so."""
    found = [people.whole(letter, surname) for letter in initials]
    return set.intersection(*found) if found else set()


def _mention(parts: tuple[str, str], found: set[int], *, sure: bool) -> Mention:
    # What is doubtful does not say that anybody is named here.
    return Mention((0,), "inside" if sure else "user", parts, frozenset(found), near=not sure)
