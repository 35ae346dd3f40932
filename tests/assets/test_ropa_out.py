"""The record of processing as the regulator's workbook."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree as ET

from tests.assets.workbooks import rows, sheet_of
from tests.builders import SCHOOL

HEADINGS = """Business function
Purpose of processing
Name and contact details of joint controller (if applicable)
Categories of individuals
Categories of personal data
Categories of recipients
Link to contract with processor
Names of third countries or international organisations that personal data are transferred to (if applicable)
Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)
Retention schedule (if possible)
General description of technical and organisational security measures (if possible)
Article 6 lawful basis for processing personal data
Article 9 condition for processing special category data
Legitimate interests for the processing (if applicable)
Link to record of legitimate interests assessment (if applicable)
Rights available to individuals
Existence of automated decision-making, including profiling (if applicable)
The source of the personal data (if applicable)
Link to record of consent
Location of personal data
Data Protection Impact Assessment required?
Data Protection Impact Assessment progress
Link to Data Protection Impact Assessment
Has a personal data breach occurred?
Link to record of personal data breach
Data Protection Act 2018 Schedule 1 Condition for processing
GDPR Article 6 lawful basis for processing
Link to retention and erasure policy document
Is personal data retained and erased in accordance with the policy document?
Reasons for not adhering to policy document (if applicable)""".split("\n")  # noqa: E501 — verbatim


def test_the_thirty_headings_stand_in_row_nine_in_their_order(desk, full):
    sheet = sheet_of(desk.assets.ropa.export())
    assert [cell.value for cell in sheet[9]] == HEADINGS
    assert sheet.max_column == 30
    assert [sheet.cell(9, 30).column_letter, sheet.freeze_panes] == ["AD", "A10"]


def test_the_blocks_above_name_controller_officer_and_representative(desk, full):
    school = desk.school.entry()
    desk.school.save(
        {"address": "1 Lane\nTown", "dpo_email": "dpo@x.example"}, school.id, school.version
    )
    sheet = sheet_of(desk.assets.ropa.export())
    assert [sheet.cell(2, n).value for n in (1, 4, 7)] == [
        "Controller",
        "Data protection officer (if applicable)",
        "Representative (if applicable)",
    ]
    for column in (1, 4, 7):
        labels = [sheet.cell(row, column).value for row in range(3, 7)]
        assert labels == ["Name", "Address", "Email", "Telephone"]
    assert [sheet.cell(3, n).value for n in (2, 5)] == [SCHOOL["name"], SCHOOL["dpo_name"]]
    assert sheet["B4"].value == "1 Lane\nTown"
    assert sheet["E5"].value == "dpo@x.example"


def test_there_is_a_row_for_each_purpose_and_one_for_an_asset_without(desk, full):
    found = rows(desk.assets.ropa.export())
    assert [row[1] for row in found] == [
        "Teaching and reporting",
        "Showing school life",
        "Protecting children",
        None,
        None,
    ]
    assert found[0][3] == "Pupils\nParents and carers\nNannies; au pairs"
    assert found[2][11] == (
        "Recognised legitimate interest – Art 6(1)(ea)\nSafeguarding a vulnerable individual"
    )
    assert found[0][9].startswith("P04 Pupil file")
    assert found[0][19].endswith("System: School database")
    assert found[0][6] == "Drawer 1\nDrawer 2\nDrawer 3"
    assert "To withdraw consent" in found[1][15]
    assert "To withdraw consent" not in found[0][15]
    assert found[0][26] == found[0][11], "repeated where data are protected more"
    assert found[3][26] is None


def test_breaches_of_the_log_are_told(desk, full):
    aware = dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)
    facts = {"summary": "Lost letter", "aware": aware, "asset_links": (full.reference,)}
    desk.breaches.breaches.save(facts)
    desk.breaches.breaches.save({**facts, "drill": "yes"})
    desk.breaches.breaches.save({**facts, "outcome": "near_miss"})
    found = rows(desk.assets.ropa.export())
    assert found[0][23] == "Yes"
    assert found[0][24] == "BR-2026-001\nA letter in 2019"
    assert found[4][23] == "No"


def test_it_is_a_sound_workbook(desk, full):
    content = desk.assets.ropa.export()
    assert content == desk.assets.ropa.export(), "equal registers give equal files"
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        assert whole.testzip() is None
        for name in whole.namelist():
            ET.fromstring(whole.read(name))
        sheet = whole.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_what_looks_like_a_formula_stays_text(desk, asset):
    asset({"purpose": "=HYPERLINK(1)"}, name="x", function="+44", personal="yes")
    sheet = sheet_of(desk.assets.ropa.export())
    for place, words in (("A10", "+44"), ("B10", "=HYPERLINK(1)")):
        assert sheet[place].value == words
        assert sheet[place].data_type == "s"
        assert sheet[place].quotePrefix


def test_what_is_handed_over_is_the_template_alone_with_each_record_by_name(desk, whole):
    ropa = desk.assets.ropa
    whole(function="Special educational needs", name="SEN files")
    whole(function="Special educational needs", name="SEN e-mails")
    content = ropa.hand_over()
    assert b"dpdesk" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) < len(
        zipfile.ZipFile(io.BytesIO(ropa.export())).namelist()
    )
    first = [str(row[0]) for row in rows(content)]
    assert first == [
        "Special educational needs: SEN files",
        "Special educational needs: SEN e-mails",
    ]


def test_what_the_law_asks_for_is_never_left_empty_in_silence(desk, whole):
    ropa = desk.assets.ropa
    whole()
    school = desk.school.entry()
    desk.school.save({"address": None, "dpo_email": None, "dpo_telephone": None}, 1, school.version)
    whole(name="Unprotected", measures=None, measures_words=None)
    told = ropa.left_empty()
    assert any(each.startswith("The school’s address") for each in told)
    assert any(each.startswith("The data protection officer’s e-mail") for each in told)
    assert any(each.startswith("Security measures: 1 of 2 rows") for each in told)
