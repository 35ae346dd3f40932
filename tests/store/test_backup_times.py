"""When an automatic backup is due, and which of them stay."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.store import backup
from dpdesk.store.thinning import copy_name
from tests.builders import a_pdf, a_request


def test_an_automatic_backup_is_due_daily_and_only_when_something_changed(desk, clock):
    assert desk.keeping.backup_due()
    made = desk.keeping.automatic_backup()
    assert made.path.parent == desk.workspace.folder / "backups"
    assert not desk.keeping.changed_since_backup()
    assert not desk.keeping.backup_due()
    clock.moment += dt.timedelta(hours=25)
    assert not desk.keeping.backup_due()
    a_request(desk)
    assert desk.keeping.changed_since_backup()
    assert desk.keeping.backup_due()
    clock.moment -= dt.timedelta(hours=10)
    assert not desk.keeping.backup_due()
    desk.keeping.automatic_backup()
    assert not desk.keeping.changed_since_backup()


def test_a_copy_on_a_stick_is_not_the_backup_of_the_day(desk, tmp_path):
    """Once the stick is locked away, the backup folder would have nothing of today."""
    a_request(desk)
    made = desk.keeping.back_up_into(tmp_path / "stick")
    assert made.path.parent == tmp_path / "stick"
    assert desk.keeping.last_backup() is None
    assert desk.keeping.changed_since_backup()
    assert desk.keeping.backup_due()


def test_a_backup_put_by_hand_into_the_backup_folder_is_the_one_of_the_day(desk):
    a_request(desk)
    folder = desk.keeping.backup_folder()
    folder.mkdir(exist_ok=True)
    made = desk.keeping.back_up_into(folder / ".." / folder.name)
    assert desk.keeping.last_backup() == made.at
    assert not desk.keeping.changed_since_backup()


def test_a_clock_that_was_put_right_does_not_stop_backups(desk, clock):
    clock.moment += dt.timedelta(days=4000)
    desk.keeping.automatic_backup()
    a_request(desk)
    assert desk.keeping.last_backup() is not None
    clock.moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert desk.keeping.backup_due()


def test_a_backup_that_this_computer_does_not_have_is_not_claimed(desk):
    made = desk.keeping.automatic_backup()
    assert desk.keeping.last_backup() is not None

    made.path.unlink()

    assert desk.keeping.last_backup() is None
    assert desk.keeping.backup_due()


def test_looking_at_pages_counts_as_a_change(desk):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    desk.keeping.automatic_backup()
    desk.disclosure.review.set_reviewed(document.id, 0)
    assert desk.keeping.changed_since_backup()


moments = st.integers(0, 4 * 365 * 24).map(
    lambda hours: dt.datetime(2023, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
)


@given(st.lists(moments, min_size=1, max_size=60, unique=True))
def test_thinning_keeps_the_newest_of_each_day_week_and_month(times):
    kept = backup.to_keep(times)
    assert kept <= set(times)
    assert max(times) in kept
    days = sorted({at.date() for at in times}, reverse=True)[:7]
    weeks = sorted({at.isocalendar()[:2] for at in times}, reverse=True)[:4]
    months = sorted({(at.year, at.month) for at in times}, reverse=True)[:12]
    wanted = {max(at for at in times if at.date() == day) for day in days}
    wanted |= {max(at for at in times if at.isocalendar()[:2] == week) for week in weeks}
    wanted |= {max(at for at in times if (at.year, at.month) == month) for month in months}
    assert kept == wanted
    assert backup.to_keep(sorted(kept)) == kept, "thinning twice takes nothing more"


def test_a_backup_a_day_for_two_years_leaves_at_most_23(tmp_path):
    first = dt.datetime(2024, 11, 20, 16, tzinfo=dt.UTC)
    for day in range(730):
        name = backup.automatic_name(first + dt.timedelta(days=day))
        (tmp_path / name).write_bytes(b"")
        if day % 7 == 0:
            backup.thin(tmp_path)
    (tmp_path / "by hand.dpbackup").write_bytes(b"")
    backup.thin(tmp_path)
    left = [path.name for path in tmp_path.iterdir()]
    assert "by hand.dpbackup" in left
    automatic = backup.automatic_backups(tmp_path)
    assert 18 <= len(automatic) <= 23
    assert automatic[0][0] == first + dt.timedelta(days=729)
    days = [at.date() for at, _ in automatic[:7]]
    assert days == [dt.date(2026, 11, 19) - dt.timedelta(days=n) for n in range(7)]


def test_what_a_killed_program_left_goes_after_a_day(tmp_path):
    old, new = (tmp_path / f".dpdesk-{name}.dpbackup.ab12.db.part" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"")
    os.utime(old, (0, 0))
    backup.thin(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [new.name]


NOW = dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)


def _backup(folder: Path, at: dt.datetime) -> Path:
    path = folder / backup.automatic_name(at)
    path.write_bytes(b"")
    return path


def _days(folder: Path, now: dt.datetime) -> list[dt.date]:
    """The days of the past that still have a backup, newest first."""
    return [at.date() for at, _ in backup.automatic_backups(folder) if at <= now]


@pytest.mark.parametrize("ahead", [dt.timedelta(days=3), dt.timedelta(days=11 * 365)])
def test_a_clock_that_ran_ahead_takes_no_daily_backup_away(tmp_path, ahead):
    for day in range(60, 0, -1):
        at = NOW - dt.timedelta(days=day)
        _backup(tmp_path, at)
        backup.thin(tmp_path, at)
    for day in range(9):
        _backup(tmp_path, NOW + ahead + dt.timedelta(days=day, minutes=-30))
    backup.thin(tmp_path, NOW + ahead + dt.timedelta(days=9))
    # The clock is put right, and a backup is made every day.
    for day in range(30):
        at = NOW + dt.timedelta(days=day)
        _backup(tmp_path, at)
        backup.thin(tmp_path, at)
        recent = [(at - dt.timedelta(days=back)).date() for back in range(min(day + 1, 7))]
        assert _days(tmp_path, at)[: len(recent)] == recent


def test_a_clock_that_fell_behind_takes_no_backup_away(tmp_path):
    for day in range(30, 0, -1):
        _backup(tmp_path, NOW - dt.timedelta(days=day))
    backup.thin(tmp_path, NOW)
    before = {path.name for path in tmp_path.iterdir()}
    long_ago = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    for day in range(9):
        _backup(tmp_path, long_ago + dt.timedelta(days=day))
        backup.thin(tmp_path, long_ago + dt.timedelta(days=day))
    assert before <= {path.name for path in tmp_path.iterdir()}


def test_a_clock_that_was_put_right_by_minutes_is_no_wrong_clock(tmp_path):
    _backup(tmp_path, NOW + dt.timedelta(minutes=40))
    held = backup.still_held(tmp_path, NOW + dt.timedelta(days=1), NOW)
    assert (held.number, held.staying) == (1, 0)


def test_a_name_with_a_day_that_never_was_is_somebody_elses_file(tmp_path):
    path = tmp_path / "dpdesk-2026-02-31-120000.dpbackup"
    path.write_bytes(b"")
    assert backup.automatic_backups(tmp_path) == []
    backup.thin(tmp_path)
    assert path.exists()


# --- what was erased, and how long backups still hold it ----------------------------------------


def _copy(folder: Path, at: dt.datetime) -> Path:
    path = folder / copy_name(at, "0004")
    path.write_bytes(b"")
    return path


def test_a_copy_made_before_an_update_goes_after_four_weeks(tmp_path):
    copy = _copy(tmp_path, NOW)
    for days in (0, 20, 28):
        backup.thin(tmp_path, NOW + dt.timedelta(days=days))
        assert copy.exists()
    backup.thin(tmp_path, NOW + dt.timedelta(days=28, minutes=1))
    assert not copy.exists()


def test_the_day_named_is_the_day_on_which_the_last_one_really_goes(tmp_path):
    for day in range(500, 0, -1):
        at = NOW - dt.timedelta(days=day)
        _backup(tmp_path, at)
        if day % 5 == 0 or day == 1:
            backup.thin(tmp_path, at)
    _copy(tmp_path, NOW - dt.timedelta(days=2))
    held = backup.still_held(tmp_path, NOW, NOW)
    present = {path.name for path in tmp_path.iterdir()}
    assert held.number == len(present)
    assert held.until is not None
    then = NOW
    while then.date() < held.until:
        assert present & {path.name for path in tmp_path.iterdir()}, f"gone before {held.until}"
        then += dt.timedelta(days=1)
        _backup(tmp_path, then)
        backup.thin(tmp_path, then)
    assert not present & {path.name for path in tmp_path.iterdir()}
    assert dt.timedelta(days=300) < then - NOW < dt.timedelta(days=400)


def test_what_goes_only_by_hand_is_counted_apart(tmp_path):
    folder, before = tmp_path / "now", tmp_path / "before"
    for each in (folder, before):
        each.mkdir()
    _backup(folder, NOW - dt.timedelta(days=1))
    _backup(folder, NOW + dt.timedelta(days=4000))
    _backup(before, NOW - dt.timedelta(days=30))
    _copy(before, NOW - dt.timedelta(days=1))
    _copy(before, NOW + dt.timedelta(days=4000))
    by_hand = folder / "before the holidays.dpbackup"
    by_hand.write_bytes(b"")
    os.utime(by_hand, (0, 0))
    held = backup.still_held(folder, NOW, NOW, elsewhere=[before, folder])
    assert (held.number, held.staying) == (2, 4)


def test_a_backup_made_after_the_erasing_holds_nothing_of_it(tmp_path):
    _backup(tmp_path, NOW + dt.timedelta(minutes=5))
    held = backup.still_held(tmp_path, NOW, NOW + dt.timedelta(hours=1))
    assert (held.number, held.until, held.staying) == (0, None, 0)


def test_the_desk_says_until_when(desk, clock):
    assert desk.keeping.backups_still_hold().startswith(
        "No backup in the backup folder contains it."
    )
    desk.keeping.automatic_backup()
    clock.moment += dt.timedelta(hours=1)
    said = desk.keeping.backups_still_hold()
    assert said.startswith("Backups made before this still contain it until ")
    assert "1 file" in said
    assert "sticks" in said
    assert desk.keeping.backups_still_hold(clock.moment - dt.timedelta(days=2)).startswith(
        "No backup"
    )
