"""What holds up a disposal, kept current in lists and looked at again when it counts."""

from __future__ import annotations

import datetime as dt

import pytest

from dpdesk.errors import DpdeskError, InvalidEntry
from tests.breaches.conftest import AWARE
from tests.builders import a_request, statements
from tests.retention.conftest import LONG_AGO

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def hold(room):
    """Puts on a hold; keywords say what it touches."""

    def put(**values):
        answers = {"reason": "Claim after a fall", "kind": "claim", "since": dt.date(2026, 1, 5)}
        return room.holds.save({**room.holds.blank().values, **answers, **values}).entry

    return put


def state(room, entry):
    return room.holdings.load(entry.id).state


@pytest.mark.parametrize(
    "person",
    ["Robin Example", "R. Example", "Example, Robin", "Robin J Example", "ROBIN EXÁMPLE"],
)
def test_an_open_request_holds_up_its_subjects_file_however_the_name_is_written(
    desk, room, holding, change, person
):
    entry = holding(person=person)
    assert entry.state == "running"
    request = a_request(desk, subject="Robin Example")
    assert state(room, entry) == "held"
    (block,) = room.holdings.blocks(entry.id)
    assert (block.reference, block.register) == (request.reference, "requests")
    change(desk.requests.requests, request, closed=TODAY, outcome="given")
    assert state(room, entry) == "running"
    assert room.holdings.blocks(entry.id) == ()


def test_the_file_of_somebody_else_is_free(desk, room, holding):
    entry = holding(person="Kim Dummy")
    a_request(desk, subject="Robin Example")
    assert state(room, entry) == "running"


def test_a_new_file_of_a_subject_is_held_at_once(desk, holding):
    a_request(desk, subject="Robin Example")
    assert holding(person="R Example").state == "held"


def test_a_subject_that_was_put_right_lets_one_go_and_holds_another(desk, room, holding, change):
    one, other = holding(person="Robin Example"), holding(person="Kim Dummy")
    request = a_request(desk, subject="Robin Example")
    change(desk.requests.requests, request, subject="Kim Dummy")
    assert (state(room, one), state(room, other)) == ("running", "held")


def test_an_archived_request_holds_on_until_it_is_closed(desk, room, holding):
    entry = holding()
    request = a_request(desk, subject="Robin Example")
    desk.requests.requests.archive(request.id, request.version)
    assert state(room, entry) == "held"
    assert "archived" in room.holdings.blocks(entry.id)[0].words


def test_a_name_in_other_words_of_a_holding_counts(desk, room, box):
    entry = box(what="Letters about Robin, family Example")
    a_request(desk, subject="Robin Example")
    assert state(room, entry) == "held"


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_the_safeguarding_answer_holds_up_by_itself(room, holding, change, answer):
    entry = holding(safeguarding=answer)
    assert entry.state == "held"
    assert change(room.holdings, entry, safeguarding="no").state == "running"


def test_an_open_breach_holds_up_the_assets_that_it_touched(desk, room, box, change):
    asset = desk.assets.assets.save({**desk.assets.assets.blank().values, "name": "Payroll"}).entry
    entry, other = box(asset=asset.id), box(what="Box 15")
    breach = desk.breaches.breaches.save({"summary": "Lost", "aware": AWARE}).entry
    assert state(room, entry) == "running"
    breach = change(desk.breaches.breaches, breach, asset_links=(asset.reference,))
    assert (state(room, entry), state(room, other)) == ("held", "running")
    done = change(desk.breaches.breaches, breach, outcome="false_alarm", resolved=TODAY)
    assert state(room, entry) == "running"
    again = change(desk.breaches.breaches, done, outcome=None, resolved=None)
    assert state(room, entry) == "held"
    change(desk.breaches.breaches, again, drill="yes")
    assert state(room, entry) == "running"


def test_links_drawn_by_hand_and_places_searched_hold_up_too(desk, room, box):
    asset = desk.assets.assets.save({**desk.assets.assets.blank().values, "name": "Payroll"}).entry
    by_asset, by_itself = box(asset=asset.id), box(what="Box 15")
    request = a_request(desk, subject="Kim Dummy")
    desk.requests.requests.searches.save(
        {"place": f"Payroll ({asset.reference})"}, parent_id=request.id
    )
    assert state(room, by_asset) == "held"
    desk.links.draw("holdings", by_itself.id, "requests", request.id)
    assert state(room, by_itself) == "held"
    links = desk.links.of_entry("holdings", by_itself.id)
    (drawn,) = [link.link_id for link in links if link.link_id]
    desk.links.cut(drawn)
    assert state(room, by_itself) == "running"


