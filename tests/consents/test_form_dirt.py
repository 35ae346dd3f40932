"""What no pen drew in a box of a returned form is no tick: blots, creases, the edge of a shadow."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.consents.test_form_pile import DOTS, Pile, _saved, _uses, printed

__all__ = ["printed"]


def _place(room, pile: Pile) -> tuple[float, float, float, float]:
    """The box of a use, in pixels."""
    _page, *spot = pile._layouts[0].boxes[f"use {_uses(room)['Website']}"]
    x, y, wide, high = (side * DOTS / 72 for side in spot)
    return x, y, wide, high


def _read(room, sheet: Image.Image, tmp_path) -> set[str]:
    (form,) = room.forms.read(_saved(tmp_path, sheet))
    return set(form.uses.values())


@pytest.mark.parametrize("lean", [0, 60, -160])
@pytest.mark.parametrize("share", [0.35, 0.6, 0.85])
def test_the_edge_of_a_shadow_through_empty_boxes_ticks_none(room, printed, tmp_path, share, lean):
    pile = printed[0]
    sheet = pile.filled(0)
    x, y, wide, _high = _place(room, pile)
    at, rate = x + share * wide, lean / sheet.height
    shade = Image.new("L", sheet.size, 255)
    ends = [(at - y * rate, 0), (at + (sheet.height - y) * rate, sheet.height)]
    ImageDraw.Draw(shade).polygon([*ends, sheet.size, (sheet.width, 0)], fill=150)
    soft = shade.filter(ImageFilter.GaussianBlur(2))
    assert "ticked" not in _read(room, ImageChops.multiply(sheet, soft), tmp_path)


@pytest.mark.parametrize("thick", [5, 9])
def test_a_crease_down_the_page_ticks_none_of_the_boxes_that_it_crosses(
    room, printed, tmp_path, thick
):
    pile = printed[0]
    sheet = pile.filled(0)
    x, _y, wide, _high = _place(room, pile)
    way = [(x + 0.3 * wide, 0), (x + 0.6 * wide, sheet.height)]
    ImageDraw.Draw(sheet).line(way, fill=110, width=thick)
    blurred = sheet.filter(ImageFilter.GaussianBlur(2))
    assert "ticked" not in _read(room, blurred, tmp_path)


@pytest.mark.parametrize("across", [15, 19])
def test_a_blot_in_a_box_is_no_tick(room, printed, tmp_path, across):
    pile = printed[0]
    sheet = pile.filled(0)
    x, y, wide, high = _place(room, pile)
    left, top = x + (wide - across) / 2, y + (high - across) / 2
    ImageDraw.Draw(sheet).ellipse([left, top, left + across, top + across], fill=50)
    assert _read(room, sheet, tmp_path) == {"doubtful", "empty"}
