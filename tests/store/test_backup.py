"""Backups: one file that brings everything back, and that nobody alters unseen."""

from __future__ import annotations

import io
import json
import os
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.desk import Desk
from dpdesk.errors import (
    Cancelled,
    DamagedWorkspace,
    DpdeskError,
    NewerWorkspace,
    NoRoom,
    WrongPassphrase,
)
from dpdesk.store import backup
from dpdesk.store.keys import KeyFile
from dpdesk.store.marks import MARK_NAME
from tests.builders import PASSPHRASE, QUICK, Template, a_pdf, a_request

CANARY = "Quillfeather"


@pytest.fixture(scope="module")
def made(template: Template, tmp_path_factory) -> tuple[Path, Template]:
    """A backup of a workspace with an entry, its history and documents."""
    folder = template.copy(tmp_path_factory.mktemp("made") / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    entry = a_request(desk, subject=f"Robin {CANARY}")
    desk.documents.add("requests", entry.id, "letter.pdf", a_pdf(f"Dear {CANARY}", "page two"))
    archive = tmp_path_factory.mktemp("backups") / "elmfield.dpbackup"
    desk.keeping.back_up(archive)
    desk.close()
    return archive, template


def _restored(archive: Path, folder: Path, **keys: Any) -> Desk:
    backup.restore(archive, folder, **keys)
    return Desk.open(folder, keys.get("passphrase", ""), recovery_key=keys.get("recovery_key", ""))


@pytest.mark.parametrize("way", ["passphrase", "recovery key"])
def test_restoring_brings_everything_back(made, tmp_path, way):
    archive, template = made
    keys = (
        {"passphrase": PASSPHRASE}
        if way == "passphrase"
        else {"recovery_key": template.recovery_key}
    )
    desk = _restored(archive, tmp_path / "new computer" / "workspace", **keys)
    try:
        assert desk.check().problems == ()
        listing = desk.requests.requests.listing()
        assert [listing.cell(0, column) for column in (0, 1)] == ["SAR-2026-001", f"Robin {CANARY}"]
        (document,) = desk.documents.of_entry("requests", listing.id(0))
        assert desk.documents.original(document.id) == a_pdf(f"Dear {CANARY}", "page two")
        assert desk.documents.page(document.id, 0).text() == f"Dear {CANARY}"
        assert {match.document_id for match in desk.search.find(CANARY)} == {0, document.id}
        assert len(desk.requests.requests.history(listing.id(0))) == 8
    finally:
        desk.close()


def test_an_empty_folder_that_is_there_already_serves_too(made, tmp_path):
    backup.restore(made[0], tmp_path, passphrase=PASSPHRASE)
    Desk.open(tmp_path, PASSPHRASE).close()


def test_a_folder_in_use_is_refused_and_untouched(made, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(DpdeskError, match="not empty"):
        backup.restore(made[0], tmp_path, passphrase=PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_wrong_key_restores_nothing(made, tmp_path):
    wrong: list[dict[str, Any]] = [
        {"passphrase": "other words"}, {"recovery_key": "ABCD" * 8}, {},
    ]  # fmt: skip
    for keys in wrong:
        with pytest.raises(WrongPassphrase):
            backup.restore(made[0], tmp_path / "workspace", **keys)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_not_there_says_so(tmp_path):
    with pytest.raises(NoRoom, match="could not be reached"):
        backup.restore(tmp_path / "gone.dpbackup", tmp_path / "new", passphrase=PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"something else", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_says_so(tmp_path, content):
    path = tmp_path / "holiday.dpbackup"
    path.write_bytes(content)
    with pytest.raises(DamagedWorkspace, match="not a dpdesk backup"):
        backup.restore(path, tmp_path / "new", passphrase=PASSPHRASE)
    assert [each.name for each in tmp_path.iterdir()] == ["holiday.dpbackup"]


# --- nothing is altered unseen ----------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(made, tmp_path_factory) -> dict[str, bytes]:
    """What restoring the undamaged backup gives."""
    folder = tmp_path_factory.mktemp("plain") / "workspace"
    backup.restore(made[0], folder, passphrase=PASSPHRASE)
    return _contents(folder)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARK_NAME  # it says when it was restored
    }


def _harmless(content: bytes, folder: Path, plain: dict[str, bytes]) -> bool:
    """Restoring refuses with a sentence and leaves nothing, or gives just what was backed up."""
    archive = folder / "altered.dpbackup"
    archive.write_bytes(content)
    try:
        backup.restore(archive, folder / "workspace", passphrase=PASSPHRASE)
    except DpdeskError:
        return sorted(path.name for path in folder.iterdir()) == ["altered.dpbackup"]
    return _contents(folder / "workspace") == plain


@given(data=st.data())
@settings(max_examples=60)
def test_a_flipped_bit_is_found_or_does_no_harm(made, plain, tmp_path_factory, data):
    whole = made[0].read_bytes()
    with zipfile.ZipFile(made[0]) as archive:
        heads = [info.header_offset for info in archive.infolist()]
        directory = archive.start_dir
    place = data.draw(
        st.one_of(
            st.integers(0, len(whole) - 1),
            st.integers(directory, len(whole) - 1),
            st.builds(lambda head, more: head + more, st.sampled_from(heads), st.integers(0, 120)),
        )
    )
    altered = bytearray(whole)
    altered[min(place, len(whole) - 1)] ^= 1 << data.draw(st.integers(0, 7))
    assert _harmless(bytes(altered), tmp_path_factory.mktemp("altered"), plain)


@given(share=st.floats(0, 1))
@settings(max_examples=15)
def test_a_backup_cut_short_is_found(made, plain, tmp_path_factory, share):
    whole = made[0].read_bytes()
    assert _harmless(
        whole[: int(share * (len(whole) - 1))], tmp_path_factory.mktemp("altered"), plain
    )


def _rewritten(archive: Path, change: dict[str, bytes | None], *, sealed: bool) -> bytes:
    """The backup with files replaced, added or (None) left out; ``sealed`` as its owner could."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist()}
    for name, content in change.items():
        if content is None:
            del files[name]
        else:
            files[name] = content
    if sealed:
        import hashlib

        keys = KeyFile.read(files["dpdesk.keys.json"]).by_passphrase(PASSPHRASE)
        listed = json.loads(files["contents.json"])
        listed["files"] = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in files.items()
            if name != "contents.json"
        }
        listed["seal"] = backup._seal(listed, keys)
        files["contents.json"] = json.dumps(listed).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def _vault_file(archive: Path) -> str:
    with zipfile.ZipFile(archive) as whole:
        return next(name for name in whole.namelist() if name.startswith("vault/"))


def test_an_exchanged_added_or_missing_file_is_found(made, tmp_path):
    name = _vault_file(made[0])
    changes: list[dict[str, bytes | None]] = [
        {name: b"exchanged"},
        {name: None},
        {"dpdesk.db": None},
        {"vault/aa/" + "a" * 64: b"added"},
        {"contents.json": b"{}"},
        {"contents.json": b"[]"},
        {"contents.json": None},
    ]
    for change in changes:
        archive = tmp_path / "altered.dpbackup"
        archive.write_bytes(_rewritten(made[0], change, sealed=False))
        with pytest.raises(DamagedWorkspace):
            backup.restore(archive, tmp_path / "new", passphrase=PASSPHRASE)
        assert [path.name for path in tmp_path.iterdir()] == ["altered.dpbackup"]


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "C:/evil", "vault\\..\\..\\evil", "vault/../../evil", "backups/evil",
     "vault/aa/" + "b" * 64, "dpdesk.lock", "vault/aa/" + "a" * 63 + "/"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_even_under_a_true_seal(made, tmp_path, name):
    archive = tmp_path / "one" / "two" / "altered.dpbackup"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(_rewritten(made[0], {name: b"evil"}, sealed=True))
    with pytest.raises(DamagedWorkspace):
        backup.restore(archive, archive.parent / "new", passphrase=PASSPHRASE)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["altered.dpbackup"]


def test_a_backup_of_a_newer_version_is_refused(made, tmp_path):
    with zipfile.ZipFile(made[0]) as old:
        listed = json.loads(old.read("contents.json"))
    listed["format"] = 2
    archive = tmp_path / "newer.dpbackup"
    archive.write_bytes(
        _rewritten(made[0], {"contents.json": json.dumps(listed).encode()}, sealed=False)
    )
    with pytest.raises(NewerWorkspace):
        backup.restore(archive, tmp_path / "new", passphrase=PASSPHRASE)


# --- nothing readable -------------------------------------------------------------------------


def test_nothing_in_the_file_can_be_read_without_a_key(made, tmp_path):
    raw = made[0].read_bytes()
    for words in (CANARY, CANARY.lower(), "Elmfield", "letter.pdf", "SAR-2026", "requests"):
        for coding in ("utf-8", "utf-16-le"):
            assert words.encode(coding) not in raw
    with zipfile.ZipFile(made[0]) as archive:
        (tmp_path / "copy.db").write_bytes(archive.read("dpdesk.db"))
    connection = sqlcipher3.connect(str(tmp_path / "copy.db"))
    with pytest.raises(sqlcipher3.DatabaseError):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


def test_the_driver_itself_refuses_a_copy_without_a_key(desk, tmp_path):
    raw = desk.workspace.database.engine.raw_connection()
    unkeyed = sqlcipher3.connect(str(tmp_path / "plain.db"))
    with pytest.raises(sqlcipher3.DatabaseError):
        raw.driver_connection.backup(unkeyed)
    unkeyed.close()
    raw.close()


# --- making one -------------------------------------------------------------------------------


def test_a_backup_is_one_file_and_leaves_nothing_else(desk, tmp_path):
    folder = tmp_path / "stick"
    made = desk.keeping.back_up(folder / "elmfield.dpbackup")
    assert [path.name for path in folder.iterdir()] == ["elmfield.dpbackup"]
    assert made.size == (folder / "elmfield.dpbackup").stat().st_size
    assert (made.files, made.missing) == (2, 0)


def test_stopping_leaves_the_older_backup(desk, tmp_path):
    target = tmp_path / "stick" / "elmfield.dpbackup"
    desk.keeping.back_up(target)
    before = target.read_bytes()

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.keeping.back_up(target, stop)
    assert [path.name for path in target.parent.iterdir()] == ["elmfield.dpbackup"]
    assert target.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="needs a place that can never be written")
def test_a_place_that_cannot_be_written_says_so(desk):
    with pytest.raises(NoRoom, match="could not be"):
        desk.keeping.back_up(Path("/proc/nowhere/elmfield.dpbackup"))
    assert desk.keeping.last_backup() is None


def test_the_workspace_itself_is_no_place_for_a_backup(desk):
    with pytest.raises(DpdeskError, match="over the workspace itself"):
        desk.keeping.back_up(desk.workspace.folder / "dpdesk.db")
    assert desk.check().problems == ()


def test_a_backup_beside_a_writer_is_consistent(desk, tmp_path):
    stop = threading.Event()
    saved: list[str] = []

    def write() -> None:
        while not stop.wait(0.005):
            saved.append(a_request(desk, subject=f"Robin {len(saved)}").reference)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        before = len(saved)
        desk.keeping.back_up(tmp_path / "elmfield.dpbackup")
    finally:
        stop.set()
        writer.join()
    restored = _restored(tmp_path / "elmfield.dpbackup", tmp_path / "new", passphrase=PASSPHRASE)
    try:
        assert restored.check().problems == ()
        listing = restored.requests.requests.listing()
        assert before <= listing.total <= len(saved)
        found = sorted(listing.raw(row, 0) for row in range(listing.total))
        assert found == saved[: listing.total]
    finally:
        restored.close()


def test_a_document_that_is_gone_already_is_counted_and_stops_no_backup(desk, tmp_path):
    entry = a_request(desk)
    document = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    old = tmp_path / "backups" / "dpdesk-2020-01-01-000000.dpbackup"
    desk.school.save({"backup_folder": str(old.parent)}, 1, desk.school.entry().version)
    old.parent.mkdir()
    newer = [old.with_name(f"dpdesk-2020-01-01-00000{n}.dpbackup") for n in (1, 2)]
    for path in (old, *newer):
        path.write_bytes(b"an older backup")
    for sealed in desk.workspace.vault.folder.rglob("*"):
        if sealed.is_file():
            sealed.unlink()
    made = desk.keeping.automatic_backup()
    assert made.missing == 1
    assert old.exists(), "the only backup that may still hold the document was thinned out"
    assert document.pages == 1


def test_a_backup_opens_with_the_passphrase_of_its_day_or_the_recovery_key(
    template: Template, tmp_path
):
    desk = Desk.open(template.copy(tmp_path / "workspace"), PASSPHRASE)
    desk.keeping.back_up(tmp_path / "old.dpbackup")
    desk.workspace.change_passphrase(PASSPHRASE, "entirely different words", QUICK)
    desk.close()
    with pytest.raises(WrongPassphrase):
        backup.restore(
            tmp_path / "old.dpbackup", tmp_path / "no", passphrase="entirely different words"
        )
    for number, keys in enumerate(
        ({"passphrase": PASSPHRASE}, {"recovery_key": template.recovery_key})
    ):
        _restored(tmp_path / "old.dpbackup", tmp_path / f"new {number}", **keys).close()
