"""PDFs of three pages, badly redacted on the second in as many ways as people do; all invented."""

# ruff: noqa: E501 -- a table of files is read line by line, one file to a line
from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders import grain

SECRET = "Quentin Muster"
SIZE = (595, 842)
LINE = "Witness: Quentin Muster, Year 5"
PLAIN = "Witness, Year 5"
AT = (120, 700, 84, 14)
"""Over the name on the second page: left, bottom, width, height."""
Draw = Callable[[Canvas], object]
Change = Callable[[pikepdf.Pdf], object]


def paged(draw: Draw | None = None, *, line: str = LINE, before: Draw | None = None) -> bytes:
    """Three pages; something may be drawn below and over the words of the second."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    for number in (1, 2, 3):
        if number == 2 and before is not None:
            canvas.saveState()
            before(canvas)
            canvas.restoreState()
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 766, f"Page {number} of the report of Friday")
        if number == 2:
            canvas.drawString(72, 703, line)
            if draw is not None:
                canvas.saveState()
                draw(canvas)
                canvas.restoreState()
        canvas.drawString(72, 600, "All of it was settled in the hall.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(change: Change, content: bytes | None = None, **how: Any) -> bytes:
    """Pages without the name, changed by hand."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or paged(line=PLAIN))) as opened:
        change(opened)
        with warnings.catch_warnings():
            # A field that no list of fields names is what some files are made for.
            warnings.simplefilter("ignore")
            opened.save(out, **how)
    return out.getvalue()


def over(change: Change) -> bytes:
    """Pages with the name, changed by hand."""
    return changed(change, paged())


# --- what covers words ---------------------------------------------------------------------


def rectangle(canvas: Any, colour: tuple[float, ...] = (0, 0, 0), alpha: float = 1.0) -> None:
    if len(colour) == 4:
        canvas.setFillColorCMYK(*colour)
    else:
        canvas.setFillColorRGB(*colour, alpha=alpha)
    canvas.rect(*AT, stroke=0, fill=1)


def polygon(canvas: Any) -> None:
    x, y, wide, high = AT
    path = canvas.beginPath()
    path.moveTo(x, y - 1)
    path.lineTo(x + wide, y)
    path.lineTo(x + wide - 2, y + high)
    path.lineTo(x + 1, y + high + 1)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def thick_line(canvas: Any) -> None:
    x, y, wide, high = AT
    canvas.setLineWidth(high)
    canvas.line(x, y + high / 2, x + wide, y + high / 2)


def dashes(canvas: Any) -> None:
    x, y, wide, _high = AT
    canvas.setLineWidth(1.2)
    for step in range(14):
        canvas.line(x, y + step, x + wide, y + step)


def scribble(canvas: Any) -> None:
    x, y, wide, high = AT
    canvas.setLineWidth(3)
    path = canvas.beginPath()
    path.moveTo(x, y)
    for step in range(60):
        path.lineTo(x + wide * step / 60, y + (high if step % 2 else 0))
    canvas.drawPath(path)


def round_bar(canvas: Any) -> None:
    canvas.roundRect(*AT, 5, stroke=0, fill=1)


def letter_by_letter(canvas: Any) -> None:
    x, y, wide, high = AT
    for step in range(14):
        canvas.rect(x + wide * step / 14, y, wide / 14 + 0.2, high, stroke=0, fill=1)


def blocks(canvas: Any) -> None:
    canvas.setFont("ZapfDingbats", 18)
    for step in range(7):
        canvas.drawString(AT[0] + step * 12.5, AT[1] - 1, "n")


def image_bar(canvas: Any, mode: str = "RGB", colour: Any = "black") -> None:
    canvas.drawImage(ImageReader(Image.new(mode, (40, 10), colour)), *AT)


def mosaic(canvas: Any) -> None:
    """A picture of the place, made coarse, laid over the words themselves."""
    made = Image.new("L", (84, 14), 255)
    pen = ImageDraw.Draw(made)
    for step in range(0, 84, 6):
        pen.rectangle((step, 2, step + 5, 12), fill=110 + (step * 37) % 80)
    coarse = made.resize((14, 3)).resize((168, 28), Image.Resampling.NEAREST).convert("RGB")
    canvas.drawImage(ImageReader(coarse), *AT)


def photograph_over(canvas: Any) -> None:
    shot = grain((200, 60), 80).convert("RGB")
    canvas.drawImage(ImageReader(shot), AT[0] - 60, AT[1] - 20, 220, 60)


def write(content: str | bytes) -> Change:
    """Adds commands to the second page."""

    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[1].contents_add(content.encode() if isinstance(content, str) else content)

    return change


