"""What is not plainly one tick in a box of a returned form is left open for a person."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.builders import grain
from tests.consents.test_form_pile import DOTS, Pile, _saved, _uses, printed
from tests.documents.makers import lato

__all__ = ["printed"]

Strokes = list[list[tuple[float, float]]]
"""Strokes of a pen as shares of the box."""
TICK: Strokes = [[(0.2, 0.5), (0.4, 0.85), (1.1, -0.1)]]
CORNERS: Strokes = [[(0.05, 0.05), (0.95, 0.95)], [(0.95, 0.05), (0.05, 0.95)]]
BEYOND: Strokes = [[(-0.2, -0.2), (1.2, 1.2)], [(1.2, -0.2), (-0.2, 1.2)]]
FORK: Strokes = [[(0.2, 0.15), (0.5, 0.5), (0.8, 0.15)], [(0.5, 0.5), (0.5, 0.9)]]
ROUND_AND_ROUND: Strokes = [
    [(0.15, 0.2), (0.9, 0.3), (0.2, 0.5), (0.85, 0.6), (0.2, 0.75), (0.9, 0.9)]
]
PLUS: Strokes = [[(0.5, 0.1), (0.5, 0.9)], [(0.1, 0.5), (0.9, 0.5)]]


def _said(
    room,
    pile: Pile,
    tmp_path,
    strokes: Strokes,
    *,
    thick=5,
    words="",
    at=(0.0, 0.0),
    ring=0,
    turn=0.0,
):
    uses = _uses(room)
    sheet = pile.filled(0)
    _page, x, y, wide, high = (side * DOTS / 72 for side in pile._layouts[0].boxes[
        f"use {uses['Website']}"
    ])  # fmt: skip
    pen = ImageDraw.Draw(sheet)
    for stroke in strokes:
        way = [(x + a * wide, y + b * high) for a, b in stroke]
        pen.line(way, fill=40, width=thick, joint="curve")
    if ring:
        pen.ellipse([x - ring, y - ring, x + wide + ring, y + high + ring], outline=40, width=4)
    pen.text((x + at[0], y + at[1]), words, 40, font=lato(28))
    if turn:
        sheet = sheet.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    assert form.uses[uses["In school"]] == "empty"
    return form.uses[uses["Website"]]


@pytest.mark.parametrize("thick", [4, 9])
@pytest.mark.parametrize("strokes", [CORNERS, BEYOND, PLUS])
def test_a_cross_from_corner_to_corner_is_no_yes(room, printed, tmp_path, strokes, thick):
    assert _said(room, printed[0], tmp_path, strokes, thick=thick) == "doubtful"


@pytest.mark.parametrize("strokes", [FORK, ROUND_AND_ROUND])
def test_a_letter_that_forks_and_a_scribble_are_no_plain_tick(room, printed, tmp_path, strokes):
    assert _said(room, printed[0], tmp_path, strokes, thick=4) == "doubtful"


def test_a_ring_close_around_an_empty_box_is_not_called_empty(room, printed, tmp_path):
    pile = printed[0]
    sheet, uses = pile.filled(0), _uses(room)
    _page, *spot = pile._layouts[0].boxes[f"use {uses['Website']}"]
    x, y, wide, high = (side * DOTS / 72 for side in spot)
    for grey in (40, 185):
        copy = sheet.copy()
        around = [x - 6, y - 6, x + wide + 6, y + high + 6]
        ImageDraw.Draw(copy).ellipse(around, outline=grey, width=3)
        (form,) = room.forms.read(_saved(tmp_path, copy))
        assert form.uses == {uses["Website"]: "doubtful", uses["In school"]: "empty"}


@pytest.mark.parametrize("ring", [-9, 12])
def test_a_ring_in_or_around_a_box_is_no_plain_tick(room, printed, tmp_path, ring):
    assert _said(room, printed[0], tmp_path, TICK if ring > 0 else [], ring=ring) == "doubtful"


@pytest.mark.parametrize(
    "at",
    [(-170, 6), (55, 6), (0, -34), (0, 50), (340, 2), (900, 4)],
    ids=["left", "over the words", "above", "below", "behind the words", "at the edge"],
)
def test_a_tick_with_words_beside_it_is_left_open(room, printed, tmp_path, at):
    assert _said(room, printed[0], tmp_path, TICK, words="not online", at=at) == "doubtful"


def test_words_alone_behind_a_box_are_not_called_empty(room, printed, tmp_path):
    assert _said(room, printed[0], tmp_path, [], words="yes please", at=(500, 4)) == "doubtful"


@pytest.mark.parametrize(
    ("strokes", "thick"),
    [
        (TICK, 4),
        (TICK, 9),
        ([[(0.1, 0.1), (0.45, 0.9), (0.9, 0.1)]], 4),
        ([[(-0.2, 0.3), (0.4, 1.1), (1.8, -0.5)]], 4),
        ([[(-0.2, 0.3), (0.4, 1.1), (1.8, -0.5)]], 9),
    ],
)
def test_a_plain_tick_stays_a_yes(room, printed, tmp_path, strokes, thick):
    assert _said(room, printed[0], tmp_path, strokes, thick=thick) == "ticked"


@pytest.mark.parametrize("turn", [-1.2, 0.7, 2])
def test_a_stroke_that_meets_the_outline_of_a_page_askew_is_no_cross(room, printed, tmp_path, turn):
    stroke: Strokes = [[(0.18, 0.53), (1.0, 0.12)]]
    said = _said(room, printed[0], tmp_path, stroke, thick=6, turn=turn)
    assert said == "ticked"


def _rubbed(room, pile: Pile, tmp_path, rest, level: int, *, noise: float = 0.0) -> str:
    """A pencil tick of which an eraser left all but ``rest`` so pale."""
    uses = _uses(room)
    sheet = pile.sheet(0)
    _page, x, y, wide, high = (side * DOTS / 72 for side in pile._layouts[0].boxes[
        f"use {uses['Website']}"
    ])  # fmt: skip
    way = [(x + a * wide, y + b * high) for a, b in [(0.15, 0.5), (0.4, 0.85), (0.85, 0.2)]]
    pale, dark = (sheet.copy() for _ in range(2))
    ImageDraw.Draw(pale).line(way, fill=level, width=4, joint="curve")
    ImageDraw.Draw(dark).line(way, fill=110, width=4, joint="curve")
    if rest:
        left, top, right, bottom = rest
        corner = round(x + left * wide), round(y + top * high)
        spot = (*corner, round(x + right * wide), round(y + bottom * high))
        pale.paste(dark.crop(spot), corner)
    scan = pale.filter(ImageFilter.GaussianBlur(0.5)).point([n * 24 // 25 for n in range(256)])
    scan = ImageChops.add(scan, grain(scan.size, noise), offset=-128)
    (form,) = room.forms.read(_saved(tmp_path, scan))
    assert form.uses[uses["In school"]] == "empty"
    return form.uses[uses["Website"]]


@pytest.mark.parametrize("noise", [0.0, 4.0])
@pytest.mark.parametrize(
    ("rest", "level"),
    [(None, 234), ((0.7, -0.2, 1.3, 0.45), 236), ((0.05, 0.3, 0.42, 1.0), 222)],
    ids=["a shadow", "a shadow and an end", "one half of it"],
)
def test_a_tick_that_an_eraser_went_over_is_left_open(room, printed, tmp_path, rest, level, noise):
    assert _rubbed(room, printed[0], tmp_path, rest, level, noise=noise) == "doubtful"


def test_a_pencil_tick_that_nobody_rubbed_stays_a_yes(room, printed, tmp_path):
    whole = (-0.2, -0.2, 1.3, 1.2)
    assert _rubbed(room, printed[0], tmp_path, whole, 245, noise=4.0) == "ticked"
