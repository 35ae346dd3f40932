"""The regulator's template as others fill it in, and files that are something else."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pytest

from dpdesk.assets.ropa_columns import HEADINGS
from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet import Asked
from tests.assets.workbooks import edited, sheet_of

PAYROLL = {
    "Business function": "Human resources",
    "Purpose of processing": "Payroll",
    "Name and contact details of joint controller (if applicable)": "N/A",
    "Categories of individuals": "Employees, Contractors",
    "Categories of personal data": "Contact details\nBank details\nShoe size",
    "Categories of recipients": "HMRC; Pension provider; The tailor",
    HEADINGS[7]: "N/A",
    "Retention schedule (if possible)": "6 years after the end of employment",
    HEADINGS[10]: "Encryption, staff training, a dog",
    HEADINGS[11]: "Article 6(1)(b) - contract; Article 6(1)(c) - legal obligation",
    "Rights available to individuals": "Access, rectification",
    HEADINGS[16]: "No",
    "Location of personal data": "Payroll system",
    "Data Protection Impact Assessment required?": "No",
    "Has a personal data breach occurred?": "No",
}


def filled(*lines, headings=HEADINGS, above=8, title="Template"):
    """A template as others have it: headings in row ``above + 1``, and some lines by heading."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for number, heading in enumerate(headings, 1):
        sheet.cell(above + 1, number, heading)
    for down, line in enumerate(lines, above + 2):
        for heading, words in line.items():
            sheet.cell(down, list(headings).index(heading) + 1, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(desk, content):
    seen = desk.assets.ropa.preview(content)
    desk.assets.ropa.accept(seen)
    return seen


def test_words_become_answers_where_they_can(desk, assets):
    seen = read(desk, filled(PAYROLL))
    assert seen.wrong == ()
    entry = assets.load(1)
    assert entry.title == "Human resources: Payroll"
    assert entry.values["personal"] == "yes"
    assert entry.values["people_kinds"] == ("staff", "visitors")
    assert set(entry.values["data_kinds"]) == {"contact", "fees"}
    assert entry.values["data_other"] == "Shoe size"
    assert entry.values["recipients"] == ("hmrc", "pensions")
    assert entry.values["recipients_other"] == "The tailor"
    assert entry.values["transfers"] == "no"
    assert entry.values["retention_words"] == "6 years after the end of employment"
    assert entry.values["measures"] == ("encrypted", "training")
    assert entry.values["measures_words"] == "a dog"
    assert entry.values["automated"] == "no"
    assert entry.values["place_words"] == "Payroll system"
    assert entry.values["dpia_required"] == "no"
    assert "joint" not in entry.values
    (purpose,) = assets.purposes.parts(1)
    assert purpose.values["purpose"] == "Payroll"
    assert purpose.values["basis"] == "contract"
    assert purpose.values["justification"].startswith("Article 6(1)(b) - contract;")


def test_nothing_is_lost_and_what_found_no_place_is_told(desk, assets):
    seen = read(desk, filled(PAYROLL))
    said = " ".join(str(value) for value in assets.load(1).values.values())
    said += " ".join(str(v) for v in assets.purposes.parts(1)[0].values.values())
    for words in ("Shoe size", "tailor", "a dog", "Access, rectification", "legal obligation"):
        assert words.casefold() in said.casefold(), words
    told = dict.fromkeys(words.split(":")[0] for _, words in seen.left)
    assert "Rights available to individuals" in told
    assert HEADINGS[11] in told, "the second basis"
    assert all(words in assets.load(1).values["notes"] for _, words in seen.left)


def test_columns_beside_the_thirty_are_kept_among_the_notes(desk, assets):
    headings = (*HEADINGS, "Date reviewed", "Owner")
    line = {**PAYROLL, "Date reviewed": dt.date(2026, 3, 4), "Owner": "Bursar"}
    seen = read(desk, filled(line, headings=headings))
    notes = assets.load(1).values["notes"]
    assert "Date reviewed: 4 March 2026" in notes
    assert "Owner: Bursar" in notes
    assert any("Date reviewed, Owner" in note for note in seen.notes)


def test_columns_in_another_order_and_with_slips_are_known(desk, assets):
    headings = [*reversed(HEADINGS)]
    headings[-1] = "Business  Function "
    headings[-4] = "Categories of individual"
    line = {
        headings[-1]: "Human resources",
        headings[-4]: "Employees",
        "Purpose of processing": "Payroll",
    }
    read(desk, filled(line, headings=headings, above=0))
    assert assets.load(1).values["people_kinds"] == ("staff",)


def test_rows_that_say_the_same_of_their_records_are_purposes_of_one_asset(desk, assets):
    other = {**PAYROLL, "Purpose of processing": "Pensions", HEADINGS[11]: "Legal obligation"}
    apart = {**PAYROLL, "Purpose of processing": "Sick notes", HEADINGS[4]: "Health"}
    read(desk, filled(PAYROLL, other, apart))
    assert [entry.title for entry in map(assets.load, (1, 2))] == [
        "Human resources",
        "Human resources: Sick notes",
    ]
    found = [part.values["basis"] for part in assets.purposes.parts(1)]
    assert found == ["contract", "legal_obligation"]


def test_rows_that_say_too_little_stay_apart(desk, assets):
    lines = [{HEADINGS[0]: "Finance", HEADINGS[1]: words} for words in ("Fees", "Bills")]
    read(desk, filled(*lines))
    assert [assets.load(n).title for n in (1, 2)] == ["Finance: Fees", "Finance: Bills"]


def test_rows_under_merged_cells_belong_to_the_row_above(desk, assets):
    more = {HEADINGS[3]: "Volunteers", HEADINGS[4]: "Photographs"}
    read(desk, filled(PAYROLL, more))
    assert assets.meter().entries == 1
    values = assets.load(1).values
    assert values["people_kinds"] == ("staff", "visitors", "governors")
    assert "pictures" in values["data_kinds"]


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("Consent", "consent"),
        ("Article 6(1)(ea)", "recognised_interest"),
        ("Recognised legitimate interest", "recognised_interest"),
        ("legitimate interests of the school", "legitimate_interests"),
        ("Art. 6 (1) (f)", "legitimate_interests"),
        ("Necessary for the public task", "public_task"),
        ("vital interests", "vital_interests"),
        ("Contract – Art 6(1)(b)", "contract"),
        ("Because we want to", None),
        ("n/a", None),
    ],
)
def test_a_lawful_basis_is_read_in_many_words(desk, assets, words, basis):
    seen = read(desk, filled({**PAYROLL, HEADINGS[11]: words}))
    assert assets.purposes.parts(1)[0].values.get("basis") == basis
    if words == "Because we want to":
        assert any(words in left for _, left in seen.left)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Article 9(2)(b)", "employment"),
        ("9(2)(g) substantial public interest", "substantial"),
        ("Explicit consent", "consent"),
        ("Magic", None),
    ],
)
def test_a_condition_of_article_9_is_read(desk, assets, words, code):
    seen = read(desk, filled({**PAYROLL, HEADINGS[12]: words}))
    assert assets.purposes.parts(1)[0].values.get("art9") == code
    assert code or any("Magic" in left for _, left in seen.left)