_BAR = f"{AT[0]} {AT[1]} {AT[2]} {AT[3]} re f"


def inline_picture(opened: pikepdf.Pdf) -> None:
    x, y, wide, high = AT
    opened.pages[1].contents_add(
        b"q %d 0 0 %d %d %d cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q" % (wide, high, x, y)
    )


def stencil(opened: pikepdf.Pdf) -> None:
    mask = opened.make_stream(b"\x00" * 10)
    mask.Type, mask.Subtype, mask.ImageMask = Name.XObject, Name.Image, True
    mask.Width, mask.Height, mask.BitsPerComponent = 8, 10, 1
    page = opened.pages[1]
    page.Resources.XObject = Dictionary(M=mask)
    page.contents_add(b"q 0 g %d 0 0 %d %d %d cm /M Do Q" % (AT[2], AT[3], AT[0], AT[1]))


def form_bar(opened: pikepdf.Pdf, deep: int = 1) -> None:
    form = _form(opened, f"0 g {_BAR}".encode())
    for _ in range(deep - 1):
        outer = _form(opened, b"q /X Do Q")
        outer.Resources = Dictionary(XObject=Dictionary(X=form))
        form = outer
    page = opened.pages[1]
    page.Resources.XObject = Dictionary(X=form)
    page.contents_add(b"/X Do")


def _form(opened: pikepdf.Pdf, content: bytes) -> Any:
    form = opened.make_stream(content)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, *SIZE])
    return form


def pattern_bar(opened: pikepdf.Pdf) -> None:
    tile = opened.make_stream(b"0 g 0 0 4 4 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 4, 4]), 4, 4
    tile.Resources = Dictionary()
    page = opened.pages[1]
    page.Resources.Pattern = Dictionary(P=tile)
    page.contents_add(f"/Pattern cs /P scn {_BAR}".encode())


def shaded_bar(opened: pikepdf.Pdf) -> None:
    x, y, wide, high = AT
    shade = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([x, y, x + wide, y]),
        Extend=Array([True, True]),
        Function=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0]), C1=Array([0.1])),
    )  # fmt: skip
    page = opened.pages[1]
    page.Resources.Shading = Dictionary(S=opened.make_indirect(shade))
    page.contents_add(b"q %d %d %d %d re W n /S sh Q" % (x, y, wide, high))


def state_bar(**state: Any) -> Change:
    def change(opened: pikepdf.Pdf) -> None:
        page = opened.pages[1]
        page.Resources.ExtGState = Dictionary(G=Dictionary(**state))
        page.contents_add(f"/G gs 0 g {_BAR}".encode())

    return change


def note(kind: str, look: bytes | None = None, **more: Any) -> Change:
    """A note over the name; ``look`` is how it is drawn."""

    def change(opened: pikepdf.Pdf) -> None:
        x, y, wide, high = AT
        made = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), F=4, Rect=Array([x, y, x + wide, y + high])
        )
        for key, value in more.items():
            made[f"/{key}"] = value
        if look is not None:
            drawn = opened.make_stream(look)
            drawn.Type, drawn.Subtype = Name.XObject, Name.Form
            drawn.BBox = Array([0, 0, wide, high])
            made.AP = Dictionary(N=drawn)
        opened.pages[1].Annots = Array([opened.make_indirect(made)])

    return change


_DARK = b"0 g 0 0 84 14 re f"
_QUAD = Array(
    [AT[0], AT[1] + AT[3], AT[0] + AT[2], AT[1] + AT[3], AT[0], AT[1], AT[0] + AT[2], AT[1]]
)
_BLACK = Array([0, 0, 0])


def turned(opened: pikepdf.Pdf) -> None:
    write(f"0 g {_BAR}")(opened)
    opened.pages[1].Rotate = 90


def moved(opened: pikepdf.Pdf) -> None:
    write(f"0 g {_BAR}")(opened)
    opened.pages[1].CropBox = Array([60, 500, 500, 800])


def large_units(opened: pikepdf.Pdf) -> None:
    write(f"0 g {_BAR}")(opened)
    opened.pages[1].UserUnit = 2.0


def slanted(canvas: Any) -> None:
    canvas.translate(200, 400)
    canvas.rotate(40)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(0, 0, SECRET)
    canvas.rect(-2, -3, 90, 15, stroke=0, fill=1)


