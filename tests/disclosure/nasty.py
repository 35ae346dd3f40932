"""PDF files that carry a secret in every place that a PDF has for one.

Each file shows the secret on its page, where it is marked, and hides it once more elsewhere.
The names of the functions say where.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders import grain
from tests.disclosure.pdfs import drawn

SECRET = "Quibblethorpe"
BEFORE, AFTER = "seen", "today"


def shown(canvas: Canvas, y: float = 700, size: float = 14) -> None:
    """The secret between two words that stay."""
    canvas.setFont("Helvetica", size)
    canvas.drawString(72, y, f"{BEFORE} {SECRET} {AFTER}")


def changed(change: Callable[[Pdf], None], content: bytes | None = None) -> bytes:
    """A PDF that shows the secret, with something more done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or drawn(shown))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def metadata() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = SECRET
        pdf.docinfo["/Keywords"] = SECRET
        with pdf.open_metadata() as meta:
            meta["dc:description"] = SECRET

    return changed(change)


def page_metadata_and_private_notes() -> bytes:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Metadata = pdf.make_stream(f"<x>{SECRET}</x>".encode(), Type=Name.Metadata)
        page.PieceInfo = Dictionary(Tool=Dictionary(Private=String(SECRET)))

    return changed(change)


def note(**entries: Any) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=[300, 300, 330, 330], **entries)
        pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(annotation)]))

    return change


def annotation_contents() -> bytes:
    return changed(note(Subtype=Name.Text, Contents=SECRET, T=SECRET, Open=True))


def link_target() -> bytes:
    action = Dictionary(S=Name.URI, URI=String(f"https://example.org/{SECRET}"))
    return changed(note(Subtype=Name.Link, A=action))


def file_attachment_note() -> bytes:
    def change(pdf: Pdf) -> None:
        attached = pdf.make_stream(SECRET.encode(), Type=Name.EmbeddedFile)
        spec = Dictionary(Type=Name.Filespec, F=String(SECRET), EF=Dictionary(F=attached))
        note(Subtype=Name.FileAttachment, FS=pdf.make_indirect(spec))(pdf)

    return changed(change)


def attachment() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.attachments[f"{SECRET}.txt"] = SECRET.encode()

    return changed(change)


def form_value() -> bytes:
    def page(canvas: Canvas) -> None:
        shown(canvas)
        canvas.acroForm.textfield(name=SECRET, value=SECRET, x=72, y=600, width=200, height=20)

    return drawn(page)


def hidden_layer() -> bytes:
    def change(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET)))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(Order=Array([layer]), OFF=Array([layer]))
        )
        pdf.pages[0].Resources.Properties = Dictionary(Layer=layer)
        text = f"/OC /Layer BDC BT /F1 14 Tf 72 500 Td ({SECRET}) Tj ET EMC"
        pdf.pages[0].contents_add(text.encode())

    return changed(change)


def script() -> bytes:
    def change(pdf: Pdf) -> None:
        code = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
        pdf.Root.OpenAction = code
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String(SECRET), code])))
        pdf.pages[0].AA = Dictionary(O=code)

    return changed(change)


def bookmark() -> bytes:
    def change(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(SECRET, 0))

    return changed(change)


def named_destination() -> bytes:
    def change(pdf: Pdf) -> None:
        goal = Array([pdf.pages[0].obj, Name.Fit])
        pdf.Root.Dests = Dictionary({f"/{SECRET}": goal})
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(SECRET))]))

    return changed(change)


def thumbnail() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Thumb = pdf.make_stream(
            SECRET.encode().ljust(64), Width=8, Height=8, ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )  # fmt: skip

    return changed(change)


def earlier_revision() -> bytes:
    """A revision added behind the end; the first one can still be read from the bytes."""
    first = drawn(lambda canvas: shown(canvas, size=20))
    old = first.rindex(b"startxref")
    place = int(first[old:].split()[1])
    added = b"\n%" + SECRET.encode() + b"\n"
    return first + added + b"startxref\n%d\n%%%%EOF\n" % place


def spoken_text() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(
            f"/Span <</ActualText ({SECRET}) /Alt ({SECRET})>> BDC "
            "BT /F1 14 Tf 72 500 Td (abc) Tj ET EMC".encode()
        )

    return changed(change)


def camera_notes() -> bytes:
    def page(canvas: Canvas) -> None:
        shown(canvas)
        photo = grain((200, 150), 80).convert("RGB")
        notes = Image.Exif()
        notes[0x010E] = SECRET
        out = io.BytesIO()
        photo.save(out, "JPEG", exif=notes, comment=SECRET.encode())
        out.seek(0)
        canvas.drawImage(ImageReader(out), 72, 300, 200, 150)

    return drawn(page)


