"""Takes the school's own printed pages (cover, contents, key of codes) into a bundle.

Only what draws a page is taken over: content, fonts, pictures, transparency. Of the links
only those to ``dpdesk:page/N`` survive, as links to page N of the bundle.
"""

from __future__ import annotations

import io
import re
import string
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String

from dpdesk.disclosure.pdf_writer import PdfWriter, number, numbers
from dpdesk.errors import UnreadableFile

LINK = re.compile(r"dpdesk:page/([1-9][0-9]{0,6})")
"""How printed pages name a page of the bundle in a link."""

_PLAIN_NAME = (string.ascii_letters + string.digits + "-+_.").encode("ascii")
_RESOURCES = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")
_LEFT_BEHIND = frozenset(
    {
        "/AA", "/A", "/AF", "/Annots", "/JS", "/LastModified", "/Metadata", "/Name", "/OC",
        "/OPI", "/Parent", "/PieceInfo", "/Ref", "/StructParent", "/StructParents", "/Alternates",
        "/ID",
    }
)  # fmt: skip


class OwnPages:
    """The pages of one of the school's own PDFs, ready to be written into a bundle.

    Raises UnreadableFile if the file is not a plain PDF.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._pdf = Pdf.open(io.BytesIO(content))
        except pikepdf.PdfError as fault:
            raise UnreadableFile(
                "The cover pages of the bundle could not be made.", "Try again."
            ) from fault
        self._written: dict[tuple[int, int], int] = {}

    def __len__(self) -> int:
        return len(self._pdf.pages)

    def write(self, writer: PdfWriter, first: int, total: int) -> None:
        """Writes all pages, the first of them as page ``first`` of the bundle, counted from 0."""
        for place, page in enumerate(self._pdf.pages):
            box = [float(side) for side in page.mediabox]
            resources = Dictionary()
            for key in _RESOURCES:
                if key in page.get("/Resources", Dictionary()):
                    resources[key] = page.Resources[key]
            drawn = b"\n".join(part.read_bytes() for part in _parts(page.get("/Contents")))
            if box[0] or box[1]:
                drawn = b"q 1 0 0 1 %s cm\n%s\nQ" % (numbers(-box[0], -box[1]), drawn)
            contents = writer.add_flate(b"", drawn)
            entries = b"/Resources %s/Contents %d 0 R" % (self._plain(resources, writer), contents)
            links = self._links(page, (writer, total), box)
            if links:
                entries += b"/Annots[" + b" ".join(b"%d 0 R" % link for link in links) + b"]"
            writer.add_page(first + place, (box[2] - box[0], box[3] - box[1]), entries)

    def close(self) -> None:
        """Lets go of the file."""
        self._pdf.close()

    def _links(self, page: Any, target: tuple[PdfWriter, int], box: list[float]) -> list[int]:
        writer, total = target
        found = []
        for note in page.get("/Annots", Array()):
            wanted = LINK.fullmatch(str(note.get("/A", Dictionary()).get("/URI", "")))
            if note.get("/Subtype") != Name.Link or wanted is None:
                continue
            goal = int(wanted[1])
            if goal > total:
                raise UnreadableFile(
                    "The contents list names a page that the bundle does not have.",
                    "Build the bundle again.",
                )
            corners = [float(side) for side in note.Rect]
            shifted = (
                corners[0] - box[0], corners[1] - box[1], corners[2] - box[0], corners[3] - box[1],
            )  # fmt: skip
            found.append(
                writer.add(
                    b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/Dest[%d 0 R/Fit]>>"
                    % (numbers(*shifted), writer.page_object(goal - 1))
                )
            )
        return found

    def _plain(self, thing: Object | Any, writer: PdfWriter) -> bytes:
        """A thing in PDF's own writing; what it refers to is written before it."""
        if isinstance(thing, Object) and thing.is_indirect:
            known = self._written.get(thing.objgen)
            if known is None:
                known = self._written[thing.objgen] = writer.reserve()
                self._write(thing, known, writer)
            return b"%d 0 R" % known
        return self._direct(thing, writer)

    def _write(self, thing: Object, place: int, writer: PdfWriter) -> None:
        if isinstance(thing, Stream):
            keys = set(thing.keys()) - {"/Length", *_LEFT_BEHIND}
            entries = b"".join(
                _name(key) + b" " + self._plain(thing[key], writer) for key in sorted(keys)
            )
            writer.add_stream(entries, thing.read_raw_bytes(), place)
        else:
            writer.add(self._direct(thing, writer), place)

    def _direct(self, thing: Object | Any, writer: PdfWriter) -> bytes:
        if isinstance(thing, Dictionary):
            keys = sorted(set(thing.keys()) - _LEFT_BEHIND)
            parts = [_name(key) + b" " + self._plain(thing[key], writer) for key in keys]
            return b"<<" + b"".join(parts) + b">>"
        if isinstance(thing, Array):
            return b"[" + b" ".join(self._plain(part, writer) for part in thing) + b"]"
        if isinstance(thing, Name):
            return _name(str(thing))
        if isinstance(thing, String):
            return b"<" + bytes(thing).hex().encode("ascii") + b">"
        if isinstance(thing, bool):
            return b"true" if thing else b"false"
        if isinstance(thing, int):
            return b"%d" % thing
        if thing is None:
            return b"null"
        if isinstance(thing, Operator):
            raise TypeError("no drawing instruction stands alone")
        return number(float(thing))


def _parts(contents: Any) -> list[Any]:
    if contents is None:
        return []
    return list(contents) if isinstance(contents, Array) else [contents]


def _name(text: str) -> bytes:
    signs = text.removeprefix("/").encode("utf-8")
    return b"/" + b"".join(
        bytes([sign]) if sign in _PLAIN_NAME else b"#%02X" % sign for sign in signs
    )
