"""The key file is lost or damaged while the workspace is open: nobody is locked out by that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from dpdesk.errors import WrongPassphrase
from dpdesk.store import backup
from dpdesk.store.workspace import KEYS_NAME, Workspace
from tests.builders import PASSPHRASE, QUICK, SCHOOL

OTHER = "entirely different words"


def _part(way: str, name: str):
    """Spoils one part of the file, as a bad sector of the disk does."""

    def spoil(path: Path) -> None:
        content = json.loads(path.read_bytes())
        content[way][name] = content[way][name][::-1]
        path.write_text(json.dumps(content))

    return spoil


SPOILT = {
    "the passphrase's salt": _part("passphrase", "salt"),
    "the passphrase's key": _part("passphrase", "wrapped"),
    "the recovery key's": _part("recovery", "wrapped"),
    "all of it": lambda path: path.write_bytes(b"\0" * 700),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:300]),
    "empty": lambda path: path.write_bytes(b""),
    "gone": Path.unlink,
}


@pytest.fixture
def opened(tmp_path):
    desk, recovery = Desk.create(tmp_path / "school", PASSPHRASE, SCHOOL, cost=QUICK)
    yield desk, recovery
    desk.close()


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_backup_made_then_opens_both_ways_and_so_does_the_workspace(opened, tmp_path, spoil):
    desk, recovery = opened
    before = (tmp_path / "school" / KEYS_NAME).read_bytes()
    spoil(tmp_path / "school" / KEYS_NAME)

    made = desk.keeping.back_up(tmp_path / "kept.dpbackup").path

    backup.restore(made, tmp_path / "one", passphrase=PASSPHRASE)
    backup.restore(made, tmp_path / "two", recovery_key=recovery)
    written = json.loads((tmp_path / "school" / KEYS_NAME).read_bytes())
    assert written == json.loads(before)
    assert desk.check().problems == ()


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_locked_window_opens_and_another_passphrase_can_be_set(opened, tmp_path, spoil):
    desk, recovery = opened
    spoil(tmp_path / "school" / KEYS_NAME)
    desk.workspace.passphrase_opens(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        desk.workspace.passphrase_opens(OTHER)

    desk.workspace.change_passphrase(PASSPHRASE, OTHER, QUICK)

    desk.close()
    for way, key in ((Workspace.open, OTHER), (Workspace.open_with_recovery_key, recovery)):
        again = way(tmp_path / "school", key)
        assert again.broken_ways() == ()
        again.close()


def test_a_part_that_was_damaged_before_it_was_opened_is_not_made_up(opened, tmp_path):
    desk, recovery = opened
    desk.close()
    SPOILT["the passphrase's key"](tmp_path / "school" / KEYS_NAME)
    again = Workspace.open_with_recovery_key(tmp_path / "school", recovery)
    assert again.broken_ways() == ("passphrase",)
    assert not again.mend_keys()

    again.set_passphrase(OTHER, QUICK)
    again.close()

    Workspace.open(tmp_path / "school", OTHER).close()
