"""Nothing that is saved takes the place of the workspace's own files, whichever way leads there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.store import backup
from dpdesk.store.files import write_whole
from dpdesk.store.folder import refuse_own_place
from tests.builders import PASSPHRASE, Template, a_pdf, a_request

OWN = (
    "dpdesk.db", "dpdesk.db-wal", "dpdesk.db-shm", "dpdesk.lock", "dpdesk.holder.json",
    "dpdesk.keys.json", "vault", "backups", "vault/ab/new", "backups/bundle.pdf", "letter.pdf",
)  # fmt: skip
links = pytest.mark.skipif(os.name == "nt", reason="making links needs rights on Windows")


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "-shm" not in path.name
    }


@pytest.fixture
def writers(desk: Desk, tmp_path) -> dict[str, Callable[[Path], object]]:
    """Everything at the desk that saves to a place of the user's choice."""
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    made = desk.disclosure.releases.release(entry.id)
    return {
        "backup": desk.keeping.back_up,
        "paper": lambda target: desk.write(target, b"a paper"),
        "original": lambda target: desk.documents.save_original(document.id, target),
        "bundle": lambda target: desk.disclosure.releases.save(made.id, "bundle", target),
        "locked bundle": lambda target: desk.disclosure.releases.save(
            made.id, "bundle", target, "Long-pass1"
        ),
        "recovery sheet": lambda target: write_whole(target, b"a sheet"),
    }


def test_no_writer_writes_into_the_workspace(desk, writers):
    folder = desk.workspace.folder
    before = _contents(folder)
    for writer, save in writers.items():
        for name in OWN:
            with pytest.raises(DpdeskError, match="over the workspace itself"):
                save(folder / name)
            assert _contents(folder) == before, f"{writer} wrote over {name}"
    assert desk.check().problems == ()


def test_relative_paths_lead_to_the_same_answer(desk, writers, monkeypatch):
    folder = desk.workspace.folder
    before = _contents(folder)
    for place, way in (
        (folder.parent, Path("workspace/dpdesk.db")),
        (folder, Path("dpdesk.db")),
        (folder / "vault", Path("../dpdesk.keys.json")),
        (folder.parent, Path("workspace/vault/../../workspace/./dpdesk.lock")),
    ):
        monkeypatch.chdir(place)
        for save in writers.values():
            with pytest.raises(DpdeskError, match="over the workspace itself"):
                save(way)
    assert _contents(folder) == before


@links
def test_links_lead_to_the_same_answer(desk, writers, tmp_path):
    folder = desk.workspace.folder
    before = _contents(folder)
    (tmp_path / "way").symlink_to(folder)
    (tmp_path / "papers").symlink_to(folder / "vault")
    (tmp_path / "letter.pdf").symlink_to(folder / "dpdesk.db")
    for way in ("way/dpdesk.db", "papers/new.pdf", "letter.pdf"):
        for save in writers.values():
            with pytest.raises(DpdeskError, match="over the workspace itself"):
                save(tmp_path / way)
    assert _contents(folder) == before


@links
def test_a_second_name_of_a_file_is_replaced_and_the_file_is_not(desk, writers, tmp_path):
    folder = desk.workspace.folder
    twin = tmp_path / "twin.pdf"
    for save in writers.values():
        twin.unlink(missing_ok=True)
        os.link(folder / "dpdesk.keys.json", twin)
        before = (folder / "dpdesk.keys.json").read_bytes()
        save(twin)
        assert (folder / "dpdesk.keys.json").read_bytes() == before != twin.read_bytes()
    assert desk.check().problems == ()


def test_capitals_lead_to_the_same_answer_where_the_system_does_not_tell_them_apart(desk, tmp_path):
    other = tmp_path / "WORKSPACE"
    if not other.exists():
        pytest.skip("this disk tells capitals apart")
    with pytest.raises(DpdeskError, match="over the workspace itself"):
        desk.write(other / "DPDESK.DB", b"a paper")


def test_a_workspace_that_is_not_open_is_safe_as_well(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    with pytest.raises(DpdeskError, match="over the workspace itself"):
        write_whole(folder / "dpdesk.db", b"a paper")


def test_a_backup_may_go_into_the_folder_for_backups_and_nothing_else_may(desk):
    folder = desk.workspace.folder
    refuse_own_place(folder / "backups" / "a.dpbackup", backup=True)
    made = desk.keeping.back_up(folder / "backups" / "a.dpbackup")
    assert made.path.is_file()
    for name in ("backups/deeper/a.dpbackup", "backups/a.pdf", "a.dpbackup", "vault/a.dpbackup"):
        with pytest.raises(DpdeskError, match="over the workspace itself"):
            desk.keeping.back_up(folder / name)


def test_nothing_is_restored_into_a_workspace(desk, tmp_path):
    made = desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup")
    with pytest.raises(DpdeskError, match="over the workspace itself"):
        backup.restore(made.path, desk.workspace.folder / "restored", passphrase=PASSPHRASE)
    assert not (desk.workspace.folder / "restored").exists()
