"""Impact assessments and legitimate interests: filled from the assets, and told back to them."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.assurance import dpia_rules
from dpdesk.assurance.dpia_records import QUESTIONS
from dpdesk.errors import InvalidEntry

NO = dict.fromkeys(QUESTIONS, "no")


def words_of(content):
    pdf = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from(["yes", "no", "unknown"])))
def test_nothing_is_not_needed_while_a_question_is_open(answers):
    found = dpia_rules.screened(answers)
    if found.verdict in {"not_needed", "advisable"}:
        assert all(answers.get(name) in {"yes", "no"} for name in QUESTIONS)
    if sum(answers.get(name) == "yes" for name in QUESTIONS) >= 2:
        assert found.verdict == "needed"


def test_one_yes_is_advisable_unless_it_counts_alone():
    assert dpia_rules.screened({**NO, "new_technology": "yes"}).verdict == "advisable"
    assert dpia_rules.screened({**NO, "biometric": "yes"}).verdict == "needed"
    assert dpia_rules.screened(NO).verdict == "not_needed"


@pytest.fixture
def camera(asset):
    return asset(
        "CCTV",
        "legitimate_interests",
        owner="Bursar",
        monitoring="yes",
        large_scale="no",
        new_technology="no",
        people_kinds=("pupils",),
        measures_words="Locked cupboard",
    )


@pytest.fixture
def dpia(room, camera):
    return room.dpias.save({"name": "CCTV at the gate", "assets": (camera.reference,)}).entry


def finished(room, dpia, residual="low", **more):
    risk = {"name": "A stranger sees the pictures", "residual": residual}
    room.dpias.risks.save(risk, parent_id=dpia.id)
    entry = room.dpias.load(dpia.id)
    values = {
        "verdict": "needed",
        "signed_on": room.dpias.today(),
        "signed_by": "The DPO",
        **more,
    }
    return room.dpias.save(values, entry.id, entry.version).entry


def test_what_the_assets_say_is_filled_in(dpia):
    values = dpia.values
    assert (values["owner"], values["monitoring"], values["large_scale"]) == ("Bursar", "yes", "no")
    assert "Keeping in touch" in values["need"]
    assert "Legitimate interests" in values["basis"]
    assert "Locked cupboard" in values["quality"]


def test_words_that_somebody_typed_are_never_written_over(room, camera, asset):
    other = asset("Gate log", owner="Caretaker", monitoring="no")
    mine = {"name": "CCTV", "need": "My own words", "assets": (camera.reference,)}
    entry = room.dpias.save(mine).entry
    both = (camera.reference, other.reference)
    entry = room.dpias.save({"assets": both}, entry.id, entry.version).entry
    assert entry.values["need"] == "My own words"
    cleared = room.dpias.save({"need": ""}, entry.id, entry.version).entry
    assert "need" not in cleared.values


def test_a_signed_assessment_is_told_to_the_asset(desk, room, dpia, camera):
    finished(room, dpia)
    values = desk.assets.assets.load(camera.id).values
    assert (values["dpia_required"], values["dpia_progress"]) == ("yes", "done")
    assert values["dpia_link"] == dpia.reference


def test_not_needed_is_told_too(desk, room, dpia, camera):
    room.dpias.save({"verdict": "not_needed"}, dpia.id, dpia.version)
    values = desk.assets.assets.load(camera.id).values
    assert values["dpia_required"] == "no"
    assert values["dpia_screened"] == room.dpias.today()
    assert "no_dpia" not in (
        each.key for each in desk.assets.assets.findings_of(desk.assets.assets.load(camera.id))
    )


def test_nothing_is_signed_off_without_risks_or_without_saying_what_is_left(room, dpia):
    signed = {"verdict": "needed", "signed_on": room.dpias.today(), "signed_by": "The DPO"}
    with pytest.raises(InvalidEntry) as raised:
        room.dpias.save(signed, dpia.id, dpia.version)
    assert "no risk" in raised.value.problems["signed_on"]
    room.dpias.risks.save({"name": "A stranger sees them"}, parent_id=dpia.id)
    entry = room.dpias.load(dpia.id)
    with pytest.raises(InvalidEntry):
        room.dpias.save(signed, entry.id, entry.version)


def test_a_high_risk_that_is_left_asks_for_the_ico_even_when_signed(room, dpia):
    assert finished(room, dpia, residual="high").state == "consult"
    entry = room.dpias.load(dpia.id)
    asked = {"ico_asked_on": room.dpias.today()}
    assert room.dpias.save(asked, entry.id, entry.version).entry.state == "signed"


def test_every_year_it_is_looked_at_and_can_end(room, dpia, later):
    entry = finished(room, dpia)
    due = dt.date.fromisoformat(entry.due)
    assert (due - room.dpias.today()).days in range(364, 367)
    later(370)
    duties = [duty.text for each in room.answers for duty in each.duties()]
    assert any("is it still going on?" in text for text in duties)
    room.dpias.looks.save({"day": room.dpias.today(), "outcome": "close"}, parent_id=entry.id)
    assert room.dpias.load(entry.id).state == "closed"


def test_what_has_ended_asks_for_its_asset_and_makes_no_gap_of_it(desk, room, dpia, camera):
    finished(room, dpia)
    assets = desk.assets.assets
    room.dpias.looks.save({"day": room.dpias.today(), "outcome": "close"}, parent_id=dpia.id)
    asset = assets.load(camera.id)
    assert asset.values["dpia_progress"] == "done"
    assert "no_dpia" not in {each.key for each in assets.findings_of(asset)}

    def told():
        return {duty.text for each in room.answers for duty in each.duties()}

    text = "CCTV: its impact assessment says that it has ended. Is the data gone?"
    assert text in told()
    assets.archive(asset.id, asset.version)
    assert text not in told()


def test_an_assessment_that_is_archived_or_about_something_else_is_taken_back(
    desk, room, dpia, camera, asset
):
    entry = finished(room, dpia)
    assets = desk.assets.assets
    entry = room.dpias.archive(entry.id, entry.version).entry
    assert "dpia_link" not in assets.load(camera.id).values
    entry = room.dpias.restore(entry.id, entry.version).entry
    assert assets.load(camera.id).values["dpia_progress"] == "done"
    other = asset("Gate log")
    room.dpias.save({"assets": (other.reference,)}, entry.id, entry.version)
    assert assets.load(camera.id).values.get("dpia_progress") is None
    assert assets.load(other.id).values["dpia_link"] == entry.reference


def test_a_weighed_interest_mends_the_finding_of_the_asset_and_takes_it_back(desk, room, asset):
    alumni = asset("Alumni list", "legitimate_interests")

    def gaps():
        loaded = desk.assets.assets.load(alumni.id)
        return {each.key for each in desk.assets.assets.findings_of(loaded)}

    assert "no_lia" in gaps()
    weighed = {
        "name": "Keeping in touch",
        "assets": (alumni.reference,),
        "impact": "A letter a year",
        "outcome": "relies",
        "done_on": room.interests.today(),
        "because": "They expect it",
    }
    entry = room.interests.save(weighed).entry
    assert "no_lia" not in gaps()
    entry = room.interests.archive(entry.id, entry.version).entry
    assert "no_lia" in gaps()
    entry = room.interests.restore(entry.id, entry.version).entry
    assert "no_lia" not in gaps()
    room.interests.save({"outcome": "not"}, entry.id, entry.version)
    assert "no_lia" in gaps()


def test_nothing_rests_on_an_interest_in_children_whose_weight_nobody_gave(room):
    weighed = {"name": "A newsletter", "impact": "Little", "outcome": "relies", "children": "yes"}
    with pytest.raises(InvalidEntry) as raised:
        room.interests.save(weighed)
    assert set(raised.value.problems) == {"children_words"}
    said = {"children_words": "Pupils are never written to."}
    assert room.interests.save({**weighed, **said}).entry.values["outcome"] == "relies"


def test_each_sign_off_is_kept_as_it_was(room, dpia, later):
    entry = finished(room, dpia)
    (first,) = room.dpias.editions(dpia.id)
    assert first.answers["signed_on"] == room.dpias.today().isoformat()
    kept = words_of(room.dpias.edition(first.id))
    assert "A stranger sees the pictures" in kept
    entry = room.dpias.save({"context": "Pupils know of it"}, entry.id, entry.version).entry
    assert len(room.dpias.editions(dpia.id)) == 1, "a changed word is no new sign-off"
    assert room.dpias.changed_since(dpia.id)
    assert "Signed off, and changed since then" in words_of(
        room.prints.dpia(room.dpias, entry).content
    )
    entry = room.dpias.sign(entry.id, entry.version, "The DPO").entry
    assert len(room.dpias.editions(dpia.id)) == 2, "signed again on the same day"
    assert not room.dpias.changed_since(dpia.id)
    entry = room.dpias.save({"notes": "Ask the bursar"}, entry.id, entry.version).entry
    assert not room.dpias.changed_since(dpia.id), "notes are for oneself"
    later(200)
    room.dpias.sign(entry.id, entry.version, "The proprietor")
    _, second, _ = room.dpias.editions(dpia.id)
    assert "Pupils know of it" in words_of(room.dpias.edition(second.id))
    assert "Pupils know of it" not in words_of(room.dpias.edition(first.id))


def test_a_sign_off_that_is_refused_keeps_nothing(room, dpia):
    entry = room.dpias.save({"verdict": "needed"}, dpia.id, dpia.version).entry
    with pytest.raises(InvalidEntry):
        room.dpias.sign(entry.id, entry.version, "The proprietor")
    assert room.dpias.editions(dpia.id) == ()


def test_the_questions_for_staff_hold_what_is_known_and_never_the_help(room, dpia):
    asked = room.prints.questions(room.dpias, dpia)
    text = words_of(asked.printed().content)
    document = Document(io.BytesIO(asked.word()))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    for field in room.dpias.register.fields:
        if field.section in {"need", "describe", "necessity"} and field.applies(dpia.values):
            assert field.label in text
            assert field.label in cells
    assert "Keeping in touch" in " ".join(cells), "from the asset, to be corrected"
    for help_words in filter(None, (field.help for field in room.dpias.register.fields)):
        assert help_words not in text
        assert help_words not in " ".join(cells)
    assert "Who approved the measures?" not in text, "that is for the officer"
