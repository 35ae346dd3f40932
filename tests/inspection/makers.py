"""Files as people redact them elsewhere, and clean ones. All people are invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders import grain
from tests.documents.makers import lato

LINES = ("Report of Friday", "Witness: Harry Beispiel, Year 5", "The end.")
SIZE = (595, 842)
BAR = (118, 738, 90, 16)
"""Over the words "Harry Beispiel" of the second line: left, bottom, width, height."""


def letter(draw: Callable[[Any], object] | None = None, lines: tuple[str, ...] = LINES) -> bytes:
    """A page of text, with something drawn on it; 24 points between the lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    canvas.setFont("Helvetica", 12)
    for place, line in enumerate(lines):
        canvas.drawString(72, 766 - 24 * place, line)
    if draw is not None:
        draw(canvas)
    canvas.save()
    return out.getvalue()


def bar(canvas: Any, *, colour: tuple[float, float, float] = (0, 0, 0), alpha: float = 1) -> None:
    canvas.setFillColorRGB(*colour, alpha=alpha)
    canvas.rect(*BAR, stroke=0, fill=1)


def picture_bar(canvas: Any) -> None:
    black = Image.new("RGB", (40, 10), "black")
    canvas.drawImage(ImageReader(black), *BAR)


def changed(content: bytes, change: Callable[[pikepdf.Pdf], object], **how: Any) -> bytes:
    """The same with something changed in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        change(opened)
        opened.save(out, **how)
    return out.getvalue()


def note(kind: str, **more: Any) -> Callable[[pikepdf.Pdf], None]:
    """Adds a note to the first page, over the words of the second line."""

    def change(opened: pikepdf.Pdf) -> None:
        x, y, wide, high = BAR
        made = Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{kind}"),
            Rect=Array([x, y, x + wide, y + high]),
            **more,
        )
        opened.pages[0].Annots = opened.make_indirect(Array([opened.make_indirect(made)]))

    return change


def black_square(opened: pikepdf.Pdf) -> None:
    """A black rectangle that a PDF reader draws as a note."""
    _x, _y, wide, high = BAR
    look = opened.make_stream(f"0 g 0 0 {wide} {high} re f".encode())
    look.Type, look.Subtype = Name.XObject, Name.Form
    look.BBox = Array([0, 0, wide, high])
    note("Square", AP=Dictionary(N=look), C=Array([0, 0, 0]), IC=Array([0, 0, 0]))(opened)


def later(first: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A change that is added at the end, as many programs save: all that was before is still there.

    The page gets another content stream in a section of its own.
    """
    with pikepdf.open(io.BytesIO(first)) as opened:
        page = opened.pages[0]
        number = page.Contents.objgen[0]
        change(opened)
        content = page.Contents.read_bytes()
        root, size = opened.Root.objgen[0], int(opened.trailer.Size)
    start = len(first) + 1
    written = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number, len(content), content,
    )  # fmt: skip
    at = start + len(written)
    before = int(first.rpartition(b"startxref")[2].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number, start, size, root, before,
    )  # fmt: skip
    return first + b"\n" + written + table + b"startxref\n%d\n%%%%EOF\n" % at


def without_name(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0]
    words = page.Contents.read_bytes().replace(b"Harry Beispiel", b"")
    page.Contents = opened.make_stream(words)


def sheet(*, blackened: bool = False) -> Image.Image:
    """A scan of such a letter."""
    made = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(made)
    for place, line in enumerate(LINES):
        pen.text((150, 150 + 70 * place), line, 15, font=lato(40))
    if blackened:
        # Over "Harry Beispiel".
        pen.rectangle((300, 215, 600, 275), fill=0)
    return made


