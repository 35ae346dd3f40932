"""Grey of more than eight bits, as cameras, scanners and instruments write it."""

from __future__ import annotations

import pytest

from tests.documents import makers


@pytest.mark.parametrize(
    ("numbers", "bits", "how"),
    [
        ([0, 32768, 65535], 16, {}),
        ([0, 2048, 4095], 16, {}),
        ([0, 512, 1023], 16, {}),
        ([0, 128, 255], 16, {}),
        ([65535, 32768, 0], 16, {"meaning": 0}),
        ([0.0, 0.5, 1.0], 32, {"form": 3}),
        ([1.0, 0.5, 0.0], 32, {"form": 3, "meaning": 0}),
        ([0.0, 127.0, 255.0], 32, {"form": 3}),
        ([-5.0, 0.0, 5.0], 32, {"form": 3}),
    ],
)
def test_gray_of_many_bits_is_neither_black_nor_a_negative(numbers, bits, how) -> None:
    shown = makers.page_of(makers.deep_tiff(numbers, bits, **how), "TIFF").convert("L")
    seen = [shown.getpixel((shown.width * part // 6, shown.height // 2)) for part in (1, 3, 5)]
    assert seen == pytest.approx([0, 128, 255], abs=4)


@pytest.mark.parametrize("gap", [float("nan"), float("inf"), -float("inf"), -9999.0, -3.4e38])
@pytest.mark.parametrize("meaning", [0, 1])
@pytest.mark.parametrize("most", [1.0, 255.0])
def test_a_number_that_stands_for_nothing_is_white_and_dims_nothing(gap, meaning, most) -> None:
    shades = [0.0, most / 2, most] if meaning else [most, most / 2, 0.0]
    content = makers.deep_tiff([gap, *shades], 32, form=3, meaning=meaning)
    shown = makers.page_of(content, "TIFF").convert("L")
    seen = [shown.getpixel((shown.width * part // 8, shown.height // 2)) for part in (1, 3, 5, 7)]
    assert seen == pytest.approx([255, 0, 128, 255], abs=4)