def font_name() -> bytes:
    def change(pdf: Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.Name = Name(f"/{SECRET}")
        pdf.pages[0].Resources.Font[f"/{SECRET}"] = next(iter(pdf.pages[0].Resources.Font.values()))

    return changed(change)


def letter_by_letter() -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        x = 72.0
        for word in (BEFORE, SECRET, AFTER):
            for sign in word:
                canvas.drawString(x, 700, sign)
                x += canvas.stringWidth(sign, "Helvetica", 14)
            x += 4

    return drawn(page)


def drawn_twice() -> bytes:
    """Made bold by drawing it again a little aside."""

    def page(canvas: Canvas) -> None:
        shown(canvas)
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72.4, 700, f"{BEFORE} {SECRET} {AFTER}")

    return drawn(page)


def with_a_shadow() -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.setFillGray(0.6)
        canvas.setFont("Helvetica", 14)
        canvas.drawString(73.5, 698.5, f"{BEFORE} {SECRET} {AFTER}")
        canvas.setFillGray(0)
        shown(canvas)

    return drawn(page)


def white_on_white() -> bytes:
    """Here it is not even marked: nobody saw it."""

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, f"{BEFORE} {AFTER}")
        canvas.setFillGray(1)
        canvas.drawString(72, 500, SECRET)

    return drawn(page)


def outside_the_page() -> bytes:
    def page(canvas: Canvas) -> None:
        shown(canvas)
        canvas.drawString(72, 900, SECRET)
        canvas.drawString(-400, 300, SECRET)

    return drawn(page)


def outside_the_crop() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].CropBox = [50, 600, 500, 800]
        pdf.pages[0].contents_add(f"BT /F1 14 Tf 72 100 Td ({SECRET}) Tj ET".encode())

    return changed(change)


def turned(angle: int) -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Rotate = angle
        pdf.pages[0].CropBox = [30, 60, 560, 800]

    return changed(change)


def below_a_picture() -> bytes:
    """Text under an opaque picture that covers it: not seen, still in the file."""

    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, f"{BEFORE} {AFTER}")
        canvas.drawString(100, 400, SECRET)
        canvas.setFillGray(1)
        canvas.rect(90, 380, 200, 60, stroke=0, fill=1)

    return drawn(page)


def below_the_label_of_an_earlier_redaction() -> bytes:
    """A black box with a white label on it, drawn over the word by somebody else."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, 700, f"{BEFORE} {AFTER}")
        canvas.drawString(200, 700, SECRET)
        canvas.rect(198, 694, 96, 20, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(206, 699, "REDACTED")

    return drawn(page)


def below_a_white_patch_with_another_word() -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, 700, f"{BEFORE} {AFTER}")
        canvas.drawString(200, 700, SECRET)
        canvas.setFillGray(1)
        canvas.rect(198, 694, 96, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(206, 700, "corrected")

    return drawn(page)


def scan_with_recognised_text() -> bytes:
    def page(canvas: Canvas) -> None:
        words = f"{BEFORE} {SECRET} {AFTER}"
        picture = Image.new("L", (1200, 100), 250)
        ImageDraw.Draw(picture).text((0, 20), words, fill=10, font_size=60)
        canvas.drawImage(ImageReader(picture), 72, 600, 432, 36)
        typeface = ImageFont.load_default(60)
        for place, word in enumerate(words.split()):
            before = "".join(f"{each} " for each in words.split()[:place])
            text = canvas.beginText(72 + 0.36 * typeface.getlength(before), 608)
            text.setTextRenderMode(3)
            text.setFont("Helvetica", 20)
            width = canvas.stringWidth(word, "Helvetica", 20)
            text.setHorizScale(100 * 0.36 * typeface.getlength(word) / width)
            text.textOut(word)
            canvas.drawText(text)

    return drawn(page)


def drawn_inside_a_form() -> bytes:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        shown(canvas)
        canvas.endForm()
        canvas.doForm("inner")

    return drawn(page)


def files() -> dict[str, bytes]:
    """All of them, by name."""
    makers: dict[str, Callable[[], bytes]] = {
        made.__name__: made
        for made in (
            metadata, page_metadata_and_private_notes, annotation_contents, link_target,
            file_attachment_note, attachment, form_value, hidden_layer, script, bookmark,
            named_destination, thumbnail, earlier_revision, spoken_text, camera_notes, font_name,
            letter_by_letter, drawn_twice, with_a_shadow, white_on_white, outside_the_page,
            outside_the_crop, below_a_picture, scan_with_recognised_text, drawn_inside_a_form,
            below_the_label_of_an_earlier_redaction, below_a_white_patch_with_another_word,
        )
    }  # fmt: skip
    for angle in (90, 180, 270):
        makers[f"turned_{angle}"] = lambda angle=angle: turned(angle)  # type: ignore[misc]  # bound now
    return {name: make() for name, make in makers.items()}
