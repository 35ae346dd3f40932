"""Whatever order things happen in: a sentence that names the rule, or a request that holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.law.request_kinds import RequestKind
from dpdesk.requests.conditions import must_tell
from dpdesk.requests.states import stages_of
from tests.builders import a_request, faults

FIRST = dt.date(2026, 9, 1)
DAYS = st.integers(0, 80).map(lambda n: FIRST + dt.timedelta(days=n))
WORDS = st.sampled_from(["", "For a good reason", None])
YES_NO = st.sampled_from(["yes", "no", None])
PART = ("clarifications", "recipients", "enquiries", "handovers")


@st.composite
def _changes(draw):
    """What somebody may type next: a few questions of the request, or a part of it."""
    if draw(st.booleans()):
        which = draw(st.sampled_from(PART))
        parts: dict[str, dict[str, st.SearchStrategy[Any]]] = {
            "clarifications": {"asked_on": DAYS, "answered_on": st.none() | DAYS},
            "recipients": {
                "recipient": st.just("Example Club"),
                "told_on": st.none() | DAYS,
                "not_told": WORDS,
            },
            "enquiries": {
                "asked_whom": st.just("Head of Year 5"),
                "asked_on": DAYS,
                "answered_on": st.none() | DAYS,
            },
            "handovers": {
                "given_on": DAYS,
                "how": st.just("collected"),
                "to_whom": st.just("Robin Example"),
            },
        }
        return which, draw(st.fixed_dictionaries(parts[which]))
    fields: dict[str, st.SearchStrategy[Any]] = {
        "received": DAYS,
        "identity_needed": YES_NO,
        "identity_received": st.none() | DAYS,
        "identity_documents": st.sampled_from([None, ("passport",)]),
        "capacity": YES_NO,
        "decision": st.sampled_from(["yes", "part", "no", None]),
        "done_on": st.none() | DAYS,
        "flag_from": st.none() | DAYS,
        "flag_until": st.none() | DAYS,
        "lifted_why": WORDS,
        "told_none": WORDS,
        "extension_reason": st.sampled_from([None, "complex"]),
        "extended": st.none() | DAYS,
        "acknowledged": st.none() | DAYS,
        "health_data": st.sampled_from([None, "none", "given"]),
        "opinion_given": st.none() | DAYS,
        "opinion_says": st.sampled_from([None, "no_harm", "harm"]),
        "ready_on": st.none() | DAYS,
        "ready_why": WORDS,
        "closed": st.none() | DAYS,
        "outcome": st.none(),
    }
    names = draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=4, unique=True))
    return "", draw(st.fixed_dictionaries({name: fields[name] for name in names}))


def _try(desk, entry_id, change):
    """Saves it; whatever is refused is refused in sentences, and nothing is changed then."""
    requests = desk.requests.requests
    before = requests.load(entry_id)
    which, values = change
    refused = {}
    try:
        if which:
            getattr(requests, which).save(values, parent_id=entry_id)
        else:
            requests.save(values, entry_id, before.version)
    except InvalidEntry as error:
        refused = error.problems or {"": ""}
    for sentence in refused.values():
        assert sentence
        assert not sentence[0].islower()
        assert sentence.rstrip().endswith(".")
    if refused:
        assert requests.load(entry_id) == before
    return before, requests.load(entry_id)


@pytest.mark.timeout(300)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(RequestKind), history=st.lists(_changes(), min_size=2, max_size=8))
def test_any_history_is_refused_in_a_sentence_or_holds(desk, kind, history):
    requests = desk.requests.requests
    made = a_request(desk, kind=kind.value, received=FIRST)
    for change in history:
        before, entry = _try(desk, made.id, change)
        # Where it stands can always be told, and why.
        assert entry.state in {stage.key for stage in stages_of(entry.values["kind"])}
        assert requests.clock(entry).steps
        assert requests.cautions(entry) is not None
        newly_closed = entry.values.get("closed") and not before.values.get("closed")
        if newly_closed and must_tell(entry.values) and not entry.values.get("told_none"):
            assert requests.recipients.parts(entry.id)
            assert not requests.recipients.open_ones(entry.id)
        with desk.workspace.database.reading() as session:
            flags = [each.entry_id for each in requests.flags_within(session)]
        standing = entry.values.get("flag_from") and not entry.values.get("flag_until")
        flagged = kind in {RequestKind.RESTRICTION, RequestKind.OBJECTION} and bool(standing)
        withdrawing = kind is RequestKind.WITHDRAWAL and not entry.values.get("closed")
        assert (entry.id in flags) == (flagged or withdrawing)


def test_after_all_that_the_workspace_is_whole(desk):
    entry = a_request(desk, kind="restriction", received=FIRST)
    for change in (
        ("", {"decision": "yes", "flag_from": FIRST}),
        ("recipients", {"recipient": "Example Club"}),
        ("", {"closed": FIRST + dt.timedelta(days=3)}),
        ("", {"flag_until": FIRST, "lifted_why": "Checked"}),
    ):
        _try(desk, entry.id, change)
    assert faults(desk) == []


DAY = dt.date(2026, 11, 10)


def test_answered_before_it_was_asked(desk):
    entry = a_request(desk)
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.clarifications.save(
            {"asked_on": DAY, "answered_on": dt.date(2026, 11, 9)}, parent_id=entry.id
        )
    assert list(caught.value.problems) == ["answered_on"]


def test_identity_before_the_request_came(desk):
    entry = a_request(desk)
    values = {"identity_needed": "yes", "identity_received": dt.date(2026, 11, 1)}
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.save(values, entry.id, entry.version)
    assert list(caught.value.problems) == ["identity_received"]


def test_pauses_that_overlap_count_once_and_are_said_with_the_rule(desk):
    entry = a_request(desk)
    asked = desk.requests.requests.clarifications
    asked.save({"asked_on": DAY, "answered_on": dt.date(2026, 11, 16)}, parent_id=entry.id)
    due = desk.requests.requests.load(entry.id).due
    within = {"asked_on": dt.date(2026, 11, 12), "answered_on": dt.date(2026, 11, 13)}
    part = asked.save(within, parent_id=entry.id).entry
    entry = desk.requests.requests.load(entry.id)
    assert entry.due == due
    (said,) = [s for s in desk.requests.requests.cautions(entry) if "count once" in s]
    assert "12 November 2026" in said
    assert "Art 12A(5)" in said
    asked.archive(part.id, part.version)
    assert not any("count once" in s for s in desk.requests.requests.cautions(entry))


def test_more_time_after_the_month_is_over_gives_none_and_is_said(desk):
    entry = a_request(desk, received=dt.date(2026, 10, 1))
    due = entry.due
    values = {"extension_reason": "complex", "extended": dt.date(2026, 11, 19)}
    entry = desk.requests.requests.save(values, entry.id, entry.version).entry
    assert entry.due == due
    assert any("Art 12A(4)" in each for each in desk.requests.requests.cautions(entry))


def test_a_parent_without_parental_responsibility_is_given_nothing(desk):
    entry = a_request(
        desk,
        relationship="father",
        requester="Sam Example",
        responsibility="no",
        capacity="no",
        identity_documents=("passport",),
    )
    given = {"given_on": DAY, "how": "collected", "to_whom": "Sam Example"}
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.handovers.save(given, parent_id=entry.id)
    assert "no parental responsibility" in caught.value.problems["to_whom"]
    with pytest.raises(DpdeskError):
        desk.requests.portable.package(entry)


def test_the_same_asked_a_second_time_is_said_with_the_rule(desk):
    first = a_request(desk, closed=dt.date(2026, 11, 9), outcome="given")
    entry = a_request(desk, received=DAY)
    (said,) = [s for s in desk.requests.requests.cautions(entry) if first.reference in s]
    assert "Art 15(3)" in said


@pytest.mark.parametrize(
    ("part", "values", "question"),
    [
        ("handovers", {"how": "collected", "to_whom": "Robin Example"}, "given_on"),
        ("searches", {"place": "Office"}, "searched_on"),
        ("searches", {"place": "Office", "asked_whom": "The office"}, "asked_on"),
        ("feedback", {"said": "Thank you"}, "given_on"),
        ("enquiries", {"asked_whom": "The office"}, "asked_on"),
        ("recipients", {"recipient": "Example Club"}, "told_on"),
    ],
)
def test_nothing_is_done_about_a_request_before_it_came(desk, part, values, question):
    entry = a_request(
        desk, received=DAY, identity_documents=("passport",), capacity="yes", kind="access"
    )
    service = getattr(desk.requests.requests, part)
    with pytest.raises(InvalidEntry) as caught:
        service.save({**values, question: DAY - dt.timedelta(days=1)}, parent_id=entry.id)
    assert list(caught.value.problems) == [question]
    assert "before" in caught.value.problems[question]
    assert service.save({**values, question: DAY}, parent_id=entry.id).entry.id


def test_the_proof_does_not_come_before_it_was_asked_for(desk):
    entry = a_request(desk)
    values = {
        "identity_needed": "yes",
        "identity_asked": DAY,
        "identity_received": DAY - dt.timedelta(days=1),
    }
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.save(values, entry.id, entry.version)
    assert "Art 12A(2)" in caught.value.problems["identity_received"]
    values["identity_received"] = DAY
    assert desk.requests.requests.save(values, entry.id, entry.version).entry.due


def test_nothing_is_closed_before_it_was_decided(desk):
    entry = a_request(desk, kind="erasure", decision="no", decided_on=DAY)
    values = {"closed": DAY - dt.timedelta(days=1), "outcome": "refused"}
    with pytest.raises(InvalidEntry) as caught:
        desk.requests.requests.save(values, entry.id, entry.version)
    assert "Decided on" in caught.value.problems["closed"]
    assert desk.requests.requests.save({**values, "closed": DAY}, entry.id, entry.version)
