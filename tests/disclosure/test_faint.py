"""What nobody sees on a page cannot be made visible in the bundle by stretching its contrast."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from dpdesk.disclosure.check import check
from tests.builders import grain
from tests.disclosure.pdfs import evidence_of, plan_of
from tests.documents import makers

NAME = "Quibblethorpe"
SAID = "BT /F 11 Tf 40 250 Td (The pupil was seen by the nurse.) Tj ET\n"
PLACE = (100, 260, 380, 292)
"""Where letters of the hidden name stand on the drawing below, in pixels."""


def _page(shown: str, picture: Image.Image | None = None) -> bytes:
    """A page with a photograph, so that it is encoded in shades."""
    noise = grain((120, 80), 60).tobytes().hex()
    photo = f"q 120 0 0 60 260 20 cm BI /W 120 /H 80 /CS /G /BPC 8 /F /AHx ID {noise}> EI Q\n"
    if picture is not None:
        content = picture.tobytes().hex()
        shown += f"q 200 0 0 40 40 140 cm BI /W {picture.width} /H {picture.height} "
        shown += f"/CS /G /BPC 8 /F /AHx ID {content}> EI Q\n"
    return makers.saved(makers.plain(f"{SAID}{photo}{shown}"))


def _scanned(paper: int, ink: int) -> Image.Image:
    picture = Image.new("L", (400, 80), paper)
    ImageDraw.Draw(picture).text((20, 15), NAME, ink, font=makers.lato(40))
    return picture


def _white() -> bytes:
    return _page(f"0.97 g BT /F 24 Tf 40 150 Td ({NAME}) Tj ET 0 g\n")


def _black() -> bytes:
    return _page(f"30 140 250 40 re f 0.05 g BT /F 24 Tf 40 150 Td ({NAME}) Tj ET 0 g\n")


def _tinted() -> bytes:
    shown = f"0.53 g BT /F 24 Tf 40 150 Td ({NAME}) Tj ET 0 g\n"
    return _page(f"0.5 g 30 140 250 40 re f {shown}")


@pytest.mark.parametrize(
    "made",
    [
        _white, _black, _tinted,
        lambda: _page("", _scanned(255, 250)), lambda: _page("", _scanned(0, 10)),
    ],
    ids=["white on white", "black on black", "grey on grey", "a pale scan", "a covered scan"],
)  # fmt: skip
def test_what_nobody_sees_is_not_in_the_pixels_of_the_bundle(build, made):
    source = made()
    plan = plan_of({"a": source}, [])
    out, report = build(plan, files={"a": source})
    check(plan, report, out, evidence_of(plan, {"a": source}), workers=1)
    document = pdfium.PdfDocument(out.getvalue())
    drawn = document[len(document) - 1].render(scale=2).to_pil().convert("L")
    lightest, darkest = drawn.crop(PLACE).getextrema()[::-1]
    document.close()
    assert lightest - darkest <= 3