def scan(
    draw: Callable[[Any], object] | None = None, *, blackened: bool = False, layer: bool = False
) -> bytes:
    """A page that is a picture, perhaps with a layer of text over it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    canvas.drawImage(ImageReader(sheet(blackened=blackened).convert("RGB")), 0, 0, *SIZE)
    if layer:
        scale = SIZE[0] / 1240
        font = lato(40)
        for place, line in enumerate(LINES):
            x = 150.0
            for word in line.split():
                wide = font.getlength(word)
                text = canvas.beginText(x * scale, SIZE[1] - (150 + 70 * place + 40) * scale)
                text.setTextRenderMode(3)
                text.setFont("Helvetica", 40 * scale)
                text.setHorizScale(
                    100 * wide * scale / canvas.stringWidth(word, "Helvetica", 40 * scale)
                )
                text.textOut(word)
                canvas.drawText(text)
                x += wide + font.getlength(" ")
    if draw is not None:
        draw(canvas)
    canvas.save()
    return out.getvalue()


def bar_on_scan(canvas: Any) -> None:
    scale = SIZE[0] / 1240
    canvas.setFillColorRGB(0, 0, 0)
    canvas.rect(300 * scale, SIZE[1] - 275 * scale, 300 * scale, 60 * scale, stroke=0, fill=1)


def hidden_layer(opened: pikepdf.Pdf) -> None:
    """Puts everything on the page into a layer that is switched off."""
    layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    opened.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    page = opened.pages[0]
    page.Resources.Properties = Dictionary(L=layer)
    page.contents_add(b"/OC /L BDC", prepend=True)
    page.contents_add(b"EMC")


def form_field(opened: pikepdf.Pdf) -> None:
    """An answer in a field that the page does not show."""
    note("Widget", FT=Name.Tx, T="name", V="Harry Beispiel", F=2, DA="/Helv 0 Tf 0 g")(opened)
    opened.Root.AcroForm = Dictionary(Fields=Array([opened.pages[0].Annots[0]]))


def outline(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as made:
        made.root.append(pikepdf.OutlineItem("Interview with Harry Beispiel", 0))


def thumbnail(opened: pikepdf.Pdf) -> None:
    small = opened.make_stream(bytes(12))
    small.Width, small.Height, small.BitsPerComponent = 2, 2, 8
    small.ColorSpace = Name.DeviceRGB
    opened.pages[0].Thumb = small


def described(opened: pikepdf.Pdf) -> None:
    figure = opened.make_indirect(Dictionary(S=Name.Figure, Alt="Photograph of Harry Beispiel"))
    opened.Root.StructTreeRoot = opened.make_indirect(Dictionary(K=Array([figure])))


def cropped(opened: pikepdf.Pdf) -> None:
    """Only the first line is left to see."""
    opened.pages[0].CropBox = Array([0, 756, 595, 842])


def orphan(content: bytes) -> bytes:
    """A page was taken out, and what it showed is still in the file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        gone = opened.make_stream(b"BT /F1 12 Tf 72 700 Td (Harry Beispiel, Year 5) Tj ET")
        opened.trailer.Keep = gone
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"/Keep \d+ 0 R", lambda found: b" " * len(found[0]), out.getvalue())


