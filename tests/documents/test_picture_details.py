"""Whatever a camera or an editor left beside a picture, the picture itself is read."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from dpdesk.documents import picture_details

_TOLD = Image.Exif()
_TOLD[0x0112], _TOLD[0x010F], _TOLD[0x011A], _TOLD[0x0100] = 6, "Camera", 72.0, 70
DETAILS = _TOLD.tobytes()


def a_photograph(details: bytes, kind: str = "JPEG") -> Image.Image:
    """A picture that is dark at the left only, with these details."""
    picture = Image.new("RGB", (40, 24), "white")
    picture.paste("black", (0, 0, 10, 24))
    made = io.BytesIO()
    picture.save(made, kind, exif=details)
    return Image.open(io.BytesIO(made.getvalue()))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(st.lists(st.tuples(st.integers(6, len(DETAILS) - 1), st.integers(0, 255)), max_size=4))
def test_broken_details_cost_no_picture(changed):
    details = bytearray(DETAILS)
    for place, value in changed:
        details[place] = value
    picture = a_photograph(bytes(details))
    assert sorted(picture_details.upright(picture).size) == [24, 40]
    assert isinstance(picture_details.details(picture), dict)
    assert isinstance(picture_details.inner_details(picture, 0x8825), dict)


def test_details_without_a_head_are_none():
    picture = a_photograph(b"Exif\0\0" + b"\0" * 40)
    assert picture_details.lying(picture) == 1
    assert picture_details.details(picture) == {}


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
@pytest.mark.parametrize("lying", range(10))
def test_a_picture_is_turned_as_others_turn_it(kind, lying):
    told = Image.Exif()
    told[0x0112] = lying
    seen = picture_details.upright(a_photograph(told.tobytes(), kind))
    theirs = ImageOps.exif_transpose(a_photograph(told.tobytes(), kind))
    assert seen.size == theirs.size
    assert seen.tobytes() == theirs.tobytes()
