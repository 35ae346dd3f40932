"""Which documents say the same: copies, nearly copies, and messages that stand whole in another.

Words are compared without the signs around them and without regard to capitals, in their order. A
sign that stands alone is a word (a tick says the contrary of a cross), and so is one that changes a
figure. The signs before quoted lines are none, so that quoted text is the same as the text itself.
Drawn lines cannot be compared: only messages, which have none, are the same by their words.
"""

from __future__ import annotations

import difflib
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from dpdesk.disclosure.compared import compared
from dpdesk.documents.pages import Page

LikeKind = Literal["same file", "same words", "nearly", "inside"]

_RUN: Final = 5
"""Words in a row by which texts are compared."""
_SHORTEST: Final = 8
"""A text with fewer words is only the same where the file is."""
_NEARLY: Final = 0.8
"""Share of such runs that two documents have in common which are nearly copies."""
_NEAR_LEAST: Final = 40
_SEEN_LEAST: Final = 12
"""Words in a row that must stand on an earlier page before it is said that they were seen."""
_MOST_PLACES: Final = 24
"""Of a run that stands in more documents only the first are compared: it is a usual phrase."""
_MOST_DIFFERENT: Final = 6
_HEADS: Final = frozenset(
    "from: sender: to: cc: bcc: date: sent: subject: attached: reply-to: received: other:".split()
)
_PEOPLE: Final = frozenset({"from:", "sender:", "to:", "cc:", "bcc:", "other:"})
_VALUES: Final = 100.0
"""Points from the left edge behind which the values of a head stand, as ``mail_pages`` sets it."""


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """A document as it is compared: the words of each page, numbered by a ``WordBook``."""

    id: int
    sha256: str
    pages: tuple[array[int], ...]
    places: tuple[array[int], ...]
    """Where each of these words stands among all words of its page."""
    body: int = 0
    """Words of the head of a message, before its text."""
    people: tuple[int, ...] = ()
    """Those among them that say who sent it and to whom, by their places."""
    message: bool = False
    pictured: bool = False
    """Has pages that show more than words."""
    parent_id: int | None = None

    @property
    def words(self) -> array[int]:
        """All words in a row."""
        whole = array("q")
        for page in self.pages:
            whole.extend(page)
        return whole


