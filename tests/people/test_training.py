"""Training: who must, who did, and what a breach takes from it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, text

from dpdesk.errors import InvalidEntry

DONE = dt.date(2026, 1, 31)


@pytest.fixture
def training(desk):
    return desk.people.training


@pytest.fixture
def course(training):
    def make(name="Data protection", **more):
        return training.courses.save({"name": name, "valid_months": 12, **more}).entry

    return make


@pytest.fixture
def teacher(person):
    return person("Reed", "Noor", kind="staff", roles=("teachers",))


def did(training, who, what, **more):
    return training.save({"person": who.id, "course": what.id, "done_on": DONE, **more}).entry


def test_how_long_it_is_valid_follows_from_the_course(training, course, teacher):
    entry = did(training, teacher, course())
    assert entry.title == "Reed, Noor: Data protection"
    assert (entry.values["valid_until"], entry.state) == (dt.date(2027, 1, 31), "valid")
    moved = training.save({"done_on": dt.date(2025, 2, 28)}, entry.id, entry.version).entry
    assert (moved.values["valid_until"], moved.state) == (dt.date(2026, 2, 28), "again")


def test_what_somebody_says_of_the_end_stays(training, course, teacher):
    entry = did(training, teacher, course(), valid_until=dt.date(2030, 1, 1))
    moved = training.save({"done_on": dt.date(2026, 3, 1)}, entry.id, entry.version).entry
    assert moved.values["valid_until"] == dt.date(2030, 1, 1)
    with pytest.raises(InvalidEntry):
        training.save({"valid_until": dt.date(2020, 1, 1)}, moved.id, moved.version)


def test_who_must_and_has_not_is_said_until_they_have(desk, training, course, teacher, person):
    person("Moss", "Theo", kind="staff", roles=("office",))
    person("Gone", "Gil", kind="staff", left_on=dt.date(2020, 1, 1))
    safe, every = course("Safe letters", roles=("office",)), course(roles=("all",))
    said = [duty.text for duty in desk.people.answers[1].duties()]
    assert said == [
        "Data protection: 2 members of staff still to do it",
        "Safe letters: Theo Moss still to do it",
    ]
    did(training, teacher, every)
    assert {each.course: len(each.missing) for each in training.standing()} == {
        "Data protection": 1,
        "Safe letters": 1,
    }
    measure, *_ = desk.people.answers[1].measures(DONE, DONE)
    assert (measure.value, safe.title) == (33, "Safe letters")


def test_nobody_trained_is_a_finding_and_a_training_is_evidence(desk, training, course, teacher):
    answers = desk.people.answers[1]
    assert [each.text for each in answers.findings()] == [
        "No data protection training is on record"
    ]
    entry = did(training, teacher, course())
    assert list(answers.findings()) == []
    assert {each.clause: each.references for each in answers.evidence()} == {
        "2.3": (entry.reference,),
        "4.6(m)": (entry.reference,),
    }


def test_staff_of_a_breach_bring_their_last_training_by_themselves(desk, training, course, teacher):
    did(training, teacher, course())
    did(training, teacher, course("Later"), done_on=dt.date(2026, 11, 20))
    breaches = desk.breaches.breaches
    aware = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    breach = breaches.save({"summary": "Lost list", "aware": aware}).entry
    part = breaches.staff.save({"post": "Teacher", "name": "Noor Reed"}, parent_id=breach.id)
    assert part.entry.values["trained_on"] == DONE
    said = {"post": "Teacher", "name": "Noor Reed", "trained": "no"}
    assert breaches.staff.save(said, parent_id=breach.id).entry.values.get("trained_on") is None
    unknown = {"post": "Cook", "name": "Pat Nobody"}
    assert breaches.staff.save(unknown, parent_id=breach.id).entry.values.get("trained_on") is None


def test_of_two_of_one_name_the_one_linked_with_the_breach_brings_the_training(
    desk, training, course, teacher, person
):
    namesake = person("Reed", "Noor", kind="staff")
    what, earlier = course(), dt.date(2025, 3, 4)
    did(training, teacher, what)
    did(training, namesake, what, done_on=earlier)
    breaches = desk.breaches.breaches
    aware = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    breach = breaches.save({"summary": "Lost list", "aware": aware}).entry
    said = {"post": "Teacher", "name": "Noor Reed"}
    alone = breaches.staff.save(said, parent_id=breach.id).entry
    assert alone.values.get("trained_on") is None
    desk.links.draw("breaches", breach.id, "people", namesake.id)
    again = breaches.staff.save({"post": "Tutor"}, alone.id, alone.version).entry
    assert again.values["trained_on"] == earlier
    desk.links.draw("breaches", breach.id, "people", teacher.id)
    both = breaches.staff.save({**said, "post": "Head"}, parent_id=breach.id).entry
    assert both.values.get("trained_on") is None


def test_training_is_due_before_it_runs_out_and_counts_by_role(desk, training, course, person):
    teachers = [person("Reed", name, kind="staff", roles=("teachers",)) for name in ("Noor", "Ida")]
    office = person("Moss", "Theo", kind="staff", roles=("office",))
    what, today = course(roles=("all",)), training.today()
    soon, later = today + dt.timedelta(days=20), today + dt.timedelta(days=200)
    did(training, teachers[0], what, valid_until=soon)
    did(training, teachers[1], what, valid_until=later)
    again, still = desk.people.answers[1].duties()
    assert (again.text, again.due) == ("Data protection: Noor Reed to do it again", soon)
    assert (still.text, still.due) == ("Data protection: Theo Moss still to do it", None)
    told = {each.text: each.value for each in desk.people.answers[1].measures(today, today)}
    assert told == {
        "of required training up to date": 67,
        "of required training up to date: teachers": 100,
        "of required training up to date: office and administration": 0,
    }
    # Whoever did it again has nothing due any more.
    did(training, teachers[0], what, done_on=today, valid_until=later)
    done = training.note_done(what.id, [office.id], today)
    assert list(desk.people.answers[1].duties()) == []
    training.take_back(done)
    (still,) = desk.people.answers[1].duties()
    assert "Theo Moss" in still.text


def test_what_was_done_again_is_due_no_more_and_due_once_the_later_is_taken_back(
    training, course, teacher
):
    what = course()
    old = did(training, teacher, what, done_on=dt.date(2025, 1, 1))
    assert training.load(old.id).state == "again"
    new = did(training, teacher, what, done_on=dt.date(2026, 10, 1))
    assert (new.state, training.load(old.id).state) == ("valid", "renewed")
    assert training.load(old.id).due is None
    assert training.counts() == {"all": 2, "valid": 1, "again": 0}
    older = did(training, teacher, what, done_on=dt.date(2024, 1, 1))
    assert (older.state, training.load(new.id).state) == ("renewed", "valid")
    training.archive(new.id, training.load(new.id).version)
    assert training.load(old.id).state == "again"


def test_training_bears_the_name_that_somebody_has_now(people, training, course, teacher):
    entry = did(training, teacher, course())
    now = people.load(teacher.id)
    people.save({"surname": "Newname"}, now.id, now.version)
    assert training.load(entry.id).title == "Newname, Noor: Data protection"


def test_training_noted_together_and_taken_back_leaves_the_earlier_ones(training, course, teacher):
    what = course()
    old = did(training, teacher, what, done_on=dt.date(2025, 1, 1))
    done = training.note_done(what.id, [teacher.id], training.today())
    assert training.load(old.id).state == "renewed"
    training.take_back(done)
    entry = training.load(old.id)
    assert (entry.archived, entry.state) == (False, "again")


def test_training_entered_for_the_wrong_person_leaves_theirs_due_once_it_is_put_right(
    training, course, person
):
    what = course()
    noor, theo = (person("Reed", name, kind="staff") for name in ("Noor", "Theo"))
    old = did(training, theo, what, done_on=dt.date(2025, 1, 1))
    wrong = did(training, theo, what, done_on=training.today())
    training.save({"person": noor.id}, wrong.id, wrong.version)
    entry = training.load(old.id)
    assert (entry.state, entry.due) == ("again", old.due)


def test_what_was_done_again_is_looked_up_and_not_sought_among_all_trainings(training):
    behind = select(training.record.id).where(training.behind(training.today()))
    asked = str(behind.compile(compile_kwargs={"literal_binds": True}))
    with training.database.reading() as session:
        plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]
    (inner,) = {line for line in plan if line.startswith("SEARCH")}
    assert "person=? AND course=?" in inner