def test_a_condition_of_schedule_1_is_read_by_its_paragraph(desk, assets):
    read(desk, filled({**PAYROLL, HEADINGS[25]: "Schedule 1, paragraph 18"}))
    assert assets.purposes.parts(1)[0].values["sch1"] == "safeguarding"


def test_breaches_elsewhere_are_kept(desk, assets):
    line = {**PAYROLL, HEADINGS[23]: "Yes", HEADINGS[24]: "Log 2019, number 3"}
    read(desk, filled(line))
    assert assets.load(1).values["breaches_before"] == "Log 2019, number 3"


def test_read_twice_it_is_there_once(desk, assets):
    content = filled(PAYROLL)
    read(desk, content)
    seen = read(desk, content)
    assert {each.kind for each in seen.assets} == {"same"}
    assert assets.meter().entries == 1


def test_another_of_the_same_name_is_told(desk, assets):
    read(desk, filled(PAYROLL))
    seen = desk.assets.ropa.preview(filled({**PAYROLL, HEADINGS[3]: "Pupils"}))
    assert seen.assets[0].warning == "There is already an asset of this name: AS-2026-001."


def test_our_own_template_without_its_second_sheet_keeps_every_word(desk, full, other):
    from tests.assets.workbooks import edited, rows

    content = desk.assets.ropa.export()
    read(other, edited(content, drop_second=True))
    ours, theirs = rows(content), rows(other.assets.ropa.export())
    worked_out = {9, 15}  # the class is not in this schedule, and rights follow from the basis
    for mine, copy in zip(ours[:3], theirs[:3], strict=True):
        for column in set(range(30)) - worked_out:
            said = set(re.findall(r"\w+", str(mine[column]))) - {"System"}
            assert said <= set(re.findall(r"\w+", str(copy[column]))), HEADINGS[column]