def word(body: str, *, parts: dict[str, str | bytes] | None = None) -> bytes:
    """A Word document with these paragraphs."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {spaces}><w:body>{body}</w:body></w:document>',
        )
        for name, content in (parts or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


def run(text: str, looks: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def drawing(opened: pikepdf.Pdf, kind: str = "Form") -> Any:
    """A drawing, or a pattern, that writes the name with the letters of the first page."""
    made = opened.make_stream(b"BT /F1 12 Tf 0 2 Td (Harry Beispiel) Tj ET")
    made.BBox, made.Resources = Array([0, 0, 90, 16]), opened.pages[0].Resources
    if kind == "Form":
        made.Type, made.Subtype = Name.XObject, Name.Form
    else:
        made.Type, made.PatternType, made.PaintType, made.TilingType = Name.Pattern, 1, 1, 1
        made.XStep, made.YStep = 90, 16
    return made


def painted_over(opened: pikepdf.Pdf) -> None:
    """A pattern of words, and a bar over it: no search reaches either."""
    page = opened.pages[0]
    page.Resources.Pattern = Dictionary(P=drawing(opened, "Pattern"))
    page.contents_add(b"/Pattern cs /P scn 118 600 90 16 re f 0 g 110 590 120 30 re f")


def kept_drawing(opened: pikepdf.Pdf) -> None:
    """A drawing that the page knows and does not show."""
    opened.pages[0].Resources.XObject = Dictionary(Fx=drawing(opened))


def shown_drawing(opened: pikepdf.Pdf) -> None:
    kept_drawing(opened)
    opened.pages[0].contents_add(b"1 0 0 1 120 600 cm /Fx Do")


def form_of_adobe(opened: pikepdf.Pdf) -> None:
    """A form whose answers lie beside its pages."""
    told = b"<x:xdp xmlns:x='x'><x:data><name>Harry Beispiel</name></x:data></x:xdp>"
    opened.Root.AcroForm = Dictionary(Fields=Array([]), XFA=opened.make_stream(told))


def first_answer(opened: pikepdf.Pdf) -> None:
    note("Widget", FT=Name.Tx, T="name", DV="Harry Beispiel", DA="/Helv 0 Tf 0 g")(opened)
    opened.Root.AcroForm = Dictionary(Fields=Array([opened.pages[0].Annots[0]]))


def answer_of_no_page(opened: pikepdf.Pdf) -> None:
    field = opened.make_indirect(Dictionary(FT=Name.Tx, T="name", V="Harry Beispiel"))
    opened.Root.AcroForm = Dictionary(Fields=Array([field]))


def script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = Dictionary(
        S=Name.JavaScript, JS="app.alert('Ask for Harry Beispiel'); AFNumber_Format(2, 'en GB');"
    )


def of_a_program(opened: pikepdf.Pdf) -> None:
    """What the program that drew the page keeps for itself."""
    kept = Dictionary(LastModified="D:2026", Private=Dictionary(Text="Harry Beispiel"))
    opened.pages[0].PieceInfo = Dictionary(Draws=kept)


def associated(opened: pikepdf.Pdf) -> None:
    """A file that belongs to the document, and stands in no list of attached files."""
    inside = opened.make_stream(b"all of it")
    inside.Type = Name.EmbeddedFile
    file = Dictionary(Type=Name.Filespec, F="Beispiel.txt", EF=Dictionary(F=inside))
    opened.Root.AF = Array([opened.make_indirect(file)])


DETAILS = b"""<x:xmpmeta xmlns:x='adobe:ns:meta/'
 xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:RDF><rdf:Description rdf:about=''
 xmlns:p='http://ns.adobe.com/pdfx/1.3/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
 <dc:format>application/pdf</dc:format>%s</rdf:Description></rdf:RDF></x:xmpmeta>"""


def own_detail(opened: pikepdf.Pdf) -> None:
    opened.Root.Metadata = opened.make_stream(DETAILS % b"<p:Case>Harry Beispiel</p:Case>")
    opened.Root.Metadata.Type, opened.Root.Metadata.Subtype = Name.Metadata, Name.XML


def picture(opened: pikepdf.Pdf) -> Any:
    """A small grey picture, shown on the page."""
    made = opened.make_stream(bytes([200]) * 100)
    made.Type, made.Subtype, made.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    made.Width, made.Height, made.BitsPerComponent = 10, 10, 8
    opened.pages[0].Resources.XObject = Dictionary(I=made)
    opened.pages[0].contents_add(b"q 100 0 0 100 100 100 cm /I Do Q")
    return made


def detail_of_picture(opened: pikepdf.Pdf) -> None:
    shown = picture(opened)
    shown.Metadata = opened.make_stream(DETAILS % b"<dc:creator>Harry Beispiel</dc:creator>")
    shown.Metadata.Type = Name.Metadata


def other_version(opened: pikepdf.Pdf) -> None:
    shown = picture(opened)
    shown.Alternates = Array([Dictionary(Image=opened.make_stream(bytes(100)))])


def shown_by_layers(opened: pikepdf.Pdf) -> None:
    """Shown where a layer is off: in this reader, and not in that."""
    hidden_layer(opened)
    layer = opened.Root.OCProperties.OCGs[0]
    opened.Root.OCProperties.D = Dictionary(Order=Array([layer]))
    way = Dictionary(Type=Name.OCMD, OCGs=layer, P=Name.AllOff)
    opened.pages[0].Resources.Properties = Dictionary(L=opened.make_indirect(way))


def place(opened: pikepdf.Pdf) -> None:
    there = Array([opened.pages[0].obj, Name.Fit])
    names = ["Harry Beispiel", there, "section.1", there, "_Toc123", there]
    opened.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))


def cut_picture(canvas: Any) -> None:
    """A scan of which a frame shows the upper edge only."""
    path = canvas.beginPath()
    path.rect(0, 780, 595, 62)
    canvas.clipPath(path, stroke=0)
    canvas.drawImage(ImageReader(sheet().convert("RGB")), 0, 0, *SIZE)


def hidden_words(mode: int) -> Callable[[Any], None]:
    """Words without ink, over nothing: 3 for none at all, 7 for a frame made of them."""

    def draw(canvas: Any) -> None:
        canvas.saveState()
        text = canvas.beginText(120, 600)
        text.setTextRenderMode(mode)
        text.textOut("Harry Beispiel")
        canvas.drawText(text)
        canvas.restoreState()

    return draw


def deleted_note(content: bytes) -> bytes:
    """A note that was deleted, and is still in the file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        gone = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents="Harry Beispiel said")
        opened.trailer.Keep = opened.make_indirect(gone)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"/Keep \d+ 0 R", lambda found: b" " * len(found[0]), out.getvalue())


