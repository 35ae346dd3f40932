"""When an automatic backup is due, and which of them stay."""

from __future__ import annotations

import datetime as dt
import os

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.store import backup
from tests.builders import a_pdf, a_request


def test_an_automatic_backup_is_due_daily_and_only_when_something_changed(desk, clock):
    assert desk.backup_due()
    made = desk.automatic_backup()
    assert made.path.parent == desk.workspace.folder / "backups"
    assert not desk.changed_since_backup()
    assert not desk.backup_due()
    clock.moment += dt.timedelta(hours=25)
    assert not desk.backup_due()
    a_request(desk)
    assert desk.changed_since_backup()
    assert desk.backup_due()
    clock.moment -= dt.timedelta(hours=10)
    assert not desk.backup_due()
    desk.automatic_backup()
    assert not desk.changed_since_backup()


def test_a_clock_that_was_put_right_does_not_stop_backups(desk, clock):
    clock.moment += dt.timedelta(days=4000)
    desk.automatic_backup()
    a_request(desk)
    assert desk.last_backup() is not None
    clock.moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert desk.backup_due()


def test_a_backup_that_this_computer_does_not_have_is_not_claimed(desk):
    made = desk.automatic_backup()
    assert desk.last_backup() is not None

    made.path.unlink()

    assert desk.last_backup() is None
    assert desk.backup_due()


def test_looking_at_pages_counts_as_a_change(desk):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    desk.automatic_backup()
    desk.review.set_reviewed(document.id, 0)
    assert desk.changed_since_backup()


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
