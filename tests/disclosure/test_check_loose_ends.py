"""Guards of the check that stand behind others: each refuses by itself what only it can see."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Dictionary, Name, String

from dpdesk.disclosure.check_case import PageCase
from dpdesk.disclosure.check_file import Flaw, check_bytes
from dpdesk.disclosure.check_page import check_page
from dpdesk.disclosure.check_structure import Structure
from dpdesk.disclosure.check_text import says_its_words
from dpdesk.disclosure.plan import stamp_text
from dpdesk.documents.pages import Box, Word
from dpdesk.documents.pdf import open_pdf
from tests.disclosure.pdfs import A4, drawn, evidence_of, pages_of, text_pdf
from tests.disclosure.tampering import FILES, refused, retold, tampered

TEXT, PHOTO = 1, 3


def bytes_refused(content: bytes) -> str:
    """Which kind of flaw the reading of the bytes finds in a file of that very checksum."""
    import hashlib

    with pytest.raises(Flaw) as caught:
        check_bytes(io.BytesIO(content), hashlib.sha256(content).hexdigest(), len(content))
    return caught.value.kind


def moved(content: bytes, old: bytes, new: bytes) -> bytes:
    """A change of the same length, which leaves every object in its place."""
    assert content.count(old) >= 1
    assert len(old) == len(new)
    return content.replace(old, new, 1)


def two_rows_the_same(content: bytes) -> bytes:
    table = content.rindex(b"xref\n0 ")
    rows = list(re.finditer(rb"\d{10} 00000 n \n", content[table:]))
    one, two = rows[3], rows[4]
    return content[: table + two.start()] + one[0] + content[table + two.end() :]


def a_row_that_is_free(content: bytes) -> bytes:
    place = content.rindex(b" 00000 n \n")
    return content[:place] + b" 00000 f \n" + content[place + 10 :]


def table_elsewhere(content: bytes) -> bytes:
    start = re.search(rb"startxref\n(\d+)\n", content)
    assert start is not None
    return content.replace(start[1], b"%0*d" % (len(start[1]), int(start[1]) - 1))


def one_object_more(content: bytes) -> bytes:
    size = re.search(rb"/Size (\d+)/", content)
    assert size is not None
    return content.replace(size[0], b"/Size %d/" % (int(size[1]) + 1))


def objects_with_each_others_numbers(content: bytes) -> bytes:
    return content.replace(b"\n4 0 obj\n", b"\n5 0 obj\n", 1)


def another_first_row(content: bytes) -> bytes:
    return moved(content, b"0000000000 65535 f", b"0000000000 65534 f")


def note_before_the_first(content: bytes) -> bytes:
    return b"%PDF-1.7 " + content[9:]


BYTES = {
    "two rows the same": (two_rows_the_same, "revision"),
    "a row that is free": (a_row_that_is_free, "revision"),
    "the table elsewhere": (table_elsewhere, "revision"),
    "another first row": (another_first_row, "revision"),
    "one object more": (one_object_more, "revision"),
    "another number": (objects_with_each_others_numbers, "foreign"),
    "another head": (note_before_the_first, "foreign"),
    "an end before the end": (lambda content: content + content[-200:], "revision"),
    "an object without its end": (
        lambda content: moved(content, b"\nendobj\n", b"\nendobk\n"),
        "foreign",
    ),
    "a comment in an object": (
        lambda content: moved(content, b"/Type/Catalog", b"%Type/Catalog"),
        "foreign",
    ),
    "a stream of another length": (
        lambda content: moved(content, b"\nendstream\nendobj\n", b"\nendstreen\nendobj\n"),
        "foreign",
    ),
}


@pytest.mark.parametrize(("change", "kind"), BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_not_as_ours_are_refused(made, change, kind):
    _, content, report = made
    assert check_bytes(io.BytesIO(content), report.sha256, report.size) > 10
    changed = change(content)
    assert changed != content
    assert bytes_refused(changed) == kind


def test_a_file_without_objects_is_refused():
    tail = b"trailer\n<</Size 1/Root 1 0 R/Info 3 0 R/ID[<%s><%s>]>>\nstartxref\n15\n%%%%EOF\n"
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    table = b"xref\n0 1\n0000000000 65535 f \n"
    assert bytes_refused(head + table + tail % (b"A" * 32, b"A" * 32)) == "revision"


# ------------------------------------------------------------------- objects


def drawing_of(page, pattern, new):
    stream = page.Contents[0]
    content = stream.read_raw_bytes()
    changed = re.sub(pattern, new, content, count=1)
    assert changed != content
    stream.write(changed)


def picture_beyond_the_page(pdf):
    drawing_of(pdf.pages[TEXT].obj, rb" (\S+) (\S+) cm", rb" 500 \2 cm")


def black_over_a_page_of_text(pdf):
    drawing_of(pdf.pages[TEXT].obj, rb"/P Do Q\n", b"/P Do Q\n0 g\n1 1 2 2 re\nf\n")


def words_packed_in_another_way(pdf):
    part = pdf.pages[TEXT].obj.Contents[1]
    part.write(part.read_raw_bytes(), filter=Name.LZWDecode)


def byte_between_the_parts_of_a_photograph(pdf):
    _photograph(pdf, b"\xff\xdb", b"\0\xff\xdb")


def two_frames_of_a_photograph(pdf):
    content = pdf.pages[PHOTO].obj.Resources.XObject.P.read_raw_bytes()
    start = content.index(b"\xff\xc0")
    frame = content[start : start + 2 + int.from_bytes(content[start + 2 : start + 4], "big")]
    _photograph(pdf, frame, frame + frame)


def _photograph(pdf, old, new):
    stream = pdf.pages[PHOTO].obj.Resources.XObject.P
    content = stream.read_raw_bytes()
    assert old in content
    stream.write(content.replace(old, new, 1), filter=Name.DCTDecode)


def one_drawing_for_two_pages(pdf):
    pdf.pages[2].obj.Contents[0] = pdf.pages[TEXT].obj.Contents[0]


def letters_of_another_glyph(pdf):
    _glyphs(pdf, b"\0\2")


def letters_of_a_glyph_far_off(pdf):
    _glyphs(pdf, b"\1\1")


def _glyphs(pdf, code):
    table = pdf.pages[TEXT].obj.Resources.Font.F.DescendantFonts[0].CIDToGIDMap
    table.write(zlib.compress(code + table.read_bytes()[2:]), filter=Name.FlateDecode)


def a_code_that_says_two_things(pdf):
    font = pdf.pages[TEXT].obj.Resources.Font.F
    table = font.ToUnicode.read_bytes()
    count = re.search(rb"(\d+) beginbfchar\n(<[^\n]*\n)", table)
    assert count is not None
    more = b"%d beginbfchar\n%s%s" % (int(count[1]) + 1, count[2], count[2])
    changed = table.replace(count[0], more, 1)
    font.ToUnicode.write(zlib.compress(changed), filter=Name.FlateDecode)


def a_branch_of_another_tree(pdf):
    pdf.Root.Pages.Kids[0].Parent = pdf.Root


def words_that_cannot_be_unpacked(pdf):
    pdf.pages[TEXT].obj.Contents[1].write(b"Quibblethorpe", filter=Name.FlateDecode)


def a_photograph_in_four_colours(pdf):
    pdf.pages[PHOTO].obj.Resources.XObject.P.ColorSpace = Name.DeviceCMYK


def a_file_in_what_a_page_draws_with(pdf):
    page = pdf.pages[0].obj
    font = next(iter(page.Resources.Font.values()))
    font.FontDescriptor = pdf.make_indirect(Dictionary(Type=Name.Filespec))


OBJECTS = (
    picture_beyond_the_page, black_over_a_page_of_text, words_packed_in_another_way,
    byte_between_the_parts_of_a_photograph, two_frames_of_a_photograph, one_drawing_for_two_pages,
    letters_of_another_glyph, letters_of_a_glyph_far_off, a_code_that_says_two_things,
    words_that_cannot_be_unpacked, a_photograph_in_four_colours, a_branch_of_another_tree,
    a_file_in_what_a_page_draws_with,
)  # fmt: skip


@pytest.mark.parametrize("change", OBJECTS, ids=lambda change: change.__name__)
def test_objects_that_are_not_as_ours_are_refused(made, change):
    plan, _, report = made
    content = tampered(made, change)
    refused(plan, retold(content, report), content)


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf.trailer.__setitem__("/Note", String("Quibblethorpe")),
        lambda pdf: setattr(pdf.Root.Pages.Kids[0], "Type", Name.Quibble),
        lambda pdf: pdf.Root.Pages.Kids[0].Kids.__setitem__(2, pdf.Root.Pages.Kids[0].Kids[1]),
    ],
    ids=["entry of the trailer", "kind of a branch", "one page twice"],
)
def test_the_structure_of_a_file_is_asked_for_by_itself(made, change):
    plan, content, report = made
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        with pytest.raises(Flaw):
            structure_of(pdf, plan, report)


def structure_of(pdf, plan, report):
    whole = Structure(pdf, len(pdf.objects))
    whole.check_tree(report.pages)
    whole.check(plan.heading, [("Cover and contents", 0), ("Document 1", 1), ("Document 3", 3)], [])


def test_the_structure_of_a_bundle_is_let_through(made):
    plan, content, report = made
    with pikepdf.open(io.BytesIO(content)) as pdf:
        structure_of(pdf, plan, report)


def test_a_file_that_is_locked_is_refused(made):
    plan, content, report = made
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="", R=6))
    with pikepdf.open(out) as locked:
        whole = Structure(locked, len(locked.objects))
        with pytest.raises(Flaw):
            whole.check(plan.heading, [], [])
    refused(plan, retold(out.getvalue(), report), out.getvalue())


# ------------------------------------------------------------------- what the builder reports


@pytest.mark.parametrize(
    "change",
    [
        lambda report: replace(report, lines=report.lines[:1]),
        lambda report: replace(report, areas=report.areas[:1]),
        lambda report: replace(report, pages=report.pages + 1),
        lambda report: replace(
            report, areas=(*report.areas[:-1], (*report.areas[-1], Box(500, 100, 700, 120)))
        ),
    ],
    ids=["lines of one page", "areas of one page", "one page more", "an area beyond the page"],
)
def test_a_report_that_does_not_fit_is_refused(made, change):
    plan, content, report = made
    refused(plan, change(report), content)


# ------------------------------------------------------------------- sources


@pytest.mark.parametrize(
    "size", [(595.0, 900.0), (500.0, 842.0)], ids=["higher paper", "narrower paper"]
)
def test_a_source_on_other_paper_is_refused(made, size):
    plan, content, report = made

    def page(canvas):
        canvas.drawString(72, size[1] - 82, "On Monday Quibblethorpe met Ann")
        canvas.drawString(72, size[1] - 101, "in the hall")

    other = {**FILES, "a": drawn(page, page, size=size)}
    refused_with(plan, report, content, other)


def test_a_source_that_cannot_be_read_is_refused(made):
    plan, content, report = made
    refused_with(plan, report, content, {**FILES, "a": FILES["a"][:400]})


def refused_with(plan, report, content, files):
    from dpdesk.disclosure import check
    from dpdesk.errors import ReleaseRefused

    evidence = replace(evidence_of(plan, FILES), sources=files.__getitem__)
    with pytest.raises(ReleaseRefused) as caught:
        check.check(plan, report, io.BytesIO(content), evidence, workers=1)
    assert "source" in caught.value.sentence or "document" in caught.value.sentence


def test_a_source_that_has_fewer_pages_is_refused(made):
    plan, content, report = made
    with pikepdf.open(io.BytesIO(FILES["a"])) as pdf:
        del pdf.pages[1]
        out = io.BytesIO()
        pdf.save(out)
    refused_with(plan, report, content, {**FILES, "a": out.getvalue()})


def test_a_page_that_has_no_source_is_not_taken_for_one_that_was_compared(made):
    plan, content, report = made
    (sheet,) = [PageCase(TEXT + 1, "a", 0, *A4, words_on(plan, 0), stamp(plan, report), (), ())]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        says = Structure(pdf, len(pdf.objects)).unseen_codes(TEXT + 1)
        shown = pdfium.PdfDocument(content)
        with pytest.raises(Flaw) as caught:
            check_page(pdf, shown, sheet, says, None)
        shown.close()
    assert caught.value.kind == "source"


def words_on(plan, place):
    planned = plan.pages[place]
    gone = {word for word in planned.page.words if "Quibble" in word.text}
    return tuple(word for word in planned.page.words if word not in gone)


def stamp(plan, report):
    return tuple(stamp_text(plan, plan.pages[0], TEXT + 1, report.pages).split())


def test_a_page_says_the_words_of_its_tables_or_others_are_drawn():
    content = text_pdf("On Monday the head met Ann and Bob", "in the old boat house")
    (page,) = pages_of(content)
    document = open_pdf(content)
    shown = document[0]
    at = PageCase(1, "a", 0, *A4, page.words, (), (), ())
    assert says_its_words(shown, at)
    others = tuple(replace(word, text="Zzz" + word.text[::-1].upper()) for word in page.words)
    assert not says_its_words(shown, replace(at, kept=others))
    # An answer in the field of a form is no word of the page, and stands where it says nothing.
    typed = tuple(Word(f"typed{n}", Box(300, 400 + 20 * n, 350, 412 + 20 * n)) for n in range(5))
    assert says_its_words(shown, replace(at, kept=(*page.words, *typed)))
    document.close()
