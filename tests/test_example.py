"""The example school: everybody in it is invented, and every state of a request is shown."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pytest

from dpdesk import example, front_door
from dpdesk.desk import Desk
from dpdesk.errors import Cancelled, DpdeskError
from dpdesk.example import breaches, making, papers, school
from dpdesk.example.cases import CASES
from dpdesk.law.calendar import WorkCalendar
from dpdesk.law.request_kinds import every_kind
from dpdesk.registers.entries import Query
from dpdesk.registers.wording import SCHOOL_TIME
from dpdesk.requests.states import STATES


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The example school, opened with the passphrase that it was made with."""
    folder = tmp_path_factory.mktemp("example") / "school"
    desk = Desk.open(folder, example.make_example(folder))
    yield desk
    desk.close()


def entries(desk, **query):
    listing = desk.requests.requests.listing(Query(**query))
    return [desk.requests.requests.load(listing.id(row)) for row in range(len(listing.rows))]


def test_a_reference_begins_as_those_of_one_register_only(made):
    """“CO-2026-001” on a letter or in the search must not be two things."""
    begins: dict[str, str] = {}
    for key, service in made.registers.items():
        register = service.register
        used = (
            {rules.prefix for rules in every_kind().values()}
            if key == "requests"
            else {register.prefix}
        )
        for prefix in used - {""}:
            assert prefix not in begins, f"{prefix}: {key} and {begins[prefix]}"
            begins[prefix] = key
    assert len(begins) > 35


def test_every_state_is_there_and_something_is_overdue(made):
    found = entries(made)

    # The papers of a case are destroyed years later than the example reaches.
    assert {entry.state for entry in found} == {state.key for state in STATES} - {"disposed"}
    assert made.requests.requests.listing().counts["overdue"] >= 1
    assert len(found) == len(CASES) - 1
    assert len(entries(made, archived=True)) == 1


def test_there_is_a_request_that_is_paused_one_that_waits_and_one_that_was_extended(made):
    clocks = [made.requests.requests.clock(entry) for entry in entries(made)]

    assert any(clock.paused_since for clock in clocks)
    assert any("proof of identity" in clock.waiting_for for clock in clocks)
    assert any("the fee" in clock.waiting_for for clock in clocks)
    extended = next(entry for entry in entries(made) if entry.values.get("extended"))
    assert dt.date.fromisoformat(extended.due) > extended.values["received"] + dt.timedelta(days=80)


@pytest.mark.parametrize("hour", [0, 9, 23])
@pytest.mark.parametrize("month", [1, 7, 11])
def test_the_breach_log_can_be_written_at_any_hour_of_the_year(desk, clock, month, hour):
    clock.moment = dt.datetime(2026, month, 26, hour, 30, tzinfo=dt.UTC)
    today = clock.moment.astimezone(SCHOOL_TIME).date()
    breaches.fill(desk, today)
    assert len(desk.breaches.breaches.listing().rows) == len(breaches.INCIDENTS)


def test_a_closed_request_was_late_and_says_why(made):
    late = [
        entry
        for entry in entries(made, chip="closed")
        if entry.values["closed"].isoformat() > (entry.due or "")
    ]

    assert len(late) == 1
    assert late[0].values["late_reason"]


def test_letters_feedback_checks_and_a_question_to_a_colleague_are_there(made):
    found = entries(made)
    letters = made.requests.letters

    sent = [each for entry in found for each in letters.sent(entry.id)]
    assert [each.label for each in sent] == ["Acknowledgement"]
    assert letters.content(sent[0].paper.id).startswith(b"%PDF")
    assert any(letters.begun(entry) == {"response"} for entry in found)
    assert any(made.requests.asking.awaited(entry.id) for entry in found)
    feedback = made.requests.requests.feedback
    said = [part.values["content"] for entry in found for part in feedback.parts(entry.id)]
    assert sorted(said) == ["partly", "yes"]
    assert {"right", "to_mend"} <= {str(row[3]) for row in made.requests.checks.listing().rows}


def test_home_has_duties_and_findings(made):
    assert made.overview.duties()
    assert made.overview.findings()


def test_a_review_is_under_way_with_marks_and_a_withheld_page(made):
    (entry,) = entries(made, search="Aoife")
    progress = made.disclosure.review.progress("requests", entry.id)
    cards = made.documents.of_entry("requests", entry.id)

    assert 0 < progress.reviewed < progress.pages
    assert progress.marks > 5
    assert progress.withheld == 2
    assert {card.kind for card in cards} >= {"pdf", "picture"}
    assert max(card.pages for card in cards) == 12
    assert "image" in {page.kind for page in made.disclosure.review.pages("requests", entry.id)}


def test_one_bundle_was_released_and_handed_over(made):
    (entry,) = entries(made, search="Alex Specimen")
    (release,) = made.disclosure.releases.of_request(entry.id)

    assert entry.state == "respond"
    assert release.marks >= 1
    assert (
        made.requests.requests.handovers.parts(entry.id)[0].values["release_number"]
        == release.number
    )


