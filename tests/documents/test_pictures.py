"""Pictures become pages that look the same: upright, in their colours, in a sensible size."""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin

from dpdesk.documents import intake, jpegs, kinds, picture_sizes, pictures
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.builders import grain
from tests.documents import makers


def four_corners(mode: str = "RGB") -> Image.Image:
    """Red, green, blue and black quarters: every turn and mirror of it looks different."""
    image = Image.new("RGB", (80, 60), "red")
    image.paste("lime", (40, 0, 80, 30))
    image.paste("blue", (0, 30, 40, 60))
    image.paste("black", (40, 30, 80, 60))
    return image if mode == "RGB" else image.convert(mode, dither=Image.Dither.NONE)


def quarters(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    return [
        image.convert("RGB").getpixel((int(width * x), int(height * y)))  # type: ignore[misc] # a colour of three
        for y in (0.25, 0.75)
        for x in (0.25, 0.75)
    ]


def assert_alike(shown: Image.Image, expected: Image.Image, tolerance: int = 12) -> None:
    assert abs(shown.width / shown.height - expected.width / expected.height) < 0.05
    for seen, meant in zip(quarters(shown), quarters(expected), strict=True):
        assert all(abs(one - two) <= tolerance for one, two in zip(seen, meant, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_photographs_stand_upright_however_the_camera_was_held(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    how: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    content = makers.encoded(four_corners(), kind, exif=exif, **how)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    assert_alike(makers.page_of(content, kind), expected)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_way_of_storing_colours_looks_right(mode: str) -> None:
    image = four_corners().convert("L") if mode == "I;16" else four_corners(mode)
    expected = image.convert("RGB")
    if mode == "I;16":
        image = image.convert("I").point(lambda level: level * 257).convert("I;16")
    kind = "TIFF" if mode == "CMYK" else "PNG"
    tolerance = 115 if mode == "CMYK" else 3  # ink on paper is not light on a screen
    assert_alike(makers.page_of(makers.encoded(image, kind), kind), expected, tolerance)


def test_the_jpeg_of_a_printing_house_is_not_turned_into_its_negative() -> None:
    content = makers.encoded(four_corners("CMYK"), "JPEG", quality=95)
    assert_alike(makers.page_of(content, "JPEG"), four_corners(), 115)


def test_clear_parts_are_white_as_paper() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert quarters(makers.page_of(makers.encoded(image, "PNG"), "PNG"))[0] == (255, 255, 255)


def test_each_picture_of_a_fax_is_a_page() -> None:
    sheets = [Image.new("1", (200, 280), number % 2) for number in range(5)]
    content = makers.encoded(
        sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4"
    )
    made, warnings = pictures.to_pdf(content, "TIFF", Limits())
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 5
    assert [quarters(makers.picture(made, number))[0][0] for number in range(5)] == [
        0,
        255,
        0,
        255,
        0,
    ]
    assert warnings == []


def test_photographs_of_telephones_are_read() -> None:
    shown = makers.page_of(makers.HEIC, "HEIC")
    assert_alike(shown, _heic_as_meant(), 40)


def _heic_as_meant() -> Image.Image:
    image = Image.new("RGB", (64, 48), (200, 30, 30))
    image.paste((20, 40, 220), (0, 0, 32, 48))
    return image


def test_of_a_moving_picture_the_first_is_taken_and_told() -> None:
    content = makers.encoded(
        Image.new("RGB", (20, 20), "red"),
        "GIF",
        save_all=True,
        append_images=[Image.new("RGB", (20, 20), "blue")],
    )
    made, warnings = pictures.to_pdf(content, "GIF", Limits())
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) == 1
    assert warnings == ["This is an animated picture; only the first frame was used."]


@pytest.mark.parametrize(
    ("pixels", "resolution", "expected"),
    [
        ((2480, 3508), (300, 300), (595.2, 841.92)),  # a scanned A4 sheet
        ((1654, 2339), (200, 200), (595.44, 842.04)),
        ((4032, 3024), None, (842.0, 631.5)),  # a photograph fits A4
        ((9933, 14043), (300, 300), (842.42, 1191.0)),  # a poster fits A3
        ((300, 150), None, (144.0, 72.0)),
        ((1, 1), None, (36.0, 36.0)),
        ((2480, 1754), (300, 150), (595.2, 841.92)),  # a fax with two resolutions
    ],
)
def test_pages_have_the_size_of_the_sheet_or_a_sensible_one(
    pixels: tuple[int, int],
    resolution: tuple[float, float] | None,
    expected: tuple[float, float],
) -> None:
    told = resolution and picture_sizes.Resolution(*resolution)
    assert picture_sizes.page_size(*pixels, told) == pytest.approx(expected, abs=0.01)


def test_a_resolution_that_no_scanner_has_is_not_believed() -> None:
    made, _warnings = pictures.to_pdf(
        makers.encoded(Image.new("RGB", (1500, 750)), "JPEG", dpi=(72, 72)), "JPEG", Limits()
    )
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert [float(side) for side in opened.pages[0].mediabox] == [0, 0, 720, 360]


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    bomb = makers.encoded(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableFile, match="400 million pixels"):
        pictures.to_pdf(bomb, "PNG", Limits())


def test_the_second_page_of_a_scan_is_measured_too() -> None:
    sheets = [Image.new("1", (20, 20)), Image.new("1", (2000, 2000))]
    content = makers.encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    with pytest.raises(UnreadableFile, match="4 million pixels; dpdesk takes at most 1 million"):
        pictures.to_pdf(content, "TIFF", Limits(pixels=1_000_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_is_cut_off_is_shown_as_far_as_it_goes_and_told(kind: str) -> None:
    noise = grain((200, 200), 90)
    content = makers.encoded(noise, kind)
    made, warnings = pictures.to_pdf(content[: len(content) // 2], kind, Limits())
    assert warnings[0].startswith("This picture is cut off")
    makers.picture(made)


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00\xff\xff\xff\xff"], ids=range(3)
)
def test_a_picture_of_which_nothing_is_left_is_one_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        pictures.to_pdf(content, "JPEG", Limits())


def test_a_scan_with_grain_and_a_clean_one_keep_each_pixel_and_are_packed_well() -> None:
    clean = Image.new("L", (900, 900), "white")
    clean.paste("gray", (100, 100, 500, 130))
    grainy = grain((900, 900), 8)
    for picture, most in ((clean, 0.01), (grainy, 0.85)):
        made, _ = pictures.to_pdf(makers.encoded(picture, "PNG"), "PNG", Limits())
        assert len(made) < most * 900 * 900
        with pikepdf.open(io.BytesIO(made)) as held:
            assert held.pages[0].Resources.XObject.P.read_bytes() == picture.tobytes()


def test_nothing_but_the_picture_comes_along() -> None:
    exif = Image.Exif()
    exif[0x010E] = "CANARY in the description"
    content = makers.encoded(
        four_corners(), "JPEG", exif=exif, comment=b"CANARY comment", progressive=True
    )
    made, _warnings = pictures.to_pdf(content + b"CANARY behind the end", "JPEG", Limits())
    assert b"CANARY" in content
    assert b"CANARY" not in made
    assert_alike(makers.picture(made), four_corners())


def test_the_colours_of_a_profile_are_kept() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made, _warnings = pictures.to_pdf(
        makers.encoded(four_corners(), "PNG", icc_profile=profile), "PNG", Limits()
    )
    with pikepdf.open(io.BytesIO(made)) as opened:
        colours = opened.pages[0].obj.Resources.XObject.P.ColorSpace
        assert colours[0] == "/ICCBased"
    assert_alike(makers.picture(made), four_corners())


HEAD_OF_SCAN = b"\xff\xd8" + b"\xff\xda\x00\x03\x01"
END = b"\xff\xd9"
SCANS = {
    "plain": b"pixels",
    "none": b"",
    "with zeros stuffed in": b"a\xff\x00\xff\x00b",
    "with restart markers": b"a\xff\xd0b\xff\xd7c",
    "with fill bytes before a restart marker": b"a\xff\xff\xff\xd3b",
    "with lines in them": b"a\r\nb\nc",
}


@pytest.mark.parametrize("pixels", SCANS.values(), ids=SCANS)
def test_the_pixels_of_a_jpeg_are_kept_to_the_last_byte_and_nothing_behind_them(pixels) -> None:
    comment = b"\xff\xfe\x00\x08CANARY"
    second = b"\xff\xda\x00\x03\x02more"

    bare = jpegs.bare_jpeg(HEAD_OF_SCAN + pixels + comment + second + END + b"CANARY")

    assert bare == HEAD_OF_SCAN + pixels + second + END


@pytest.mark.parametrize("end", [b"", b"\xff", b"\xff\xff", b"\xff\x00"], ids=repr)
def test_the_pixels_of_a_jpeg_that_never_end_are_no_picture(end) -> None:
    with pytest.raises(ValueError, match="no marker"):
        jpegs.bare_jpeg(HEAD_OF_SCAN + b"pixels" + end)


# ------------------------------------------------------------------------ nothing lost in silence


def page_sizes(made: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in opened.pages]


@pytest.mark.parametrize(
    ("size", "kind"), [((540, 6000), "PNG"), ((6000, 540), "PNG"), ((300, 2400), "JPEG")]
)
def test_a_long_screenshot_becomes_pages_of_readable_size_that_share_their_edges(
    size: tuple[int, int], kind: str
) -> None:
    across, down = size
    stripes = Image.new("L", size, 255)
    along = max(size)
    for at in range(0, along, 20):
        shade = at * 200 // along
        stripes.paste(shade, (0, at, across, at + 10) if down > across else (at, 0, at + 10, down))

    made, warnings = pictures.to_pdf(makers.encoded(stripes, kind), kind, Limits())

    sizes = page_sizes(made)
    assert all(max(each) <= 842.01 and min(each) <= 595.01 for each in sizes)
    shown = min(sizes[0])
    assert shown >= min(size) * 72 / 200  # a bundle keeps every pixel
    told = picture_sizes.pieces(across, down, None)[0]
    assert f"cut into {len(told)} pages" in warnings[0]
    assert len(told) == len(sizes) > 1
    ends = [(cut[1], cut[3]) if down > across else (cut[0], cut[2]) for cut in told]
    assert ends[0][0] == 0
    assert ends[-1][1] == along
    for (start, end), (following, _end) in pairwise(ends):
        assert (end - start) // 10 <= end - following < end - start
    last = makers.picture(made, len(sizes) - 1).convert("L")
    assert 100 < min(last.tobytes()) < 215  # the end of the picture stands on the last page


def test_a_picture_cut_into_too_many_pages_is_refused() -> None:
    thread = Image.new("1", (10, 60_000), 1)
    with pytest.raises(UnreadableFile, match="more than 20 pages"):
        pictures.to_pdf(makers.encoded(thread, "PNG"), "PNG", Limits(pages=20))


def test_a_telephone_screen_stays_one_page() -> None:
    made, warnings = pictures.to_pdf(
        makers.encoded(Image.new("L", (1080, 2400), 200), "PNG"), "PNG", Limits()
    )
    assert (len(page_sizes(made)), warnings) == (1, [])


UPRIGHT_FAX = pytest.approx(595 / 842, abs=0.01)


@pytest.mark.parametrize(
    ("pixels", "kind", "how"),
    [
        ((1686, 1145), "TIFF", {"dpi": (204, 98)}),
        ((1686, 1122), "TIFF", {"dpi": (204, 96)}),
        ((1654, 1170), "PNG", {"dpi": (200, 100)}),
        ((1654, 1170), "TIFF", {"resolution_unit": 1, "x_resolution": 2, "y_resolution": 1}),
        ((1654, 1170), "TIFF", {"resolution_unit": 3, "x_resolution": 78.7, "y_resolution": 39.4}),
        ((620, 438), "JPEG", {"dpi": (72, 36)}),
    ],
)
def test_a_fax_that_is_finer_across_than_down_is_not_squashed(pixels, kind, how) -> None:
    made, _warnings = pictures.to_pdf(
        makers.encoded(Image.new("L", pixels), kind, **how), kind, Limits()
    )
    ((width, height),) = page_sizes(made)
    assert width / height == UPRIGHT_FAX


def _told_by_a_scanner(across: float, down: float, unit: int, lying: int = 1) -> Image.Exif:
    told = Image.Exif()
    told.update({282: across, 283: down, 296: unit, 274: lying})
    return told


@pytest.mark.parametrize(
    ("pixels", "kind", "how"),
    [
        ((1145, 1686), "TIFF", {"tiffinfo": {282: 98.0, 283: 204.0, 296: 2, 274: 6}}),
        ((1145, 1686), "TIFF", {"tiffinfo": {282: 98.0, 283: 204.0, 296: 2, 274: 8}}),
        ((1686, 1145), "TIFF", {"tiffinfo": {282: 204.0, 283: 98.0, 296: 2, 274: 3}}),
        ((1145, 1686), "JPEG", {"exif": _told_by_a_scanner(98, 204, 2, lying=6)}),
        ((1686, 1145), "JPEG", {"exif": _told_by_a_scanner(204, 98, 2)}),
        ((1686, 1145), "JPEG", {"exif": _told_by_a_scanner(80.3, 38.6, 3)}),
    ],
)
def test_a_fax_lying_on_its_side_or_told_by_its_scanner_is_not_squashed(pixels, kind, how) -> None:
    content = makers.encoded(Image.new("L", pixels), kind, **how)
    ((width, height),) = page_sizes(pictures.to_pdf(content, kind, Limits())[0])
    assert width / height == UPRIGHT_FAX


def test_a_jpeg_without_a_unit_keeps_its_proportions() -> None:
    content = makers.encoded(Image.new("L", (620, 438)), "JPEG")
    at = content.index(b"JFIF\0") + 7
    squashed = content[:at] + b"\0\0\2\0\1" + content[at + 5 :]
    ((width, height),) = page_sizes(pictures.to_pdf(squashed, "JPEG", Limits())[0])
    assert width / height == UPRIGHT_FAX


@pytest.mark.parametrize(("pixels", "dpi"), [((620, 877), 75), ((595, 842), 72)])
def test_a_whole_sheet_at_an_honest_low_resolution_is_true_to_size(pixels, dpi) -> None:
    content = makers.encoded(Image.new("L", pixels), "PNG", dpi=(dpi, dpi))
    ((width, height),) = page_sizes(pictures.to_pdf(content, "PNG", Limits())[0])
    assert (width, height) == pytest.approx((595, 842), abs=2)


def behind_first_segment(content: bytes, rubbish: bytes) -> bytes:
    end = 4 + int.from_bytes(content[4:6], "big")
    return content[:end] + rubbish + content[end:]


@pytest.mark.parametrize(
    "rubbish",
    [b"\0\0\0\0", b"rubbish", b"\xff\xd0", b"\xff\xff", b"\xff\xed\0\x04CANARY"],
    ids=["zeros", "letters", "a marker of nothing", "fill bytes", "a length too short"],
)
def test_rubbish_between_the_parts_of_a_jpeg_costs_nothing(rubbish: bytes) -> None:
    content = behind_first_segment(makers.encoded(four_corners(), "JPEG", quality=95), rubbish)
    made, warnings = pictures.to_pdf(content, "JPEG", Limits())
    assert_alike(makers.picture(made), four_corners())
    assert warnings == []
    assert b"CANARY" not in made


@pytest.mark.parametrize("rubbish", [b"\0rubbish", b"\xff\xee\0\x08Adobe\0", b"\n", b"\xff\xff"])
def test_rubbish_before_the_first_part_of_a_jpeg_costs_nothing(rubbish: bytes) -> None:
    plain = makers.encoded(four_corners(), "JPEG", quality=95)
    content = plain[:2] + rubbish + plain[2:]
    made, warnings = pictures.to_pdf(content, "JPEG", Limits())
    assert_alike(makers.picture(made), four_corners())
    assert (warnings, kinds.recognise("photo.jpg", content).format) == ([], "JPEG")
    assert jpegs.mended(plain) == plain


def test_a_jpeg_without_its_end_is_shown() -> None:
    content = makers.encoded(four_corners(), "JPEG", quality=95)[:-2]
    assert_alike(makers.page_of(content, "JPEG"), four_corners())


def test_a_jpeg_packed_in_a_rare_way_is_packed_again_instead_of_kept() -> None:
    arithmetic = b"\xff\xd8\xff\xc9\x00\x03\x08" + b"\xff\xda\x00\x03\x01pixels" + END
    assert jpegs.bare(arithmetic) is None
    with pytest.raises(ValueError, match="PDF does not know"):
        jpegs.bare_jpeg(arithmetic)


def test_ink_without_the_mark_of_adobe_is_no_negative() -> None:
    content = makers.encoded(four_corners("CMYK"), "JPEG", quality=95)
    at = content.index(b"\xff\xee")
    end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    assert_alike(makers.page_of(content[:at] + content[end:], "JPEG"), four_corners(), 115)


def a_tiff(*pages: tuple[tuple[int, int], int]) -> bytes:
    """Pages of that size; each says what kind of picture it is (1: a reduced copy)."""
    written = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(written) as file:
        for size, kind in pages:
            Image.new("L", size, 90).save(file, "TIFF", tiffinfo={254: kind})
            file.newFrame()
    return written.getvalue()


def test_the_reduced_copy_of_a_page_is_no_page() -> None:
    whole, small = (400, 600), (100, 150)
    for pages, expected in (
        ([(whole, 0), (small, 1)], 1),
        ([(small, 1), (whole, 0), (small, 1), (whole, 0)], 2),
        ([(whole, 0), (whole, 4)], 1),  # a mask
        ([(whole, 1), (whole, 1)], 2),  # a scanner that calls every page a copy
        ([(whole, 0), ((300, 100), 1)], 2),
        ([(whole, 0), (small, 0)], 2),
    ):
        made, _warnings = pictures.to_pdf(a_tiff(*pages), "TIFF", Limits())
        assert len(page_sizes(made)) == expected, pages


def test_pixels_packed_in_an_unknown_way_are_no_black_page() -> None:
    content = bytearray(makers.deep_tiff([0, 255], 16))
    at = content.index(struct.pack("<HHII", 259, 4, 1, 1))
    content[at : at + 12] = struct.pack("<HHII", 259, 4, 1, 50_001)
    with pytest.raises(UnreadableFile, match="stored in a way that dpdesk cannot read"):
        pictures.to_pdf(bytes(content), "TIFF", Limits())


def _photograph(*, placed: bool) -> bytes:
    exif = Image.Exif()
    exif[0x0132] = "2026:03:04 10:15:00"
    if placed:
        place = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 30.0)}
        exif.get_ifd(0x8825).update(place)
    return makers.encoded(four_corners(), "JPEG", exif=exif)


def test_where_and_when_a_photograph_was_taken_stands_on_a_page_of_its_own() -> None:
    taken = intake.read("a.jpg", _photograph(placed=True), None, Limits())
    assert len(taken.pages) == 2
    text = " ".join(taken.pages[1].text().split())
    assert "51.50000° N, 0.12500° W" in text
    assert "Time: Wednesday 4 March 2026, 10:15" in text
    assert taken.warnings[-1].startswith("Hidden in this file: the place where a photograph")
    assert len(intake.read("a.jpg", _photograph(placed=False), None, Limits()).pages) == 1
