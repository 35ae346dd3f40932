"""The different words of many pages: each is taken apart once, however often it stands there.

A request of a thousand pages has half a million words, of which some twenty thousand differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from dpdesk.disclosure.candidates import cues, name_words
from dpdesk.disclosure.letters import NOT_LETTERS, folded, has_unseen

_OWNING: Final = re.compile(r"(?<=\w)['’]s(?=\W*$)|(?<=s)['’](?=\W*$)", re.IGNORECASE)
_STOPS: Final = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_COMMA: Final = re.compile(r"[,/&+][\"'”’)\]]*$")
_FIGURE: Final = re.compile(r"\d")
_DOTTED: Final = re.compile(r"\W{0,3}(?:[A-Z]\.){1,2}[A-Z]\.?\W{0,3}")
_INITIAL: Final = re.compile(r"\W{0,3}[A-Z]\.\W{0,3}")
_AT: Final = re.compile(r"@|\(at\)|\[at\]", re.IGNORECASE)
_HYPHENS: Final = ("-", "\u00ad", "\u2010", "\u2011")
_HYPHENED: Final = re.compile(r"\W*[^\W\d_]+(?:[-\u00ad\u2010\u2011][^\W\d_]+)+\W*")
_NO_PROSE: Final = re.compile(r"@|://|www\.", re.IGNORECASE)
_IN_NAMES: Final = re.compile(r"[\w][._\\][\w]|\d")
"""What stands within names of people's accounts and files: robin.example, example19, r_example."""
_NEAR_LEAST: Final = 5
"""Letters; shorter names are near to too many words."""
_NEAR_TWO: Final = 9
"""Letters from which two may differ."""
_USUAL: Final = 3
"""Times in small letters that are no slip."""
_PLAIN_ENDS: Final = {".": ".", "!": ".", "?": ".", ":": ".", ";": ".", ",": ","}
_MISREAD: Final = (str.maketrans("015", "ols"), str.maketrans("015", "ois"))
_EDGES: Final = "\"'“”‘’()[]<>*•.,;:!?-–—"


class WordPart(NamedTuple):
    """One run of letters in a word."""

    letters: str
    capital: bool
    shouted: bool


class WordShape(NamedTuple):
    """A word taken apart."""

    parts: tuple[WordPart, ...]
    ends: str
    """A full stop or the like after it, a comma, or nothing."""
    owns: bool
    """Whether it ends in 's."""
    broken: bool
    """Whether it ends in a hyphen."""
    hyphened: bool = False
    """Whether hyphens stand between its parts, and nothing else."""

    @property
    def joined(self) -> str:
        """Its letters without the hyphens between them; empty where there are none."""
        return "".join(part.letters for part in self.parts) if self.hyphened else ""


NOTHING: Final = WordShape((), "", False, False)


def shape(word: str) -> WordShape:
    """A word taken apart. Addresses of mail and web have no parts: they are no prose."""
    ends = _PLAIN_ENDS.get(word[-1:], "")
    bare = word[:-1] if ends else word
    if _is_plain(bare) and not _NO_PROSE.search(word):
        part = WordPart(folded(bare), not bare[0].islower(), len(bare) > 1 and bare.isupper())
        return WordShape((part,), ends, owns=False, broken=False)
    return _taken_apart(word)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _taken_apart(word: str) -> WordShape:
    if _NO_PROSE.search(word):
        return NOTHING
    bare = _OWNING.sub("", word)
    letters = [piece for piece in NOT_LETTERS.split(folded(bare)) if piece]
    written = [
        piece for piece in NOT_LETTERS.split(bare.replace("'", "").replace("’", "")) if piece
    ]
    if len(written) != len(letters):
        written = [bare] * len(letters)
    parts = tuple(
        WordPart(
            piece,
            shown[:1].isalpha() and not shown[:1].islower(),
            len(shown) > 1 and shown.isupper(),
        )
        for piece, shown in zip(letters, written, strict=True)
    )
    ends = "." if _STOPS.search(word) else "," if _COMMA.search(word) else ""
    hyphened = len(parts) > 1 and _HYPHENED.fullmatch(bare) is not None
    return WordShape(parts, ends, bare != word, word.endswith(_HYPHENS), hyphened)


