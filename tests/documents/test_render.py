"""Pages drawn for the eye: right size, right ink, quick to turn, and safe from bad files."""

from __future__ import annotations

import threading

import pikepdf
import pytest
from PIL import Image, ImageChops

from dpdesk.documents import pdf, render
from dpdesk.documents.bitmaps import Bitmap
from dpdesk.documents.render import PageRenderer
from dpdesk.errors import NotFound, UnreadableFile
from tests.documents import makers
from tests.documents.makers import text

PAGE = makers.written([text("Drawn", size=60)], size=(400, 800))


def seen(bitmap: Bitmap) -> Image.Image:
    size = (bitmap.width, bitmap.height)
    if bitmap.format == "gray":
        return Image.frombytes("L", size, bitmap.content, "raw", "L", bitmap.stride, 1)
    return Image.frombytes("RGB", size, bitmap.content, "raw", "BGRX", bitmap.stride, 1)


def test_a_page_is_drawn_in_the_size_that_was_asked_for(renderer: PageRenderer) -> None:
    renderer.open("page", PAGE)
    assert _size(renderer.render("page", 0, scale=1.5)) == (600, 1200)
    assert _size(renderer.render("page", 0, width=333)) == (333, 666)
    assert _size(renderer.render("page", 0, width=800, turn=90)) == (800, 400)


def _size(bitmap: Bitmap) -> tuple[int, int]:
    return bitmap.width, bitmap.height


@pytest.mark.parametrize("width", [613, 1001, 1366, 1920])
@pytest.mark.parametrize("page_width", [595.276, 612, 594.96, 841.89])
def test_fit_to_width_is_exact(renderer: PageRenderer, width: int, page_width: float) -> None:
    key = f"width {page_width}"
    renderer.open(key, makers.written([], size=(page_width, 100)))
    assert renderer.render(key, 0, width=width).width == width


def test_drawing_in_shared_memory_and_through_the_pipe_gives_the_same_ink(
    renderer: PageRenderer,
) -> None:
    renderer.open("page", PAGE)
    document = pdf.open_pdf(PAGE)
    here = pdf.draw(document, 0, 2.0)
    document.close()
    assert renderer.render("page", 0, scale=2.0) == here
    large = renderer.render("page", 0, scale=5.0)  # more than the shared memory holds
    assert len(large.content) == 2000 * 4000 * 4
    assert seen(large).resize((400, 800)).convert("L").getextrema()[0] < 50  # type: ignore[operator] # one band


def test_gray_is_one_byte_a_pixel(renderer: PageRenderer) -> None:
    renderer.open("page", PAGE)
    bitmap = renderer.render("page", 0, gray=True)
    assert (bitmap.format, len(bitmap.content)) == ("gray", bitmap.stride * 800)
    assert seen(bitmap).getextrema() == (0, 255)


def test_a_turn_shows_the_page_from_another_side(renderer: PageRenderer) -> None:
    renderer.open("page", PAGE)
    upright = seen(renderer.render("page", 0))
    turned = seen(renderer.render("page", 0, turn=180))
    differs = ImageChops.difference(turned.rotate(180), upright).convert("L")
    assert differs.point(lambda level: 255 if level > 40 else 0).getbbox() is None


def test_a_page_too_large_to_draw_is_drawn_smaller_and_says_so(renderer: PageRenderer) -> None:
    renderer.open("plan", makers.written([], size=(14_000, 14_000)))
    bitmap = renderer.render("plan", 0, scale=3.0, gray=True)
    assert bitmap.width * bitmap.height <= pdf.PIXEL_LIMIT
    assert bitmap.scale == pytest.approx(bitmap.width / 14_000, rel=0.001)


def test_form_fields_and_notes_are_drawn_as_seen(renderer: PageRenderer) -> None:
    made = makers.plain("")
    drawing = made.make_stream(b"0 0 100 20 re f")
    drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawing.BBox = pikepdf.Array([0, 0, 100, 20])
    for kind, y in ((pikepdf.Name.Stamp, 250), (pikepdf.Name.Widget, 50)):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=kind,
            FT=pikepdf.Name.Tx,
            T="field",
            Rect=pikepdf.Array([50, y, 150, y + 20]),
            AP=pikepdf.Dictionary(N=drawing),
            F=4,
        )
        known = made.pages[0].obj.get("/Annots", pikepdf.Array())
        known.append(made.make_indirect(note))
        made.pages[0].obj.Annots = known
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.pages[0].obj.Annots[1]]))
    renderer.open("notes", makers.saved(made))
    drawn = seen(renderer.render("notes", 0)).convert("L")
    assert drawn.getpixel((100, 40)) == 0
    assert drawn.getpixel((100, 240)) == 0


def test_documents_are_fetched_again_when_they_were_put_away() -> None:
    fetched: list[str] = []

    def source(key: str) -> bytes:
        fetched.append(key)
        return PAGE

    with PageRenderer(documents=2) as small:
        for key in "abc":
            small.open(key, lambda key=key: source(key))  # type: ignore[misc] # binds the key
        for key in "aabacba":
            small.render(key, 0, scale=0.2)
    assert fetched == ["a", "b", "c", "b", "a"]


def test_a_crash_while_drawing_costs_one_page_and_documents_come_back() -> None:
    with PageRenderer() as own:
        own.open("page", PAGE)
        own.render("page", 0, scale=0.2)
        with pytest.raises(UnreadableFile):
            own._worker.call("tests.walls.misbehaving:crash", {})
        assert _size(own.render("page", 0, scale=0.2)) == (80, 160)


def test_what_cannot_be_drawn_is_one_sentence(renderer: PageRenderer) -> None:
    with pytest.raises(NotFound):
        renderer.render("nobody opened this", 0)
    renderer.open("page", PAGE)
    with pytest.raises(UnreadableFile, match="Page 9 "):
        renderer.render("page", 8)
    renderer.open("broken", b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableFile):
        renderer.render("broken", 0)
    renderer.close("broken")
    with pytest.raises(NotFound):
        renderer.render("broken", 0)


@pytest.mark.parametrize(
    "described",
    [
        {},
        {"width": 10, "height": 10, "stride": 40, "format": "bgrx", "scale": 1.0},
        {"width": 10, "height": -1, "stride": 40, "format": "bgrx", "scale": 1.0},
        {"width": 100, "height": 1, "stride": 4, "format": "bgrx", "scale": 1.0},
        {"width": 1, "height": 1, "stride": 4, "format": "poem", "scale": 1.0},
    ],
    ids=range(5),
)
def test_a_bitmap_whose_measures_lie_is_refused(described: dict[str, object]) -> None:
    with pytest.raises(UnreadableFile):
        render._bitmap(described, bytes(4))


def test_threads_may_draw_at_the_same_time(renderer: PageRenderer) -> None:
    renderer.open("page", PAGE)
    drawn: list[tuple[int, int]] = []
    threads = [
        threading.Thread(target=lambda: drawn.append(_size(renderer.render("page", 0))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [(400, 800)] * 4


def test_pixels_of_a_page_need_not_squeeze_through_the_pipe() -> None:
    with PageRenderer() as own:
        own.start()
        own.open("page", PAGE)
        for _ in range(2):
            drawn = own.render("page", 0)
            room = own._room
            assert room, "this system has no memory to share"
            assert bytes((room.buf or b"")[: len(drawn.content)]) == drawn.content
            own._worker.close()  # the next one finds the room as well