class WordBook:
    """Gives every word a number, the same for the same word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []

    def number(self, word: str) -> int:
        """The number of a word."""
        found = self._numbers.setdefault(word, len(self.words))
        if found == len(self.words):
            self.words.append(word)
        return found

    def read(self, page: Page) -> tuple[array[int], array[int]]:
        """The words of a page by their numbers, and where each stands on it."""
        numbers, places = array("q"), array("q")
        for place, plain in enumerate(compared(page.words)):
            if plain and place not in page.unseen:
                numbers.append(self.number(plain))
                places.append(place)
        return numbers, places


def head_words(page: Page) -> tuple[int, tuple[int, ...]]:
    """How many words of the first page of a message are its head, and which of them are people.

    Words that are not compared are not counted.
    """
    found, label = 0, ""
    labels: set[str] = set()
    people: list[int] = []
    plain = dict(zip(map(id, page.words), compared(page.words), strict=True))
    for line in page.lines():
        begins = line[0].text.casefold()
        if line[0].box.x0 <= _VALUES:
            if begins not in _HEADS or begins in labels:
                break
            label = begins
            labels.add(label)
        for word in line:
            if plain[id(word)]:
                if label in _PEOPLE and word.text.casefold() != label:
                    people.append(found)
                found += 1
    return found, tuple(people)


@dataclass(frozen=True, slots=True)
class Like:
    """That a document says what another says, which comes before it or holds it whole."""

    of: int
    kind: LikeKind
    differs: tuple[str, ...] = ()
    """Some words that only one of the two has; of a message in another, the people of its head."""

    @property
    def sure(self) -> bool:
        """Whether nothing of it is lost with it but what a head says."""
        return self.kind != "nearly"


@dataclass(frozen=True, slots=True)
class SeenRun:
    """Words of a page (by their places on it) that stand on an earlier one too."""

    first: int
    last: int
    document_id: int
    page: int
    """From 0."""


@dataclass(frozen=True)
class Likeness:
    """What was found among the documents of a request."""

    like: Mapping[int, Like] = field(default_factory=dict)
    """By document; the first of several that are the same is not among them."""

    def sure(self) -> dict[int, Like]:
        """Those that can be proposed to be left out."""
        return {key: like for key, like in self.like.items() if like.sure}


def likeness(documents: Sequence[DocumentWords], book: WordBook) -> Likeness:
    """Compares documents with each other, in their order."""
    whole = {each.id: each.words for each in documents}
    compared = _Compared(documents, whole, book)
    like: dict[int, Like] = {}
    _same([each for each in documents if each.message], whole, like)
    times = Counter(each.sha256 for each in documents if each.parent_id is not None)
    alone = {each.parent_id for each in documents if times[each.sha256] == 1}
    for each in documents:
        # What is attached to a message must not be lost with it.
        if each.message and each.id not in like and each.id not in alone:
            found = compared.inside(each, like)
            if found is not None:
                like[each.id] = found
    # Of the same file under two messages the one stays whose message stays.
    others = [each for each in documents if not each.message]
    _same(sorted(others, key=lambda each: each.parent_id in like), whole, like)
    for each in documents:
        if each.id not in like and (near := compared.nearly(each, like)):
            like[each.id] = near
    return Likeness({key: _in_the_end(key, like) for key in like})


def _same(
    documents: Sequence[DocumentWords], whole: Mapping[int, array[int]], like: dict[int, Like]
) -> None:
    """The same file, or the same words on as many pages without pictures."""
    by_file: dict[str, int] = {}
    by_words: dict[bytes, int] = {}
    for each in documents:
        first = by_file.setdefault(each.sha256, each.id)
        if first != each.id:
            like[each.id] = Like(first, "same file")
            continue
        words = whole[each.id]
        if each.pictured or len(words) < _SHORTEST:
            continue
        key = bytes([each.message]) + len(each.pages).to_bytes(4, "little") + words.tobytes()
        first = by_words.setdefault(key, each.id)
        if first != each.id:
            like[each.id] = Like(first, "same words" if each.message else "nearly")


def _in_the_end(key: int, like: Mapping[int, Like]) -> Like:
    """Where something stands whole in what stands whole in a third, it is the third that counts."""
    found = like[key]
    seen = {key}
    while (further := like.get(found.of)) and further.sure and found.of not in seen:
        seen.add(found.of)
        found = replace(found, of=further.of)
    return found


class _Compared:
    """Texts, and for some of their runs the documents in which these stand."""

    def __init__(
        self,
        documents: Sequence[DocumentWords],
        whole: Mapping[int, array[int]],
        book: WordBook,
    ) -> None:
        self._documents, self._whole, self._book = documents, whole, book
        self._at = {each.id: at for at, each in enumerate(documents)}
        self._of: dict[int, list[int]] = {}
        for at, each in enumerate(documents):
            for run in {run for _place, run in picked_runs(whole[each.id])}:
                holders = self._of.setdefault(run, [])
                if len(holders) < _MOST_PLACES:
                    holders.append(at)

    def inside(self, each: DocumentWords, like: Mapping[int, Like]) -> Like | None:
        """The message in which the whole text of this one stands, the shortest of several."""
        mine = self._whole[each.id]
        text = mine[each.body :]
        if each.pictured or len(text) < _SEEN_LEAST:
            return None
        holding = []
        for at in self._of.get(next(picked_runs(text))[1], ()):
            other = self._documents[at]
            theirs = self._whole[other.id][other.body :]
            if other.id == each.id or not other.message or other.id in like:
                continue
            if len(theirs) > len(text) and _stands_in(text, theirs):
                holding.append((len(theirs), at))
        if not holding:
            return None
        other = self._documents[min(holding)[1]]
        there = set(self._whole[other.id])
        lost = list(
            dict.fromkeys(self._book.words[mine[at]] for at in each.people if mine[at] not in there)
        )
        return Like(other.id, "inside", tuple(lost[:_MOST_DIFFERENT]))

    def nearly(self, each: DocumentWords, like: Mapping[int, Like]) -> Like | None:
        """An earlier document with which this one has most runs in common."""
        mine = self._whole[each.id]
        if len(mine) < _NEAR_LEAST:
            return None
        own = {run for _place, run in picked_runs(mine)}
        here = self._at[each.id]
        shared = Counter(at for run in own for at in self._of.get(run, ()) if at < here)
        for at, _number in shared.most_common(3):
            other = self._documents[at]
            theirs = self._whole[other.id]
            if other.id in like or other.message != each.message:
                continue
            if _in_common(mine, theirs) >= _NEARLY:
                return Like(other.id, "nearly", _differing(theirs, mine, self._book))
        return None


def _stands_in(text: array[int], other: array[int]) -> bool:
    """Whether all words stand in the other text, in a row."""
    wanted, size, whole = text.tobytes(), text.itemsize, other.tobytes()
    at = whole.find(wanted)
    while at >= 0 and at % size:
        at = whole.find(wanted, at + 1)
    return at >= 0


def _in_common(one: Sequence[int], two: Sequence[int]) -> float:
    """Which share of their runs two texts have in common."""
    mine = {run for _place, run in runs_of(one)}
    theirs = {run for _place, run in runs_of(two)}
    return len(mine & theirs) / len(mine | theirs)


def runs_of(words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each run of words with the place where it begins."""
    for place in range(len(words) - _RUN + 1):
        yield place, hash(tuple(words[place : place + _RUN]))


