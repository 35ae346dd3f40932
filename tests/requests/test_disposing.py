"""The papers of a case whose years are over go for good; the proof of its handling stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, InvalidEntry, NotFound, StaleEntry
from dpdesk.registers.entries import Query
from dpdesk.requests import disposing
from dpdesk.requests.disposing import KEPT
from tests.builders import PASSPHRASE, Clock, Template, a_pdf, a_request
from tests.papers.reading import text_of

TODAY = dt.date(2026, 11, 20)
LATER = dt.date(2032, 12, 1)
CANARIES = (
    "Zephyrine",
    "Quillonby",
    "Orlandra",
    "Tamsinette",
    "Vexford",
    "Umberlane",
    "Wyverncote",
    "Yarrowdene",
    "Jessamyth",
    "Kestrelane",
    "Lorimerton",
    "Nightjarre",
)
"""Words that stand nowhere but in the case."""


def a_case(desk, clock):
    """A closed request with something of everything in which a name may stand."""
    requests, letters = desk.requests.requests, desk.requests.letters
    clock.on(TODAY)
    desk.retention.schedule.adopt_defaults()
    person = desk.people.people.save(
        {"kind": "pupil", "surname": "Example", "forename": "Pat"}
    ).entry
    entry = a_request(
        desk,
        subject="Zephyrine Example",
        relationship="mother",
        requester="Quillonby Example",
        requester_contact="1 Orlandra Road",
        asked="Everything about Zephyrine",
        notes="Tamsinette rang",
        received=dt.date(2026, 11, 2),
        ready_on=TODAY,
        ready_by="Dana Pryce",
        ready_why="Quillonby is known to us",
    )
    requests.clarifications.save(
        {
            "asked_on": dt.date(2026, 11, 4),
            "question": "About Vexford?",
            "reason": "which_information",
            "answered_on": dt.date(2026, 11, 9),
            "answer": "Yes, Vexford",
        },
        parent_id=entry.id,
    )
    search = {"place": "Umberlane cupboard", "found": "yes", "by_whom": "Wyverncote"}
    requests.searches.save(search, parent_id=entry.id)
    document = desk.documents.add(
        "requests", entry.id, "Yarrowdene.pdf", a_pdf("of Jessamyth and Kestrelane")
    ).id
    requests.settle(entry.id)
    desk.disclosure.review.mark_words(document, 0, [1], "TP-16")
    desk.disclosure.review.set_reviewed(document, 0)
    card = desk.disclosure.releases.release(entry.id)
    entry = requests.load(entry.id)
    letters.send(
        "acknowledgement",
        entry,
        letters.draft("acknowledgement", entry),
        sent_on=TODAY,
        how="email",
    )
    handed = {"given_on": TODAY, "how": "collected", "to_whom": "Quillonby", "release_number": 1}
    requests.handovers.save(handed, parent_id=entry.id)
    said = {"given_on": TODAY, "content": "no", "said": "Lorimerton was rude"}
    requests.feedback.save(said, parent_id=entry.id)
    desk.links.draw("requests", entry.id, "people", person.id)
    desk.drafts.keep("requests", entry.id, entry.version, {"notes": "Nightjarre half typed"})
    entry = requests.load(entry.id)
    values = {"closed": TODAY, "outcome": "given_in_part", "refusal_ground": ("exempt",)}
    entry = requests.save(values, entry.id, entry.version, why="Zephyrine has it now").entry
    return entry, card


@pytest.fixture(scope="module")
def case_template(template, tmp_path_factory):
    """A workspace with the case in it, to copy."""
    folder = template.copy(tmp_path_factory.mktemp("case") / "workspace")
    clock = Clock()
    desk = Desk.open(folder, PASSPHRASE, now=clock)
    a_case(desk, clock)
    desk.close()
    return Template(folder, template.recovery_key)


@pytest.fixture
def case_desk(case_template, tmp_path, clock):
    """An open desk that has the case and nothing else."""
    desk = Desk.open(case_template.copy(tmp_path / "case"), PASSPHRASE, now=clock)
    yield desk
    desk.close()


def the_case(desk, clock):
    """The case and the card of its release, on the day it was closed."""
    clock.on(TODAY)
    (row,) = desk.requests.requests.listing(Query()).rows
    entry = desk.requests.requests.load(row[0])
    return entry, desk.disclosure.releases.of_request(entry.id)[0]


def everything(desk: Desk) -> Iterator[str]:
    """Every value of every row of every table, the pages of the search index apart."""
    with desk.workspace.database.engine.connect() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        for name in list(names):
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                for value in row:
                    if isinstance(value, bytes):
                        yield f"{name}: {value.decode('latin-1')}"
                    else:
                        yield f"{name}: {value}"


def traces(desk: Desk, words) -> list[str]:
    lowered = [word.lower() for word in words]
    return [each[:80] for each in everything(desk) if any(w in each.lower() for w in lowered)]


def destroyed(desk, clock):
    entry, card = the_case(desk, clock)
    clock.on(LATER)
    done = desk.requests.disposing.destroy(
        desk.requests.requests.load(entry.id), safeguarding=False
    )
    return done.entry, card


def test_nothing_of_a_person_is_left_in_any_row_any_file_or_the_search(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    assert {w for w in CANARIES if not traces(case_desk, [w])} <= {"Jessamyth", "Kestrelane"}, (
        "words of pages are packed; all others stand somewhere before"
    )
    clock.on(LATER)
    case_desk.requests.disposing.destroy(entry, safeguarding=False)
    assert traces(case_desk, CANARIES) == []
    for word in CANARIES:
        assert case_desk.requests.requests.listing(Query(search=word)).rows == []
        assert not case_desk.search.find(word)
    assert len(list(case_desk.workspace.vault.names())) == 1, "the certificate alone"
    for line in case_desk.requests.requests.history(entry.id):
        assert not any(word in line.old + line.new + line.why for word in CANARIES)


def test_what_proves_the_handling_stays(case_desk, clock):
    entry, card = the_case(case_desk, clock)
    figures = case_desk.requests.requests.clocks(closed=(TODAY, TODAY))[0][1]
    clock.on(LATER)
    now = case_desk.requests.disposing.destroy(entry, safeguarding=False).entry
    assert (now.state, now.title, now.reference) == ("disposed", "(erased)", entry.reference)
    assert now.values["received"] == dt.date(2026, 11, 2)
    assert now.values["closed"] == TODAY
    assert now.values["outcome"] == "given_in_part"
    after = case_desk.requests.requests.clocks(closed=(TODAY, TODAY))[0][1]
    assert after.due == figures.due, "a pause still counts, so that nothing becomes late"
    told = case_desk.disclosure.releases.of_request(entry.id)[0]
    assert (told.sha256, told.pages, told.marks) == (card.sha256, 1, 1)
    lines = [line.new for line in case_desk.requests.requests.history(entry.id)]
    assert any(card.sha256 in line for line in lines)
    assert any(line == entry.reference for line in lines), "when it was logged"


def test_it_stands_in_the_log_of_disposals_with_its_certificate(case_desk, clock):
    now, _ = destroyed(case_desk, clock)
    disposal = case_desk.retention.disposals.load(now.values["disposal"])
    assert (disposal.state, disposal.title) == ("done", f"Papers of {now.reference}")
    line = case_desk.retention.disposals.lines(disposal.id)[0]
    assert (line.holding, line.code, line.due) == (now.reference, "D01", "2032-11-20")
    assert line.quantity == "1 document, 1 bundle and 1 letter"
    words = text_of(case_desk.retention.disposals.certificate(disposal.id))
    assert now.reference in words
    assert not any(word in words for word in CANARIES)
    assert disposal.reference in text_of(case_desk.retention.prints.log(LATER, LATER).content)
    assert case_desk.retention.disposals.erased_at(disposal.id) is not None


def test_the_check_finds_the_history_whole_and_sees_a_row_emptied_by_somebody_else(
    case_desk, clock
):
    destroyed(case_desk, clock)
    assert case_desk.check().problems == ()
    with case_desk.workspace.database.engine.connect() as connection:
        connection.execution_options(dpdesk_writing=True)
        connection.exec_driver_sql("DROP TRIGGER history_no_update")
        connection.exec_driver_sql(
            "UPDATE history SET new = '(erased)' WHERE id = "
            "(SELECT max(id) FROM history WHERE register = 'requests' AND field = 'closed')"
        )
        connection.commit()
    assert any("was changed" in each for each in case_desk.check().problems)


def test_the_history_still_refuses_a_change(case_desk, clock):
    destroyed(case_desk, clock)
    with (
        case_desk.workspace.database.engine.connect() as connection,
        pytest.raises(Exception, match="the history cannot be changed"),
    ):
        connection.exec_driver_sql("UPDATE history SET new = 'x' WHERE id = 1")


def test_opened_again_it_is_the_same_and_no_change_is_missing(case_desk, clock):
    now, _ = destroyed(case_desk, clock)
    folder = case_desk.workspace.folder
    case_desk.close()
    again = Desk.open(folder, PASSPHRASE, now=clock)
    try:
        assert again.notice is None
        assert again.requests.requests.load(now.id).state == "disposed"
        assert traces(again, CANARIES) == []
    finally:
        again.close()


def test_a_file_that_something_else_needs_stays(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    other = a_request(case_desk, subject="Sam Example")
    content = a_pdf("of Jessamyth and Kestrelane")
    document = case_desk.documents.add("requests", other.id, "same.pdf", content).id
    clock.on(LATER)
    case_desk.requests.disposing.destroy(entry, safeguarding=False)
    assert case_desk.documents.original(document) == content
    assert case_desk.check().problems == ()


def test_what_a_killed_program_let_go_of_is_deleted_at_the_next_opening(
    case_desk, clock, monkeypatch
):
    entry, _ = the_case(case_desk, clock)
    clock.on(LATER)
    with monkeypatch.context() as killed:
        killed.setattr(disposing, "discard_forgotten", lambda *_: None)
        case_desk.requests.disposing.destroy(entry, safeguarding=False)
    assert len(list(case_desk.workspace.vault.names())) > 1
    folder = case_desk.workspace.folder
    case_desk.close()
    again = Desk.open(folder, PASSPHRASE, now=clock)
    try:
        assert len(list(again.workspace.vault.names())) == 1, "the certificate"
    finally:
        again.close()


@pytest.mark.parametrize("answer", [None, True])
def test_not_while_nobody_looked_for_safeguarding_or_there_is_some(case_desk, clock, answer):
    entry, _ = the_case(case_desk, clock)
    clock.on(LATER)
    with pytest.raises(DpdeskError, match="safeguarding"):
        case_desk.requests.disposing.destroy(entry, safeguarding=answer)
    assert case_desk.requests.requests.load(entry.id).state == "closed"
    assert traces(case_desk, ["Zephyrine"])


def test_not_before_its_years_are_over_nor_while_it_is_open(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    clock.on(dt.date(2032, 11, 19))
    with pytest.raises(DpdeskError, match="kept until Saturday 20 November 2032"):
        case_desk.requests.disposing.destroy(entry, safeguarding=False)
    opened = a_request(case_desk)
    with pytest.raises(DpdeskError, match="not closed"):
        case_desk.requests.disposing.destroy(opened, safeguarding=False)


def test_not_while_a_hold_names_a_person_or_the_class(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    clock.on(LATER)
    holds = case_desk.retention.holds
    values = {"reason": "Claim", "kind": "claim", "since": LATER, "by_whom": "Dana Pryce"}
    for covers in ({"people": "Quillonby Example"}, {"rules": ("D01",)}, {"everything": "yes"}):
        hold = holds.save({**values, **covers}).entry
        with pytest.raises(DpdeskError, match=hold.reference):
            case_desk.requests.disposing.destroy(entry, safeguarding=False)
        holds.save({"lifted": LATER, "lifted_why": "Ended"}, hold.id, hold.version)
    assert case_desk.requests.disposing.hindrances(entry) == ()


def test_not_while_a_complaint_another_request_or_a_linked_breach_is_open(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    clock.on(LATER)
    complaint = a_request(
        case_desk,
        kind="complaint",
        subject="Lee Other",
        received=LATER,
        about_requests=(entry.reference,),
    )
    request = a_request(case_desk, subject="Zephyrine Example", received=LATER)
    breach = case_desk.breaches.breaches.save({"summary": "Lost", "aware": clock()}).entry
    case_desk.links.draw("requests", entry.id, "breaches", breach.id)
    with pytest.raises(DpdeskError) as refused:
        case_desk.requests.disposing.destroy(entry, safeguarding=False)
    for each in (complaint, request, breach):
        assert each.reference in str(refused.value)


def test_not_while_its_flag_stands_or_its_sample_check_is_not_finished(desk, clock):
    clock.on(TODAY)
    requests = desk.requests.requests
    flagged = a_request(
        desk,
        kind="objection",
        decision="yes",
        flag_from=TODAY,
        flag_says="No pictures",
        closed=TODAY,
        outcome="done",
    )
    other = a_request(desk, subject="Sam Other", closed=TODAY, outcome="given")
    desk.requests.checks.draw(TODAY, TODAY, 100)
    clock.on(LATER)
    with pytest.raises(DpdeskError, match="flag still stands"):
        desk.requests.disposing.destroy(requests.load(flagged.id), safeguarding=False)
    with pytest.raises(DpdeskError, match="sample check"):
        desk.requests.disposing.destroy(requests.load(other.id), safeguarding=False)


def test_a_finished_check_keeps_its_answers_and_loses_its_words(desk, clock):
    clock.on(TODAY)
    entry = a_request(desk, subject="Zephyrine Example", closed=TODAY, outcome="given")
    checks = desk.requests.checks
    checks.draw(TODAY, TODAY, 100)
    check = checks.entries_with("request", entry.id)[0]
    wrong = {"in_time": "wrong", "checked_on": TODAY, "found": "Zephyrine waited"}
    checks.save(wrong, check.id, check.version)
    clock.on(LATER)
    desk.requests.disposing.destroy(entry, safeguarding=False)
    now = checks.load(check.id)
    assert (now.state, now.title) == ("wrong", f"{entry.reference} (erased)")
    assert traces(desk, ["Zephyrine"]) == []
    assert checks.undrawn(TODAY, TODAY) == ()
    assert desk.check().problems == ()


def test_what_is_left_stays_as_it_is(case_desk, clock):
    now, _ = destroyed(case_desk, clock)
    requests = case_desk.requests.requests
    with pytest.raises(DpdeskError, match="were destroyed"):
        requests.save({"subject": "Zephyrine"}, now.id, now.version)
    with pytest.raises(DpdeskError, match="were destroyed"):
        requests.searches.save({"place": "Attic"}, parent_id=now.id)
    with pytest.raises(DpdeskError, match="destroyed already"):
        case_desk.requests.disposing.destroy(now, safeguarding=False)
    with pytest.raises(NotFound, match="destroyed"):
        case_desk.requests.letters.content(case_desk.requests.letters.sent(now.id)[0].paper.id)
    assert requests.missing(now.values, now.id) == ()
    assert text_of(case_desk.requests.case_file(now).content)
    case_desk.calendar_changed()
    assert requests.load(now.id).state == "disposed"


def test_nothing_is_added_to_it_any_more(case_desk, clock):
    entry, _ = destroyed(case_desk, clock)
    with pytest.raises(DpdeskError, match="papers of this case were destroyed"):
        case_desk.documents.add("requests", entry.id, "later.pdf", a_pdf("Something new"))
    assert all(
        each.name != "later.pdf" for each in case_desk.documents.of_entry("requests", entry.id)
    )


def test_a_day_of_destruction_cannot_be_typed(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    with pytest.raises(InvalidEntry, match="filled in"):
        case_desk.requests.requests.save({"disposed_on": TODAY}, entry.id, entry.version)


def test_a_stale_page_destroys_nothing(case_desk, clock):
    entry, _ = the_case(case_desk, clock)
    case_desk.requests.requests.save({"notes": "Wait"}, entry.id, entry.version)
    clock.on(LATER)
    with pytest.raises(StaleEntry):
        case_desk.requests.disposing.destroy(entry, safeguarding=False)


def test_home_tells_of_it_no_more(case_desk, clock):
    from dpdesk.requests.duties import RequestAnswers

    entry, _ = the_case(case_desk, clock)
    clock.on(LATER)
    answers = RequestAnswers(case_desk.requests.requests)
    assert [duty.reference for duty in answers.duties()] == [entry.reference]
    case_desk.requests.disposing.destroy(entry, safeguarding=False)
    assert list(answers.duties()) == []


def test_no_words_are_among_what_stays():
    from dpdesk.registers.fields import Kind
    from dpdesk.requests.records import Request

    words = {Kind.TEXT, Kind.LONG_TEXT, Kind.LINK, Kind.LINKS}
    kept = [Request.register.field(name) for name in KEPT]
    assert not [field.name for field in kept if field.kind in words or field.person]
