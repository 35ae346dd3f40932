"""Everything in a workspace, and every backup, is for its owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.store import backup
from dpdesk.store.files import write_whole
from dpdesk.store.folder import tighten
from dpdesk.store.preferences import Preferences
from tests.builders import PASSPHRASE, QUICK, SCHOOL, Template, a_pdf, a_request

pytestmark = pytest.mark.skipif("os.name == 'nt'", reason="Windows keeps rights in another way")


@pytest.fixture(autouse=True)
def _usual_rights():
    """What a fresh file gets from a system where nobody has changed anything."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    return sorted(
        str(path)
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.stat().st_mode & 0o077
    )


def test_a_new_workspace_and_all_that_comes_into_it_is_private(tmp_path):
    desk, _ = Desk.create(tmp_path / "elmfield", PASSPHRASE, SCHOOL, cost=QUICK)
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    desk.keeping.automatic_backup()
    desk.workspace.set_passphrase("entirely other words", QUICK)
    assert (desk.workspace.folder / "dpdesk.db-wal").exists()
    assert (desk.workspace.folder / "dpdesk.holder.json").exists()
    assert _open_to_others(desk.workspace.folder) == []
    desk.close()
    assert _open_to_others(desk.workspace.folder) == []


def test_a_workspace_that_was_open_to_others_is_tightened_when_it_is_opened(
    template: Template, tmp_path
):
    folder = template.copy(tmp_path / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    desk.keeping.automatic_backup()
    desk.close()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    desk = Desk.open(folder, PASSPHRASE)
    a_request(desk)
    assert _open_to_others(folder) == []
    desk.close()


def test_a_backup_elsewhere_and_what_is_restored_from_it_are_private(desk, tmp_path):
    made = desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup")
    assert _open_to_others(made.path.parent) == []
    backup.restore(made.path, tmp_path / "restored", passphrase=PASSPHRASE)
    assert _open_to_others(tmp_path / "restored") == []


def test_a_folder_of_the_users_keeps_its_rights_and_so_do_papers(desk, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    made = desk.keeping.back_up(shared / "a.dpbackup")
    desk.write(shared / "letter.pdf", b"for the office")
    assert shared.stat().st_mode & 0o777 == 0o755
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert (shared / "letter.pdf").stat().st_mode & 0o777 == 0o644


def test_what_links_lead_to_is_left_alone(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o755)
    (theirs / "file").write_bytes(b"")
    (folder / "link").symlink_to(theirs)
    Desk.open(folder, PASSPHRASE).close()
    assert theirs.stat().st_mode & 0o777 == 0o755
    assert (theirs / "file").stat().st_mode & 0o777 == 0o644


def test_a_disk_that_knows_no_rights_is_not_gone_through(template, tmp_path, monkeypatch):
    """On a stick every opening would otherwise look at every document in vain."""
    folder = template.copy(tmp_path / "workspace")
    folder.chmod(0o755)
    (folder / "vault").mkdir(exist_ok=True)
    for number in range(20):
        (folder / "vault" / f"{number:02x}").mkdir(mode=0o755)
    asked: list[Path] = []
    monkeypatch.setattr(Path, "chmod", lambda path, mode: asked.append(path))
    tighten(folder)
    assert asked == [folder]


def test_preferences_are_private(tmp_path):
    Preferences(tmp_path / "preferences.json").set("look", "dark")
    write_whole(tmp_path / "preferences.json", b"{}", own=True)
    assert (tmp_path / "preferences.json").stat().st_mode & 0o777 == 0o600