def picked_runs(words: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The least of each few neighbouring runs, so that few must be kept.

    Of ``_SEEN_LEAST`` words in a row that two texts have in common at least one run is picked in
    both (winnowing: Schleimer, Wilkerson, Aiken 2003).
    """
    among = _SEEN_LEAST - _RUN + 1
    window: deque[tuple[int, int]] = deque()
    last = -1
    for place, run in runs_of(words):
        while window and window[-1][0] >= run:
            window.pop()
        window.append((run, place))
        if window[0][1] <= place - among:
            window.popleft()
        if place >= among - 1 and window[0][1] != last:
            last = window[0][1]
            yield last, window[0][0]


def _differing(one: Sequence[int], two: Sequence[int], book: WordBook) -> tuple[str, ...]:
    """Some words in which two texts differ."""
    found: dict[str, None] = {}
    compared = difflib.SequenceMatcher(None, one, two, autojunk=False)
    for sort, a, b, c, d in compared.get_opcodes():
        if sort != "equal":
            found.update(dict.fromkeys(book.words[number] for number in (*one[a:b], *two[c:d])))
        if len(found) >= _MOST_DIFFERENT:
            break
    return tuple(found)[:_MOST_DIFFERENT]


# --- seen before -------------------------------------------------------------------------------


def seen_before(
    documents: Iterable[DocumentWords],
) -> Mapping[tuple[int, int], tuple[SeenRun, ...]]:
    """What of the messages stands in one before them, by document and page.

    The documents are gone through in the order in which they are read. Heads are never among it.
    """
    first: dict[int, tuple[int, int]] = {}
    read: list[tuple[DocumentWords, array[int]]] = []
    found: dict[tuple[int, int], tuple[SeenRun, ...]] = {}
    for each in documents:
        if not each.message:
            continue
        words = each.words
        picked = list(picked_runs(words))
        runs: list[_Run] = []
        end = each.body
        for at, run in picked:
            where = first.get(run)
            if where is None or at < end:
                continue
            same = _alike(words, (end, at), read[where[0]][1], where)
            if same.length >= _SEEN_LEAST:
                runs.append(same)
                end = same.at + same.length
        for place, run in picked:
            first.setdefault(run, (len(read), place))
        read.append((each, words))
        if runs:
            found.update(_by_page(each, runs, read))
    return found


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one text that stand in another one: where, how many, and where there."""

    at: int
    length: int
    other: int
    there: int


def _alike(
    one: Sequence[int], place: tuple[int, int], two: Sequence[int], where: tuple[int, int]
) -> _Run:
    """As many words as are the same around a place, not before ``place[0]`` in the first text."""
    least, at = place
    other, there = where
    length, most = 0, min(len(one) - at, len(two) - there)
    while length < most and one[at + length] == two[there + length]:
        length += 1
    while at > least and there > 0 and one[at - 1] == two[there - 1]:
        at, there, length = at - 1, there - 1, length + 1
    return _Run(at, length, other, there)


def _by_page(
    each: DocumentWords,
    runs: Sequence[_Run],
    read: Sequence[tuple[DocumentWords, array[int]]],
) -> dict[tuple[int, int], tuple[SeenRun, ...]]:
    """Runs cut where a page ends, by page."""
    found: dict[tuple[int, int], list[SeenRun]] = {}
    begin = 0
    for number, page in enumerate(each.pages):
        end = begin + len(page)
        for each_run in runs:
            first = max(each_run.at, begin)
            last = min(each_run.at + each_run.length, end)
            if first >= last:
                continue
            source = read[each_run.other][0]
            on = _page_of(source, each_run.there + first - each_run.at)
            places = each.places[number]
            run = SeenRun(places[first - begin], places[last - begin - 1], source.id, on)
            found.setdefault((each.id, number), []).append(run)
        begin = end
    return {key: tuple(some) for key, some in found.items()}


def _page_of(document: DocumentWords, place: int) -> int:
    for number, page in enumerate(document.pages):
        if place < len(page):
            return number
        place -= len(page)
    return max(0, len(document.pages) - 1)
