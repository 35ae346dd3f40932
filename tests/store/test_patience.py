"""Files that another program holds for a moment, as scanners and cloud drives do on Windows.

What Windows answers is imitated at the system's own functions; the rest is real.
"""

from __future__ import annotations

import errno
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import DamagedWorkspace, NoRoom
from dpdesk.store import backup, thinning
from dpdesk.store.files import refusal, unlink_patiently, write_whole, written_out
from dpdesk.store.preferences import Preferences
from tests.builders import PASSPHRASE, a_pdf, a_request

HELD, DENIED = 32, 5


class _OnWindows(PermissionError):
    """An error as Windows raises it: it has a number of Windows' own."""

    def __init__(self, number: int) -> None:
        super().__init__(errno.EACCES, "refused", "name of a person.pdf")
        self.winerror = number  # type: ignore[misc, unused-ignore]  # typed only on Windows


Refusals = Callable[..., list[Any]]


@pytest.fixture
def refused(monkeypatch) -> Refusals:
    """Makes a function of the system refuse; returns the list of what it was asked."""
    # The pauses between tries are counted by the program itself, so none need be waited for.
    monkeypatch.setattr(time, "sleep", lambda seconds: None)

    def refuse(
        owner: object,
        name: str,
        number: int,
        times: int,
        only: Callable[..., bool] = lambda *asked: True,
    ) -> list[Any]:
        real = getattr(owner, name)
        asked_for: list[Any] = []

        def imitation(*asked: Any, **more: Any) -> Any:
            if only(*asked) and len(asked_for) < times:
                asked_for.append(asked)
                raise _OnWindows(number)
            return real(*asked, **more)

        monkeypatch.setattr(owner, name, imitation)
        return asked_for

    return refuse


@pytest.mark.parametrize("number", [DENIED, HELD, 33])
def test_a_rename_that_is_refused_at_first_is_tried_again(refused, tmp_path, number):
    asked = refused(os, "replace", number, 3)
    write_whole(tmp_path / "letter.pdf", b"content")
    assert (tmp_path / "letter.pdf").read_bytes() == b"content"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]
    assert len(asked) == 3


@pytest.mark.parametrize("number", [HELD, DENIED])
def test_a_file_that_stays_open_elsewhere_is_told_as_that_and_left_as_it_was(
    refused, tmp_path, number
):
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"before")
    asked = refused(os, "replace", number, 1000)
    with pytest.raises(NoRoom, match="open in another program") as told:
        write_whole(target, b"after")
    assert "Close it there" in told.value.next_step
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]
    assert 5 < len(asked) < 100


def test_a_folder_that_allows_nothing_is_not_taken_for_a_file_that_is_open(refused, tmp_path):
    refused(os, "replace", DENIED, 1000)
    with pytest.raises(NoRoom, match="does not allow it"):
        write_whole(tmp_path / "letter.pdf", b"after")


def test_a_path_that_the_system_cannot_follow_is_taken_as_it_stands(refused, tmp_path):
    refused(os.path, "realpath", 234, 1000)
    write_whole(tmp_path / "letter.pdf", b"content")
    assert (tmp_path / "letter.pdf").read_bytes() == b"content"


def test_other_refusals_are_told_at_once(refused, tmp_path):
    asked = refused(os, "replace", 19, 1000)
    with pytest.raises(NoRoom, match="does not allow it"):
        write_whole(tmp_path / "letter.pdf", b"after")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (32, "open in another program"),
        (33, "open in another program"),
        (1224, "open in another program"),
        (19, "write-protected"),
        (21, "plugged in"),
        (53, "plugged in"),
        (64, "plugged in"),
        (1295, "your share of it is used up"),
        (5, "does not allow it"),
    ],
)
def test_windows_own_number_decides_what_is_said(number, words):
    told = refusal("The letter", _OnWindows(number))
    assert words in str(told)
    assert "person" not in str(told)


def test_a_superfluous_file_that_cannot_be_deleted_stops_nothing(refused, tmp_path):
    path = tmp_path / "old"
    path.write_bytes(b"")
    refused(Path, "unlink", HELD, 1000)
    assert unlink_patiently(path) is False
    write_whole(tmp_path / "letter.pdf", b"content")
    assert (tmp_path / "letter.pdf").read_bytes() == b"content"


LONG = "Documents - Elmfield School\\" * 10


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("C:\\short.pdf", "C:\\short.pdf"),
        (f"C:\\{LONG}a.pdf", f"\\\\?\\C:\\{LONG}a.pdf"),
        (f"\\\\server\\share\\{LONG}a.pdf", f"\\\\?\\UNC\\server\\share\\{LONG}a.pdf"),
        (f"\\\\?\\C:\\{LONG}a.pdf", f"\\\\?\\C:\\{LONG}a.pdf"),
    ],
)
def test_a_path_longer_than_windows_opens_is_written_so_that_it_does(path, written):
    assert written_out(path) == written


def test_a_width_that_cannot_be_kept_is_worth_no_word_and_holds_until_the_end(refused, tmp_path):
    asked = refused(os, "replace", HELD, 1000)
    preferences = Preferences(tmp_path / "preferences.json")
    preferences.remember("width", 200)
    assert preferences.get("width") == 200
    assert asked
    with pytest.raises(NoRoom):
        preferences.set("look", "dark")


