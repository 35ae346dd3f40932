"""The check refuses every bundle that was tampered with, and says on which pages."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image
from reportlab.pdfbase import pdfmetrics

from dpdesk.disclosure import bundle, burn, canvas, check, check_page, check_structure
from dpdesk.disclosure.plan import PlannedMark
from dpdesk.documents.pages import Box
from dpdesk.errors import Cancelled, DpdeskError, ReleaseRefused
from tests.disclosure.pdfs import drawn, plan_of, text_pdf
from tests.disclosure.test_burn import decoded_fax, photograph


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


@pytest.fixture(scope="module")
def made():
    plan = plan_of(FILES, ["Quibble"], front=FRONT)
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    return plan, out.getvalue(), report


def retold(content, report):
    """The report that a builder would give who wrote these bytes himself."""
    return replace(report, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def refused(plan, report, content, match=None, **how):
    with pytest.raises(ReleaseRefused, match=match) as caught:
        check.check(plan, report, io.BytesIO(content), workers=1, **how)
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


def test_an_honest_bundle_passes_and_the_record_says_what_was_read(made):
    plan, content, report = made
    done = check.check(plan, report, io.BytesIO(content))
    assert done.pages == 4
    assert done.sha256 == report.sha256
    assert "no removed word" in done.sentence


def test_a_sign_whose_letter_the_source_does_not_tell_stops_no_release():
    plan = plan_of(FILES, ["Quibble"])
    page = plan.pages[0].page
    words = tuple(replace(word, text=f"{word.text}\ufffd") for word in page.words)
    unread = replace(plan.pages[0], page=replace(page, words=words))
    plan = replace(plan, pages=(unread, *plan.pages[1:]))
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=100, workers=1)
    assert check.check(plan, report, out, workers=1).pages == len(plan.pages)


def test_the_tampering_of_these_tests_is_not_itself_what_is_refused(made):
    plan, _, report = made
    content = tampered(made, lambda pdf: None)
    check.check(plan, retold(content, report), io.BytesIO(content), workers=1)


# -------------------------------------------------------------------------------- words


def removed_word_back_at_its_place(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page)[:-3] + code_word("Quibblethorpe", 160, 762) + b"ET\n")


def removed_word_in_the_margin(pdf):
    page = pdf.pages[2].obj
    set_words(page, words_of(page)[:-3] + code_word("Quibblethorpe", 20, 20) + b"ET\n")


def allowed_word_twice(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page)[:-3] + code_word("Monday", 20, 20) + b"ET\n")


def allowed_word_moved_into_a_burnt_place(pdf):
    page = pdf.pages[1].obj
    first = words_of(page)
    row = next(row for row in first.splitlines(keepends=True) if b"/F" in row)
    set_words(page, first.replace(row, code_word("On", 160, 762)))


def seen_text_instead_of_unseen(pdf):
    page = pdf.pages[1].obj
    set_words(page, words_of(page).replace(b"3 Tr", b"0 Tr"))


def comment_in_the_words(pdf):
    page = pdf.pages[1].obj
    set_words(page, b"%Quibblethorpe\n" + words_of(page))


def word_behind_the_end_of_the_compressed_words(pdf):
    part = pdf.pages[1].obj.Contents[1]
    part.write(part.read_raw_bytes() + b"Quibblethorpe", filter=Name.FlateDecode)


def codes_that_say_something_else(pdf):
    table = pdf.pages[1].obj.Resources.Font.F.ToUnicode
    row = b"<004D> <004D>"
    assert row in table.read_bytes()
    table.write(
        zlib.compress(table.read_bytes().replace(row, b"<004D> <0051>")), filter=Name.FlateDecode
    )


WORDS = [
    removed_word_back_at_its_place, removed_word_in_the_margin, allowed_word_twice,
    allowed_word_moved_into_a_burnt_place, codes_that_say_something_else,
]  # fmt: skip


@pytest.mark.parametrize("change", WORDS, ids=lambda change: change.__name__)
def test_words_that_were_not_let_through_are_refused(made, change):
    plan, _, report = made
    content = tampered(made, change)
    refused(plan, retold(content, report), content, r"can be read in the bundle, on page")


# ------------------------------------------------------------------------------- pixels


def repaint(page, paint):
    """Decodes the picture of a page, paints on it, and puts it back as it was encoded."""
    stream = page.Resources.XObject.P
    size = int(stream.Width), int(stream.Height)
    if stream.Filter == Name.DCTDecode:
        picture = Image.open(io.BytesIO(stream.read_raw_bytes()))
        paint(picture)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=72, subsampling=0)
        stream.write(out.getvalue(), filter=Name.DCTDecode)
    else:
        picture = decoded_fax(size, stream.read_raw_bytes())
        paint(picture)
        parms = stream.DecodeParms
        inked = picture.point([255] * 128 + [0] * 128, "1")
        stream.write(canvas.group4(inked), filter=Name.CCITTFaxDecode, decode_parms=parms)


def in_picture(page, box):
    """A box in points as seen, in pixels of the page's picture."""
    a, _, _, d, x, y = (float(part) for part in page.Contents[0].read_bytes().split()[1:7])
    frame = burn.frame_for(595.0, 842.0)
    wide, high = int(page.Resources.XObject.P.Width), int(page.Resources.XObject.P.Height)
    return (
        round((frame.across(box.x0) - x) / a * wide),
        round((y + d - frame.up(box.y0)) / d * high),
        round((frame.across(box.x1) - x) / a * wide),
        round((y + d - frame.up(box.y1)) / d * high),
    )


