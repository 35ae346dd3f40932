"""Reads what the first look at a page left over; used inside workers only.

The engine takes lines for rules that are struck through, loses print on a dark ground, and reads a
page in one direction only. So the words that were surely read are painted over, and rules with
them; where writing is left, it is looked at again, also upside down. Where something is left even
then, somebody must look there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from dpdesk.documents.lying import Lie, paper_of

_SURE: Final = 60  # of 100: a word that was surely read
_SURE_LINE: Final = 75  # of 100: the words of a line together
_LETTERS: Final = 3  # of a word that counts
_NEWS: Final = 10  # letters in sure words that must come of another look
_PLAINLY: Final = 60  # such letters on lines that stand upside down
_BETTER: Final = 2.0  # times as many as were read there before
_DARK: Final = 40  # steps of grey between the paper and ink
_COLOURED: Final = 150  # of 255: the lightest of the three colours of what is not black
_RUN: Final = 48 / 300  # of an inch: so long is no stroke of a letter, so it is a rule
_BROAD: Final = 14 / 300  # of an inch: a broader piece of ink is ground or a bar
_GRAIN: Final = 4  # pixels
_LEFT: Final = 0.03  # of the ink of the page, from which a rest is looked at
_INKED: Final = 0.0004  # of the pixels; less is no word
_MOST: Final = 0.4  # of the page is ink: then it is no page of writing on even paper
_VERY_MUCH: Final = 0.15  # of the ink of the page was not read
_HEIGHTS: Final = (3.0, 40.0)  # points: lines of writing are so high
_LONG: Final = 2.5  # times longer than high
_STROKES: Final = (0.04, 0.6)  # of its place is the ink of a line of writing
_OTSU, _SAUVOLA = "0", "2"


class Read(NamedTuple):
    """A word in pixels of the picture, and how sure it is (of 100)."""

    text: str
    sides: tuple[int, int, int, int]
    sure: float


class Rest(NamedTuple):
    """The words of a page, and whether there is something on it of which nothing was read."""

    words: Sequence[Read]
    unread: bool


class Engine(Protocol):
    """What reads a grey picture."""

    def look(self, picture: Image.Image, dots: float, *, by: str = ...) -> Any:
        """Its words, as ``found``; ``by`` is how ink is told from paper."""

    def lines(self, picture: Image.Image) -> list[tuple[int, int, int, int]]:
        """Where there seem to be lines of writing, whether they can be read or not."""


def read_rest(
    picture: Image.Image,
    found: Sequence[Read],
    dots: float,
    engine: Engine,
    clear: Callable[[], Image.Image],
) -> Rest:
    """The words of an upright picture, with those that another look at what was left brings.

    ``clear`` gives the same picture without coloured stamps and marker, where it is asked.
    """
    words = list(found)
    whole = _inked(picture)
    if whole > _MOST or not _is_much(_painted_over(picture, _sure(words)), whole):
        return Rest(words, unread=False)
    clean = without_rules(picture, dots)
    if not _is_much(_painted_over(clean, _sure(words)), whole):
        return Rest(words, unread=False)
    paler = without_rules(clear(), dots)
    for turn, by in ((0, _SAUVOLA), (180, _OTSU)):
        more = _look(paler, whole, words, turn, by, dots, engine)
        if more and turn:
            # What was read among these lines before was read upside down, or these are.
            around = _around(more)
            within = [word for word in words if _is_within(word.sides, around)]
            if _letters(more) < max(_PLAINLY, _BETTER * _letters(_sure(within))):
                continue
            words = [word for word in words if word not in within]
            more = _look(paler, whole, words, turn, by, dots, engine) or more
        words = [word for word in words if not _is_replaced(word, more)] + more
    left = _without_ground(_painted_over(clean, _sure(words)), dots)
    return Rest(words, _is_much(left, whole) and _shows_writing(left, whole, dots, engine))


def _shows_writing(left: Image.Image, whole: float, dots: float, engine: Engine) -> bool:
    """Whether there seem to be lines of writing, or very much of something."""
    low, high = (size * dots / 72 for size in _HEIGHTS)
    return _inked(left) > _VERY_MUCH * whole or any(
        low <= y1 - y0 <= high
        and x1 - x0 >= _LONG * (y1 - y0)
        and _STROKES[0] <= _inked(left.crop((x0, y0, x1, y1)), paper_of(left)) <= _STROKES[1]
        for x0, y0, x1, y1 in engine.lines(left)
    )


def _look(
    picture: Image.Image,
    whole: float,
    words: Sequence[Read],
    turn: int,
    by: str,
    dots: float,
    engine: Engine,
) -> list[Read]:
    """What is surely read beside these words, where it is some writing; by that turn."""
    left = _painted_over(picture, _sure(words))
    if not _is_much(left, whole):
        return []
    lie = Lie(left, turn)
    more = _sure(engine.look(lie.upright(), dots, by=by).found)
    if _letters(more) < _NEWS:
        return []
    return [word._replace(sides=_rounded(lie.back(word.sides))) for word in more]


def _letters(words: Sequence[Read]) -> int:
    """How many letters there are in words that are long enough to say something."""
    return sum(_length(word) for word in words if _length(word) >= _LETTERS)


def _around(words: Sequence[Read]) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = zip(*(word.sides for word in words), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _is_within(one: Sequence[int], two: Sequence[int]) -> bool:
    return one[0] >= two[0] and one[1] >= two[1] and one[2] <= two[2] and one[3] <= two[3]


def _sure(words: Sequence[Read]) -> list[Read]:
    """The words that were surely read, on lines that were: of print upside down some words are."""
    found: list[Read] = []
    line: list[Read] = []
    for word in [*words, None]:
        if word is None or (line and not _overlap_down(line[-1].sides, word.sides)):
            if sum(each.sure for each in line) >= _SURE_LINE * len(line):
                found += [each for each in line if each.sure >= _SURE]
            line = []
        if word is not None:
            line.append(word)
    return found


def _rounded(sides: Sequence[float]) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(side) for side in sides)
    return x0, y0, x1, y1


def _length(word: Read) -> int:
    return sum(map(str.isalnum, word.text))


def _is_replaced(word: Read, by: Sequence[Read]) -> bool:
    """Whether a doubtful word lies where something was read surely."""
    return word.sure < _SURE and any(_overlap(word.sides, each.sides) for each in by)


def _overlap(one: Sequence[int], two: Sequence[int]) -> bool:
    return min(one[2], two[2]) > max(one[0], two[0]) and _overlap_down(one, two)


def _overlap_down(one: Sequence[int], two: Sequence[int]) -> bool:
    down = min(one[3], two[3]) - max(one[1], two[1])
    return down > 0 and 3 * down > min(one[3] - one[1], two[3] - two[1])


def _ink(picture: Image.Image) -> Image.Image:
    paper = paper_of(picture)
    return picture.point([255 if abs(level - paper) > _DARK else 0 for level in range(256)])


def _inked(picture: Image.Image, paper: int | None = None) -> float:
    """The share of ink; of a smaller picture, in which the grain of a scan is none."""
    small = picture.reduce(_GRAIN) if min(picture.size) > _GRAIN else picture
    ground = paper_of(small) if paper is None else paper
    counts = small.histogram()
    inked = sum(n for level, n in enumerate(counts) if abs(level - ground) > _DARK)
    return inked / (small.width * small.height)


def _is_much(left: Image.Image, whole: float) -> bool:
    share = _inked(left)
    return share > _INKED and share > _LEFT * whole


def _painted_over(picture: Image.Image, words: Sequence[Read]) -> Image.Image:
    rest = picture.copy()
    pen, paper = ImageDraw.Draw(rest), paper_of(picture)
    for word in words:
        pen.rectangle(word.sides, fill=paper)
    return rest


def without_rules(picture: Image.Image, dots: float) -> Image.Image:
    """The picture without long straight strokes, lying or standing; broad ones are ground."""
    run, broad, ink = max(8, round(_RUN * dots)), max(4, round(_BROAD * dots)), _ink(picture)
    ground = _filled(ink, (broad, broad), around=3)
    lying = ImageChops.subtract(_filled(ink, (run, 1)), ground)
    standing = ImageChops.subtract(_filled(ink, (1, run)), ground)
    if not lying.getbbox() and not standing.getbbox():
        return picture
    rest = ImageChops.subtract(ink, ImageChops.lighter(lying, standing))
    rules = ImageChops.lighter(
        _uncrossed(lying, rest, broad, (0, 1)), _uncrossed(standing, rest, broad, (1, 0))
    )
    clean = picture.copy()
    clean.paste(paper_of(picture), (0, 0, *picture.size), rules)
    return clean


def _without_ground(picture: Image.Image, dots: float) -> Image.Image:
    """The picture without broad ink: marker, bars and most of a photograph are no writing."""
    broad = max(4, round(_BROAD * dots))
    clean = picture.copy()
    ground = _filled(_ink(picture), (broad, broad), around=3)
    clean.paste(paper_of(picture), (0, 0, *picture.size), ground)
    return clean


def _uncrossed(
    rules: Image.Image, rest: Image.Image, broad: int, way: tuple[int, int]
) -> Image.Image:
    """The rules without what is a stroke of a letter too: there is ink on both of their sides."""
    if not rules.getbbox():
        return rules
    before = after = rest
    step = 1
    while step < broad:
        across, down = step * way[0], step * way[1]
        before = ImageChops.lighter(before, ImageChops.offset(before, across, down))
        after = ImageChops.lighter(after, ImageChops.offset(after, -across, -down))
        step *= 2
    return ImageChops.subtract(rules, ImageChops.darker(before, after))


def _filled(ink: Image.Image, step: tuple[int, int], around: int = 1) -> Image.Image:
    """The pieces of that size that are nothing but ink, and those beside them where asked."""
    full = ink.reduce(step).point([0] * 255 + [255]).filter(ImageFilter.MaxFilter(around))
    size = (full.width * step[0], full.height * step[1])
    return full.resize(size, Image.Resampling.NEAREST).crop((0, 0, *ink.size))


def without_colours(picture: Image.Image) -> Image.Image:
    """A picture in grey in which stamps and marker are paper: only what is dark is ink."""
    red, green, blue = picture.split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return lightest.point([level if level < _COLOURED else 255 for level in range(256)])
