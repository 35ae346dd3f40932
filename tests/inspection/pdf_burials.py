"""PDFs whose pages say nothing, and that hold a name elsewhere, in every place there is."""

# ruff: noqa: E501 -- a table of files is read line by line, one file to a line
from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from tests.documents.makers import lato
from tests.inspection.pdf_attacks import (
    AT,
    PLAIN,
    SECRET,
    SIZE,
    Change,
    changed,
    layer,
    note,
    paged,
    write,
)


def info(key: str) -> Change:
    return lambda opened: opened.docinfo.__setitem__(f"/{key}", f"Case of {SECRET}")


def root(key: str, make: Callable[[pikepdf.Pdf], Any]) -> Change:
    """Something at the root of the file."""
    return lambda opened: opened.Root.__setitem__(f"/{key}", make(opened))


def page(key: str, make: Callable[[pikepdf.Pdf], Any]) -> Change:
    return lambda opened: opened.pages[1].obj.__setitem__(f"/{key}", make(opened))


def packet(inside: str) -> Callable[[pikepdf.Pdf], Any]:
    """Details of the file, as XML."""
    spaces = "".join(
        f' xmlns:{name}="{place}"'
        for name, place in {
            "dc": "http://purl.org/dc/elements/1.1/",
            "pdf": "http://ns.adobe.com/pdf/1.3/",
            "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
            "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
            "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
            "own": "http://example.org/own/",
            "xmp": "http://ns.adobe.com/xap/1.0/",
        }.items()
    )
    text = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )

    def make(opened: pikepdf.Pdf) -> Any:
        stream = opened.make_stream(text.encode())
        stream.Type, stream.Subtype = Name.Metadata, Name.XML
        return stream

    return make


def script(_opened: pikepdf.Pdf) -> Any:
    return Dictionary(S=Name.JavaScript, JS=f"var who = 'The boy is {SECRET}';")


def tree(**more: Any) -> Change:
    """A tree for screen readers."""

    def change(opened: pikepdf.Pdf) -> None:
        part = opened.make_indirect(Dictionary(S=Name.P, **more))
        opened.Root.StructTreeRoot = opened.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=Array([part]))
        )

    return change


def labels(opened: pikepdf.Pdf) -> None:
    opened.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=f"{SECRET} ")]))


def attached(opened: pikepdf.Pdf) -> None:
    opened.attachments["whole.txt"] = SECRET.encode()


def listed_under(names: str) -> Change:
    def change(opened: pikepdf.Pdf) -> None:
        there = Array([opened.pages[0].obj, Name.Fit])
        value = script(opened) if names == "JavaScript" else there
        opened.Root.Names = Dictionary({f"/{names}": Dictionary(Names=Array([SECRET, value]))})

    return change


def field(**more: Any) -> Change:
    def change(opened: pikepdf.Pdf) -> None:
        note("Widget", **{"FT": Name.Tx, "T": "a", "F": 2, "DA": "/Helv 0 Tf 0 g", **more})(opened)
        opened.Root.AcroForm = Dictionary(Fields=Array([opened.pages[1].Annots[0]]))

    return change


def xfa(opened: pikepdf.Pdf) -> None:
    data = opened.make_stream(
        f"<xfa:datasets xmlns:xfa='x'><xfa:data><a>{SECRET}</a></xfa:data></xfa:datasets>".encode()
    )
    opened.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(["datasets", data]))


def drawn(opened: pikepdf.Pdf, state: str = "N") -> Any:
    look = opened.make_stream(f"BT /F1 12 Tf 0 2 Td ({SECRET}) Tj ET".encode())
    look.Type, look.Subtype = Name.XObject, Name.Form
    look.BBox, look.Resources = Array([0, 0, AT[2], AT[3]]), opened.pages[1].Resources
    return Dictionary({f"/{state}": look})


def looks(flags: int = 4, state: str = "N", kind: str = "Stamp") -> Change:
    """A note that is drawn with the name, and is not shown, or only when it is clicked."""

    def change(opened: pikepdf.Pdf) -> None:
        note(kind, F=flags)(opened)
        opened.pages[1].Annots[0].AP = drawn(opened, state)

    return change


