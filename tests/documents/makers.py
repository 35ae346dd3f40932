"""Makes documents for the tests: PDFs word by word, pictures, a form, a locked file."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from dpdesk.documents import pdf, pictures
from dpdesk.documents.pages import Box
from dpdesk.walls.workers import Limits

Drawer = Callable[[Any], None]

# A photograph of 64 × 48 pixels, its left half blue and its right half red, as telephones store it.
HEIC = base64.b64decode(
    """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA
AAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAHEAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAA
AA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNw
AAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFz
wIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAA
Av////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAHltZGF0AAAAbSgBrwngOSMkv//8
Eq/e/2QO//4rmcE4/cw///4qbrf+6wXUV2VhWyBv6lTxeL5SqdaxKkdyIbLV+IlkDVv6jxuISpfOYu4pdoI2JSdB9o1xMk4x
jV6Xq42tUwV22zmAd3qM1/NUlN/4RXdfGzA=
"""
)


@cache
def font(name: str) -> str:
    """Registers a font of the packages (Lato-Bold, NotoSans) and returns its name."""
    package, file = (
        ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf")
        if name == "NotoSans"
        else ("fontpkg_lato", f"{name}.ttf")
    )
    content = resources.files(package).joinpath("files", file).read_bytes()
    pdfmetrics.registerFont(TTFont(f"Test{name}", io.BytesIO(content)))
    return f"Test{name}"


@cache
def lato(size: int) -> ImageFont.FreeTypeFont:
    """A typeface to draw scans with."""
    content = resources.files("fontpkg_lato").joinpath("files", "Lato-Regular.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(content), size)


def written(
    drawers: Iterable[Drawer], size: tuple[float, float] = (595, 842), pages: int = 1
) -> bytes:
    """A PDF whose pages were drawn on by each of ``drawers``."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, invariant=1)
    drawn = list(drawers)
    for _ in range(pages):
        for drawer in drawn:
            drawer(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def text(
    words: str,
    x: float = 50,
    y: float = 700,
    *,
    face: str = "Helvetica",
    size: float = 12,
    **how: float,
) -> Drawer:
    """Draws words in one go; ``spacing``, ``scale``, ``mode``, ``stroke`` as PDF knows them."""

    def draw(canvas: Any) -> None:
        writer = canvas.beginText(x, y)
        writer.setFont(face, size)
        if "spacing" in how:
            writer.setCharSpace(how["spacing"])
        if "scale" in how:
            writer.setHorizScale(how["scale"])
        if "mode" in how:
            writer.setTextRenderMode(int(how["mode"]))
        if "gray" in how:
            writer.setFillGray(how["gray"])
        writer.textOut(words)
        canvas.saveState()
        canvas.setLineWidth(how.get("stroke", 1))
        canvas.drawText(writer)
        canvas.restoreState()

    return draw


def turned(drawer: Drawer, angle: float, x: float = 200, y: float = 400) -> Drawer:
    """The same, turned around a point."""

    def draw(canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(angle)
        drawer(canvas)
        canvas.restoreState()

    return draw


def plain(content: bytes | str, size: tuple[float, float] = (400, 300)) -> pikepdf.Pdf:
    """A PDF of one page with this content stream and Helvetica as /F."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=size)
    face = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=made.make_indirect(face)))
    page.obj.Contents = made.make_stream(content.encode() if isinstance(content, str) else content)
    return made


def saved(made: pikepdf.Pdf, **how: Any) -> bytes:
    """The bytes of a PDF in hand."""
    file = io.BytesIO()
    made.save(file, **how)
    return file.getvalue()


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF with something changed."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        change(opened)
        return saved(opened)


def locked(content: bytes, user: str, owner: str = "owner") -> bytes:
    """The PDF behind a password."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return saved(opened, encryption=pikepdf.Encryption(user=user, owner=owner))


def picture(content: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    """The page of a PDF as a picture."""
    document = pdf.open_pdf(content)
    try:
        bitmap = pdf.draw(document, page, scale)
    finally:
        document.close()
    size = (bitmap.width, bitmap.height)
    return Image.frombytes("RGB", size, bitmap.content, "raw", "BGRX", bitmap.stride, 1)


def ink_of(content: bytes, scale: float = 8.0) -> Box | None:
    """Where the first page of a PDF is not white, in points as seen."""
    drawn = picture(content, scale=scale).convert("L")
    white = Image.new("L", drawn.size, 255)
    differs = ImageChops.difference(drawn, white).point(lambda level: 255 if level > 24 else 0)
    found = differs.getbbox()
    return None if found is None else Box(*(side / scale for side in found))


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture as a file of this kind."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def page_of(content: bytes, kind: str, page: int = 0, **limits: Any) -> Image.Image:
    """How a page made of a picture looks."""
    made, _warnings = pictures.to_pdf(content, kind, Limits(**limits))
    return picture(made, page)


def deep_tiff(numbers: list[Any], bits: int, *, form: int = 1, meaning: int = 1) -> bytes:
    """Gray squares in a row, as TIFF of that many bits; ``form`` 3 for fractions."""
    code = {(16, 1): "<H", (32, 1): "<I", (32, 3): "<f"}[bits, form]
    pixels = b"".join(struct.pack(code, number) * 8 for number in numbers) * 8
    wide = 8 * len(numbers)
    tags = {256: wide, 257: 8, 258: bits, 259: 1, 262: meaning, 273: 0, 277: 1, 278: 8}
    tags |= {279: len(pixels), 339: form}
    tags[273] = 8 + 2 + 12 * len(tags) + 4
    said = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + said + bytes(4) + pixels
