"""Nothing that was removed can be got back from a bundle, by any way that we know."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure import bundle, check
from dpdesk.disclosure.plan import BundlePlan, PlannedMark, PlannedPage
from dpdesk.documents.pages import Box
from dpdesk.errors import DpdeskError
from tests.dice import some
from tests.disclosure import nasty
from tests.disclosure.pdfs import evidence_of, pages_of, plan_of, text_pdf


def build(plan, files, **how):
    out = io.BytesIO()
    report = bundle.build(plan, files.__getitem__, out, **({"dpi": 150} | how))
    return out.getvalue(), report


@pytest.fixture(scope="module")
def released():
    files = nasty.files()
    plan = plan_of(
        {name: made for name, made in files.items() if "below" not in name}, [nasty.SECRET]
    )
    # Nobody could see what lies below, so nobody marked it.
    hidden = plan_of({name: made for name, made in files.items() if "below" in name})
    plan = replace(plan, pages=(*plan.pages, *hidden.pages))
    content, report = build(plan, files)
    return plan, content, report, [page.source for page in plan.pages]


def spellings(secret):
    for text in (secret, secret.upper(), secret.lower(), secret[::-1], secret[:8], secret[-8:]):
        yield text.encode("ascii")
        yield text.encode("utf-16-be")
        yield text.encode("utf-16-le")
        yield text.encode("ascii").hex().encode("ascii")
        yield text.encode("utf-16-be").hex().encode("ascii")


def holds_secret(content):
    lowered = content.lower()
    return any(spelling.lower() in lowered for spelling in spellings(nasty.SECRET))


def test_the_secret_was_there_and_was_marked_or_unseen(released):
    plan, _, _, names = released
    unmarked = [n for n, page in zip(names, plan.pages, strict=True) if not page.marks]
    assert {name for name in unmarked if "below" not in name} <= {"white_on_white"}


def test_the_check_passes_it(released):
    plan, content, report, _ = released
    done = check.check(plan, report, io.BytesIO(content), evidence_of(plan, nasty.files()))
    assert done.pages == len(plan.pages)


def test_no_byte_of_the_file_tells_it(released):
    assert not holds_secret(released[1])


def test_no_stream_of_the_file_tells_it_when_it_is_unpacked(released):
    content = released[1]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            assert not holds_secret(thing.unparse())
            if isinstance(thing, pikepdf.Stream) and "/Subtype" not in thing:
                assert not holds_secret(thing.read_bytes())
    for start in (match.end() for match in re.finditer(rb"stream\r?\n", content)):
        try:
            assert not holds_secret(zlib.decompressobj().decompress(content[start:]))
        except zlib.error:
            continue


def test_pdfium_reads_the_words_around_it_and_not_the_secret(released):
    _, content, _, names = released
    document = pdfium.PdfDocument(content)
    for name, page in zip(names, document, strict=True):
        text = page.get_textpage().get_text_range()
        assert nasty.SECRET.lower() not in re.sub(r"\s", "", text).lower(), name
        assert nasty.BEFORE in text, name
        assert nasty.AFTER in text, name
    document.close()


def test_nothing_is_left_but_pictures_words_and_one_font(released):
    with pikepdf.open(io.BytesIO(released[1])) as pdf:
        fonts = {page.Resources.Font.F.objgen for page in pdf.pages}
        assert len(fonts) == 1
        for page in pdf.pages:
            assert set(page.obj.keys()) == {
                "/Type",
                "/Parent",
                "/MediaBox",
                "/Resources",
                "/Contents",
            }
        assert not set(pdf.Root.keys()) & {"/Names", "/AcroForm", "/OpenAction", "/Metadata"}
        assert len(pdf.attachments) == 0


@pytest.mark.parametrize(
    "command",
    [
        ["pdftotext", "-q", "IN", "-"],
        ["pdftotext", "-q", "-raw", "IN", "-"],
        ["pdftotext", "-q", "-bbox", "IN", "-"],
        ["pdftohtml", "-q", "-stdout", "-i", "-xml", "IN"],
        ["qpdf", "--qdf", "--object-streams=disable", "IN", "-"],
        ["mutool", "draw", "-q", "-F", "stext", "IN"],
        ["mutool", "draw", "-q", "-F", "trace", "IN"],
        ["pdfinfo", "-meta", "IN"],
        ["pdfdetach", "-list", "IN"],
        ["strings", "IN"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_no_program_of_the_trade_gets_it_out(released, command, tmp_path):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    path = tmp_path / "bundle.pdf"
    path.write_bytes(released[1])
    arguments = [str(path) if part == "IN" else part for part in command]
    done = subprocess.run(arguments, capture_output=True, check=False)
    assert done.returncode == 0
    assert not holds_secret(done.stdout)


def test_the_pictures_of_the_pages_do_not_show_it(released):
    """Where the secret was drawn, the page is solid black; the words around it have ink."""
    plan, content, report, names = released
    document = pdfium.PdfDocument(content)
    for name, planned, page, areas in zip(names, plan.pages, document, report.areas, strict=True):
        picture = page.render(scale=2, grayscale=True).to_pil()
        factor = 2 * page.get_height() / (page.get_height() + max(12, 0.026 * page.get_height()))
        left = (picture.width - planned.page.width * factor) / 2
        for area in areas:
            inner = area.inflate(-1.5)
            corners = (
                left + inner.x0 * factor, inner.y0 * factor,
                left + inner.x1 * factor, inner.y1 * factor,
            )  # fmt: skip
            assert picture.crop(tuple(round(c) for c in corners)).getextrema()[1] <= 2, name
    document.close()


def test_a_secret_that_no_mark_covers_but_a_drawn_box_does_is_gone_too():
    content = text_pdf("Contact: Quibblethorpe, parent of Ann")
    (page,) = pages_of(content)
    (word,) = [word for word in page.words if "Quibble" in word.text]
    box = Box(word.box.x0 - 3, word.box.y0 + 2, word.box.x1 + 1, word.box.y1 - 2)
    plan = BundlePlan("R", (PlannedPage("a", 0, page, (PlannedMark(1, box, "C", "box"),)),))
    made, report = build(plan, {"a": content})
    check.check(plan, report, io.BytesIO(made), evidence_of(plan, {"a": content}))
    assert not holds_secret(made)
    assert "Quibblethorpe" not in str(report)


def test_documents_from_the_wild_are_bundled_and_pass_the_check(corpus: Path):
    """The first page of each third, with every seventh word marked; with other dice, of each."""
    files: dict[str, bytes] = {}
    planned: list[PlannedPage] = []
    number = 1
    found = [*(corpus / "pdf-samples").rglob("*.pdf"), *(corpus / "scans").glob("*.pdf")]
    for path in some(sorted(found)):
        content = path.read_bytes()
        try:
            pages = pages_of(content)[:1]
        except DpdeskError:
            continue
        files[path.name] = content
        for index, page in enumerate(pages):
            chosen = page.words[2::7][:40]
            marks = tuple(PlannedMark(number + n, w.box, "C") for n, w in enumerate(chosen))
            number += len(marks)
            planned.append(PlannedPage(path.name, index, page, marks))
    plan = BundlePlan("WILD", tuple(planned))
    made, report = build(plan, files, dpi=100)
    assert check.check(plan, report, io.BytesIO(made), evidence_of(plan, files)).areas > 100
