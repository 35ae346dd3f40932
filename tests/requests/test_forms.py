"""Forms for the public: fillable, printable, known by their code however they come back."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from PIL import Image, ImageDraw

from dpdesk.documents import pdf
from dpdesk.errors import InvalidEntry, UnreadableFile
from tests.documents.makers import lato

DOTS = 200
SAID = {
    "requester": "Wren Larch",
    "subject": "Zinnia Larch, 4B",
    "requester_contact": "wren.larch@example.org",
    "asked": "All e-mails about Zinnia\nsince September",
    "day": "1 Dec 2026",
}


@pytest.fixture
def forms(desk):
    return desk.requests.forms


def filled_pdf(content, texts, ticked=()):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        for field in opened.Root.AcroForm.Fields:
            name = str(field.T)
            if name in texts:
                field.V = pikepdf.String(texts[name])
            if name in ticked:
                field.V = pikepdf.Name("/Yes")
        opened.save(out)
    return out.getvalue()


def filled_docx(content, texts, ticked=()):
    made = Document(io.BytesIO(content))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    w14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    for field in made.element.body.iter(f"{w}sdt"):
        facts = field.find(f"{w}sdtPr")
        name = facts.find(f"{w}tag").get(f"{w}val")
        if name in texts:
            facts.remove(facts.find(f"{w}showingPlcHdr"))
            (text,) = field.iter(f"{w}t")
            text.text = texts[name]
        if name in ticked:
            facts.find(f"{w14}checkbox").find(f"{w14}checked").set(f"{w14}val", "1")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scanned(content, layout, texts, ticked=()):
    """The form as somebody printed it, wrote on it in a plain hand, and scanned it askew."""
    document = pdf.open_pdf(content)
    drawn = pdf.draw(document, 0, DOTS / 72, gray=True)
    size = (drawn.width, drawn.height)
    sheet = Image.frombytes("L", size, drawn.content, "raw", "L", drawn.stride, 1)
    document.close()
    pen, scale = ImageDraw.Draw(sheet), DOTS / 72
    for key, text in texts.items():
        _page, x, y, _wide, _high = layout.fields[key]
        pen.multiline_text(((x + 6) * scale, (y + 4) * scale), text, 30, font=lato(32))
    for key in ticked:
        _page, x, y, wide, high = layout.boxes[key]
        points = [(x + 2, y + 7), (x + 6, y + high - 2), (x + wide + 3, y - 3)]
        pen.line([(a * scale, b * scale) for a, b in points], fill=40, width=5, joint="curve")
    turned = sheet.rotate(-1.5, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    out = io.BytesIO()
    turned.save(out, "PDF", resolution=DOTS)
    return out.getvalue()


def read(forms, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    return forms.read(tmp_path / name)


def test_each_pdf_has_named_fields_with_words_in_the_order_of_reading(desk, forms):
    made = forms.files()
    assert len(made) == 6
    codes = set()
    for name in ("ask-for-information", "complain", "withdraw-consent"):
        with pikepdf.open(io.BytesIO(made[f"{name}.pdf"])) as opened:
            assert len(opened.pages) == 1
            assert str(opened.pages[0].Tabs) == "/R"
            fields = {str(f.T): f for f in opened.Root.AcroForm.Fields}
            codes.add(str(fields.pop("form_code").V))
            assert {"requester", "subject", "requester_contact", "asked", "day"} <= set(fields)
            assert all(str(field.TU).strip() for field in fields.values())
            tops = [float(f.Rect[3]) for f in fields.values() if str(f.FT) == "/Tx"]
            assert tops == sorted(tops, reverse=True)
    assert len(codes) == 3
    assert all(forms.codes.meant(code) for code in codes)


def test_a_pdf_filled_in_on_a_computer_begins_the_request(forms, tmp_path):
    made = forms.files()["ask-for-information.pdf"]
    content = filled_pdf(made, SAID, ("kind erasure", "who mother"))
    (form,) = read(forms, tmp_path, "back.pdf", content)
    assert form.form == "request"
    assert form.answers == {
        "kind": "erasure",
        "channel": "request_form",
        "relationship": "mother",
        "requester": "Wren Larch",
        "subject": "Zinnia Larch, 4B",
        "requester_contact": "wren.larch@example.org",
        "asked": "All e-mails about Zinnia\nsince September",
    }
    assert "1 Dec 2026" in form.why
    assert form.picture[:3] == b"\xff\xd8\xff"


def test_a_word_file_that_was_typed_in_is_known_by_its_code(forms, tmp_path):
    made = forms.files()["withdraw-consent.docx"]
    tick = "use newsletters and other messages"
    content = filled_docx(made, {**SAID, "asked": "No more appeals."}, (tick, "who self"))
    (form,) = read(forms, tmp_path, "back.docx", content)
    assert (form.form, form.answers["kind"]) == ("withdrawal", "withdrawal")
    assert form.answers["use"] == "Newsletters and other messages"
    assert form.answers["asked"] == "No more appeals."
    assert form.answers["relationship"] == "self"


def test_a_form_that_was_printed_and_scanned_is_read_from_the_ink(forms, tmp_path):
    made = forms.files()
    with pikepdf.open(io.BytesIO(made["complain.pdf"])) as opened:
        code = str(next(f.V for f in opened.Root.AcroForm.Fields if str(f.T) == "form_code"))
    _form, layout = forms.codes.meant(code)
    content = scanned(made["complain.pdf"], layout, SAID, ("who father",))
    (form,) = read(forms, tmp_path, "scan.pdf", content)
    assert (form.form, form.code) == ("complaint", code)
    assert form.answers["kind"] == "complaint"
    assert form.answers["relationship"] == "father"
    assert form.answers["requester"] == "Wren Larch"
    assert "since September" in form.answers["asked"]
    assert "picture" in form.why


def test_a_page_that_is_no_form_of_this_school_says_so(desk, forms, tmp_path):
    made = forms.files()["complain.pdf"]
    strange = filled_pdf(made, {**SAID, "form_code": "PAAAAAAAA"})
    blank = io.BytesIO()
    Image.new("L", (800, 1100), 255).save(blank, "PDF")
    for content in (blank.getvalue(),):
        (form,) = read(forms, tmp_path, "x.pdf", content)
        assert (form.form, form.answers) == ("", {})
        assert "No code" in form.why
    # The field lies, but the printed code is that of a form that was made here.
    form, *_about_the_file = read(forms, tmp_path, "y.pdf", strange)
    assert form.form == "complaint"


def test_more_than_one_thing_asked_for_is_for_a_person_to_part(forms, tmp_path):
    made = forms.files()["ask-for-information.pdf"]
    content = filled_pdf(made, SAID, ("kind erasure", "kind objection"))
    (form,) = read(forms, tmp_path, "back.pdf", content)
    assert form.answers["kind"] == "access"
    assert "request of its own" in form.why


def test_what_was_confirmed_is_logged_with_the_form_beside_it(desk, forms, tmp_path):
    made = forms.files()["ask-for-information.pdf"]
    (form,) = read(forms, tmp_path, "back.pdf", filled_pdf(made, SAID, ("who mother",)))
    with pytest.raises(InvalidEntry):
        forms.log(form, dict(form.answers))
    saved = forms.log(form, {**form.answers, "received": desk.requests.requests.today()})
    assert saved.entry.values["requester"] == "Wren Larch"
    (card,) = desk.documents.of_entry("requests", saved.entry.id)
    assert card.name == "back.pdf"
    assert desk.check().problems == ()


def test_a_word_file_that_is_damaged_or_no_form_begins_nothing(forms, tmp_path):
    with pytest.raises(UnreadableFile):
        read(forms, tmp_path, "bad.docx", b"PK\x03\x04 nothing")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert not any(form.form for form in read(forms, tmp_path, "odd.docx", out.getvalue()))


def test_a_long_address_leaves_the_form_on_one_page(desk, forms):
    entry = desk.school.load(1)
    address = "\n".join(f"Line {number} of a long address" for number in range(6))
    desk.school.save({"address": address}, entry.id, entry.version)
    for name, content in forms.files().items():
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as opened:
                assert len(opened.pages) == 1, name
