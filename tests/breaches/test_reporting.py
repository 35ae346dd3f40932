"""The report to the regulator: whole, in order, never blank, name-free, kept as it was sent."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, text

from dpdesk.breaches.report_answers import NOT_KNOWN, completeness
from dpdesk.errors import InvalidEntry
from dpdesk.law.breach_lists import questions
from tests.breaches.conftest import AWARE, WHOLE
from tests.papers.reading import text_of

HOUR = dt.timedelta(hours=1)


def numbered(answers):
    return {each.question.number: each for each in answers}


def test_a_whole_breach_answers_every_question_of_an_initial_report_in_order(reporting, incident):
    answers = reporting.answers(incident(**WHOLE))
    wanted = [q.number for q in questions() if q.applies(follow_up=False, cyber=False)]
    assert [each.question.number for each in answers] == wanted
    assert [each.question.number for each in answers if not each.known] == []
    known, of = completeness(answers)
    assert known == of > 25


def test_the_answers_say_what_was_logged(reporting, incident):
    found = numbered(reporting.answers(incident(**WHOLE)))
    assert found["1"].text == "Initial report"
    assert found["6"].text == "Thursday 19 November 2026 at 09:10"
    assert found["8"].text.splitlines() == [
        "Health data",
        "Other: Progress and attainment",
        "In the school’s words: Special educational needs",
    ]
    assert found["11"].text == "Students\nChildren"
    assert found["10"].text == "1"
    assert found["20"].text == "The report is made within 72 hours."
    assert "Complete by Friday 4 December 2026." in found["22"].text
    assert found["27"].text == "Z1234567"
    assert "dpo@elmfield.example" in found["30"].text


def test_an_empty_breach_prints_not_yet_known_and_never_a_blank(reporting, incident):
    entry = incident(rest_by=dt.date(2026, 12, 4), decision="report")
    answers = reporting.answers(entry)
    assert all(each.text.strip() for each in answers)
    found = numbered(answers)
    for number in ("5", "8", "9", "10", "13", "21"):
        assert found[number].text == NOT_KNOWN
        assert found[number].note == "Expected by Friday 4 December 2026."
    printed = text_of(reporting.report(entry).content)
    assert printed.count(NOT_KNOWN) >= 12


def test_the_printed_report_holds_every_question_and_answer(reporting, incident):
    entry = incident(**WHOLE)
    printed = text_of(reporting.report(entry).content)
    at = 0
    for each in reporting.answers(entry)[:-1]:
        words = " ".join(each.question.text.split()[:3])
        at = printed.find(words, at)
        assert at >= 0, each.question.number
    assert "How to send" not in printed, "that is for the sender"
    assert "questions are answered" not in printed
    assert "Health data" in printed
    assert "Special educational needs" in printed, "which are not always about health"
    assert "due by Sunday 22 November 2026 at 09:10" in printed


def test_cyber_questions_come_only_with_a_cyber_incident(reporting, incident):
    plain = numbered(reporting.answers(incident(**WHOLE)))
    assert not {"14", "15", "16", "17", "10a"} & plain.keys()
    attack = WHOLE | {"cyber": None, "incident_type": "ransomware", "cyber_impact": "high"}
    found = numbered(reporting.answers(incident(**attack)))
    assert found["4"].text == "Yes"
    assert found["16"].text.startswith("High")
    assert found["14"].text == NOT_KNOWN


def test_staff_are_told_by_their_posts_and_training_never_by_name(reporting, breaches, incident):
    entry = incident(**WHOLE)
    breaches.staff.save(
        {"post": "Tutor", "name": "Flo Tansy", "trained_on": dt.date(2025, 9, 2)},
        parent_id=entry.id,
    )
    found = numbered(reporting.answers(entry))
    assert (found["18"].text, found["18a"].text) == ("Yes", "Tutor: Tuesday 2 September 2025")
    breaches.staff.save({"post": "Secretary", "trained": "no"}, parent_id=entry.id)
    breaches.staff.save({"post": "Caretaker"}, parent_id=entry.id)
    found = numbered(reporting.answers(entry))
    assert found["18"].text == (
        "No\nOf three members of staff: one had, one had not and one not known."
    )
    assert found["18a"].text.splitlines() == [
        "Tutor: Tuesday 2 September 2025",
        "Secretary: no training is recorded",
        "Caretaker: not yet known",
    ]
    assert "Tansy" not in text_of(reporting.report(entry).content)


def test_staff_about_whom_nothing_is_known_are_a_gap(reporting, breaches, incident):
    entry = incident(**{k: v for k, v in WHOLE.items() if not k.startswith("trained")})
    breaches.staff.save({"post": "Tutor"}, parent_id=entry.id)
    found = numbered(reporting.answers(entry))
    assert not found["18"].known
    assert not found["18a"].known


def test_training_more_than_two_years_ago_is_none(reporting, breaches, incident):
    entry = incident(**WHOLE)
    answers = {"post": "Tutor", "trained": "yes", "trained_on": dt.date(2024, 9, 1)}
    breaches.staff.save(answers, parent_id=entry.id)
    assert numbered(reporting.answers(entry))["18"].text == "No"


def test_supplier_encryption_and_recovery_arrive_in_the_report(reporting, incident):
    more = {
        "at_processor": "yes",
        "processor": "Cloud Registers",
        "processor_told": AWARE - HOUR,
        "ongoing": "yes",
        "encrypted": "part",
        "key_safe": "unknown",
        "recovered": "part",
    }
    found = numbered(reporting.answers(incident(**WHOLE | more)))
    assert "at our supplier Cloud Registers. It told us on Thursday 19 November" in found["3"].text
    assert "It is still going on." in found["3"].text
    assert "Some of the data was encrypted; whether the key" in found["12"].text
    assert "Has the data been recovered? In part." in found["21"].text
    nameless = numbered(reporting.answers(incident(at_processor="yes", encrypted="none")))
    assert "at our supplier." in nameless["3"].text
    assert not nameless["12"].known, "encryption alone is no answer about consequences"
    assert not nameless["21"].known


def test_whether_it_is_the_first_contact_is_answered_in_the_words_of_the_form(reporting, incident):
    found = numbered(reporting.answers(incident(**WHOLE | {"first_contact": "unknown"})))
    assert found["2c"].text == "Unknown"
    assert numbered(reporting.answers(incident(cyber="unknown")))["4"].text == "Don’t know"


@pytest.mark.parametrize("follow_up", [False, True])
@pytest.mark.parametrize("cyber", ["yes", "no"])
@pytest.mark.parametrize("values", [{}, WHOLE])
def test_every_question_that_applies_is_on_paper_in_order(
    reporting, incident, values, cyber, follow_up
):
    entry = incident(**values | {"cyber": cyber})
    wanted = [q for q in questions() if q.applies(follow_up=follow_up, cyber=cyber == "yes")]
    wanted = [q for q in wanted if q.kind != "info"]
    printed = text_of(reporting.report(entry, follow_up=follow_up).content)
    at = printed.index("Your report")
    for question in wanted:
        at = printed.find(f"{question.number} {' '.join(question.text.split()[:3])}", at)
        assert at >= 0, question.number
    assert ("questions 14 to 17 are for cyber incidents only" in printed) == (cyber != "yes")
    gaps = [each for each in reporting.answers(entry, follow_up=follow_up) if not each.known]
    assert printed.count(NOT_KNOWN, printed.index("Your report")) >= len(gaps)


def test_numbers_that_are_not_exact_say_so(reporting, incident):
    answers = WHOLE | {"people_certainty": "about", "people": 1200, "records_certainty": "unknown"}
    found = numbered(reporting.answers(incident(**answers)))
    assert found["10"].text == "About 1,200"
    assert found["9"].text == NOT_KNOWN


def test_actions_and_bodies_told_are_in_the_report_without_the_owner(reporting, breaches, incident):
    entry = incident(**WHOLE | {"tell_others": None})
    breaches.actions.save(
        {"what": "Switch suggestions off", "owner": "Sam Sample", "by": dt.date(2026, 12, 1)},
        parent_id=entry.id,
    )
    told = {"whom": "police", "told_at": AWARE + HOUR, "their_reference": "CR/1"}
    breaches.told.save(told, parent_id=entry.id)
    found = numbered(reporting.answers(breaches.load(entry.id)))
    assert "Switch suggestions off: by Tuesday 1 December 2026" in found["22"].text
    assert "Sam" not in found["22"].text
    assert found["24"].text == "Yes\nPolice, told 19 Nov 2026 10:10, reference CR/1"


def test_parents_told_are_people_concerned_and_no_organisation(reporting, breaches, incident):
    entry = incident(**WHOLE | {"telling": "telling", "tell_others": "no"})
    told = {"whom": "parents", "name": "Parents of Year 4", "told_at": AWARE + HOUR}
    breaches.told.save(told, parent_id=entry.id)
    found = numbered(reporting.answers(breaches.load(entry.id)))
    assert found["23"].text.splitlines() == [
        "Yes, we’ve told affected data subjects",
        "Parents (Parents of Year 4), told 19 Nov 2026 10:10",
    ]
    assert found["24"].text == "No"
    breaches.told.save({"whom": "insurer"}, parent_id=entry.id)
    found = numbered(reporting.answers(breaches.load(entry.id)))
    assert found["24"].text == "Yes\nInsurers, to be told"


def test_people_still_to_be_told_are_not_said_to_have_been(reporting, breaches, incident):
    entry = incident(**WHOLE | {"telling": "planning"})
    breaches.told.save({"whom": "people"}, parent_id=entry.id)
    found = numbered(reporting.answers(breaches.load(entry.id)))
    assert found["23"].text.splitlines() == [
        "No, but we’re planning to",
        "The people affected, to be told",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Kit Invented opened it.", "Kit Invented"),
        ("It was Robin’s message.", "Robin’s"),
        ("Sam Sample sent it.", "Sam Sample"),
        ("Alex Head was told.", "Alex Head"),
        ("Sent to someone@family.example by mistake.", "someone@family.example"),
        ("The number 01632 960 123 was shown.", "01632 960 123"),
        ("UPN B801200005001 was shown.", "B801200005001"),
        ("NI number QQ123456C, no: AB 12 34 56 C.", "AB 12 34 56 C"),
        ("Posted to IP14 9ZZ.", "IP14 9ZZ"),
        ("NHS 943 476 5919.", "943 476 5919"),
        ("Account 12-34-56 12345678.", "12-34-56"),
    ],
)
def test_names_and_identifiers_in_an_answer_are_warned_of(reporting, incident, words, found):
    entry = incident(**WHOLE | {"what": words})
    warned = reporting.warnings(entry, reporting.answers(entry))
    assert [each.found for each in warned] == [found]
    assert warned[0].number == "3"
    assert "take it out" in warned[0].sentence


def test_plain_words_dates_and_the_sender_are_no_names(reporting, incident):
    words = "In May 2026, on 19/11/2026 at 09:10, 1,200 pupils of Year 4 and a head of year."
    entry = incident(**WHOLE | {"what": words, "assigned_to": "Head of Year 4"})
    assert reporting.warnings(entry, reporting.answers(entry)) == ()


def test_what_was_sent_is_kept_as_it_was(desk, reporting, breaches, incident, change):
    entry = incident(**WHOLE)
    sent = reporting.send(entry, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1-ABC")
    assert sent.values["paper"] == 1
    assert breaches.load(entry.id).state == "remediate"
    change(entry, what="Quite another story.")
    (kept,) = reporting.frozen(entry.id)
    assert (kept.number, kept.kind, kept.made_by) == (1, "initial", "Dana Pryce")
    assert "progress report was e-mailed" in text_of(reporting.content(kept.id))
    assert any("SHA-256" in line.new for line in breaches.history(entry.id))
    assert desk.check().problems == ()


def test_a_report_is_written_from_one_moment_of_the_log(desk, reporting, breaches, incident):
    """What is saved while a report is being gathered is in all of it, or in none of it."""
    entry = incident(**WHOLE)
    reporting.answers(entry)  # the settings are read once and kept
    begun: list[object] = []
    event.listen(desk.workspace.database.engine, "begin", begun.append)
    reporting.report(entry, follow_up=True)
    assert len(begun) == 1


def test_what_is_sent_is_what_the_log_says_by_then(reporting, incident, change):
    entry = incident(**WHOLE)
    change(entry, what="It was the wrong Year 4 list.")
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online")
    (kept,) = reporting.frozen(entry.id)
    assert any("the wrong Year 4 list" in text for text in kept.answers.values())
    assert "It was the wrong Year 4 list." in text_of(reporting.content(kept.id))


def test_the_database_refuses_to_change_a_report_that_was_sent(desk, reporting, incident):
    reporting.send(incident(**WHOLE), sent_at=AWARE + HOUR, channel="online")
    with (
        pytest.raises(Exception, match="cannot be changed"),
        desk.workspace.database.changing() as changing,
    ):
        changing.session.execute(text("UPDATE kept_papers SET answers = ''"))


def test_a_follow_up_says_what_changed_and_carries_the_case_reference(
    reporting, incident, change, breaches
):
    entry = incident(**WHOLE)
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1-ABC")
    entry = change(entry, people=3, whats_new="Two more reports went to the same address.")
    found = numbered(reporting.answers(entry, follow_up=True))
    assert found["2"].text == "IC-1-ABC"
    assert found["2d"].text.startswith("Two more")
    assert "19" not in found
    assert [n for n, each in found.items() if each.fresh] == ["10"]
    printed = text_of(reporting.report(entry, follow_up=True).content)
    assert "New or changed since the last report." in printed
    reporting.send(entry, sent_at=AWARE + 2 * HOUR, channel="email", follow_up=True)
    assert [each.kind for each in reporting.frozen(entry.id)] == ["initial", "follow_up"]


def test_a_follow_up_tells_what_is_new_and_what_is_outstanding_with_the_days_promised(
    reporting, incident, change
):
    answers = {k: v for k, v in WHOLE.items() if k not in {"people", "found_how"}}
    entry = incident(**answers | {"rest_by": dt.date(2026, 12, 4)})
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1-ABC")
    entry = change(entry, people=3, rest_by=dt.date(2026, 12, 18))
    found = numbered(reporting.answers(entry, follow_up=True))
    assert (found["10"].before, found["10"].text, found["10"].fresh) == (NOT_KNOWN, "3", True)
    assert found["5"].note == (
        "Promised by Friday 4 December 2026; now expected by Friday 18 December 2026."
    )
    printed = text_of(reporting.report(entry, follow_up=True).content)
    news = printed[printed.index("New since the last report") : printed.index("Your report")]
    assert "10 How many data subjects could be affected? Not yet known 3" in news
    outstanding = news[news.index("Still outstanding") :]
    assert "5 How did you find out" in outstanding
    assert "10 How many" not in outstanding
    assert "Promised by Friday 4 December 2026" in outstanding


def test_a_follow_up_without_news_or_gaps_says_so(reporting, incident):
    entry = incident(**WHOLE | {"whats_new": "Nothing more."})
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1-ABC")
    printed = text_of(reporting.report(entry, follow_up=True).content)
    assert "No answer has changed." in printed
    assert "Nothing: every question has been answered." in printed


def test_a_change_at_the_end_of_a_long_answer_is_what_is_shown(reporting, incident, change):
    entry = incident(**WHOLE | {"what": "It went on and on. " * 40})
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online")
    entry = change(entry, what="It went on and on. " * 40 + "A second account was used.")
    printed = text_of(reporting.report(entry, follow_up=True).content)
    news = printed[printed.index("New since") : printed.index("Still outstanding")]
    assert "A second account was used." in news


def test_changed_answers_stand_whole_in_a_follow_up_and_what_is_new_is_no_gap(
    reporting, incident, change
):
    before = "At first it was thought that one message had gone out. " * 12 + "End of before."
    entry = incident(**WHOLE | {"what": before})
    reporting.send(entry, sent_at=AWARE + HOUR, channel="online", case_reference="IC-1-ABC")
    entry = change(entry, what="Then it turned out that there were two of them. " * 12 + "The end.")
    printed = text_of(reporting.report(entry, follow_up=True).content)
    news = printed[printed.index("New since") : printed.index("Still outstanding")]
    assert "…" not in news
    assert "End of before." in news
    assert "The end." in news
    assert "What is new since" not in printed, "the table has said it"


def test_first_steps_are_told_as_deeds(reporting, incident):
    found = numbered(reporting.answers(incident(**WHOLE | {"first_steps": ("recall", "wipe")})))
    assert "The message was recalled, as far as the mail system allows." in found["21"].text
    assert "The device was locked or wiped remotely." in found["21"].text
    assert "if your" not in found["21"].text


@pytest.mark.parametrize("decision", ["report", "report_and_tell", None])
def test_a_high_risk_is_as_the_assessment_says_whatever_was_decided(reporting, incident, decision):
    def answer(**values):
        entry = incident(**WHOLE | {"decision": decision} | values)
        return numbered(reporting.answers(entry))["13a"].text

    courtesy = {"telling": "told", "not_telling": None}
    assert (
        answer(high_risk=None, **courtesy) == answer(high_risk="unknown", **courtesy) == NOT_KNOWN
    )
    assert answer(high_risk="yes", **courtesy) == "Yes"
    assert answer(high_risk="no", **courtesy) == "No"
    assert answer(high_risk=None, telling="not", not_telling=("no_high_risk",)) == "No"
    assert answer(high_risk=None, telling="not", not_telling=("unintelligible",)) == NOT_KNOWN


def test_a_late_report_without_reasons_is_refused_and_leaves_nothing_behind(
    desk, reporting, breaches, incident, clock, change
):
    entry = incident(**WHOLE)
    clock.on(dt.date(2026, 11, 25))
    kept = set(desk.workspace.vault.names())
    with pytest.raises(InvalidEntry) as caught:
        reporting.send(entry, sent_at=AWARE + 80 * HOUR, channel="online")
    assert "reasons for the delay" in caught.value.problems["sent_at"]
    assert reporting.frozen(entry.id) == ()
    assert breaches.reports.parts(entry.id) == ()
    assert set(desk.workspace.vault.names()) == kept
    assert numbered(reporting.answers(entry))["20"].text == NOT_KNOWN
    change(entry, delay_why="The school was shut by snow.")
    reporting.send(entry, sent_at=AWARE + 80 * HOUR, channel="online")


def test_lost_equipment_prints_the_written_report_of_the_policy(reporting, incident):
    entry = incident(
        equipment="yes",
        equipment_what="Laptop 14",
        equipment_by="Robin Example",
        equipment_how="Left on the train.",
        affected="Marks of Year 4.",
    )
    words = text_of(reporting.equipment(entry).content)
    assert "due by Friday 20 November 2026 at 09:10" in words
    for part in ("Laptop 14", "Robin Example", "Left on the train.", "Alex Head", "Dana Pryce"):
        assert part in words


def test_whoever_is_head_teacher_and_officer_is_named_once_on_the_equipment_report(
    desk, reporting, incident
):
    school = desk.school.entry()
    desk.school.save({"head": school.values["dpo_name"]}, school.id, school.version)
    words = text_of(reporting.equipment(incident(equipment="yes")).content)
    assert f"Written report for {school.values['dpo_name']}, due" in words


def test_the_proposal_is_printed_with_its_reasons_their_sources_and_the_decision(
    reporting, breaches, incident
):
    entry = incident(**WHOLE)
    words = text_of(reporting.assessment(entry).content)
    proposal = breaches.proposal(entry.values)
    for part in (
        proposal.level.label,
        *(each.text for each in proposal.reasons),
        *(each.source for each in proposal.reasons),
        "Special needs of a child are known to another family.",
        "check with your adviser",
    ):
        assert part in words
    unsure = text_of(reporting.assessment(incident()).content)
    assert "It is not yet known whether the data was encrypted." in unsure


def test_every_paper_of_a_drill_says_that_it_is_one(reporting, incident):
    entry = incident(**WHOLE | {"drill": "yes", "equipment": "yes"})
    for content in (
        reporting.report(entry).content,
        reporting.equipment(entry).content,
        reporting.assessment(entry).content,
        reporting.letter(entry, "adult").content,
    ):
        assert "this did not happen" in text_of(content).lower()
