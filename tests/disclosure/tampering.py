"""How bundles are tampered with in tests, as the writer itself would have written them."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Name, Stream

from dpdesk.disclosure import check
from dpdesk.errors import ReleaseRefused
from tests.disclosure.pdfs import drawn, evidence_of, text_pdf
from tests.disclosure.test_burn import photograph


def contents_page(canvas):
    canvas.drawString(72, 700, "Contents of the bundle")
    canvas.linkURL("dpdesk:page/2", (72, 690, 200, 715))


FRONT = drawn(contents_page)


def photo_page(canvas):
    from reportlab.lib.utils import ImageReader

    canvas.drawString(72, 760, "Sports day with Quibblethorpe and Ann")
    canvas.drawImage(ImageReader(photograph()), 72, 400, 400, 300)


FILES = {
    "a": text_pdf("On Monday Quibblethorpe met Ann", "in the hall", pages=2),
    "b": drawn(photo_page),
}


def retold(content, report):
    """The report that a builder would give who wrote these bytes himself."""
    return replace(report, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def refused(plan, report, content, match=None, **how):
    with pytest.raises(ReleaseRefused, match=match) as caught:
        check.check(plan, report, io.BytesIO(content), evidence_of(plan, FILES), workers=1, **how)
    assert "quibblethorpe" not in str(caught.value).lower()
    return caught.value


def respelt(pdf):
    """The file as our own writer would have written it, so that only the change stands out."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, thing in enumerate(pdf.objects, 1):
        offsets.append(len(out))
        if isinstance(thing, Stream):
            raw = thing.read_raw_bytes()
            entries = b"".join(
                key.encode() + b" " + spelt(value)
                for key, value in thing.items()
                if key != "/Length"
            )
            body = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(raw), raw)
        else:
            body = thing.unparse(resolved=True)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in offsets)
    extra = b"".join(
        key.encode() + b" " + spelt(value)
        for key, value in pdf.trailer.items()
        if key not in {"/Size", "/Root", "/Info", "/ID"}
    )
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R%s/ID[<%s><%s>]>>\n" % (
        len(offsets) + 1, extra, b"A" * 32, b"A" * 32,
    )  # fmt: skip
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def spelt(value):
    if isinstance(value, pikepdf.Object):
        return value.unparse()
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return str(value).encode()


def tampered(made, change):
    _, content, _ = made
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        return respelt(pdf)


def words_of(page):
    return zlib.decompress(page.Contents[1].read_raw_bytes())


def set_words(page, content):
    page.Contents[1].write(zlib.compress(content), filter=Name.FlateDecode)


def code_word(text, x, y):
    codes = "".join(f"{ord(sign):04x}" for sign in text + " ")
    return f"/F 14 Tf 80 Tz 1 0 0 1 {x} {y} Tm <{codes}> Tj\n".encode()


def seen_text_instead_of_unseen(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page).replace(b"3 Tr", b"0 Tr"))


def comment_in_the_words(pdf):
    page = pdf.pages[1].obj
    set_words(page, b"%Quibblethorpe\n" + words_of(page))


def word_behind_the_end_of_the_compressed_words(pdf):
    part = pdf.pages[1].obj.Contents[1]
    part.write(part.read_raw_bytes() + b"Quibblethorpe", filter=Name.FlateDecode)
