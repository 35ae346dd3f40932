"""Office files with pictures in every place where they can stand. All people are invented."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from collections.abc import Callable
from functools import partial

from PIL import Image

from tests.documents.office_makers import SPACES, docx, open_document, p, pptx, relations, shape
from tests.inspection import office_attacks
from tests.inspection.makers import sheet

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAME = (296, 205, 580, 275)
"""Where the name stands on the scan of a letter, in pixels."""
Make = Callable[[bytes], bytes]


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def shimmering() -> bytes:
    """A scan with a bar over the name that is not quite opaque."""
    made = sheet()
    part = made.crop(NAME)
    made.paste(Image.blend(part, Image.new("L", part.size, 0), 0.9), NAME[:2])
    return saved(made)


def claiming(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says that it is so large."""
    about = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\r"
        + about
        + struct.pack(">I", zlib.crc32(about))
        + b"\0\0\0\0IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


def _pic(crop: str = "", picture: str = "m1", more: str = "") -> str:
    return (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="p"/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{picture}">{more}</a:blip>{crop}</pic:blipFill></pic:pic>'
    )


def inline(crop: str = "", picture: str = "m1", more: str = "") -> str:
    """A paragraph of Word with a picture."""
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900" cy="900"/><a:graphic><a:graphicData>'
        f"{_pic(crop, picture, more)}</a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )


def old(crop: str = "") -> str:
    """A paragraph of Word with a picture as Word wrote it until 2007."""
    return (
        f'<w:p><w:r><w:pict><v:shape><v:imagedata r:id="m1" {crop}/></v:shape></w:pict></w:r></w:p>'
    )


def word(picture: bytes, body: str = "", *, kind: str = "png", **parts: bytes) -> bytes:
    told = {"m1": ("image", f"media/a.{kind}")}
    named = {each.replace("__", "/").replace("_", "."): what for each, what in parts.items()}
    return docx(p("Report") + (body or inline()), told, {f"word/media/a.{kind}": picture, **named})


def word_part(picture: bytes, kind: str, root: str, wrapped: str = "{}") -> bytes:
    """A Word file with a picture in another part than its text."""
    return docx(
        p("Report"),
        {"h": (kind, "around.xml")},
        {
            "word/around.xml": f"<w:{root} {SPACES}>{wrapped.format(inline())}</w:{root}>",
            "word/_rels/around.xml.rels": relations({"m1": ("image", "media/a.png")}),
            "word/media/a.png": picture,
        },
    )


def book(picture: bytes, crop: str = "") -> bytes:
    drawn = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="p"/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="p1"/>{crop}</xdr:blipFill><xdr:spPr/></xdr:pic>'
    )
    links = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="../media/a.png"/>'
    return office_attacks.over_cells(drawn, links, **{"xl/media/a.png": picture})


def show(picture: bytes, crop: str = "", *, more: str = "") -> bytes:
    """A show of three slides with a picture on the second."""
    drawn = (
        '<p:pic><p:nvPicPr><p:cNvPr id="4" name="p"/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="m1"/>{crop}</p:blipFill><p:spPr/></p:pic>'
    )
    return pptx(
        shape("Report"),
        drawn + more,
        shape("The end"),
        told={2: {"m1": ("image", "../media/a.png")}},
        parts={"ppt/media/a.png": picture},
    )


def behind_slides(picture: bytes) -> bytes:
    """A picture on the layout of a slide."""
    layout = (
        f"<p:sldLayout {SPACES}><p:cSld><p:spTree><p:pic><p:blipFill>"
        '<a:blip r:embed="m1"/></p:blipFill></p:pic></p:spTree></p:cSld></p:sldLayout>'
    )
    return pptx(
        shape("Report"),
        told={1: {"l": ("slideLayout", "../slideLayouts/slideLayout1.xml")}},
        parts={
            "ppt/slideLayouts/slideLayout1.xml": layout,
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(
                {"m1": ("image", "../media/a.png")}
            ),
            "ppt/media/a.png": picture,
        },
    )


def frame(*, href: str = "Pictures/a.png", inside: str = "") -> str:
    """A picture of OpenDocument; its style is C."""
    return (
        '<draw:frame draw:style-name="C" svg:width="5cm" svg:height="5cm">'
        f'<draw:image xlink:href="{href}">{inside}</draw:image></draw:frame>'
    )


def clipped(how: str) -> str:
    return (
        '<style:style style:name="C" style:family="graphic"><style:graphic-properties '
        f'fo:clip="{how}"/></style:style>'
    )


_BODIES = {
    "text": "<text:p>Report{}</text:p>",
    "spreadsheet": '<table:table table:name="A"/><table:table table:name="B"><table:shapes>{}'
    "</table:shapes></table:table>",
    "presentation": "<draw:page/><draw:page>{}</draw:page>",
}


def open_file(picture: bytes, kind: str, clip: str = "") -> bytes:
    """An OpenDocument file with a picture, on the second sheet or slide where it has them."""
    return open_document(
        kind,
        _BODIES[kind].format(frame()),
        automatic=clipped(clip) if clip else "",
        parts={"Pictures/a.png": picture},
    )


def open_header(picture: bytes) -> bytes:
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>"
        f"{frame()}</text:p></style:header></style:master-page></office:master-styles>"
    )
    parts = {"Pictures/a.png": picture}
    return open_document("text", "<text:p>Report</text:p>", styles=styles, parts=parts)


def open_inline(picture: bytes) -> bytes:
    """An OpenDocument text with a picture among its words."""
    written = base64.b64encode(picture).decode()
    inside = f"<office:binary-data>{written}</office:binary-data>"
    return open_document("text", f"<text:p>Report{frame(href='', inside=inside)}</text:p>")


PLACES: dict[str, tuple[Make, int, str]] = {
    "a.docx": (word, 0, "Picture 1 in the text"),
    "old.docx": (lambda picture: word(picture, old()), 0, "Picture 1 in the text"),
    "header.docx": (lambda each: word_part(each, "header", "hdr"), 0, "Picture 1 in a header"),
    "note.docx": (
        lambda each: word_part(
            each, "footnotes", "footnotes", '<w:footnote w:type="x">{}</w:footnote>'
        ),
        0,
        "Picture 1 in a footnote",
    ),
    "a.xlsx": (book, 2, "Picture 1 on the sheet"),
    "a.pptx": (show, 2, "Picture 1 on the slide"),
    "layout.pptx": (behind_slides, 0, "Picture 1 behind the slides"),
    "a.odt": (partial(open_file, kind="text"), 0, "Picture 1 in the text"),
    "header.odt": (open_header, 0, "Picture 1 in a header"),
    "inline.odt": (open_inline, 0, "Picture 1 in the text"),
    "a.ods": (partial(open_file, kind="spreadsheet"), 2, "Picture 1 on the sheet"),
    "a.odp": (partial(open_file, kind="presentation"), 2, "Picture 1 on the slide"),
}
"""Files with one picture: how they are made of it, on which page it is, how it is called."""