def test_an_old_backup_that_is_being_uploaded_makes_no_new_one_fail(refused, desk):
    folder = desk.keeping.backup_folder()
    folder.mkdir()
    for day in range(1, 28):
        (folder / f"dpdesk-2020-01-{day:02}-120000.dpbackup").write_bytes(b"")
    refused(Path, "unlink", HELD, 10_000, lambda path, *_: path.suffix in {".dpbackup", ".part"})
    made = desk.keeping.automatic_backup()
    assert made.path.is_file()
    assert desk.keeping.last_backup() == made.at
    assert len(thinning.automatic_backups(folder)) == 28


def test_a_document_is_kept_although_its_name_is_refused_at_first(refused, desk):
    asked = refused(os, "replace", DENIED, 2)
    entry = a_request(desk)
    card = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    assert len(asked) == 2
    assert desk.documents.original(card.id) == a_pdf("one")


# --- a file of the vault that is held ---------------------------------------------------------


@pytest.fixture
def kept(desk: Desk) -> tuple[Desk, int]:
    """A desk with one document."""
    entry = a_request(desk)
    return desk, desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one")).id


def _sealed(path: Path, *_: object) -> bool:
    return len(path.name) == 64


def test_a_sealed_file_that_is_held_for_a_moment_is_read_all_the_same(refused, kept):
    desk, number = kept
    asked = refused(Path, "open", HELD, 2, _sealed)
    assert desk.documents.original(number) == a_pdf("one")
    assert len(asked) == 2


def test_a_sealed_file_that_stays_held_is_not_called_damaged(refused, kept):
    desk, number = kept
    refused(Path, "open", HELD, 10_000, _sealed)
    with pytest.raises(NoRoom, match="open in another program"):
        desk.documents.original(number)
    found = desk.check()
    assert found.problems == ()
    (remark,) = found.remarks
    assert "1 file of the vault could not be reached" in remark


def test_a_cloud_drive_that_cannot_fetch_a_sealed_file_is_not_called_damage(
    monkeypatch, kept, tmp_path
):
    desk, number = kept

    def away(path: Path, *more: Any, **named: Any) -> Any:
        if _sealed(path):
            raise OSError(errno.EINVAL, "the cloud file provider is not running")
        return io.open(path, *more, **named)  # noqa: UP020  # the builtin is what is imitated

    monkeypatch.setattr(Path, "open", away)
    with pytest.raises(NoRoom, match="could not be reached"):
        desk.documents.original(number)
    assert desk.check().problems == ()
    with pytest.raises(NoRoom):
        desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup")


def test_a_sealed_file_that_is_gone_is_damage(kept):
    desk, number = kept
    (name,) = desk.workspace.vault.names()
    desk.workspace.vault.path(name).unlink()
    with pytest.raises(DamagedWorkspace, match="missing or damaged"):
        desk.documents.original(number)
    assert len(desk.check().problems) == 1


# --- restoring ----------------------------------------------------------------------------------


@pytest.fixture
def archive(desk: Desk, tmp_path) -> Path:
    """A backup of a workspace with a document."""
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    return desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup").path


def _folders(source: Any, _target: Any) -> bool:
    return Path(source).is_dir()


def _is_whole(folder: Path) -> bool:
    desk = Desk.open(folder, PASSPHRASE)
    sound = desk.check().problems == () and desk.requests.requests.listing().total == 1
    desk.close()
    return sound


@pytest.mark.parametrize("there", [False, True])
def test_a_restored_folder_that_is_held_at_first_gets_its_place(refused, archive, tmp_path, there):
    target = tmp_path / "restored"
    if there:
        target.mkdir()
    refused(os, "replace", DENIED, 6, _folders)
    backup.restore(archive, target, passphrase=PASSPHRASE)
    assert _is_whole(target)
    assert not list(tmp_path.glob(".*"))


def test_a_restored_folder_that_cannot_be_renamed_is_moved_file_by_file(refused, archive, tmp_path):
    refused(os, "replace", DENIED, 10_000, lambda source, _: str(source).endswith(".part") and
            Path(source).is_dir())  # fmt: skip
    backup.restore(archive, tmp_path / "restored", passphrase=PASSPHRASE)
    assert _is_whole(tmp_path / "restored")
    assert not list(tmp_path.glob(".*"))


def test_what_was_restored_is_never_deleted_because_it_cannot_get_its_place(
    refused, archive, tmp_path
):
    target = tmp_path / "restored"
    target.mkdir()
    refused(os, "replace", HELD, 100_000, lambda source, _: "dpdesk.keys.json" in str(source)
            or Path(source).is_dir())  # fmt: skip
    with pytest.raises(NoRoom, match="Everything was restored") as told:
        backup.restore(archive, target, passphrase=PASSPHRASE)
    (whole,) = tmp_path.glob(".restored.*.part")
    assert str(whole) in told.value.next_step
    assert not (target / "dpdesk.keys.json").exists(), "a half-moved folder looks like a workspace"
    assert _is_whole(whole)
