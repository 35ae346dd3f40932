"""A file of the vault that lies under another's name is never handed out as that other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import DamagedWorkspace, ReleaseRefused
from dpdesk.store.keys import Keys
from dpdesk.store.vault import HEAD, PIECE, Stored, Vault
from tests.builders import a_pdf, a_request


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "vault", Keys(b"m" * 32))


def _swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    assert first != second
    one.write_bytes(second)
    other.write_bytes(first)


def _two(vault: Vault) -> tuple[Stored, Stored]:
    return vault.put(b"a" * (PIECE + 9)), vault.put(b"b" * (PIECE + 9))


def test_two_files_of_equal_size_exchanged_open_under_neither_name(vault):
    one, other = _two(vault)
    _swap(vault.path(one.name), vault.path(other.name))
    for stored in (one, other):
        with pytest.raises(DamagedWorkspace):
            vault.open(stored.name)
        assert not vault.verify(stored.name, stored.sha256)


def test_the_head_of_one_file_does_not_open_the_pieces_of_another(vault):
    one, other = _two(vault)
    whole, foreign = vault.path(one.name).read_bytes(), vault.path(other.name).read_bytes()
    vault.path(one.name).write_bytes(whole[:HEAD] + foreign[HEAD:])
    with pytest.raises(DamagedWorkspace):
        vault.read(one.name)
    vault.path(one.name).write_bytes(whole[: HEAD + PIECE + 16] + foreign[HEAD + PIECE + 16 :])
    with pytest.raises(DamagedWorkspace):
        vault.open(one.name)


def test_a_file_of_another_workspace_is_refused_even_under_its_right_name(tmp_path, vault):
    kept = vault.put(b"the same letter")
    other = Vault(tmp_path / "other", Keys(b"n" * 32))
    foreign = other.put(b"the same letter")
    shutil.copy(other.path(foreign.name), vault.path(kept.name))
    with pytest.raises(DamagedWorkspace):
        vault.read(kept.name)


def test_an_older_sealing_of_the_same_content_is_as_good(vault):
    """Content decides what a name means, so a file that is put in afresh serves as well."""
    stored = vault.put(b"the same letter")
    before = vault.path(stored.name).read_bytes()
    vault.path(stored.name).unlink()
    vault.put(b"the same letter")
    assert vault.path(stored.name).read_bytes() != before, "sealed under the same key twice"
    vault.path(stored.name).write_bytes(before)
    assert vault.read(stored.name) == b"the same letter"


def test_content_that_is_not_what_its_row_names_is_refused(vault):
    one, other = _two(vault)
    assert vault.read(one.name, one.sha256)
    with pytest.raises(DamagedWorkspace):
        vault.read(one.name, other.sha256)


# --- at the desk ------------------------------------------------------------------------------


def _released(desk: Desk) -> tuple[int, Path, Path]:
    """A request with a release; its number, and where bundle and full copy lie."""
    entry = a_request(desk, subject="Robin Example")
    desk.documents.add("requests", entry.id, "a.pdf", a_pdf("Letter about Robin"))
    card = desk.disclosure.releases.release(entry.id)
    from dpdesk.documents.shelf import KeptPaper

    with desk.workspace.database.reading() as session:
        names = {row.kind: row.paper for row in session.query(KeptPaper)}
    vault = desk.workspace.vault
    return card.id, vault.path(names["bundle"]), vault.path(names["full_copy"])


def test_the_full_copy_is_never_handed_out_as_the_bundle(desk, tmp_path):
    number, bundle, full_copy = _released(desk)
    _swap(bundle, full_copy)
    target = tmp_path / "for the requester.pdf"
    with pytest.raises(DamagedWorkspace):
        desk.disclosure.releases.content(number)
    with pytest.raises(DamagedWorkspace):
        desk.disclosure.releases.save(number, "bundle", target)
    assert list(target.parent.glob("*.pdf")) == []
    assert len(desk.check().problems) == 2


def test_a_document_exchanged_for_another_pupils_is_neither_shown_nor_released(desk):
    ours, theirs = (a_request(desk, subject=name) for name in ("Robin Example", "Other Pupil"))
    one = desk.documents.add("requests", ours.id, "a.pdf", a_pdf("Letter about Robin"))
    desk.documents.add("requests", theirs.id, "b.pdf", a_pdf("Letter of another"))
    first, second = (desk.workspace.vault.path(name) for name in desk.workspace.vault.names())
    _swap(first, second)
    for look in (desk.documents.original, desk.documents.pdf):
        with pytest.raises(DamagedWorkspace):
            look(one.id)
    with pytest.raises(ReleaseRefused, match="stored file of document 1 is missing, damaged"):
        desk.disclosure.releases.release(ours.id)
    assert desk.disclosure.releases.of_request(ours.id) == ()
