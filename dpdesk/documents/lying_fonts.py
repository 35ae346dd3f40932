"""Finds fonts that draw other letters than they say; used inside workers only.

A font of a PDF draws shapes, and a table beside it says which letters they stand for. Search,
proposals and check go by the table, the reader of the paper by the shapes. So every glyph that a
document uses is looked at in a word or two: the word is drawn, read as a scan would be, and
compared with what the file says. What is read as said in any of its words tells the truth; what
is surely read otherwise in all of them does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.documents.glyph_uses import GlyphUses, WordUse
from dpdesk.documents.ocr import engine_of
from dpdesk.documents.told_letters import FALSE, TRUE, Compared, compare, is_plain
from dpdesk.documents.word_pictures import WordPictures

_HEIGHT: Final = 36  # pixels of a line, as the engine likes it best
_CLOSER: Final = (48, 30)
_MOST_WORDS: Final = 1_200  # of one document at a time: five seconds
_CUT: Final = 4  # letters of a word that is shown in part; so few are read as any others
_STRANGE_WORDS: Final = 12  # of a font in another alphabet, which the engine does not know
_TWICE: Final = 2  # so often must a glyph be read otherwise
_AGREEING: Final = 0.6  # of the readings of a glyph must be the same letters
_TRUSTED: Final = 200_000  # glyphs that a worker remembers
_MEMORY: Final = "glyphs that tell the truth"


@dataclass(slots=True)
class GlyphVerdict:
    """What was found out: glyphs that were read as said, and how others were read."""

    true: set[int] = field(default_factory=set)
    false: dict[int, list[str]] = field(default_factory=dict)

    def add(self, found: Compared) -> None:
        """Counts what a word says for or against its glyphs."""
        for number, (what, read) in found.items():
            if what == TRUE:
                self.true.add(number)
            elif what == FALSE:
                self.false.setdefault(number, []).append(read)

    def lying(self) -> frozenset[int]:
        """The glyphs that were read as others often enough, and never as said."""
        return frozenset(
            number
            for number, read in self.false.items()
            if number not in self.true and _agree(read)
        )


def _agree(read: Sequence[str]) -> bool:
    """Whether a glyph was read otherwise often enough, and mostly as the same letters."""
    if len(read) < _TWICE:
        return False
    return Counter(read).most_common(1)[0][1] >= _AGREEING * len(read)


def find(document: Any, uses: GlyphUses, memory: dict[str, Any]) -> frozenset[int]:
    """The glyphs that are drawn as other letters than the file says.

    ``memory`` is that of the worker: what told the truth in one document is believed in the next,
    where the whole font is the same.
    """
    glyphs = uses.glyphs
    trusted: set[tuple[object, ...]] = memory.setdefault(_MEMORY, set())
    known = {number for number in range(len(glyphs.codes)) if glyphs.shape(number) in trusted}
    first = _words_for(uses, set(range(len(glyphs.codes))) - known)[:_MOST_WORDS]
    if not first:
        return frozenset()
    verdict = GlyphVerdict(known)
    pictures = WordPictures(document)
    _look(first, _HEIGHT, uses, pictures, memory, verdict)
    asked = {number for use in first for number in use.glyphs if number >= 0}
    told = {number for number in asked if is_plain(glyphs.codes[number])}
    unsure = sorted((told | verdict.false.keys()) - verdict.true)
    again = [use for number in unsure for use in uses.of(number)][:_MOST_WORDS]
    _look(_once(again), _CLOSER[0], uses, pictures, memory, verdict)
    alone = [use for number in unsure if len(uses.of(number)) == 1 for use in uses.of(number)]
    _look(_once(alone)[:_MOST_WORDS], _CLOSER[1], uses, pictures, memory, verdict)
    if len(trusted) < _TRUSTED:
        trusted.update(filter(None, map(glyphs.shape, verdict.true)))
    return verdict.lying()


def _look(
    words: Sequence[WordUse],
    height: int,
    uses: GlyphUses,
    pictures: WordPictures,
    memory: dict[str, Any],
    verdict: GlyphVerdict,
) -> None:
    codes = uses.glyphs.codes
    engine: Any = engine_of(memory) if words else None
    for picture in pictures.of(words, height) if engine else ():
        read, sure = engine.line(picture.shown)
        if picture.cut and len(read) <= _CUT:
            continue
        said = [
            (number, chr(codes[number]) if number >= 0 else "") for number in picture.use.glyphs
        ]
        verdict.add(compare(said, read, sure))


def _once(words: Iterable[WordUse]) -> list[WordUse]:
    return list(dict.fromkeys(words))


def _words_for(uses: GlyphUses, numbers: Collection[int]) -> list[WordUse]:
    """The fewest words, about, in which each of these glyphs is met; font by font."""
    glyphs = uses.glyphs
    by_face: dict[int, set[int]] = {}
    for number in numbers:
        if uses.of(number):
            by_face.setdefault(glyphs.faces[number], set()).add(number)
    found: dict[WordUse, None] = {}
    for wanted in by_face.values():
        left = wanted - {number for use in found for number in use.glyphs}
        plain = {number for number in left if _is_met_plainly(uses, number)}
        chosen = _covering(uses, plain)
        met = {number for use in chosen for number in use.glyphs}
        chosen += _covering(uses, left - plain - met)[:_STRANGE_WORDS]
        found.update(dict.fromkeys(chosen))
    return list(found)


def _is_met_plainly(uses: GlyphUses, number: int) -> bool:
    """Whether any word with the glyph is mostly of letters that the engine knows."""
    codes = uses.glyphs.codes
    return any(
        2 * sum(each >= 0 and is_plain(codes[each]) for each in use.glyphs) >= len(use.glyphs)
        for use in uses.of(number)
    )


def _covering(uses: GlyphUses, wanted: Collection[int]) -> list[WordUse]:
    left = set(wanted)
    words = {use: frozenset(use.glyphs) for number in wanted for use in uses.of(number)}
    chosen: list[WordUse] = []
    while left and words:
        best = max(words, key=lambda use: (len(left & words[use]), -len(use.glyphs)))
        met = left & words.pop(best)
        if not met:
            break
        left -= met
        chosen.append(best)
    return chosen
