"""What is wrong appears on Home across the rooms, and goes away when it is mended."""

from __future__ import annotations

import datetime as dt

from dpdesk.assurance.pick_lists import pick
from tests.assurance.test_papers import words

TERMS = tuple(each.code for each in pick("clauses"))
SUPPLIER = "supplier without a contract"


def said(desk):
    """Every line of Home, duties and gaps."""
    duties = {duty.text for group in desk.overview.duties() for duty in group.duties}
    return duties | {finding.said for finding in desk.overview.findings()}


def overdue(desk):
    today = desk.assurance.risks.today()
    return {
        duty.text
        for group in desk.overview.duties()
        for duty in group.duties
        if isinstance(duty.due, dt.date) and duty.due < today
    }


def test_a_supplier_without_contract_is_on_home_until_there_is_one(desk, room):
    assert SUPPLIER not in said(desk)
    entry = room.processors.save({"name": "Sample Photographs"}).entry
    assert SUPPLIER in said(desk)
    whole = {"contract": "yes", "clauses": TERMS, "checks": ("certificate",)}
    room.processors.save(whole, entry.id, entry.version)
    assert SUPPLIER not in said(desk)


def test_a_lapsed_review_is_overdue_on_home_until_it_is_held(desk, room, later):
    made = {"name": "CCTV", "verdict": "needed"}
    entry = room.dpias.save(made).entry
    room.processors.save({"name": "Cloud", "contract": "yes", "clauses": TERMS})
    later(420)
    lapsed = {text for text in overdue(desk) if "Cloud" in text or "CCTV" in text}
    assert len(lapsed) == 2
    supplier = room.processors.load(room.processors.listing().id(0))
    check = {"day": room.processors.today()}
    room.processors.part_services[0].save(check, parent_id=supplier.id)
    lapsed = {text for text in overdue(desk) if "Cloud" in text or "CCTV" in text}
    assert all("CCTV" in text for text in lapsed)
    assert len(lapsed) == 1
    room.dpias.archive(entry.id, room.dpias.load(entry.id).version)
    assert not {text for text in overdue(desk) if "CCTV" in text}


def test_a_teacher_without_training_is_on_home_until_trained(desk, room):
    people = desk.people
    course = people.courses.save({"name": "Data protection", "roles": ("teachers",)}).entry
    teacher = {"kind": "staff", "surname": "Reed", "forename": "Noor", "roles": ("teachers",)}
    person = people.people.save(teacher).entry
    told = "Data protection: Noor Reed still to do it"
    assert told in said(desk)
    done = {"person": person.id, "course": course.id, "done_on": people.training.today()}
    people.training.save(done)
    assert told not in said(desk)


def test_a_changed_recipient_is_on_home_and_the_new_notice_prints(desk, room, asset):
    files = asset("Pupil files", people_kinds=("pupils",), recipients=("next",))
    notice = room.notices.save({"name": "For pupils", "audience": "pupils"}).entry
    told = "For pupils: 1 sentence has to change, as the registers did"
    assert told not in said(desk)
    desk.assets.assets.save({"recipients": ("next", "dfe")}, files.id, files.version)
    assert told in said(desk)
    (change,) = room.notices.changes(notice.id)
    assert "Department for Education" in change.fresh[0]
    assert "Department for Education" not in change.gone[0]
    room.notices.take_over(notice.id, room.notices.load(notice.id).version)
    assert told not in said(desk)
    printed = words(room.notices.paper(room.notices.load(notice.id)).printed())
    assert change.fresh[0] in printed
    assert change.gone[0] not in printed
