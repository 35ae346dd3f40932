"""A workspace that is moved, deleted or exchanged while it is open never answers "saved"."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import NoRoom
from tests.builders import PASSPHRASE, QUICK, Template, a_pdf, a_request

pytestmark = pytest.mark.skipif(
    "os.name == 'nt'", reason="Windows moves no folder in which a file is open"
)

Ways = dict[str, Callable[[], object]]


@pytest.fixture
def opened(template: Template, tmp_path):
    """A desk with a request and a document, and everything that can be done with them."""
    folder = template.copy(tmp_path / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    entry = a_request(desk)
    kept = desk.documents.add("requests", entry.id, "a.pdf", a_pdf("one"))
    ways: Ways = {
        "save": lambda: a_request(desk),
        "draft": lambda: desk.drafts.keep("requests", 0, 0, {"subject": "Robin"}),
        "mark": lambda: desk.disclosure.review.set_reviewed(kept.id, 0),
        "add": lambda: desk.documents.add("requests", entry.id, "b.pdf", a_pdf("two")),
        "remove": lambda: desk.documents.remove(kept.id),
        "seal": lambda: desk.workspace.vault.put(b"content"),
        "release": lambda: desk.disclosure.releases.release(entry.id),
        "passphrase": lambda: desk.workspace.set_passphrase("entirely other words", QUICK),
        "unlock": lambda: desk.keeping.passphrase_opens(PASSPHRASE),
        "recovery": lambda: desk.keeping.set_recovery_key(desk.keeping.propose_recovery_key()),
        "backup": lambda: desk.keeping.back_up(tmp_path / "stick" / "a.dpbackup"),
        "backup inside": desk.keeping.automatic_backup,
    }
    yield desk, folder, ways
    desk.close()


def _refused(ways: Ways, words: str) -> None:
    for name, way in ways.items():
        with pytest.raises(NoRoom, match=words) as refused:
            way()
        assert "Nothing was saved" in refused.value.next_step, name


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_that_was_renamed_is_noticed_and_not_made_anew(opened, tmp_path):
    desk, folder, ways = opened
    before = desk.requests.requests.listing().total
    folder.rename(tmp_path / "elsewhere")
    _refused(ways, "not where it was")
    assert not folder.exists()
    assert not (tmp_path / "stick").exists()
    (tmp_path / "elsewhere").rename(folder)
    for name in ("save", "mark", "add", "seal", "backup", "unlock"):
        ways[name]()
    assert desk.requests.requests.listing().total == before + 1
    assert desk.check().problems == ()


def test_a_folder_that_was_deleted_is_noticed_and_not_made_anew(opened):
    _, folder, ways = opened
    shutil.rmtree(folder)
    _refused(ways, "not where it was")
    assert not folder.exists()


def test_another_workspace_put_in_its_place_is_left_alone(opened, tmp_path, template):
    desk, folder, ways = opened
    folder.rename(tmp_path / "elsewhere")
    template.copy(folder)
    before = _contents(folder)
    _refused(ways, "There is now something else")
    desk.close()
    assert _contents(folder) == before


def test_a_database_exchanged_by_a_cloud_drive_is_noticed(opened, tmp_path):
    _, folder, ways = opened
    shutil.copy(folder / "dpdesk.db", tmp_path / "older.db")
    (tmp_path / "older.db").replace(folder / "dpdesk.db")
    _refused(ways, "There is now something else")


def test_a_change_that_was_begun_before_the_folder_went_is_not_answered_with_saved(opened):
    desk, folder, _ = opened

    def half() -> None:
        with desk.workspace.database.changing() as change:
            change.note("requests", 1, "subject", None, "Robin")
            shutil.rmtree(folder)

    with pytest.raises(NoRoom, match="not where it was"):
        half()


def test_a_document_sought_where_the_folder_is_gone_is_not_called_damaged(opened):
    desk, folder, _ = opened
    (card,) = desk.documents.of_entry("requests", 1)
    shutil.rmtree(folder)
    with pytest.raises(NoRoom, match="not where it was"):
        desk.documents.original(card.id)
