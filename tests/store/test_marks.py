"""What is missing from a workspace is noticed when it is opened, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.store import backup, workspace
from tests.builders import PASSPHRASE, Template, a_request


@pytest.fixture(autouse=True)
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This computer, on which no workspace was ever opened."""
    folder = tmp_path / "this computer"
    monkeypatch.setattr(workspace, "marks_folder", lambda: folder)
    return folder


@pytest.fixture
def place(template: Template, tmp_path: Path) -> Path:
    """A workspace that is closed."""
    return template.copy(tmp_path / "workspace")


def work(place: Path, requests: int = 3, subject: str = "Robin Example") -> None:
    """A day with the program: opened, some requests entered, closed."""
    desk = Desk.open(place, PASSPHRASE)
    for _ in range(requests):
        a_request(desk, subject=subject)
    desk.close()


def killed(place: Path, requests: int = 5) -> None:
    """The same, but killed before anything was folded into the database file."""
    desk = Desk.open(place, PASSPHRASE)
    for _ in range(requests):
        a_request(desk)
    left = place.with_name("left")
    shutil.copytree(place, left, ignore=shutil.ignore_patterns("*.lock", "*-shm", "*.holder*"))
    desk.close()
    shutil.rmtree(place)
    left.rename(place)


def opened(place: Path) -> tuple[str, bool, tuple[str, ...], tuple[str, ...]]:
    """What is said on opening, whether it is a loss, and the problems and facts of the check."""
    desk = Desk.open(place, PASSPHRASE)
    try:
        said, checked = desk.notice, desk.check()
    finally:
        desk.close()
    if said is None:
        return "", False, checked.problems, checked.remarks
    return said.sentence, said.lost, checked.problems, checked.remarks


def put_back(old: Path, place: Path) -> None:
    shutil.rmtree(place)
    shutil.copytree(old, place)


def test_a_program_that_was_killed_has_lost_nothing(place: Path) -> None:
    killed(place)

    assert opened(place) == ("", False, (), ())


@pytest.mark.parametrize("kept", [0, 0.3, 0.9])
def test_a_log_that_was_cut_short_is_noticed(place: Path, kept: float) -> None:
    killed(place)
    log = place / "dpdesk.db-wal"
    content = log.read_bytes()
    log.write_bytes(content[: int(len(content) * kept)])

    said, lost, problems, _ = opened(place)

    assert lost
    assert "missing from it" in said
    assert problems == (said,)


def test_a_log_with_one_flipped_bit_is_noticed(place: Path) -> None:
    killed(place)
    log = place / "dpdesk.db-wal"
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 4
    log.write_bytes(content)

    said, lost, problems, _ = opened(place)

    assert lost
    assert "The last " in said
    assert problems == (said,)


def test_a_loss_is_told_once_and_stays_in_the_history(place: Path) -> None:
    killed(place)
    (place / "dpdesk.db-wal").write_bytes(b"")
    said = opened(place)[0]

    again, lost, problems, facts = opened(place)

    assert (again, lost, problems) == ("", False, ())
    assert len(facts) == 1
    assert facts[0].endswith(said)
    work(place)
    assert opened(place)[:3] == ("", False, ())


def test_an_older_copy_put_back_is_noticed_by_this_computer(place: Path, tmp_path: Path) -> None:
    work(place)
    shutil.copytree(place, tmp_path / "old")
    work(place, 1)
    put_back(tmp_path / "old", place)

    said, lost, problems, _ = opened(place)

    assert lost
    assert said.startswith("The last change made to this workspace, up to ")
    assert problems == (said,)


def test_an_older_database_put_back_is_noticed_on_every_computer(
    place: Path, tmp_path: Path, computer: Path
) -> None:
    work(place)
    shutil.copy(place / "dpdesk.db", tmp_path / "old.db")
    work(place)
    shutil.copy(tmp_path / "old.db", place / "dpdesk.db")
    shutil.rmtree(computer)

    said, lost, _, _ = opened(place)

    assert lost
    assert said.startswith("The last 3 changes made to this workspace, up to ")


def test_an_older_copy_is_noticed_by_the_folder_of_backups(
    place: Path, tmp_path: Path, computer: Path
) -> None:
    desk = Desk.open(place, PASSPHRASE)
    entry = desk.school.entry()
    values = {"backup_folder": str(tmp_path / "stick")}
    desk.school.save(values, entry.id, entry.version)
    desk.close()
    shutil.copytree(place, tmp_path / "old")
    desk = Desk.open(place, PASSPHRASE)
    a_request(desk)
    desk.keeping.automatic_backup()
    desk.close()
    put_back(tmp_path / "old", place)
    shutil.rmtree(computer)

    assert opened(place)[1]
    assert opened(place)[:3] == ("", False, ())


def test_an_older_copy_that_went_on_by_itself_is_noticed(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "workspace"
    shutil.copytree(place, other)
    work(place, 2)
    work(other, 6, "Ada Invented")
    put_back(other, place)

    said, lost, _, _ = opened(place)

    assert lost
    assert said.startswith("Changes made to this workspace, up to ")


def test_a_backup_that_was_restored_is_a_fact_and_no_alarm(place: Path, tmp_path: Path) -> None:
    desk = Desk.open(place, PASSPHRASE)
    desk.keeping.back_up(tmp_path / "day.dpbackup")
    a_request(desk)
    desk.close()
    shutil.rmtree(place)
    backup.restore(tmp_path / "day.dpbackup", place, passphrase=PASSPHRASE)

    said, lost, problems, facts = opened(place)

    assert said.startswith("This workspace was restored from a backup; ")
    assert (lost, problems) == (False, ())
    assert len(facts) == 1
    assert opened(place)[:3] == ("", False, ())


def test_a_backup_restored_on_another_computer_says_so_once(place: Path, tmp_path: Path) -> None:
    desk = Desk.open(place, PASSPHRASE)
    desk.keeping.back_up(tmp_path / "day.dpbackup")
    desk.close()
    fresh = tmp_path / "fresh" / "workspace"
    fresh.parent.mkdir()
    backup.restore(tmp_path / "day.dpbackup", fresh, passphrase=PASSPHRASE)

    assert opened(fresh)[:3] == ("This workspace was restored from a backup.", False, ())
    assert opened(fresh)[:3] == ("", False, ())


def test_a_folder_that_is_moved_copied_or_carried_about_is_no_alarm(
    place: Path, tmp_path: Path, computer: Path
) -> None:
    work(place)
    copy = tmp_path / "copy"
    shutil.copytree(place, copy)
    work(place)
    assert opened(copy)[:3] == ("", False, ())
    moved = place.rename(tmp_path / "moved")
    assert opened(moved)[:3] == ("", False, ())
    home = computer.rename(tmp_path / "at home")
    work(moved)
    shutil.rmtree(computer)
    home.rename(computer)
    assert opened(moved)[:3] == ("", False, ())


def test_marks_that_are_gone_or_spoilt_stop_nothing(place: Path, computer: Path) -> None:
    work(place)
    (place / "dpdesk.mark").write_bytes(b"\xff" * 2000)
    for mark in computer.iterdir():
        mark.unlink()
        mark.mkdir()

    assert opened(place) == ("", False, (), ())


def test_a_mark_holds_nothing_of_the_school_or_the_computer(place: Path, computer: Path) -> None:
    work(place)
    (mark,) = computer.iterdir()

    content = (
        mark.read_bytes() + (place / "dpdesk.mark").read_bytes() + mark.name.encode()
    ).lower()

    for word in (b"elmfield", b"robin", b"pryce", b"workspace", str(place.parent).encode()):
        assert word not in content