@pytest.mark.parametrize(
    "touches",
    [
        {"everything": "yes"},
        {"people": "Kim Dummy\nExample, Robin"},
        {"rules": ("P04",)},
        {"rules": ("rr-2026-004",)},
        {"holdings": ("HO-2026-001",)},
        {"assets": ("AS-2026-001",)},
    ],
)
def test_a_hold_touches_people_classes_holdings_assets_or_everything(
    desk, room, holding, hold, change, touches
):
    asset = desk.assets.assets.save(
        {**desk.assets.assets.blank().values, "name": "Pupil files"}
    ).entry
    entry = holding(asset=asset.id)
    put = hold(**touches)
    assert state(room, entry) == "held"
    assert put.state == "in_force"
    lifted = change(room.holds, put, lifted=TODAY, lifted_by="Dana Pryce", lifted_why="Settled")
    assert (lifted.state, state(room, entry)) == ("lifted", "running")


def test_two_matters_hold_until_the_last_of_them_ends(desk, room, holding, hold, change):
    entry, put = holding(), hold(rules=("P04",))
    request = a_request(desk)
    change(room.holds, put, lifted=TODAY, lifted_why="Settled")
    assert state(room, entry) == "held"
    change(desk.requests.requests, request, closed=TODAY)
    assert state(room, entry) == "running"


def test_a_hold_does_not_end_by_itself_and_cannot_be_put_out_of_sight(room, holding, hold, clock):
    entry, put = holding(), hold(rules=("P04",), review_on=dt.date(2026, 12, 1))
    clock.on(dt.date(2027, 6, 1))
    assert room.holdings.blocks(entry.id)[0].reference == put.reference
    with pytest.raises(DpdeskError, match="Lift it first"):
        room.holds.archive(put.id, put.version)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "everything"),
        ({"rules": ("P99",)}, "rules"),
        ({"holdings": ("HO-1999-001",)}, "holdings"),
        ({"assets": ("AS-1999-001",)}, "assets"),
        ({"everything": "yes", "lifted": dt.date(2026, 1, 1)}, "lifted"),
        ({"everything": "yes", "lifted": TODAY}, "lifted_why"),
    ],
)
def test_a_hold_that_touches_nothing_or_ends_without_reason_is_refused(hold, values, field):
    with pytest.raises(InvalidEntry) as error:
        hold(**values)
    assert field in error.value.problems


def test_a_box_of_many_people_asks_for_a_look(desk, room, holding, box):
    crate, mine = box(), holding(person="Kim Dummy")
    request = a_request(desk, subject="Robin Example")
    vague = desk.breaches.breaches.save({"summary": "Lost", "aware": AWARE}).entry
    asked = {touch.reference for touch in room.holdings.to_look_for(crate.id)}
    assert asked == {request.reference, vague.reference}
    assert room.holdings.to_look_for(mine.id) == ()


def test_saving_a_request_looks_only_at_what_it_touches(desk, room, rule):
    many = [
        {"what": "Pupil file", "rule": rule("P04"), "person": f"Nobody Number{n}", "born": LONG_AGO}
        for n in range(200)
    ]
    request = a_request(desk)
    save = lambda text: desk.requests.requests.save(  # noqa: E731 — one line, used twice
        {"asked": text}, request.id, desk.requests.requests.load(request.id).version
    )
    room.many.add(many[:1])
    one = statements(desk, lambda: save("one"))
    room.many.add(many[1:])
    assert statements(desk, lambda: save("two")) <= one + 1


def test_what_holds_a_holding_is_named_without_personal_data(desk, room, holding):
    entry = holding()
    a_request(desk, subject="Robin Example")
    for block in room.holdings.blocks(entry.id):
        assert "Robin" not in f"{block.words} {block.reference}"


def test_a_request_of_somebody_holds_what_lies_under_a_short_or_a_former_name(
    desk, room, holding, box, change
):
    short, former = holding(person="Tom Ward"), holding(person="Thomas Hill")
    crate = box(what="SEN file T. Ward")
    other = holding(person="Timothy Ward")
    request = a_request(desk, subject="Thomas Ward")
    assert [state(room, each) for each in (short, crate)] == ["held", "held"]
    assert [state(room, each) for each in (former, other)] == ["running", "running"]
    (block,) = room.holdings.blocks(short.id)
    assert block.why == "It is about Thomas Ward, and “Tom” may be “Thomas”."
    with pytest.raises(DpdeskError, match="open request") as refused:
        room.disposals.approve([short.reference], "shred", reason="Looked at")
    assert "Ward" not in str(refused.value)
    change(desk.requests.requests, request, other_names="formerly Hill")
    assert state(room, former) == "held"