def kept_page(opened: pikepdf.Pdf) -> None:
    """A page that is in no list of pages, and in one of templates."""
    with pikepdf.open(io.BytesIO(paged())) as whole:
        opened.pages.append(whole.pages[1])
    gone = opened.pages[-1].obj
    opened.Root.Names = Dictionary(Templates=Dictionary(Names=Array(["kept", gone])))
    del opened.pages[-1]


def marked(key: str) -> Change:
    return write(f"/Span <</{key} ({SECRET})>> BDC BT /F1 12 Tf 300 500 Td (abc) Tj ET EMC")


def said_in_drawing(opened: pikepdf.Pdf) -> None:
    """A remark between the commands of a page, which nothing draws."""
    opened.pages[1].contents_add(f"% the boy is {SECRET}\n".encode())


def said_in_file() -> bytes:
    """A remark between the parts of a file."""
    content = paged(line=PLAIN)
    head, mark, rest = content.partition(b"\n")
    return head + mark + f"% kept for {SECRET}\n".encode() + rest


def behind_the_end() -> bytes:
    return (
        paged(line=PLAIN)
        + f"\nAll about {SECRET}, and where he lives, and with whom.\n".encode() * 2
    )


def before_the_head() -> bytes:
    return f"From the desk of {SECRET}, as of Friday.\n".encode() * 2 + paged(line=PLAIN)


def orphan(make: Callable[[pikepdf.Pdf], Any], *, packed: bool = False) -> bytes:
    """A part that nothing leads to."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paged(line=PLAIN))) as opened:
        opened.trailer.Keep = opened.make_indirect(make(opened))
        opened.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=packed,
            recompress_flate=packed,
        )
    return re.sub(rb"/Keep \d+ 0 R", lambda found: b" " * len(found[0]), out.getvalue())


def _stream(number: int, content: bytes) -> bytes:
    """An object of a file that holds what is drawn on a page."""
    head = b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(content))
    return head + content + b"\nendstream\nendobj\n"


def later(change: Change) -> bytes:
    """Saved by adding what is new at the end: the page as it was is still there."""
    first = paged()
    with pikepdf.open(io.BytesIO(first)) as opened:
        part = opened.pages[1]
        number = part.Contents.objgen[0]
        change(opened)
        content = part.Contents.read_bytes()
        top, size = opened.Root.objgen[0], int(opened.trailer.Size)
    start = len(first) + 1
    body = _stream(number, content)
    before = int(first.rpartition(b"startxref")[2].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number, start, size, top, before,
    )  # fmt: skip
    return first + b"\n" + body + table + b"startxref\n%d\n%%%%EOF\n" % (start + len(body))


def without_name(opened: pikepdf.Pdf) -> None:
    part = opened.pages[1]
    part.Contents = opened.make_stream(part.Contents.read_bytes().replace(SECRET.encode(), b""))


def later_as_stream() -> bytes:
    """The same where the table of places is packed, as today's programs write it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paged())) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    first = out.getvalue()
    with pikepdf.open(io.BytesIO(first)) as opened:
        part = opened.pages[1]
        number = part.Contents.objgen[0]
        without_name(opened)
        content = part.Contents.read_bytes()
        top, size = opened.Root.objgen[0], int(opened.trailer.Size)
    start = len(first) + 1
    body = _stream(number, content)
    before = int(first.rpartition(b"startxref")[2].split()[0])
    at = start + len(body)
    rows = b"\x01" + start.to_bytes(4, "big") + b"\0" + b"\x01" + at.to_bytes(4, "big") + b"\0"
    table = b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%d 1 %d 1] /Size %d /Root %d 0 R /Prev %d /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        size, number, size, size + 1, top, before, len(rows), rows,
    )  # fmt: skip
    return first + b"\n" + body + table + b"startxref\n%d\n%%%%EOF\n" % at


# --- pictures ------------------------------------------------------------------------------


