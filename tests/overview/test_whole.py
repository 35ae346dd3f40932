"""The desk as a whole: the report, the proof, what parents may read, the calendar, the answers."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from dpdesk.errors import DpdeskError
from dpdesk.overview.year import calendar_file


@pytest.fixture
def filled(desk):
    people = desk.people.people
    people.save({"kind": "pupil", "surname": "Wójcik", "forename": "Kacper"})
    values = {
        "name": "Pupil files",
        "personal": "yes",
        "people_kinds": ("pupils",),
        "data_kinds": ("medical",),
        "recipients": ("next",),
        "retention_words": "until 25",
    }
    asset = desk.assets.assets.save(values).entry
    purpose = {"purpose": "Teaching", "basis": "legal_obligation"}
    desk.assets.assets.purposes.save(purpose, parent_id=asset.id)
    named = {**values, "name": "Kacper Wójcik’s file"}
    desk.assets.assets.save(named)
    desk.assurance.risks.save({"name": "A laptop is stolen"})
    return desk


def test_the_calendar_names_nobody_and_keeps_its_marks(filled):
    today = filled.assurance.risks.today()
    values = {"name": "Medical forms of Kacper", "out_on": today, "back_by": today}
    filled.assurance.taken.save(values)
    duties = [duty for group in filled.overview.duties() for duty in group.duties]
    dated = [duty for duty in duties if duty.due is not None]
    first = calendar_file(dated, filled.registers, filled.now())
    events = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert len(events) == len(dated) > 0
    assert b"Kacper" not in first
    again = calendar_file(dated, filled.registers, filled.now() + dt.timedelta(days=1))
    marks = {str(event["uid"]) for event in icalendar.Calendar.from_ical(again).walk("VEVENT")}
    assert marks == {str(event["uid"]) for event in events}


def test_the_report_compares_two_periods_and_names_nobody(filled):
    from dpdesk.papers.leaflet import leaflet_docx, leaflet_html

    today = filled.assurance.risks.today()
    leaflet = filled.governance.report(
        today - dt.timedelta(days=90), today, {"short": "A quiet term."}
    )
    page = leaflet_html(leaflet).decode()
    for told in ("In short", "A quiet term.", "Information assets", "Before"):
        assert told in page
    assert "Kacper" not in page
    assert leaflet_docx(leaflet)[:2] == b"PK"
    with pytest.raises(ValueError, match="after it begins"):
        filled.governance.report(today, today - dt.timedelta(days=1))


def test_what_parents_read_warns_of_names_and_leaves_out_what_is_held_back(filled):
    rows = {row.what: row for row in filled.publishing.rows()}
    assert rows["Pupil files"].named == ()
    assert rows["Kacper Wójcik’s file"].named == ("Kacper Wójcik’s",)
    held = filled.publishing.files([rows["Kacper Wójcik’s file"].reference])
    page = held["what-we-hold.html"].decode()
    assert "Pupil files" in page
    assert "Wójcik" not in page
    assert "legal obligation" in page
    assert "until 25" in page


def test_an_edition_stays_as_it_was_and_says_what_changed_since_the_last(filled):
    publishing = filled.publishing
    named = next(row.reference for row in publishing.rows() if row.named)
    assert publishing.changes([named]) == ("New: Pupil files",)
    publishing.publish([named])
    assert publishing.changes([named]) == ()
    asset = filled.assets.assets.find(
        next(row.reference for row in publishing.rows() if not row.named)
    )
    filled.assets.assets.save({"recipients": ("dfe",)}, asset.id, asset.version)
    assert publishing.changes([named]) == ("Changed: Pupil files (with whom it is shared)",)
    assert publishing.changes([named, asset.reference]) == ("No longer there: Pupil files",)
    publishing.publish([named])
    second, first = publishing.editions()
    assert (first.number, second.number) == (1, 2)
    assert first.rows[asset.reference]["shared"] != second.rows[asset.reference]["shared"]
    assert second.held_back == {named}
    assert publishing.content(first)[:5] == b"%PDF-"
    assert filled.check().problems == ()


@pytest.mark.parametrize(
    ("surname", "title"),
    [
        ("Smythe-Quill", "Care plan of Zinnia Smythe-Quill"),
        ("O'Brannoch", "Care plan of Zinnia O’Brannoch"),
        ("Ævarsdóttir", "Care plan of Zinnia Ævarsdo\u0301ttir"),
    ],
)
def test_a_name_of_several_words_or_with_an_accent_is_told_before_it_is_published(
    desk, surname, title
):
    desk.people.people.save({"kind": "pupil", "surname": surname, "forename": "Zinnia"})
    desk.assets.assets.save({"name": title, "personal": "yes", "people_kinds": ("pupils",)})
    (row,) = desk.publishing.rows()
    assert row.named


@pytest.mark.parametrize("title", ["Kacper’s file", "Files of the Ng family", "Notes about Tom"])
def test_an_edition_that_names_somebody_is_refused_before_anything_is_made(filled, title):
    filled.people.people.save({"kind": "pupil", "surname": "Ng", "forename": "Thomas"})
    values = {"name": title, "personal": "yes", "people_kinds": ("pupils",)}
    filled.assets.assets.save(values)
    publishing = filled.publishing
    named = [row.reference for row in publishing.named()]
    with pytest.raises(DpdeskError, match="may name a person"):
        publishing.publish()
    with pytest.raises(DpdeskError, match=named[-1]):
        publishing.publish(named[:-1])
    assert publishing.editions() == ()
    assert title not in publishing.publish(named)["what-we-hold.html"].decode()
    assert title in publishing.publish(although_named=True)["what-we-hold.html"].decode()


def test_notices_retention_and_sharing_are_published_and_each_can_be_held_back(filled):
    assurance = filled.assurance
    made = assurance.notices.save({"name": "Notice for Kacper", "audience": "parents"}).entry
    assert "Notice for Kacper" not in {row.what for row in filled.publishing.rows()}
    made = assurance.notices.approve(made.id, made.version, "Dana Pryce").entry
    published = {"published_on": assurance.notices.today(), "published": ("website",)}
    assurance.notices.save(published, made.id, made.version)
    filled.retention.schedule.adopt_defaults()
    shared = {
        "kind": "regular", "whom": "Exampleshire Council", "what": "Attendance", "why": "Welfare",
        "basis": "legal_obligation", "decision": "approved",
        "decided_on": assurance.notices.today(), "asked_by": "Ada Ng",
    }  # fmt: skip
    shared = assurance.sharing.save(shared).entry
    rows = {row.reference: row for row in filled.publishing.rows()}
    assert rows[made.reference].named == ("Kacper",)
    assert rows[shared.reference].named == ()
    assert {row.part for row in rows.values()} == {"records", "kept", "shared", "notices"}
    held = [made.reference, *(r.reference for r in rows.values() if r.part == "records")]
    page = filled.publishing.publish(held)["what-we-hold.html"].decode()
    assert "Notice for Kacper" not in page
    for told in ("Exampleshire Council", "How long we keep each kind of record"):
        assert told in page
    assert "Ada Ng" not in page
