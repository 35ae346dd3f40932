"""What killed programs left goes at the next opening, and nothing else does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import NoRoom
from dpdesk.store import backup
from dpdesk.store.files import whole_file, write_whole
from dpdesk.store.leftovers import part_beside
from dpdesk.store.lock import FolderLock
from tests.builders import PASSPHRASE, Template, a_request


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(".")}


def test_opening_clears_the_programs_own_parts_in_the_workspace(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    for name in (".dpdesk.keys.json.0011aabb.part", ".dpdesk.holder.json.ffffffff.part"):
        (folder / name).write_bytes(b"half")
    foreign = {".DS_Store", ".part", ".dpdesk.keys.json.part", ".letter.0011aabb.part"}
    for name in foreign:
        (folder / name).write_bytes(b"somebody's")
    (folder / "vault").mkdir(exist_ok=True)
    (folder / "vault" / ".0123456789abcdef.part").write_bytes(b"half")
    (folder / "vault" / ".mine.part").write_bytes(b"somebody's")
    Desk.open(folder, PASSPHRASE).close()
    assert _names(folder) == foreign
    assert _names(folder / "vault") == {".mine.part"}


def test_the_part_of_a_backup_that_was_killed_goes_with_the_next_one_beside_it(
    template: Template, tmp_path
):
    desk = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE)
    stick = tmp_path / "stick"
    stick.mkdir()
    for target in (stick / "elmfield.dpbackup", desk.workspace.folder / "backups" / "a.dpbackup"):
        target.parent.mkdir(exist_ok=True)
        for ending in ("part", "db.part"):
            part_beside(target, desk.workspace.number, ending).write_bytes(b"half")
    others = part_beside(stick / "elmfield.dpbackup", "0" * 16)
    others.write_bytes(b"of another workspace, which another program may be writing")
    desk.keeping.back_up(stick / "other name.dpbackup")
    assert _names(stick) == {others.name}
    desk.close()
    Desk.open(desk.workspace.folder, PASSPHRASE).close()
    assert _names(desk.workspace.folder / "backups") == set()


def test_a_part_that_nobody_knows_goes_after_a_day_with_the_next_file_of_that_name(tmp_path):
    target = tmp_path / "bundle.pdf"
    old, new, other = (
        part_beside(target), part_beside(target), part_beside(tmp_path / "report.pdf"),
    )  # fmt: skip
    for part in (old, new, other):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    write_whole(target, b"whole")
    assert _names(tmp_path) == {new.name, other.name}


def test_a_part_that_is_being_written_stays_however_old_the_clock_makes_it(tmp_path):
    target = tmp_path / "bundle.pdf"
    with whole_file(target) as unfinished:
        unfinished.write_bytes(b"first")
        os.utime(unfinished, (0, 0))
        write_whole(target, b"second")
        assert unfinished.is_file()
    assert target.read_bytes() == b"first"


def test_a_name_as_long_as_systems_allow_can_be_saved(tmp_path):
    for name in ("x" * 251 + ".pdf", "é" * 120 + ".pdf"):
        write_whole(tmp_path / name, b"whole")
        assert (tmp_path / name).read_bytes() == b"whole"


def test_saving_to_a_whole_disk_says_that_a_name_is_wanted():
    with pytest.raises(NoRoom, match="whole disk"):
        write_whole(Path("/"), b"content")


# --- restoring ----------------------------------------------------------------------------------


def _left_by_restoring(target: Path) -> Path:
    folder = part_beside(target)
    (folder / "vault").mkdir(parents=True)
    (folder / "dpdesk.lock").write_bytes(b"")
    (folder / "dpdesk.db").write_bytes(b"half")
    return folder


def test_what_a_killed_restoring_left_goes_with_the_next_and_at_opening(
    template: Template, tmp_path
):
    target = template.copy(tmp_path / "workspace")
    left = [_left_by_restoring(target), _left_by_restoring(tmp_path / "new")]
    desk = Desk.open(target, PASSPHRASE)
    a_request(desk)
    assert [each.exists() for each in left] == [False, True]
    made = desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup")
    desk.close()
    backup.restore(made.path, tmp_path / "new", passphrase=PASSPHRASE)
    assert _names(tmp_path) == set()
    Desk.open(tmp_path / "new", PASSPHRASE).close()


def test_what_another_program_is_restoring_now_stays(template: Template, tmp_path):
    target = template.copy(tmp_path / "workspace")
    busy = _left_by_restoring(target)
    lock = FolderLock(busy)
    lock.hold()
    Desk.open(target, PASSPHRASE).close()
    assert (busy / "dpdesk.db").is_file()
    lock.release()


def test_a_folder_that_was_restored_whole_and_waits_for_its_name_stays(
    template: Template, tmp_path
):
    target = template.copy(tmp_path / "workspace")
    whole = template.copy(part_beside(target))
    (whole / "dpdesk.lock").unlink(missing_ok=True)
    Desk.open(target, PASSPHRASE).close()
    assert (whole / "dpdesk.db").is_file()
