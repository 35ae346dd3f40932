"""Every asset is reviewed with its owner, by keyboard, and signed off."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.assets.conftest import TODAY
from tests.papers.reading import text_of
from tests.ui.assets.conftest import saver
from tests.ui.assets.words import words_in
from tests.ui.walk import assert_walkable


@pytest.fixture
def whole(audit):
    return saver(audit)


def _keys(audit, keys):
    QTest.keySequence(audit.room, QKeySequence(keys))


def _shown(audit):
    return audit.room.card.entry.title


def _three(audit, whole):
    """Three assets of two owners, with the round begun once they are there."""
    whole(name="Files", owner="Head teacher")
    whole(name="Accounts", owner="Bursar")
    whole(name="Letters", owner="Head teacher")
    audit.room.owners.activated.emit(0)


def test_an_empty_register_says_what_this_is_for(audit):
    assert "nothing to review" in audit.room.empty.sentence.text()
    audit.press("Open the register")
    assert audit.noted.asked[-1][:2] == ("page", "assets")


def test_a_round_is_walked_by_keyboard_to_its_end(audit, whole):
    _three(audit, whole)
    assert audit.room.meter.says.text() == "0 of 3 confirmed"
    walked = []
    for _ in range(3):
        walked.append(_shown(audit))
        _keys(audit, "Ctrl+Return")
        assert audit.room.focusWidget() in {audit.room.card.confirm_button, audit.room.empty.action}
    assert walked == ["Accounts", "Files", "Letters"]
    assert audit.room.meter.says.text() == "3 of 3 confirmed"
    assert "All 3 assets" in audit.room.empty.sentence.text()
    (review,) = audit.desk.assets.assets.reviews.parts(1)
    assert review.values["day"] == TODAY
    assert review.values["with_whom"] == "Head teacher"
    assert review.values["outcome"] == "confirmed"


def test_one_owner_can_be_chosen(audit, whole):
    _three(audit, whole)
    place = audit.room.owners.findText("Head teacher (2)")
    audit.room.owners.setCurrentIndex(place)
    audit.room.owners.activated.emit(place)
    assert audit.room.meter.says.text() == "0 of 2 confirmed"
    assert _shown(audit) == "Files"


def test_what_is_read_out_says_what_where_who_how_long_and_what_is_missing(audit, whole):
    whole(name="Files", owner=None, people_kinds=("pupils",), retention_words="Longer for some")
    audit.until(lambda: "School office" in words_in(audit.room.card))
    said = words_in(audit.room.card)
    for expected in (
        "Files",
        "Particulars, progress, letters.",
        "Teaching and reporting – Legal obligation",
        "School office",
        "Pupils",
        "Longer for some",
        "No owner: Nobody is named as its owner.",
        "Never reviewed",
    ):
        assert expected in said


def test_later_comes_last(audit, whole):
    _three(audit, whole)
    _keys(audit, "Ctrl+PgDown")
    assert _shown(audit) == "Files"
    _keys(audit, "Ctrl+Return")
    _keys(audit, "Ctrl+Return")
    assert _shown(audit) == "Accounts"
    assert audit.room.meter.says.text() == "2 of 3 confirmed"


def test_changing_opens_the_entry_and_what_comes_back_is_signed_off_as_changed(audit, whole):
    entry = whole(name="Files")
    _keys(audit, "Ctrl+E")
    assert audit.noted.asked[-1] == ("open", "assets", entry.id)
    saved = audit.desk.assets.assets.save({"function": "Care"}, entry.id, entry.version)
    audit.around.bus.publish(saved.changes)
    assert _shown(audit) == "Files"
    audit.press("Correct now: confirm")
    (review,) = audit.desk.assets.assets.reviews.parts(entry.id)
    assert review.values["outcome"] == "changed"


def test_a_sign_off_can_be_undone(audit, whole):
    entry = whole(name="Files")
    _keys(audit, "Ctrl+Return")
    assert audit.desk.assets.assets.load(entry.id).values["confirmed"] == TODAY
    audit.noted.undo()
    assert audit.desk.assets.assets.load(entry.id).values.get("confirmed") is None
    assert audit.room.meter.says.text() == "0 of 1 confirmed"
    assert _shown(audit) == "Files"


def test_nothing_is_signed_off_without_a_person_or_on_a_day_to_come(audit, whole):
    entry = whole(name="Files")
    card = audit.room.card
    card.with_whom.setText(" ")
    card.confirm()
    assert "Who reviewed it with you?" in card.banner.text.text()
    card.with_whom.setText("Head teacher")
    card.day.set_value(TODAY + dt.timedelta(days=1))
    card.confirm()
    assert "future" in card.banner.text.text()
    assert audit.desk.assets.assets.reviews.parts(entry.id) == ()


def test_an_earlier_beginning_of_the_round_counts_more(audit, whole):
    whole(name="Files", confirmed=dt.date(2026, 8, 1))
    assert audit.room.meter.says.text() == "0 of 1 confirmed"
    audit.room.since.set_value(dt.date(2026, 7, 1))
    audit.room.since.left.emit()
    assert audit.room.meter.says.text() == "1 of 1 confirmed"


def test_the_list_prints_to_be_signed(audit, whole, tmp_path):
    whole(name="Files")
    _keys(audit, "Ctrl+Return")
    audit.saved_to(tmp_path / "list.pdf")
    audit.room.empty.action.click()
    said = text_of((tmp_path / "list.pdf").read_bytes())
    assert "1 of 1 asset reviewed" in said
    assert "Signed off" in said


def test_the_page_can_be_walked_by_keyboard_and_nothing_is_cut_off(audit, whole):
    assert_walkable(audit.room)
    _three(audit, whole)
    whole({"basis": "public_task"}, name="Newsletter", owner=None, processors="Dummy Mail Ltd")
    assert_walkable(audit.room)
    for _ in range(4):
        _keys(audit, "Ctrl+Return")
    assert_walkable(audit.room)
