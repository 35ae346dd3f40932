"""A picture of the window under Windows is told from that of another page, not of wider letters."""

from __future__ import annotations

from pathlib import Path

from machine import TOP
from PIL import Image
from windows import pictures

SHOTS = TOP / "packaging" / "screenshots"


def shot(name: str, target: Path, *, lower: int = 0) -> Path:
    """A picture of a page as large as a screen; all below its head may stand lower."""
    with Image.open(SHOTS / f"{name}.png") as drawn:
        page = drawn.convert("RGB").resize((1366, 768))
    if lower:
        page.paste(page.crop((0, 200, 1366, 768 - lower)), (0, 200 + lower))
    page.save(target)
    return target


def test_a_page_is_the_same_where_a_text_takes_one_line_more(tmp_path):
    page = shot("request", tmp_path / "request.png")
    lower = shot("request", tmp_path / "lower.png", lower=17)
    assert not pictures.unlike(page, page)
    assert not pictures.unlike(lower, page)


def test_another_page_and_an_empty_one_are_told(tmp_path):
    names = ("request", "requests", "breach-report", "bundle")
    pages = {name: shot(name, tmp_path / f"{name}.png") for name in names}
    for one in names:
        for other in names:
            assert bool(pictures.unlike(pages[one], pages[other])) == (one != other)
    Image.new("RGB", (1366, 768), "white").save(tmp_path / "empty.png")
    assert "empty" in pictures.unlike(tmp_path / "empty.png", pages["request"])
