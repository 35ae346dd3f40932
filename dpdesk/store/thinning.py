"""Which backups age makes superfluous, and until when those that are there will stay.

The newest of each of the last 7 days, 4 weeks and 12 months stay. The copy of the database that
is made before an update stays for 28 days, as long as a backup of that week would.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dpdesk.store import leftovers
from dpdesk.store.files import room, unlink_patiently

SUFFIX: Final = ".dpbackup"
_STAMP: Final = "%Y-%m-%d-%H%M%S"
_NAME: Final = re.compile(r"dpdesk-(\d{4}-\d{2}-\d{2}-\d{6})\.dpbackup")
_COPY_STAMP: Final = "%Y%m%d-%H%M%S"
_COPY: Final = re.compile(r"dpdesk-before-\w+-(\d{8}-\d{6})\.db")
_COPY_STAYS: Final = dt.timedelta(days=28)
_AHEAD: Final = dt.timedelta(hours=1)
"""A backup that is further ahead than this was made while the clock was wrong."""
_LOOKED_AHEAD: Final = 400
"""Days; no backup stays longer than twelve months once a new one comes every day."""


def automatic_name(at: dt.datetime) -> str:
    """The file name of an automatic backup; it holds nothing but the time, in UTC."""
    return f"dpdesk-{at.astimezone(dt.UTC).strftime(_STAMP)}{SUFFIX}"


def copy_name(at: dt.datetime, revision: str) -> str:
    """The file name of the copy of the database made before it is brought up to date."""
    return f"dpdesk-before-{revision}-{at.astimezone(dt.UTC).strftime(_COPY_STAMP)}.db"


def automatic_backups(folder: Path) -> list[tuple[dt.datetime, Path]]:
    """The automatic backups in a folder with their times, newest first."""
    return _found(folder, _NAME, _STAMP)


def copies(folder: Path) -> list[tuple[dt.datetime, Path]]:
    """The copies made before updates, with their times, newest first."""
    return _found(folder, _COPY, _COPY_STAMP)


def _found(folder: Path, form: re.Pattern[str], stamp: str) -> list[tuple[dt.datetime, Path]]:
    found = []
    if folder.is_dir():
        for path in folder.iterdir():
            if name := form.fullmatch(path.name):
                try:
                    at = dt.datetime.strptime(name[1], stamp).replace(tzinfo=dt.UTC)
                except ValueError:
                    continue  # a day that there never was: somebody else's file
                found.append((at, path))
    return sorted(found, reverse=True)


def ahead(times: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Those from the future: made while this computer's clock was wrong, or is wrong now."""
    return {at for at in times if at > now + _AHEAD}


def to_keep(times: Iterable[dt.datetime], now: dt.datetime | None = None) -> set[dt.datetime]:
    """Which backups stay: the newest of each of the last 7 days, 4 weeks and 12 months.

    Those from the future (seen from ``now``) are counted apart: they take no place from the
    others, and none is taken from them, as nobody can tell which of the two clocks was right.
    """
    every = set(times)
    wrong = ahead(every, now) if now is not None else set()
    return _newest(every - wrong) | _newest(wrong)


def _newest(times: set[dt.datetime]) -> set[dt.datetime]:
    kept: set[dt.datetime] = set()
    for parts, number in ((_day, 7), (_week, 4), (_month, 12)):
        newest: dict[Any, dt.datetime] = {}
        for at in sorted(times, reverse=True):
            newest.setdefault(parts(at), at)
        kept.update(sorted(newest.values(), reverse=True)[:number])
    return kept


def _day(at: dt.datetime) -> Any:
    return at.date()


def _week(at: dt.datetime) -> Any:
    return at.isocalendar()[:2]


def _month(at: dt.datetime) -> Any:
    return (at.year, at.month)


def thin(folder: Path, now: dt.datetime | None = None) -> list[Path]:
    """Deletes what age has made superfluous; returns what went. Raises NoRoom.

    A file that another program holds, a cloud drive perhaps, stays until the next time.
    """
    now = now or dt.datetime.now(dt.UTC)
    with room("The backup folder"):
        found = automatic_backups(folder)
    kept = to_keep([at for at, _ in found], now)
    gone = [path for at, path in found if at not in kept]
    leftovers.clear_old_backups(folder)
    went = [path for path in gone if unlink_patiently(path, seconds=0.5)]
    return went + thin_copies(folder, now)


def thin_copies(folder: Path, now: dt.datetime) -> list[Path]:
    """Deletes the copies that are too old, where no automatic backups go. Raises NoRoom."""
    with room("The backup folder"):
        older = copies(folder)
    gone = [path for at, path in older if at < now - _COPY_STAYS]
    return [path for path in gone if unlink_patiently(path, seconds=0.5)]


@dataclass(frozen=True, slots=True)
class StillHeld:
    """The backups and copies that still hold what was there at a moment and was erased then."""

    number: int
    """Those that go by themselves."""
    until: dt.date | None
    """The day on which the last of them goes, if a backup is made every day; None without any."""
    staying: int
    """Those that do not go by themselves: made by hand, left in a folder where automatic backups
    no longer go, or from the future, so that nobody can tell when they were made."""


def still_held(
    folder: Path, before: dt.datetime, now: dt.datetime, *, elsewhere: Iterable[Path] = ()
) -> StillHeld:
    """Which backups and copies in the backup folder, and ``elsewhere``, were made before a moment.

    Names tell the second, so what was made in that very second is counted, to be safe. The day is
    found by thinning on, in thought, day after day, by the rule that thins in earnest.
    Raises NoRoom.
    """
    with room("The backup folder"):
        backups = [at for at, _ in automatic_backups(folder)]
        others = [each for each in elsewhere if each.is_dir() and not _same(each, folder)]
        copied = [at for place in (folder, *others) for at, _ in copies(place)]
        staying = _by_hand(folder, before)
        for place in others:
            staying += sum(at <= before for at, _ in automatic_backups(place))
            staying += _by_hand(place, before)
    older = [at for at in copied if at <= before]
    wrong = ahead(backups, now)
    staying += len(wrong) + len(ahead(copied, now))
    held = {at for at in backups if at <= before}
    until = [(at + _COPY_STAYS).date() + dt.timedelta(days=1) for at in older]
    if held:
        until.append(_last_day(set(backups) - wrong, held, now))
    number = len(held) + len(older)
    return StillHeld(number, max(until, default=None), staying)


def _by_hand(folder: Path, before: dt.datetime) -> int:
    """Backups under names of the user's own; the system's note tells when they were written."""
    if not folder.is_dir():
        return 0
    return sum(
        path.suffix == SUFFIX
        and not path.name.startswith(".")
        and _NAME.fullmatch(path.name) is None
        and path.stat().st_mtime < before.timestamp()
        for path in folder.iterdir()
    )


def _same(one: Path, other: Path) -> bool:
    return other.is_dir() and one.samefile(other)


def _last_day(times: set[dt.datetime], held: set[dt.datetime], now: dt.datetime) -> dt.date:
    present = set(times)
    for days in range(1, _LOOKED_AHEAD):
        then = now + dt.timedelta(days=days)
        present = to_keep({*present, then}, then)
        if not present & held:
            return then.date()
    return (now + dt.timedelta(days=_LOOKED_AHEAD)).date()
