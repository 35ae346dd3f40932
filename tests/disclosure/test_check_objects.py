"""The check refuses whatever was not put into a bundle, and every other file in its place."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase import pdfmetrics

from tests.disclosure.tampering import (
    comment_in_the_words,
    refused,
    retold,
    seen_text_instead_of_unseen,
    tampered,
    word_behind_the_end_of_the_compressed_words,
)

# ------------------------------------------------------------------------------- objects


def root(**entries):
    def change(pdf):
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def page(index, **entries):
    def change(pdf):
        for key, value in entries.items():
            pdf.pages[index].obj[f"/{key}"] = value

    return change


def metadata(pdf):
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta/>", Type=Name.Metadata, Subtype=Name.XML)


def attachment(pdf):
    pdf.attachments["a.txt"] = b"x"


def second_font(pdf):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[1].obj.Resources.Font.G = pdf.make_indirect(font)


def drawing_font(pdf):
    content = pdfmetrics.getFont("Lato").face._ttf_data
    about = pdf.pages[1].obj.Resources.Font.F.DescendantFonts[0].FontDescriptor
    about.FontFile2.write(zlib.compress(content), filter=Name.FlateDecode)


def object_nobody_uses(pdf):
    pdf.make_indirect(Dictionary(Note=String("Quibblethorpe")))


def picture_with_a_twin(pdf):
    stream = pdf.pages[1].obj.Resources.XObject.P
    stream.Alternates = Array([Dictionary(Image=pdf.make_stream(b"x"))])


def camera_notes(pdf):
    stream = pdf.pages[3].obj.Resources.XObject.P
    raw = stream.read_raw_bytes()
    note = b"\xff\xe1\x00\x10Exif\0\0Quibble"[:18]
    stream.write(raw[:2] + note + raw[2:], filter=Name.DCTDecode)


def comment_in_a_photograph(pdf):
    stream = pdf.pages[3].obj.Resources.XObject.P
    raw = stream.read_raw_bytes()
    stream.write(raw[:2] + b"\xff\xfe\x00\x0aQuibbles" + raw[2:], filter=Name.DCTDecode)


def bytes_behind_a_photograph(pdf):
    stream = pdf.pages[3].obj.Resources.XObject.P
    stream.write(stream.read_raw_bytes() + b"Quibble\xff\xd9", filter=Name.DCTDecode)


def bytes_behind_a_fax(pdf):
    stream = pdf.pages[1].obj.Resources.XObject.P
    parms = stream.DecodeParms
    raw = stream.read_raw_bytes()
    stream.write(raw + b"Quibble", filter=Name.CCITTFaxDecode, decode_parms=parms)


def bytes_behind_a_fax_with_a_second_end(pdf):
    stream = pdf.pages[1].obj.Resources.XObject.P
    parms = stream.DecodeParms
    raw = stream.read_raw_bytes()
    stream.write(raw + b"Quibble\x00\x10\x01", filter=Name.CCITTFaxDecode, decode_parms=parms)


def second_picture(pdf):
    xobjects = pdf.pages[1].obj.Resources.XObject
    xobjects.Q = xobjects.P


def form_of_a_picture(pdf):
    pdf.pages[1].obj.Contents[0].write(b"q 1 0 0 1 0 0 cm /Q Do Q\n")


def drawing_more_than_the_picture(pdf):
    part = pdf.pages[1].obj.Contents[0]
    part.write(part.read_raw_bytes() + b"1 0 0 RG 0 0 m 9 9 l S\n")


def bookmark(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Quibblethorpe", 1))


def link_out_of_the_file(pdf):
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    pdf.pages[0].obj.Annots[0].A = action


def note_on_a_page(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("x"))
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])


def note_on_the_cover(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("x"))
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))


def author(pdf):
    pdf.trailer.Info.Author = String("Quibblethorpe")


def time_of_day(pdf):
    pdf.trailer.Info.CreationDate = String("D:20261122031500Z")


def other_title(pdf):
    pdf.trailer.Info.Title = String("Quibblethorpe")


def crop_of_a_page(pdf):
    pdf.pages[1].obj.CropBox = [0, 0, 100, 100]


def private_notes_in_the_cover(pdf):
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    font.PieceInfo = Dictionary(X=Dictionary(Private=String("x")))


def page_hidden_in_the_tree(pdf):
    pdf.Root.Pages.Kids[0].Count = 3


def another_file_in_the_trailer(pdf):
    pdf.trailer.Hidden = pdf.make_indirect(Dictionary(x=1))


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
FOREIGN = {
    "script on opening": root(OpenAction=SCRIPT),
    "names": root(Names=Dictionary(Dests=Dictionary(Names=Array([])))),
    "form": root(AcroForm=Dictionary(Fields=Array([]))),
    "layers": root(OCProperties=Dictionary(OCGs=Array([]), D=Dictionary())),
    "structure": root(StructTreeRoot=Dictionary(Type=Name.StructTreeRoot)),
    "page labels": root(PageLabels=Dictionary(Nums=Array([0, Dictionary(P=String("x"))]))),
    "extra actions": page(1, AA=Dictionary(O=SCRIPT)),
    "thumbnail": page(1, Thumb=Dictionary(Width=1)),
    "private notes": page(1, PieceInfo=Dictionary()),
    "turned": page(1, Rotate=90),
} | {
    change.__name__.replace("_", " "): change
    for change in (
        metadata, attachment, second_font, drawing_font, object_nobody_uses, picture_with_a_twin,
        camera_notes, comment_in_a_photograph, bytes_behind_a_photograph, bytes_behind_a_fax,
        bytes_behind_a_fax_with_a_second_end, second_picture, form_of_a_picture,
        drawing_more_than_the_picture, bookmark, link_out_of_the_file, note_on_a_page,
        note_on_the_cover, author, time_of_day, other_title, crop_of_a_page,
        private_notes_in_the_cover, page_hidden_in_the_tree, another_file_in_the_trailer,
        seen_text_instead_of_unseen, comment_in_the_words,
        word_behind_the_end_of_the_compressed_words,
    )
}  # fmt: skip


@pytest.mark.parametrize("change", FOREIGN.values(), ids=FOREIGN.keys())
def test_whatever_was_not_put_there_is_refused(made, change):
    plan, _, report = made
    content = tampered(made, change)
    refused(plan, retold(content, report), content)


# --------------------------------------------------------------------------------- bytes


def appended_revision(content):
    place = content.rindex(b"startxref")
    return content + b"4 0 obj\n<<>>\nendobj\n" + content[place:]


def resaved(content, **how):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, **how)
    return out.getvalue()


BYTES = {
    "bytes behind the end": lambda c: c + b"\n",
    "a revision behind the end": appended_revision,
    "a comment between objects": lambda c: c.replace(b"endobj\n", b"endobj\n%Quibble\n", 1),
    "bytes before the beginning": lambda c: b"\n" + c,
    "a longer header": lambda c: c.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%Quibble\n", 1),
    "one byte of a picture": lambda c: c[:5000] + bytes([c[5000] ^ 1]) + c[5001:],
    "half of the file": lambda c: c[: len(c) // 2],
    "nothing": lambda c: b"",
    "saved by another program": resaved,
    "encrypted": lambda c: resaved(c, encryption=pikepdf.Encryption(owner="a", user="")),
}


@pytest.mark.parametrize("change", BYTES.values(), ids=BYTES.keys())
@pytest.mark.parametrize("honest", [True, False], ids=["as reported", "report changed too"])
def test_a_file_that_is_not_the_one_that_was_written_is_refused(made, change, honest):
    plan, content, report = made
    other = change(content)
    refused(plan, report if honest else retold(other, report), other)


def test_a_bundle_of_another_plan_is_refused(made):
    plan, content, report = made
    refused(replace(plan, pages=plan.pages[:2]), report, content, "pages of its plan")
    refused(replace(plan, reference="SAR-2026-099"), report, content)