UNDER = ("under-bar", "unseen")
COVERED: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "rectangle": (lambda: paged(rectangle), UNDER),
    "rectangle, dark red": (lambda: paged(partial(rectangle, colour=(0.4, 0, 0))), UNDER),
    "rectangle, dark blue": (lambda: paged(partial(rectangle, colour=(0, 0, 0.5))), UNDER),
    "rectangle, black ink of print": (lambda: paged(partial(rectangle, colour=(0, 0, 0, 1))), UNDER),
    "rectangle, grey": (lambda: paged(partial(rectangle, colour=(0.45, 0.45, 0.45))), UNDER),
    "rectangle, white": (lambda: paged(partial(rectangle, colour=(1, 1, 1))), UNDER),
    "rectangle, yellow": (lambda: paged(partial(rectangle, colour=(1, 0.9, 0.2))), UNDER),
    "rectangle, shimmering": (lambda: paged(partial(rectangle, alpha=0.92)), UNDER),
    "polygon": (lambda: paged(polygon), UNDER),
    "thick line": (lambda: paged(thick_line), UNDER),
    "many lines": (lambda: paged(dashes), UNDER),
    "scribble": (lambda: paged(scribble), UNDER),
    "round bar": (lambda: paged(round_bar), UNDER),
    "letter by letter": (lambda: paged(letter_by_letter), UNDER),
    "black letters": (lambda: paged(blocks), UNDER),
    "picture": (lambda: paged(image_bar), UNDER),
    "picture, one bit": (lambda: paged(partial(image_bar, mode="1", colour=0)), UNDER),
    "picture, white": (lambda: paged(partial(image_bar, colour="white")), UNDER),
    "mosaic over words": (lambda: paged(mosaic), UNDER),
    "photograph": (lambda: paged(photograph_over), UNDER),
    "inline picture": (lambda: over(inline_picture), UNDER),
    "stencil": (lambda: over(stencil), UNDER),
    "drawing": (lambda: over(form_bar), UNDER),
    "drawing in drawings": (lambda: over(partial(form_bar, deep=4)), UNDER),
    "pattern": (lambda: over(pattern_bar), UNDER),
    "shading": (lambda: over(shaded_bar), UNDER),
    "multiplied": (lambda: over(state_bar(BM=Name.Multiply)), UNDER),
    "darkened": (lambda: over(state_bar(BM=Name.Darken, ca=0.95)), UNDER),
    "square note": (lambda: over(note("Square", _DARK, C=_BLACK, IC=_BLACK)), UNDER),
    "square note without look": (lambda: over(note("Square", C=_BLACK, IC=_BLACK)), UNDER),
    "line note": (
        lambda: over(note("Line", b"14 w 0 7 m 84 7 l S", L=Array([120, 707, 204, 707]), C=_BLACK)), UNDER,
    ),
    "ink note": (lambda: over(note("Ink", b"14 w 0 7 m 84 7 l S", InkList=Array([]))), UNDER),
    "highlight in black": (
        lambda: over(note("Highlight", _DARK, QuadPoints=_QUAD, C=_BLACK)), UNDER,
    ),
    "highlight without look": (lambda: over(note("Highlight", QuadPoints=_QUAD, C=_BLACK)), UNDER),
    "stamp": (lambda: over(note("Stamp", _DARK, Name=Name.Confidential)), UNDER),
    "typed note, black": (
        lambda: over(note("FreeText", _DARK, Contents="", DA="/Helv 10 Tf 0 g")), UNDER,
    ),
    "button": (
        lambda: over(note("Widget", _DARK, FT=Name.Btn, T="b", MK=Dictionary(BG=_BLACK))), UNDER,
    ),
    "marked": (lambda: over(note("Redact", QuadPoints=_QUAD)), ("mark-not-applied",)),
    "marked and drawn": (
        lambda: over(note("Redact", _DARK, QuadPoints=_QUAD, OverlayText="Redacted")),
        ("mark-not-applied",),
    ),
    "turned page": (lambda: over(turned), UNDER),
    "cropped page": (lambda: over(moved), UNDER),
    "large units": (lambda: over(large_units), UNDER),
    "slanted words": (lambda: paged(slanted, line=PLAIN), UNDER),
}  # fmt: skip
"""Words below something, by what: each file, and the kinds of which one must be told on page 2."""


# --- words that nobody sees ----------------------------------------------------------------


def words(before: str, size: float = 12, after: str = "", at: str = "1 0 0 1 300 500") -> Change:
    """Writes the name somewhere else on the second page, with commands around it."""
    return write(f"q {before} BT /F1 {size} Tf {at} Tm ({SECRET}) Tj ET {after} Q")


def with_state(state: Callable[[pikepdf.Pdf], Any]) -> Change:
    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[1].Resources.ExtGState = Dictionary(G=state(opened))
        words("/G gs")(opened)

    return change