def test_the_school_has_its_particulars_terms_and_special_days(made):
    particulars = made.school.particulars()

    assert particulars.name == "Example School"
    assert particulars.dpo_name == "Pat Example"
    assert len(made.school.terms.parts(made.school.entry().id)) == 12
    assert len(made.school.special_days.parts(made.school.entry().id)) == 3


def test_everything_in_it_is_in_order(made):
    assert made.check().problems == ()


def test_names_of_all_alphabets_can_be_found(made):
    for words in ("wojcik", "nguyen", "celik", "obrien", "приклад"):
        assert made.search.find(words), words


def test_its_telephone_numbers_and_addresses_belong_to_nobody():
    """Telephone numbers from the range set aside for drama, addresses below .example."""
    text = str(school.PARTICULARS) + str(papers._stories()) + str(CASES)

    numbers = re.findall(r"0\d{3,4} ?\d{5,6}", text)
    assert numbers
    assert all(number.startswith("01632 960") for number in numbers)
    assert all(found.endswith(".example") for found in re.findall(r"@[\w.]+\w", text))


def test_its_documents_are_the_same_every_time():
    for draw in (papers.letter, papers.pupil_file, papers.emails, papers.scan):
        assert draw() == draw()


def test_it_opens_with_a_passphrase_that_a_real_school_could_have():
    assert front_door.strength(example.OPENS_WITH)[0] >= 2


@pytest.mark.parametrize("today", [dt.date(2026, 8, 1), dt.date(2027, 2, 28), dt.date(2028, 2, 29)])
def test_terms_are_school_days_in_order_whatever_the_year(today):
    calendar = WorkCalendar.build()
    terms = school.terms(today)

    assert all(term["first"] < term["last"] for term in terms)
    assert all(one["last"] < other["first"] for one, other in itertools.pairwise(terms))
    assert all(calendar.is_working_day(term[end]) for term in terms for end in ("first", "last"))
    assert terms[0]["first"] <= today + dt.timedelta(days=40)


def test_stopping_leaves_nothing_behind(tmp_path):
    def stop(text: str, done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        example.make_example(tmp_path / "school", stop)
    assert not (tmp_path / "school").exists()


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(DpdeskError, match="not empty"):
        example.make_example(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("day", [dt.date(2027, 1, 1), dt.date(2028, 2, 29), dt.date(2026, 12, 26)])
def test_it_can_be_made_on_any_day(template, tmp_path, clock, day, monkeypatch):
    """New Year, a leap day, Boxing Day: the facts are right on each."""
    from tests.builders import PASSPHRASE

    clock.on(day)
    monkeypatch.setattr(making, "_documents", lambda *_: None)
    monkeypatch.setattr(making, "CASES", [case for case in CASES if not case.release])
    desk = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE, now=clock)
    try:
        making._fill(desk, making._quiet)
        found = {entry.state for entry in entries(desk)}
    finally:
        desk.close()

    assert found >= {"identity", "clarify", "search", "closed"}


def test_the_breach_log_shows_every_way_an_incident_can_go(made):
    found = [
        made.breaches.breaches.load(int(row[0])) for row in made.breaches.breaches.listing().rows
    ]
    assert {entry.values.get("outcome") for entry in found} == {
        None,
        "breach",
        "near_miss",
        "false_alarm",
    }
    assert len(made.breaches.breaches.countdowns()) == 2, "two clocks run"
    assert sum(entry.values.get("drill") == "yes" for entry in found) == 1
    reported = next(entry for entry in found if entry.values.get("decision") == "report_and_tell")
    assert made.breaches.breaches.countdown(reported).reported is not None
    assert len(made.breaches.reporting.frozen(reported.id)) == 1
    assert (
        made.breaches.reporting.warnings(reported, made.breaches.reporting.answers(reported)) == ()
    )


def test_people_training_and_consents_show_every_answer(made):
    counts = made.people.people.counts()
    assert (counts["pupils"], counts["staff"]) == (8, 4)
    assert made.consents.uses.every()
    answers = {entry.state for entry in _every(made.consents.consents)}
    assert {"given", "refused"} <= answers
    (standing,) = made.people.training.standing()
    assert standing.missing


def _every(service):
    listing = service.listing(Query())
    return [service.load(listing.id(row)) for row in range(len(listing.rows))]


def test_the_sample_checks_say_of_time_what_the_record_shows(made):
    checks = made.requests.checks
    listing = checks.listing(Query())
    looked_at = [checks.load(listing.id(row)) for row in range(len(listing.rows))]
    answered = [check for check in looked_at if check.values.get("in_time")]
    for check in answered:
        late = dict(checks.record_shows(check.values["request"]))["In time"].endswith("late")
        assert (check.values["in_time"] == "wrong") == late
    assert answered