@pytest.mark.parametrize("corner", [0, 2], ids=["first", "last"])
@pytest.mark.parametrize("page", [0, 2], ids=["text", "photograph"])
def test_a_pixel_that_is_not_black_in_a_marked_place_is_refused(made, page, corner):
    plan, _, report = made

    def change(pdf):
        target = pdf.pages[page + 1].obj
        box = in_picture(target, report.areas[page][0])
        x, y = (box[0], box[1]) if corner == 0 else (box[2] - 1, box[3] - 1)
        white = 255 if page == 0 else (255, 255, 255)
        repaint(target, lambda picture: picture.paste(white, (x, y, x + 1, y + 1)))

    content = tampered(made, change)
    where = rf"not solid black in the bundle, on page {page + 2}"
    refused(plan, retold(content, report), content, where)


def test_black_painted_over_a_picture_that_was_not_burnt_is_refused(made):
    """Marks are burnt into the picture; a rectangle on top can be taken away again."""
    plan, _, report = made

    def change(pdf):
        box = in_picture(pdf.pages[3].obj, report.areas[2][0])
        repaint(pdf.pages[3].obj, lambda picture: picture.paste((250, 250, 250), box))

    content = tampered(made, change)
    refused(plan, retold(content, report), content, "not solid black in the bundle, on page 4")


def test_a_mark_that_the_builder_forgot_is_found_from_the_plan(made):
    """The check starts from the plan: a builder that loses a mark and its report is caught."""
    plan, content, report = made
    page = plan.pages[1]
    more = PlannedMark(page.marks[0].number, Box(200, 400, 260, 430), "TP-16", "box")
    pages = (plan.pages[0], replace(page, marks=(*page.marks, more)), plan.pages[2])
    stamped = replace(plan, pages=pages)
    refused(stamped, report, content, "not solid black in the bundle, on page 3")


def test_a_word_that_the_builder_forgot_to_remove_is_found_from_the_plan(made):
    plan, content, report = made
    page = plan.pages[1]
    (ann,) = [word for word in page.page.words if word.text == "Ann"]
    pages = (
        plan.pages[0],
        replace(page, marks=(*page.marks, replace(page.marks[0], box=ann.box))),
        plan.pages[2],
    )
    refused(replace(plan, pages=pages), report, content, "can be read in the bundle, on page 3")


def test_several_bad_pages_are_all_named(made):
    plan, _, report = made

    def change(pdf):
        removed_word_back_at_its_place(pdf)
        removed_word_in_the_margin(pdf)

    content = tampered(made, change)
    refused(plan, retold(content, report), content, r"on pages 2–3\.")


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
    content = pdfmetrics.getFont("Roboto").face._ttf_data
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


# ------------------------------------------------------------------------- names elsewhere


def rebuilt(plan):
    out = io.BytesIO()
    report = bundle.build(plan, FILES.__getitem__, out, dpi=72, workers=1)
    return report, out.getvalue()


def test_a_bookmark_that_names_a_removed_person_is_refused(made):
    plan = made[0]
    page = replace(plan.pages[0], starts="E-mail about Quibblethorpe")
    plan = replace(plan, pages=(page, *plan.pages[1:]))
    report, content = rebuilt(plan)
    sentence = "cover page or bookmark of the bundle uses a word that was removed"
    refused(plan, report, content, sentence)


def test_a_cover_that_names_a_removed_person_is_refused_unless_it_is_the_schools_own_word(made):
    cover = drawn(lambda canvas: canvas.drawString(72, 700, "Pupil: QUIBBLETHORPE, Year 5"))
    plan = replace(made[0], front=cover)
    report, content = rebuilt(plan)
    refused(plan, report, content, "uses a word that was removed from a page, on page 1")
    own = replace(plan, own_words=frozenset({"Quibblethorpe"}))
    check.check(own, report, io.BytesIO(content), workers=1)


def test_everyday_words_below_a_mark_may_stand_on_the_cover():
    files = {"a": text_pdf("the contents of it")}
    plan = plan_of(files, ["contents"], front=FRONT)
    out = io.BytesIO()
    report = bundle.build(plan, files.__getitem__, out, dpi=72, workers=1)
    check.check(plan, report, io.BytesIO(out.getvalue()), workers=1)


# ----------------------------------------------------------------------------- the rest


def test_the_check_can_be_stopped(made):
    plan, content, report = made
    with pytest.raises(Cancelled):
        check.check(plan, report, io.BytesIO(content), workers=1, cancelled=lambda: True)


def test_progress_counts_the_pages(made):
    plan, content, report = made
    seen = []
    check.check(plan, report, io.BytesIO(content), progress=lambda *now: seen.append(now))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_refusal_is_a_sentence_for_people(made):
    plan, content, report = made
    error = refused(plan, report, content + b"x")
    assert isinstance(error, DpdeskError)
    assert error.sentence.endswith(".")
    assert "Nothing was released" in error.next_step


def test_a_font_that_draws_is_told_from_one_that_does_not():
    from dpdesk.disclosure.textlayer import glyphless_font

    font = glyphless_font()
    assert check_structure.is_empty_font(font)
    glyf = font.index(b"glyf")
    start = int.from_bytes(font[glyf + 8 : glyf + 12])
    assert not check_structure.is_empty_font(font[:start] + b"\1" + font[start + 1 :])
    assert not check_structure.is_empty_font(font + b"Quibble")


@pytest.mark.parametrize("shift", range(16))
@pytest.mark.parametrize("zeros", [10, 11, 12])
def test_eleven_zero_bits_are_found_wherever_they_begin(shift, zeros):
    ones = (1 << 64) - 1
    hole = ((1 << zeros) - 1) << (20 + shift)
    content = (ones & ~hole).to_bytes(8)
    found = check_page.first_end_mark(content)
    assert found == ((64 - 20 - shift - zeros) // 8 if zeros >= 11 else len(content))