_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def styled(looks: str, *, kind: str = "character", based: bool = False) -> bytes:
    """A Word document whose words look so by a style, or by the one that it is based on."""
    style = f'<w:style w:type="{kind}" w:styleId="A"><w:rPr>{looks}</w:rPr></w:style>'
    other = f'<w:style w:type="{kind}" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    name = "B" if based else "A"
    text = "<w:t>Harry Beispiel</w:t>"
    if kind == "character":
        body = f'<w:p><w:r><w:rPr><w:rStyle w:val="{name}"/></w:rPr>{text}</w:r></w:p>'
    else:
        body = f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r>{text}</w:r></w:p>'
    styles = f"<w:styles {_SPACE}>{style}{other}</w:styles>"
    return word(body, parts={"word/styles.xml": styles})


def word_part(name: str, root: str, inside: str) -> bytes:
    """A Word document with one more part."""
    return word(run("Report"), parts={name: f"<w:{root} {_SPACE}>{inside}</w:{root}>"})


def in_cell(cell: str, row: str, looks: str) -> bytes:
    """A Word document with the name in a table."""
    words = run("Harry Beispiel", looks)
    return word(
        f"<w:tbl><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{words}</w:tc></w:tr>"
        "</w:tbl>"
    )


def dark_picture(shade: int = 0) -> bytes:
    """A Word document with a picture of one colour laid over its words."""
    out = io.BytesIO()
    Image.new("L", (60, 20), shade).save(out, "PNG")
    anchor = (
        '<w:p><w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
        '2006/wordprocessingDrawing"><a:blip xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships" r:embed="r1"/></wp:anchor></w:drawing></w:r></w:p>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="media/a.png"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": links, "word/media/a.png": out.getvalue(),
        "_rels/.rels": links.replace("media/a.png", "word/document.xml"),
    }  # fmt: skip
    return word(run("Report") + anchor, parts=parts)


def photograph(kind: str = "JPEG", *, mode: str = "RGB", **how: Any) -> bytes:
    """A small picture that shows something."""
    made = grain((40, 40), 60).convert(mode)
    out = io.BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def see_through() -> bytes:
    """A part was rubbed out, and is still there below."""
    made = grain((40, 40), 60).convert("RGBA")
    made.putalpha(_rubbed_out())
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def _rubbed_out() -> Image.Image:
    mask = Image.new("L", (40, 40), 255)
    ImageDraw.Draw(mask).rectangle((5, 5, 30, 15), fill=0)
    return mask