def masked(opened: pikepdf.Pdf) -> Any:
    """A mask that lets nothing through."""
    form = _form(opened, b"0 g 0 0 595 842 re f")
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    return Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form))


def drawn_font(opened: pikepdf.Pdf, glyph: bytes = b"500 0 d0") -> None:
    """Letters that the file draws itself, and draws as nothing."""
    codes = sorted(set(SECRET.encode()))
    procs = Dictionary({f"/g{code}": opened.make_stream(glyph) for code in codes})
    differ = Array([item for code in codes for item in (code, Name(f"/g{code}"))])
    lines = "\n".join(f"<{code:02x}> <{code:04x}>" for code in codes)
    cmap = opened.make_stream(
        f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{lines}\n"
        f"endbfchar endcmap end end".encode()
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]), CharProcs=procs,
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), FirstChar=0, LastChar=255,
        Widths=Array([500] * 256), Encoding=Dictionary(Type=Name.Encoding, Differences=differ),
        ToUnicode=cmap, Resources=Dictionary(),
    )  # fmt: skip
    page = opened.pages[1]
    page.Resources.Font.T3 = opened.make_indirect(font)
    page.contents_add(f"BT /T3 12 Tf 1 0 0 1 300 500 Tm ({SECRET}) Tj ET".encode())


def drawn_font_under_bar(opened: pikepdf.Pdf) -> None:
    drawn_font(opened, b"500 0 d0 50 0 300 600 re f")
    opened.pages[1].contents_add(b"0 g 295 495 120 16 re f")


def layer(how: str) -> Change:
    def change(opened: pikepdf.Pdf) -> None:
        made = opened.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
        shown: dict[str, Any] = {"Order": Array([made])}
        if how == "off":
            shown["OFF"] = Array([made])
        elif how == "all off":
            shown["BaseState"] = Name.OFF
        elif how == "print":
            made.Usage = Dictionary(
                Print=Dictionary(PrintState=Name.OFF), View=Dictionary(ViewState=Name.OFF)
            )
            event = Dictionary(Event=Name.View, OCGs=Array([made]), Category=Array([Name.View]))
            shown["AS"] = Array([event])
        properties: Any = made
        if how == "policy":
            properties = opened.make_indirect(Dictionary(Type=Name.OCMD, OCGs=made, P=Name.AllOff))
        opened.Root.OCProperties = Dictionary(OCGs=Array([made]), D=Dictionary(**shown))
        opened.pages[1].Resources.Properties = Dictionary(L=properties)
        words("/OC /L BDC", after="EMC")(opened)

    return change


def panel(colour: str) -> Change:
    return words(f"{colour} rg 280 480 200 50 re f {colour} rg")


UNSEEN: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "white": (lambda: changed(words("1 g")), ("unseen",)),
    "nearly white": (lambda: changed(words("0.985 g")), ("unseen",)),
    "no ink": (lambda: changed(words("3 Tr")), ("unseen",)),
    "a frame": (lambda: changed(words("7 Tr")), ("unseen",)),
    "tiny letters": (lambda: changed(words("", 0.3)), ("unseen",)),
    "tiny scale": (lambda: changed(words("", 12, at="0.02 0 0 0.02 300 500")), ("unseen",)),
    "no width": (lambda: changed(words("0.5 Tz")), ("unseen",)),
    "cut off": (lambda: changed(words("10 10 1 1 re W n")), ("unseen",)),
    "see-through": (lambda: changed(with_state(lambda _o: Dictionary(ca=0, CA=0))), ("unseen",)),
    "masked": (lambda: changed(with_state(masked)), ("unseen",)),
    "yellow on yellow": (lambda: changed(panel("1 0.9 0")), ("unseen",)),
    "black on black": (lambda: changed(panel("0 0 0")), UNDER),
    "red on red": (lambda: changed(panel("0.8 0 0")), UNDER),
    "left of the page": (lambda: changed(words("", at="1 0 0 1 -400 500")), ("cropped",)),
    "above the page": (lambda: changed(words("", at="1 0 0 1 300 1200")), ("cropped",)),
    "letters of nothing": (lambda: changed(drawn_font), ("unseen",)),
    "drawn letters under a bar": (lambda: changed(drawn_font_under_bar), UNDER),
    "layer off": (lambda: changed(layer("off")), ("hidden-layer", "unseen")),
    "all layers off": (lambda: changed(layer("all off")), ("hidden-layer", "unseen")),
    "layer off to look at": (lambda: changed(layer("print")), ("hidden-layer", "unseen")),
}
"""Words on page 2 that nobody sees."""