# --- other files -------------------------------------------------------------------------------


def saved(build):
    book = openpyxl.Workbook()
    build(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"Business function,Purpose of processing\n", "not a workbook"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
        (saved(lambda book: None), "not the ICO’s template"),
        (saved(lambda book: book.active.append(["Name", "Date", "Amount"])), "not the ICO’s"),
        (filled(PAYROLL, headings=[h for h in HEADINGS if h in PAYROLL]), "lacks 15 of its 30"),
        (filled(PAYROLL, headings=HEADINGS[:-1]), "Reasons for not adhering"),
        (filled(), "nothing below the headings"),
    ],
    ids=["empty", "text", "broken", "old", "blank", "other", "half", "one short", "no rows"],
)
def test_another_file_is_refused_with_a_sentence_and_nothing_is_written(desk, content, sentence):
    before = desk.keeping._history_length()
    with pytest.raises(UnreadableFile, match=sentence):
        desk.assets.ropa.preview(content)
    assert desk.keeping._history_length() == before


def test_more_rows_than_can_be_read_are_refused_and_not_cut(desk, monkeypatch):
    monkeypatch.setattr("dpdesk.assets.ropa_in.MOST_ROWS", 3)
    with pytest.raises(UnreadableFile, match="more than 3 rows"):
        desk.assets.ropa.preview(filled(PAYROLL, PAYROLL, PAYROLL))


def test_our_own_template_without_its_second_sheet_is_known_by_what_it_says(desk, full):
    content = edited(desk.assets.ropa.export(), drop_second=True)
    seen = desk.assets.ropa.preview(content)
    assert [planned.kind for planned in seen.assets] == ["same", "new", "same"]
    # Its row runs into the one below, which says neither function nor purpose.
    assert f"looks like {full.reference}" in seen.assets[1].warning

    changed = edited(content, {"E10": "Somebody else"})
    first = desk.assets.ropa.preview(changed).assets[0]
    assert first.kind == "new"
    assert f"This looks like {full.reference}, which is already here" in first.warning


def test_rows_that_the_template_hides_are_left_out_unless_they_are_asked_for(desk, full):
    def hide(book):
        book["Template"].row_dimensions[book["Template"].max_row].hidden = True

    for second in (True, False):
        content = edited(desk.assets.ropa.export(), drop_second=not second, shape=hide)
        seen = desk.assets.ropa.preview(content)
        every = desk.assets.ropa.preview(content, asked=Asked(hidden=True))
        assert len(every.assets) == len(seen.assets) + 1
        assert any("hidden in this file" in note for note in seen.notes)
        assert not any("Rows removed" in note for note in seen.notes)
        assert (seen.how.hidden, seen.how.asked.sheet, seen.how.asked.head) == (1, "Template", 9)


def test_line_breaks_written_as_signs_change_nothing(desk, full):
    content = desk.assets.ropa.export()
    cell = sheet_of(content)["E10"].value
    again = edited(content, {"E10": str(cell).replace("\n", "_x000D_\n")})
    assert {planned.kind for planned in desk.assets.ropa.preview(again).assets} == {"same"}


def test_a_second_sheet_that_was_cut_down_is_told_and_stops_nothing(desk, full):
    def cut(book):
        book["dpdesk"].delete_cols(3, 100)

    seen = desk.assets.ropa.preview(edited(desk.assets.ropa.export(), shape=cut))
    assert any("lines of the second sheet are damaged" in note for note in seen.notes)


def test_a_formula_without_its_result_is_refused_only_where_it_would_be_read(desk, full):
    content = desk.assets.ropa.export()

    def beside(book):
        book.create_sheet("Sums").append(("=1+1",))

    assert {
        each.kind for each in desk.assets.ropa.preview(edited(content, shape=beside)).assets
    } == {"same"}
    with pytest.raises(UnreadableFile, match=r"not stored in it \(E10\)"):
        desk.assets.ropa.preview(edited(content, {"E10": "=A10"}))
