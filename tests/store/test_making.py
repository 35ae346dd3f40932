"""Making a workspace, killed at any step, can be begun again in the same folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dpdesk import front_door
from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError, NotFound
from dpdesk.store.workspace import Workspace, is_free, is_workspace
from tests.builders import PASSPHRASE, QUICK, SCHOOL, Template, faults

KILLED = """
import os, signal, sys
from pathlib import Path
from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, QUICK, SCHOOL
wanted, seen = int(sys.argv[2]), 0
def step(event, arguments):
    # Everything that touches a name in the folder counts as a step.
    global seen
    if event in {"os.mkdir", "os.rename", "os.remove", "os.rmdir"} or (
        event in {"open", "sqlite3.connect"} and sys.argv[1] in str(arguments[0])
    ):
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(step)
Desk.create(Path(sys.argv[1]), PASSPHRASE, SCHOOL, cost=QUICK)[0].close()
os._exit(0)
"""


def _killed_at(step: int, folder: Path) -> bool:
    """Makes a workspace in another process, killed before its ``step``; was there such a step?"""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(step)],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    if done.returncode == 0:
        return False
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    return True


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that nobody can refuse")
def test_killed_at_any_step_the_folder_opens_or_can_be_used_again(tmp_path):
    outcomes = set()
    for step in range(4, 90, 18):
        folder = tmp_path / str(step) / "dpdesk"
        folder.parent.mkdir()
        if not _killed_at(step, folder):
            break
        if is_workspace(folder):
            desk = Desk.open(folder, PASSPHRASE)
            outcomes.add("whole")
        else:
            assert is_free(folder)
            desk, _ = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK)
            outcomes.add("again")
        assert desk.school.particulars().name == "Elmfield School"
        assert faults(desk) == []
        desk.close()
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    assert "again" in outcomes


def _half_made(folder: Path, *names: str) -> None:
    (folder / ".dpdesk.making").mkdir(parents=True)
    (folder / ".dpdesk.making" / "dpdesk.db").write_bytes(b"half")
    for name in names:
        (folder / name).write_bytes(b"half")


def test_opening_what_was_never_finished_says_what_to_do(tmp_path):
    _half_made(tmp_path, "dpdesk.db")
    with pytest.raises(NotFound, match="interrupted; there is nothing in it yet") as refused:
        Workspace.open(tmp_path, PASSPHRASE)
    assert "again in this folder" in refused.value.next_step
    assert not front_door.is_workspace(tmp_path)


def test_a_folder_with_files_of_the_users_is_not_free_although_a_making_was_interrupted(tmp_path):
    _half_made(tmp_path)
    (tmp_path / "accounts.txt").write_text("something of somebody's")
    assert not is_free(tmp_path)
    with pytest.raises(DpdeskError, match="not empty"):
        Workspace.create(tmp_path, PASSPHRASE, cost=QUICK)
    assert (tmp_path / "accounts.txt").read_text() == "something of somebody's"


def test_a_database_without_a_key_file_is_not_taken_for_a_left_over(template: Template, tmp_path):
    """Somebody may have lost the key file, and still have it in a backup."""
    folder = template.copy(tmp_path / "workspace")
    (folder / "dpdesk.keys.json").unlink()
    before = (folder / "dpdesk.db").read_bytes()
    assert not is_free(folder)
    with pytest.raises(DpdeskError, match="not empty"):
        Workspace.create(folder, PASSPHRASE, cost=QUICK)
    assert (folder / "dpdesk.db").read_bytes() == before


def test_a_workspace_is_not_made_inside_another(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    with pytest.raises(DpdeskError, match="workspace itself"):
        Workspace.create(folder / "another", PASSPHRASE, cost=QUICK)
    assert not (folder / "another").exists()