class WordStock:
    """The words of all pages that were read, each once."""

    def __init__(self) -> None:
        self.shapes: dict[str, WordShape] = {}
        self.figures: set[str] = set()
        """Words with a figure in them."""
        self.mails: set[str] = set()
        """Words with an @ in them."""
        self.anchors: dict[str, str] = {}
        """Words beside which names stand: greetings, ends of letters, heads, titles."""
        self.streets: set[str] = set()
        """Words that end the name of a street."""
        self.births: set[str] = set()
        """Words that speak of a birth: born, DOB."""
        self.telling: set[str] = set()
        """All of these: words for which a page is gone through."""
        self.dotted: set[str] = set()
        """Initials with their dots: H.S."""
        self.initials: set[str] = set()
        """One of them with its dot: H."""
        self.unseen: set[str] = set()
        """Words with signs in them that nobody sees."""
        self.lower: set[str] = set()
        """What stands somewhere with a small letter, so that it is a word."""
        self._times: Counter[str] = Counter()
        self.by_letters: defaultdict[str, set[str]] = defaultdict(set)

    def read(self, words: Sequence[str]) -> None:
        """Takes in the words of a page."""
        self._times.update(words)
        for word in set(words).difference(self.shapes):
            if has_unseen(word):
                self.shapes[word] = NOTHING  # it is read without them
                self.unseen.add(word)
            else:
                self._take(word)

    def _take(self, word: str) -> None:
        made = self.shapes[word] = shape(word)
        if not _is_plain(word):
            self._take_signs(word, made)
        bare = word.strip(_EDGES).casefold()
        anchor = _anchor(word, bare)
        if anchor:
            self.anchors[word] = anchor
            self.telling.add(word)
        if bare in cues("streets") and word[:1].isupper():
            self.streets.add(word)
            self.telling.add(word)
        if bare in cues("born"):
            self.births.add(word)
        joined = made.joined
        if joined:
            self.by_letters[joined].add(word)
        for part in made.parts:
            self.by_letters[part.letters].add(word)
            if (
                not part.capital
                and part.letters.isalpha()
                and not _IN_NAMES.search(word.strip(_EDGES))
            ):
                self.lower.add(part.letters)

    def _take_signs(self, word: str, made: WordShape) -> None:
        """What may be in a word that is not letters alone."""
        if _FIGURE.search(word):
            self.figures.add(word)
            self.telling.add(word)
        if "@" in word or _AT.search(word):
            self.mails.add(word)
            self.telling.add(word)
        if _INITIAL.fullmatch(word):
            self.initials.add(word)
        if _DOTTED.fullmatch(word):
            self.dotted.add(word)
            self.by_letters["".join(part.letters for part in made.parts)].add(word)

    def has_initials(self, letters: str) -> bool:
        """Whether they stand somewhere in one word, or each with its dot: HS, H.S., H. S."""
        if letters in self.by_letters:
            return True
        dotted = self.initials
        return all(not dotted.isdisjoint(self.by_letters.get(each, ())) for each in letters)

    def is_word(self, letters: str) -> bool:
        """Whether it is a usual one, or stands far more often with a small letter than as names do.

        Once or twice in small letters may be slips of the pen, which would keep a surname from
        being found anywhere.
        """
        if letters not in self.lower or letters in cues("usual"):
            return letters in self.lower
        small, capital = self._sizes(letters)
        return small > 2 * capital

    def is_usual(self, letters: str) -> bool:
        """Whether it stands in small letters several times: no slip, and no part of a name."""
        return letters in self.lower and self._sizes(letters)[0] >= _USUAL

    def _sizes(self, letters: str) -> tuple[int, int]:
        """How often it stands with a small letter, and with a capital."""
        small = capital = 0
        for word in self.by_letters.get(letters, ()):
            for part in self.shapes[word].parts:
                if part.letters == letters:
                    small += 0 if part.capital else self._times[word]
                    capital += self._times[word] if part.capital else 0
        return small, capital

    def told_on(self, words: Sequence[str]) -> list[int]:
        """Where on a page such words stand: all else is passed over without a look."""
        telling = self.telling
        return [place for place, word in enumerate(words) if word in telling]

    def spelt(self, letters: Iterable[str]) -> set[str]:
        """The words in which any of these stands as a part."""
        found: set[str] = set()
        for each in letters:
            found |= self.by_letters.get(each, set())
        return found

    def near(self, names: Iterable[str], known: Iterable[str]) -> dict[str, set[str]]:
        """Parts spelt nearly like a name, with the names; what is ``known`` is no misspelling."""
        wanted = [name for name in names if len(name) >= _NEAR_LEAST and name.isalpha()]
        index: defaultdict[str, set[str]] = defaultdict(set)
        for name in wanted:
            for less in _less(name, 2 if len(name) >= _NEAR_TWO else 1):
                index[less].add(name)
        known = set(known)
        found: defaultdict[str, set[str]] = defaultdict(set)
        exact = set(wanted)
        for letters in self.by_letters:
            if len(letters) < _NEAR_LEAST - 1 or letters in known:
                continue
            if not letters.isalpha():
                # Sm1th, as scans are read
                found[letters].update(exact.intersection(map(letters.translate, _MISREAD)))
                continue
            if letters in self.lower or letters in cues("usual"):
                continue
            for less in _less(letters, 2 if len(letters) >= _NEAR_TWO - 1 else 1):
                for name in index.get(less, ()):
                    if _is_near(letters, name):
                        found[letters].add(name)
        return {letters: names for letters, names in found.items() if names}


def _anchor(word: str, bare: str) -> str:
    if word.endswith(":") and bare in cues("after_heads"):
        return "head"
    if bare in cues("greetings"):
        return "greeting"
    if bare in cues("closings"):
        return "closing"
    if word[:1].isupper() and (bare in name_words("titles") or bare in name_words("ranks")):
        return "title"
    return ""


def _less(word: str, most: int) -> set[str]:
    """A word, and what is left of it where one or two letters are taken out."""
    found = {word}
    step = {word}
    for _ in range(most):
        step = {each[:at] + each[at + 1 :] for each in step for at in range(len(each))}
        found |= step
    return found


def _is_near(letters: str, name: str) -> bool:
    """Whether a word differs from a name in one letter, in two where it is long, or in a swap."""
    from rapidfuzz.distance import OSA

    if name in letters and len(letters) > len(name) + 1:
        return False
    if letters[0] != name[0] and len(name) < _NEAR_TWO:
        return False
    allowed = 2 if len(name) >= _NEAR_TWO else 1
    return OSA.distance(letters, name, score_cutoff=allowed) <= allowed
