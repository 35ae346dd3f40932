"""What people of the school are called on its computers: hsmith, smith.h, 19harry-smith."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dpdesk.disclosure.candidates import name_words
from dpdesk.disclosure.known_people import Called, KnownPeople
from dpdesk.disclosure.letters import folded
from dpdesk.disclosure.mentions import Mention
from dpdesk.disclosure.met_people import no_names
from dpdesk.disclosure.name_tokens import usual_firsts, wordy
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
_SPLIT: Final = re.compile(r"[\\/:=@$?&]+")
"""What stands between the places of a path, and before and behind such a name."""
_PIECES: Final = re.compile(r"[._\-]+")
_FILES: Final = re.compile(r"\.(?:docx?|pdf|xlsx?|pptx?|od[ts]|rtf|txt|csv|msg|eml|jpe?g|png|zip)$")
_LETTERLESS: Final = re.compile(r"[\W\d_]+")
_MAIL: Final = re.compile(r"\w@\w|://")
_SHORTEST: Final = 6
"""Letters of a name that is cut short and told by no figure: harrysm."""
_CUT: Final = 3
"""Letters to which one half of a name may be cut."""


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


def named_in_short(vocabulary: WordStock, people: KnownPeople) -> Iterator[tuple[str, Mention]]:
    """The words that may be whole names cut short and run together, all of them doubtful.

    Those with initials and a sign are among ``named_as_users``; these are harrysm, vandijkn,
    h_smith_4b, smihar01.
    """
    tried = [
        (word, letters, told)
        for word in vocabulary.shapes
        if not _MAIL.search(word)
        for letters, told in _letters_in(word)
    ]
    short, figured = _in_short(people, {letters for _word, letters, _told in tried})
    for word, letters, told in tried:
        found = short.get(letters) or (figured.get(letters) if told else None)
        if found is None or (not told and not _is_no_word(letters, vocabulary, people)):
            continue
        mention = _mention(*found, sure=False)
        if not _is_met_word(mention, people, vocabulary):
            yield word, mention


def _letters_in(word: str) -> Iterator[tuple[str, bool]]:
    """The letters in a word that may be such a name, and whether a figure or a sign tells it."""
    if word.islower() and word.isalpha():
        if len(word) >= _SHORTEST:
            yield word, False
        return
    bare = word.strip(_EDGES)
    for place in _SPLIT.split(bare):
        shown = [part for part in _PIECES.split(_FILES.sub("", place)) if part]
        if not all(sign.isalnum() or sign in "._-" for sign in place):
            continue
        if any(part.istitle() and len(part) > 1 for part in shown):
            continue
        # What is left without a class or a year: 4b, 2019.
        kept = [letters for part in shown if (letters := _LETTERLESS.sub("", folded(part)))]
        kept = [part for part in kept if len(part) > 1 or part in map(str.casefold, shown)]
        letters = "".join(kept)
        yield letters, letters != bare.casefold()
        if len(kept) > 1:
            yield from ((part, True) for part in kept if len(part) >= _SHORTEST - 1)
            for initials, last in (("".join(kept[:-1]), kept[-1]), (kept[-1], kept[0])):
                if 1 < len(initials) <= _CUT:
                    yield initials[0] + last, True


def _is_no_word(letters: str, vocabulary: WordStock, people: KnownPeople) -> bool:
    ordinary = no_names() | name_words("plain") | name_words("letter_words")
    return not (letters in ordinary or letters in people.by_name or vocabulary.is_usual(letters))


_Short = dict[str, tuple[tuple[str, str], set[int]]]


def _in_short(people: KnownPeople, wanted: set[str]) -> tuple[_Short, _Short]:
    """How everybody may be called in short, and how only together with a figure or a sign.

    Of what is ``wanted`` alone, as few of the many ways stand on any page.
    """
    short: _Short = {}
    figured: _Short = {}
    words = wordy() | usual_firsts() | name_words("words")
    for number, party in enumerate(people.parties):
        for name in party.called:
            if not name.given or not name.surname:
                continue
            parts = (name.given[0], name.surname[-1])
            for letters, clear in _ways(name, words):
                if letters not in wanted:
                    continue
                into = short if clear else figured
                into.setdefault(letters, (parts, set()))[1].add(number)
    return short, figured


def _ways(name: Called, words: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """What somebody may be called in short, and whether it is hardly anything else."""
    first, middle = name.given[0], "".join(piece[0] for piece in name.middle)
    surnames = {"".join(name.surname), *(piece for piece in name.surname if len(piece) >= _LEAST)}
    for last in surnames:
        rare = last not in words and len(last) >= _LEAST
        for number in range(1, _CUT + 1):
            some, few = first[:number], last[:number]
            if len(last) >= _LEAST:
                clear = rare and (number > 1 or len(name.surname) > 1)
                yield last + some, clear
                yield some + last, clear
            if len(first) >= _LEAST:
                clear = number > 1 and first not in words and len(first + few) >= _SHORTEST
                yield first + few, clear
                yield few + first, clear and number == _CUT
        if middle and len(last) >= _LEAST:
            yield last + first[0] + middle, rare
            yield first[0] + middle + last, rare
        yield first[:_CUT] + last[:_CUT], False
        yield last[:_CUT] + first[:_CUT], False


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