def sheet(*, black: bool = False, unclear: str = "", wide: int = 1240) -> Image.Image:
    """A scan of the second page."""
    made = Image.new("L", (wide, wide * 1754 // 1240), 250)
    pen = ImageDraw.Draw(made)
    for place, line in enumerate(("Report of Friday", f"Witness: {SECRET}, Year 5", "The end.")):
        pen.text((150, 150 + 70 * place), line, 15, font=lato(40))
    box = (305, 218, 590, 278)
    if black:
        pen.rectangle(box, fill=0)
    if unclear == "mosaic":
        part = made.crop(box)
        small = part.resize((part.width // 10, part.height // 10), Image.Resampling.BOX)
        made.paste(small.resize(part.size, Image.Resampling.NEAREST), box[:2])
    return made


def scan(picture: Image.Image, *, then: bytes = b"", layer: bool = False, **more: Any) -> bytes:
    """Three pages of which the second is a picture of the whole of it."""

    def change(opened: pikepdf.Pdf) -> None:
        packed = zlib.compress(picture.convert("L").tobytes())
        made = opened.make_stream(packed, Filter=Name.FlateDecode)
        made.Type, made.Subtype, made.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
        made.Width, made.Height, made.BitsPerComponent = picture.width, picture.height, 8
        for key, value in more.items():
            made[f"/{key}"] = value(opened) if callable(value) else value
        part = opened.pages[1]
        part.Resources.XObject = Dictionary(S=made)
        drawing = b"q %d 0 0 %d 0 0 cm /S Do Q " % SIZE + then
        if layer:
            drawing += f"BT 3 Tr /F1 19 Tf 1 0 0 1 148 714 Tm ({SECRET}) Tj ET".encode()
        part.Contents = opened.make_stream(drawing)

    return changed(change)


_S = SIZE[0] / 1240
BAR_ON_SCAN = b"0 g %d %d %d %d re f" % (305 * _S, SIZE[1] - 280 * _S, 290 * _S, 64 * _S)


def soft_mask(opened: pikepdf.Pdf) -> Any:
    """A mask of a picture that lets everything through but the name."""
    mask = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(mask).rectangle((305, 218, 590, 278), fill=0)
    made = opened.make_stream(zlib.compress(mask.tobytes()), Filter=Name.FlateDecode)
    made.Type, made.Subtype, made.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    made.Width, made.Height, made.BitsPerComponent = 1240, 1754, 8
    return made


def other(opened: pikepdf.Pdf) -> Any:
    inner = opened.make_stream(bytes(600))
    inner.Type, inner.Subtype = Name.XObject, Name.Image
    return Array([Dictionary(Image=inner)])


def small_picture(opened: pikepdf.Pdf) -> Any:
    small = opened.make_stream(bytes(12))
    small.Width, small.Height, small.BitsPerComponent = 2, 2, 8
    small.ColorSpace = Name.DeviceRGB
    return small


def _outline(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as made:
        made.root.append(pikepdf.OutlineItem(f"Interview with {SECRET}", 1))


def _kept(opened: pikepdf.Pdf) -> None:
    opened.pages[1].Resources.XObject = Dictionary(K=drawn(opened).N)


TWO = 2
"""The page on which it is."""
BURIED: dict[str, tuple[Callable[[], bytes], tuple[str, ...], int]] = {
    "author": (lambda: changed(info("Author")), ("metadata",), 0),
    "title": (lambda: changed(info("Title")), ("metadata",), 0),
    "keywords": (lambda: changed(info("Keywords")), ("metadata",), 0),
    "detail of one’s own": (lambda: changed(info("CaseName")), ("metadata", "elsewhere"), 0),
    "details packed": (
        lambda: changed(info("Subject"), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        ("metadata",), 0,
    ),
    "title in XML": (
        lambda: changed(root("Metadata", packet(f"<dc:title>{SECRET}</dc:title>"))), ("metadata",), 0,
    ),
    "own detail in XML": (
        lambda: changed(root("Metadata", packet(f"<own:case>{SECRET}</own:case>"))), ("metadata",), 0,
    ),
    "earlier file in XML": (
        lambda: changed(root("Metadata", packet(
            f"<xmpMM:DerivedFrom><stRef:filePath>C:/{SECRET}.docx</stRef:filePath></xmpMM:DerivedFrom>"
        ))), ("metadata",), 0,
    ),
    "attribute in XML": (
        lambda: changed(root("Metadata", packet(f'<rdf:Description own:who="{SECRET}"/>'))), ("metadata",), 0,
    ),
    "details of a page": (
        lambda: changed(page("Metadata", packet(f"<dc:creator>{SECRET}</dc:creator>"))), ("metadata",), 0,
    ),
    "bookmark": (
        lambda: changed(_outline), ("bookmark",), 0,
    ),
    "names of places": (lambda: changed(listed_under("Dests")), ("elsewhere",), 0),
    "labels of pages": (lambda: changed(labels), ("elsewhere",), 0),
    "script at the start": (lambda: changed(root("OpenAction", script)), ("elsewhere",), 0),
    "script by name": (lambda: changed(listed_under("JavaScript")), ("elsewhere",), 0),
    "script of a page": (lambda: changed(page("AA", lambda o: Dictionary(O=script(o)))), ("elsewhere",), 0),
    "attached": (lambda: changed(attached), ("attachment",), 0),
    "attached to a page": (
        lambda: changed(note("FileAttachment", FS=Dictionary(Type=Name.Filespec, F="a.txt"))),
        ("attachment",), TWO,
    ),
    "portfolio": (lambda: changed(root("Collection", lambda _o: Dictionary())), ("attachment",), 0),
    "note": (lambda: changed(note("Text", Contents=f"Ask {SECRET}")), ("note",), TWO),
    "note, rich": (lambda: changed(note("Text", RC=f"<p>Ask {SECRET}</p>")), ("note",), TWO),
    "writer of a note": (lambda: changed(note("Text", Contents="Page", T=SECRET)), ("note",), 0),
    "window of a note": (lambda: changed(note("Popup", Contents=f"Ask {SECRET}")), ("note",), 0),
    "link to write to": (
        lambda: changed(note("Link", A=Dictionary(S=Name.URI, URI="mailto:quentin.muster@example.org"))),
        ("link",), TWO,
    ),
    "link to a file": (
        lambda: changed(note("Link", A=Dictionary(S=Name.Launch, F=f"S:/{SECRET}.docx"))),
        ("link", "elsewhere"), 0,
    ),
    "link described": (lambda: changed(note("Link", Contents=f"Ask {SECRET}")), ("note",), 0),
    "answer": (lambda: changed(field(V=SECRET)), ("form",), TWO),
    "first answer": (lambda: changed(field(DV=SECRET)), ("form",), 0),
    "choices": (lambda: changed(field(FT=Name.Ch, Opt=Array([SECRET, "Nobody"]))), ("form",), 0),
    "help of a field": (lambda: changed(field(TU=f"Signed by {SECRET}")), ("form",), 0),
    "script of a field": (lambda: changed(field(AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=f"x = 'for {SECRET}'")))), ("elsewhere",), 0),
    "answers of Adobe": (lambda: changed(xfa), ("form",), 0),
    "signature": (
        lambda: changed(field(FT=Name.Sig, V=Dictionary(Type=Name.Sig, Name=SECRET, Reason="Seen"))),
        ("elsewhere", "metadata"), 0,
    ),
    "note not shown": (lambda: changed(looks(2)), ("elsewhere", "unseen"), 0),
    "note for print only": (lambda: changed(looks(36)), ("elsewhere", "unseen"), 0),
    "look when clicked": (lambda: changed(looks(4, "D", "Widget")), ("elsewhere",), 0),
    "spelt out": (lambda: changed(marked("ActualText")), ("description",), TWO),
    "described in the page": (lambda: changed(marked("Alt")), ("description",), TWO),
    "written out in the page": (lambda: changed(marked("E")), ("description",), TWO),
    "remark of a program": (lambda: changed(marked("Own")), ("elsewhere",), TWO),
    "remark between commands": (lambda: changed(said_in_drawing), ("elsewhere",), TWO),
    "tree: described": (lambda: changed(tree(Alt=f"Picture of {SECRET}")), ("description",), 0),
    "tree: spelt out": (lambda: changed(tree(ActualText=SECRET)), ("description",), 0),
    "tree: title": (lambda: changed(tree(T=SECRET)), ("description", "elsewhere"), 0),
    "tree: attribute": (lambda: changed(tree(A=Dictionary(O=Name.UserProperties, P=Array([Dictionary(N="who", V=SECRET)])))), ("form", "elsewhere"), 0),
    "small picture": (lambda: changed(page("Thumb", small_picture)), ("thumbnail",), TWO),
    "kept by a program": (lambda: changed(page("PieceInfo", lambda _o: Dictionary(A=Dictionary(Private=SECRET)))), ("elsewhere",), 0),
    "thread": (lambda: changed(root("Threads", lambda _o: Array([Dictionary(I=Dictionary(Title=SECRET))]))), ("elsewhere", "bookmark"), 0),
    "template page": (lambda: changed(kept_page), ("elsewhere", "leftover"), 0),
    "drawing kept": (lambda: changed(_kept), ("elsewhere",), 0),
    "earlier version": (lambda: later(without_name), ("earlier-version",), 0),
    "earlier version, packed": (later_as_stream, ("earlier-version",), 0),
    "left-over page": (lambda: orphan(lambda o: o.make_stream(f"BT /F1 9 Tf ({SECRET}) Tj ET".encode())), ("leftover",), 0),
    "left-over page, packed": (lambda: orphan(lambda o: o.make_stream(f"BT /F1 9 Tf [({SECRET[:4]}) -9 ({SECRET[4:]})] TJ ET".encode()), packed=True), ("leftover",), 0),
    "left-over note": (lambda: orphan(lambda _o: Dictionary(Subtype=Name.Text, Contents=SECRET)), ("leftover",), 0),
    "left-over details": (lambda: orphan(lambda _o: Dictionary(Author=SECRET, Producer="x")), ("leftover",), 0),
    "left-over bookmark": (lambda: orphan(lambda _o: Dictionary(Title=SECRET)), ("leftover",), 0),
    "left-over details in XML": (lambda: orphan(packet(f"<dc:title>{SECRET}</dc:title>")), ("leftover",), 0),
    "behind the end": (behind_the_end, ("elsewhere",), 0),
    "before the head": (before_the_head, ("elsewhere",), 0),
    "remark between parts": (said_in_file, ("elsewhere",), 0),
    "bar on a scan": (lambda: scan(sheet(), then=BAR_ON_SCAN), ("under-picture-bar",), TWO),
    "layer of a blackened scan": (lambda: scan(sheet(black=True), layer=True), ("scan-layer",), TWO),
    "scan below a white sheet": (lambda: scan(sheet(), then=b"1 g 0 0 595 842 re f"), ("under-picture-bar",), TWO),
    "white bar on a scan": (lambda: scan(sheet(), then=BAR_ON_SCAN.replace(b"0 g", b"0.98 g", 1)), ("under-picture-bar",), TWO),
    "scan masked in places": (lambda: scan(sheet(), SMask=soft_mask), ("under-picture-bar", "cropped"), TWO),
    "scan with another version": (lambda: scan(sheet(black=True), Alternates=other), ("picture-data",), 0),
    "layer by a rule": (lambda: changed(layer("policy")), ("hidden-layer",), 0),
    "mosaic in a scan": (lambda: scan(sheet(unclear="mosaic")), ("made-unclear",), TWO),
}  # fmt: skip
"""What lies beside the words of pages: each file, the kinds of which one must be told, the page."""


NOT_WORDS: frozenset[str] = frozenset(
    {"attached", "attached to a page", "portfolio", "small picture", "scan with another version",
     "behind the end", "mosaic in a scan", "layer by a rule",
     "before the head"}
)  # fmt: skip
"""Of which no words are told."""
