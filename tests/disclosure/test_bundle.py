"""The bundle as a file: whole, in order, searchable, and written without ever going back."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium
import pytest

from dpdesk.disclosure import bundle, check
from dpdesk.disclosure.papers import Contained, FrontMatter, front_matter
from dpdesk.disclosure.plan import PlannedPage, number_list, withheld_lines
from dpdesk.documents.pages import Page
from dpdesk.errors import Cancelled, InvalidEntry, UnreadableFile
from dpdesk.law.exemptions import reason
from tests.disclosure.pdfs import drawn, evidence_of, plan_of, text_pdf
from tests.papers.reading import SCHOOL, TODAY


class Tape:
    """Takes bytes one after the other, as a vault does; can do nothing else."""

    def __init__(self):
        self.written = bytearray()

    def write(self, content):
        self.written += content
        return len(content)


def contents_page(canvas):
    canvas.drawString(72, 700, "Contents")
    canvas.linkURL("dpdesk:page/3", (72, 690, 200, 715))
    canvas.linkURL("https://example.org/elsewhere", (72, 590, 200, 615))


FRONT = drawn(lambda canvas: canvas.drawString(72, 700, "Disclosure bundle"), contents_page)
BACK = drawn(lambda canvas: canvas.drawString(72, 700, "What the reasons mean"))
FILES = {
    "a": text_pdf("First letter about Harry", "second line", pages=2),
    "b": text_pdf("Wójcik and Nguyễn and Олена and Ελένη", font="Lato"),
}


def built(plan, files=FILES, **how):
    tape = Tape()
    report = bundle.build(plan, files.__getitem__, tape, **{"dpi": 100, "workers": 1} | how)
    return bytes(tape.written), report


@pytest.fixture(scope="module")
def made():
    plan = plan_of(FILES, ["Harry"], front=FRONT, back=BACK)
    withheld = replace(plan.pages[1], withheld="LPP-19")
    plan = replace(
        plan,
        pages=(plan.pages[0], withheld, plan.pages[2]),
        reasons={"LPP-19": "Advice from a lawyer is confidential."},
    )
    content, report = built(plan, day="20261122")
    return plan, content, report


def texts(content):
    document = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_pages_come_in_order_between_the_schools_own(made):
    _, content, report = made
    found = texts(content)
    assert report.pages == len(found) == 6
    assert "Disclosure bundle" in found[0]
    assert "Contents" in found[1]
    assert found[2].split()[:4] == ["First", "letter", "about", "second"]
    assert "Page 4 withheld" in found[3]
    assert "Advice from a lawyer is confidential." in found[3]
    assert "Wójcik and Nguyễn and Олена and Ελένη" in found[4]
    assert "What the reasons mean" in found[5]


def test_each_page_is_stamped_with_the_reference_and_its_page_of_the_pdf(made):
    _, content, _ = made
    found = texts(content)
    assert "SAR-2026-014 · Page 3 of 6 · Redactions 1" in found[2]
    assert "SAR-2026-014 · Page 4 of 6" in found[3]
    assert "Redactions" not in found[3]


def test_links_of_the_contents_lead_to_pages_and_no_link_leads_out(made):
    _, content, _ = made
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (link,) = pdf.pages[1].Annots
        assert link.Dest[0].objgen == pdf.pages[2].obj.objgen
        assert "/A" not in link


def test_bookmarks_name_the_parts(made):
    _, content, _ = made
    document = pdfium.PdfDocument(content)
    found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert found == [
        (bundle.FRONT_TITLE, 0),
        ("Document 1", 2),
        ("Document 3", 4),
        (bundle.BACK_TITLE, 5),
    ]
    document.close()


def test_the_file_says_what_it_is_and_nothing_more(made):
    _, content, _ = made
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert dict(pdf.docinfo.items()) == {
            "/Title": "Disclosure bundle SAR-2026-014",
            "/Producer": "dpdesk",
            "/CreationDate": "D:20261122",
        }
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712  # a PDF boolean
        assert pdf.check_pdf_syntax() == []


def test_size_and_hash_are_those_of_the_bytes(made):
    import hashlib

    _, content, report = made
    assert report.size == len(content)
    assert report.sha256 == hashlib.sha256(content).hexdigest()


def test_burnt_places_are_reported_for_each_planned_page(made):
    _, _, report = made
    assert [len(boxes) for boxes in report.areas] == [1, 0, 0]


def test_the_same_plan_gives_the_same_bytes_whatever_the_number_of_workers(made):
    plan, content, _ = made
    again, _ = built(plan, day="20261122", workers=2)
    assert again == content


def test_words_beyond_the_first_plane_can_be_searched():
    content = text_pdf("thumbs", font="Lato")
    plan = plan_of({"a": content})
    page = plan.pages[0].page
    word = replace(page.words[0], text="👍🏽𝒜b")
    planned = replace(plan.pages[0], page=replace(page, words=(word,)))
    made, _ = built(replace(plan, pages=(planned,)), {"a": content})
    assert "👍🏽𝒜b" in texts(made)[0]


def test_progress_counts_up_to_the_last_page():
    seen = []
    built(plan_of(FILES), progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_building_can_be_stopped():
    calls = iter([False, True])
    with pytest.raises(Cancelled):
        built(plan_of(FILES), cancelled=lambda: next(calls, True))


def test_a_damaged_source_fails_the_bundle_and_names_the_page():
    plan = plan_of(FILES)
    with pytest.raises(UnreadableFile, match=r"Page 3 of the bundle cannot be drawn"):
        built(plan, {**FILES, "b": b"%PDF-1.4 broken"})


def test_a_page_that_is_not_there_fails_the_bundle_and_names_it():
    plan = plan_of(FILES)
    lost = replace(plan.pages[0], index=7)
    with pytest.raises(UnreadableFile, match=r"Page 2 of the bundle cannot be drawn"):
        built(replace(plan, pages=(plan.pages[0], lost)))


def test_a_withheld_page_needs_no_source():
    plan = plan_of(FILES)
    page = replace(plan.pages[0], withheld="DUP", source="gone")
    made, _ = built(replace(plan, pages=(page,)), {})
    assert "Page 1 withheld Reason code DUP" in " ".join(texts(made)[0].split())


def test_a_bundle_without_pages_is_not_made():
    with pytest.raises(InvalidEntry, match="no pages"):
        built(replace(plan_of(FILES), pages=()))


def test_a_contents_list_with_a_page_too_many_is_refused():
    front = drawn(lambda canvas: canvas.linkURL("dpdesk:page/99", (0, 0, 9, 9)))
    with pytest.raises(UnreadableFile, match="names a page that the bundle does not have"):
        built(plan_of(FILES, front=front))


def test_the_full_copy_has_the_same_pages_with_everything_to_be_read(made):
    plan, content, _ = made
    full = bundle.unredacted(plan)
    copy, report = built(full)
    found = texts(copy)
    assert len(found) == len(texts(content))
    assert "First letter about Harry" in found[2]
    assert "First letter about Harry" in found[3]
    assert "FULL UNREDACTED COPY" in found[2]
    assert report.areas == ((), (), ())


def test_a_copy_with_a_password_opens_with_it_only(made):
    _, content, _ = made
    out = io.BytesIO()
    bundle.encrypt_copy(io.BytesIO(content), out, "Öffne dich 7")
    assert b"dpdesk" not in out.getvalue()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(out.getvalue()))
    with pikepdf.open(io.BytesIO(out.getvalue()), password="Öffne dich 7") as pdf:
        assert pdf.encryption.R == 6
        assert len(pdf.pages) == 6


def test_an_empty_password_is_refused(made):
    with pytest.raises(InvalidEntry, match="password"):
        bundle.encrypt_copy(io.BytesIO(made[1]), io.BytesIO(), "")


def test_pages_are_asked_for_one_by_one_and_only_shortly_before_they_are_needed():
    """A bundle of 5,000 pages must not be held in memory."""
    plan = plan_of({"a": text_pdf("x", pages=30)})
    asked: list[int] = []
    done: list[int] = []

    class Lazy(tuple):
        __slots__ = ()

        def __iter__(self):
            for place in range(len(self)):
                asked.append(place)
                assert len(asked) - len(done) < 16
                yield tuple.__getitem__(self, place)

    built(
        replace(plan, pages=Lazy(plan.pages)),
        {"a": text_pdf("x", pages=30)},
        progress=lambda number, _: done.append(number),
    )
    assert len(asked) == 30


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], ""), ([4], "4"), ([1, 2, 3], "1–3"), ([9, 1, 3, 2, 7], "1–3, 7, 9")],
)
def test_numbers_are_written_short(numbers, expected):
    assert number_list(numbers) == expected


def test_a_withheld_page_without_a_reason_in_words_names_its_code():
    plan = plan_of(FILES)
    page = PlannedPage("a", 0, Page(1, 1, (), "blank"), withheld="X-1")
    assert withheld_lines(plan, page, 3) == ("Page 3 withheld", "Reason code X-1")


@pytest.mark.parametrize(
    "command",
    [["qpdf", "--check"], ["mutool", "info"], ["pdftotext", "-q"], ["pdfinfo"]],
    ids=lambda command: command[0],
)
def test_other_programs_find_no_fault_in_it(made, command, tmp_path):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here")
    path = tmp_path / "bundle.pdf"
    path.write_bytes(made[1])
    arguments = [*command, str(path), *(["-"] if command[0] == "pdftotext" else [])]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "error" not in done.stderr.lower()
    assert "syntax" not in done.stderr.lower()


def test_pdftotext_and_mutool_read_the_words_in_lines(made, tmp_path):
    if shutil.which("pdftotext") is None or shutil.which("mutool") is None:
        pytest.skip("pdftotext and mutool are not installed here")
    path = tmp_path / "bundle.pdf"
    path.write_bytes(made[1])
    for command in (
        ["pdftotext", "-f", "5", "-l", "5", str(path), "-"],
        ["mutool", "draw", "-q", "-F", "text", str(path), "5"],
    ):
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
        assert text.split("\n")[0].strip() == "Wójcik and Nguyễn and Олена and Ελένη"


def test_the_front_matter_of_a_real_release_goes_in_and_passes_the_check():
    plan = plan_of(FILES, ["Harry"])
    contents = (Contained("Document 1", 0, 2), Contained("Document 2", 2, 1))
    front = front_matter(
        FrontMatter(
            SCHOOL,
            "SAR-2026-014",
            "Ms Zoë Nguyễn",
            TODAY,
            ("The pupil file",),
            contents,
            (reason("TP-16"), reason("LPP-19")),
            3,
            2,
            0,
        )
    )
    made, report = built(replace(plan, front=front.content), day="20261122")
    fronted = replace(plan, front=front.content)
    check.check(fronted, report, io.BytesIO(made), evidence_of(plan, FILES), workers=1)
    found = texts(made)
    assert len(found) == front.pages + 3
    assert "Zoë Nguyễn" in found[0]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        goals = [note.Dest[0].objgen for page in pdf.pages for note in page.obj.get("/Annots", ())]
        pages = [page.obj.objgen for page in pdf.pages]
    assert {pages.index(goal) for goal in goals} == {front.pages, front.pages + 2}
