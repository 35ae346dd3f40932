"""Small copies beside a picture, and what telephones keep in a photograph beside it."""

from __future__ import annotations

import io
import random
import struct

import pytest
from PIL import Image, ImageDraw, ImageFilter

from dpdesk.errors import UnreadableFile
from tests.inspection import heif_makers, inner_makers
from tests.inspection.makers import sheet


def _scene() -> Image.Image:
    """Something like a photograph, the same in each run: in one of forty something seems a word."""
    dice = random.Random(1)
    tones = bytes(max(0, min(255, round(dice.gauss(128, 90)))) for _ in range(40 * 30))
    made = Image.frombytes("L", (40, 30), tones).resize((1200, 900), Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").resize(made.size)
    return Image.merge("RGB", (made, made.rotate(180), shade))


def _blackened(picture: Image.Image) -> Image.Image:
    made = picture.copy()
    ImageDraw.Draw(made).rectangle((500, 300, 650, 420), fill="black")
    return made


def _jpeg(picture: Image.Image, quality: int = 75) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _with_copy(picture: Image.Image, small: bytes) -> bytes:
    """A JPEG of a camera with a small copy in its details."""
    row = ">HHII"
    second = struct.pack(">H", 2) + struct.pack(row, 0x0201, 4, 1, 44)
    second += struct.pack(row, 0x0202, 4, 1, len(small)) + bytes(4)
    exif = b"MM\0*" + struct.pack(">IHI", 8, 0, 14) + second + small
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", exif=b"Exif\0\0" + exif)
    return out.getvalue()


def _reduced(picture: Image.Image, size: tuple[int, int] = (160, 120)) -> Image.Image:
    return picture.resize(size, Image.Resampling.LANCZOS)


def _framed(picture: Image.Image) -> Image.Image:
    made = Image.new("RGB", (160, 120))
    made.paste(picture.resize((160, 106), Image.Resampling.BICUBIC), (0, 7))
    return made


SHOWN = _scene()
WIDE = SHOWN.resize((1200, 795))


@pytest.mark.parametrize(
    ("picture", "small"),
    [
        (_blackened(SHOWN), _reduced(SHOWN)),
        (SHOWN.crop((0, 0, 800, 900)), _reduced(SHOWN)),
        (sheet(blackened=True), _reduced(sheet(), (113, 160))),
        (sheet().crop((0, 0, 1240, 400)), _reduced(sheet(), (113, 160))),
    ],
    ids=["blackened", "cropped", "blackened scan", "cropped scan"],
)
@pytest.mark.parametrize("make", [lambda each: each, inner_makers.word], ids=["alone", "in Word"])
def test_a_small_copy_that_shows_something_else_is_told(inspector, picture, small, make):
    content = make(_with_copy(picture, _jpeg(small)))
    assert [leak.kind for leak in inspector.inspect("a", content).leaks] == ["thumbnail"]


@pytest.mark.parametrize(
    ("picture", "small"),
    [
        (SHOWN, _jpeg(_reduced(SHOWN), 60)),
        (SHOWN, _jpeg(_reduced(SHOWN).filter(ImageFilter.SHARPEN))),
        (WIDE, _jpeg(_framed(WIDE))),
        (sheet(blackened=True), _jpeg(_reduced(sheet(blackened=True), (113, 160)))),
    ],
    ids=["photograph", "sharpened", "in black stripes", "scan"],
)
def test_a_small_copy_that_shows_the_same_gives_no_alarm(inspector, picture, small):
    assert inspector.inspect("a.jpg", _with_copy(picture, small)).leaks == ()


def test_a_small_copy_that_cannot_be_compared_is_told(inspector):
    (leak,) = inspector.inspect("a.jpg", _with_copy(SHOWN, b"\xff\xd8\xffrubbish")).leaks
    assert leak.kind == "thumbnail"


def _placed() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Harry Beispiel"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return exif.tobytes()


TELEPHONE = {
    "place and artist": (heif_makers.photograph(exif=_placed()), {"picture-data", "metadata"}),
    "other small copy": (heif_makers.photograph(small="other"), {"thumbnail"}),
    "how far away": (heif_makers.photograph(depth=True), {"hidden-layer"}),
    "film": (
        heif_makers.photograph(then=heif_makers.film()), {"hidden-layer"},
    ),
    "part of a telephone": (
        heif_makers.photograph(then=b"\0\0\1\0mpvd" + bytes(range(248))), {"elsewhere"},
    ),
    "rest behind": (heif_makers.photograph(then=bytes(range(256))), {"elsewhere"}),
    "written into empty room": (
        heif_makers.photograph(then=b"\0\0\1\0free" + bytes(range(248))), {"elsewhere"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TELEPHONE)
@pytest.mark.parametrize("make", [lambda each: each, inner_makers.show], ids=["alone", "in a show"])
def test_what_a_photograph_of_a_telephone_still_holds_is_told(inspector, name, make):
    content, kinds = TELEPHONE[name]
    leaks = inspector.inspect("a.heic", make(content)).leaks
    assert {leak.kind for leak in leaks} == kinds


@pytest.mark.parametrize(
    "content",
    [
        heif_makers.photograph(),
        heif_makers.photograph(small="same"),
        heif_makers.photograph(then=b"\0\0\1\0free" + bytes(248)),
    ],
    ids=["plain", "small copy of the same", "empty room"],
)
def test_a_photograph_of_a_telephone_that_holds_nothing_more_gives_no_alarm(inspector, content):
    assert inspector.inspect("a.heic", content).leaks == ()


def test_an_avif_is_looked_at_too(inspector):
    out = io.BytesIO()
    SHOWN.save(out, "AVIF", exif=_placed())
    kinds = {leak.kind for leak in inspector.inspect("a.avif", out.getvalue()).leaks}
    assert kinds == {"picture-data", "metadata"}


def test_a_damaged_photograph_of_a_telephone_is_refused_as_damaged(inspector):
    with pytest.raises(UnreadableFile, match="damaged"):
        inspector.inspect("a.heic", heif_makers.photograph()[:450])
