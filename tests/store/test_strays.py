"""What systems and cloud drives leave in the vault stops nothing, and damages nothing."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from tests.builders import a_pdf, a_request


@pytest.fixture
def littered(desk: Desk) -> tuple[Desk, list[Path]]:
    """A desk with one document, and a vault in which others have left their files."""
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    vault = desk.workspace.vault
    (name,) = vault.names()
    sealed = vault.path(name)
    strays = [
        vault.folder / ".DS_Store",
        vault.folder / "desktop.ini",
        sealed.with_name("Thumbs.db"),
        sealed.with_name(f"{name} (1)"),
        sealed.with_name(f"{name}.tmp"),
        sealed.with_name(name.upper() + "x"),
        vault.folder / "zz" / ("z" * 64),
        vault.folder / "00" / ("f" * 64),
    ]
    for stray in strays:
        stray.parent.mkdir(exist_ok=True)
        stray.write_bytes(b"left by somebody")
    folder = sealed.with_name(sealed.parent.name + "0" * 62)
    folder.mkdir()
    strays.append(folder)
    if os.name != "nt":
        link = sealed.with_name(sealed.parent.name + "1" * 62)
        link.symlink_to(sealed)
        strays.append(link)
    return desk, strays


def test_a_backup_holds_the_files_of_the_vault_and_nothing_that_was_left_there(littered, tmp_path):
    desk, _ = littered
    (name,) = desk.workspace.vault.names()
    made = desk.keeping.back_up(tmp_path / "stick" / "elmfield.dpbackup")
    assert made.missing == 0
    with zipfile.ZipFile(made.path) as archive:
        inside = [each for each in archive.namelist() if each.startswith("vault/")]
    assert inside == [f"vault/{name[:2]}/{name}"]


def test_the_check_remarks_on_it_and_calls_it_no_damage(littered):
    desk, strays = littered
    found = desk.check()
    assert found.problems == ()
    # Of the folder zz, which is none of the vault's, only the folder is counted.
    (remark,) = found.remarks
    assert f"{len(strays)} files that dpdesk did not put there" in remark
    assert all(os.path.lexists(each) for each in strays), "somebody else's file was deleted"


def test_a_clean_vault_is_remarked_on_by_nobody(desk):
    assert desk.check().remarks == ()


def test_a_file_that_no_row_names_goes_into_no_backup(desk, tmp_path):
    """It may be what an erasure left behind, or what work that failed did."""
    desk.workspace.vault.put(b"named by nothing")
    assert desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup").files == 2
