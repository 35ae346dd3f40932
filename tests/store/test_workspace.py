"""Making, opening and locking a workspace."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dpdesk.desk import Desk
from dpdesk.errors import (
    DamagedWorkspace,
    DpdeskError,
    InvalidEntry,
    NoRoom,
    NotFound,
    WorkspaceBusy,
    WrongPassphrase,
)
from dpdesk.store.check import check
from dpdesk.store.database import sentence_for
from dpdesk.store.workspace import Workspace, is_workspace
from tests.builders import PASSPHRASE, QUICK, SCHOOL, Template, a_request

HOLD = """
import sys
from pathlib import Path
from dpdesk.store.workspace import Workspace
held = Workspace.open(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a piece of Python in a process of its own, on a folder."""
    return subprocess.run(
        [sys.executable, "-c", code, str(folder), PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_workspace_opens_both_ways(tmp_path):
    folder = tmp_path / "deep" / "Elmfield"
    desk, recovery = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK)
    assert desk.school.particulars().name == "Elmfield School"
    assert desk.check().problems == ()
    desk.close()
    assert is_workspace(folder)
    for passphrase, key in ((PASSPHRASE, ""), ("", recovery)):
        opened = Desk.open(folder, passphrase, recovery_key=key)
        assert opened.workspace.database.who == "Dana Pryce"
        opened.close()


def test_closing_folds_the_log_into_the_file_and_leaves_no_holder(template: Template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    desk = Desk.open(folder, PASSPHRASE)
    a_request(desk)
    desk.close()
    assert "dpdesk.db-wal" not in _names(folder)
    assert "dpdesk.holder.json" not in _names(folder)


def test_a_folder_in_use_is_refused_and_untouched(tmp_path):
    (tmp_path / "accounts.txt").write_text("something of somebody's")
    with pytest.raises(DpdeskError, match="not empty"):
        Workspace.create(tmp_path, PASSPHRASE, cost=QUICK)
    assert _names(tmp_path) == ["accounts.txt"]


def test_what_systems_leave_in_a_folder_does_not_count_as_use(tmp_path):
    for name in (".DS_Store", "desktop.ini", "dpdesk.lock"):
        (tmp_path / name).write_bytes(b"")
    workspace, _ = Workspace.create(tmp_path, PASSPHRASE, cost=QUICK)
    workspace.close()


def test_a_workspace_that_could_not_be_made_leaves_the_folder_as_empty_as_before(tmp_path):
    folder = tmp_path / "new"
    with pytest.raises(InvalidEntry):
        Desk.create(folder, PASSPHRASE, {"name": "Elmfield School"}, cost=QUICK)
    assert [name for name in _names(folder) if name != "dpdesk.lock"] == []
    desk, _ = Desk.create(folder, PASSPHRASE, SCHOOL, cost=QUICK)
    desk.close()


def test_there_is_no_key_file_before_the_school_is_in(tmp_path, monkeypatch):
    """So a program killed while making a workspace leaves none that opens and is empty."""
    from dpdesk.school.service import SchoolService

    seen: list[bool] = []
    start = SchoolService.start

    def watched(service, values):
        seen.append((tmp_path / "new" / "dpdesk.keys.json").exists())
        return start(service, values)

    monkeypatch.setattr(SchoolService, "start", watched)
    desk, _ = Desk.create(tmp_path / "new", PASSPHRASE, SCHOOL, cost=QUICK)
    desk.close()
    assert seen == [False]


def test_a_folder_without_a_workspace_says_so(tmp_path):
    with pytest.raises(NotFound, match="no workspace in this folder"):
        Workspace.open(tmp_path, PASSPHRASE)
    assert _names(tmp_path) == []


def test_a_workspace_whose_database_is_gone_says_so_and_gets_no_empty_one(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    (folder / "dpdesk.db").unlink()
    with pytest.raises(DamagedWorkspace, match="missing"):
        Workspace.open(folder, PASSPHRASE)
    assert not (folder / "dpdesk.db").exists()


def test_a_damaged_database_is_named_and_left_alone(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    content = bytearray((folder / "dpdesk.db").read_bytes())
    content[100:200] = bytes(100)
    (folder / "dpdesk.db").write_bytes(content)
    with pytest.raises(DamagedWorkspace, match="damaged"):
        Workspace.open(folder, PASSPHRASE)
    assert (folder / "dpdesk.db").read_bytes() == bytes(content)


def test_a_page_damaged_in_the_middle_is_found_by_the_check(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    content = bytearray((folder / "dpdesk.db").read_bytes())
    content[-2000] ^= 255
    (folder / "dpdesk.db").write_bytes(content)
    workspace = Workspace.open(folder, PASSPHRASE)
    problems = check(workspace).problems
    assert "Pages of the database file were changed from outside." in problems
    workspace.database.engine.dispose()
    workspace.lock.release()


def test_a_wrong_passphrase_leaves_the_folder_free(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    for wrong in ("", "not the right words"):
        with pytest.raises(WrongPassphrase):
            Desk.open(folder, wrong)
    Desk.open(folder, PASSPHRASE).close()


# --- one user at a time --------------------------------------------------------------------------


@pytest.fixture
def held(template: Template, tmp_path):
    """A workspace that another process has open."""
    folder = template.copy(tmp_path / "workspace")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield folder, other
        other.kill()


def test_a_second_opening_names_who_holds_it(held):
    folder, _ = held
    with pytest.raises(WorkspaceBusy) as refused:
        Workspace.open(folder, PASSPHRASE)
    import getpass
    import platform

    assert "open already" in refused.value.sentence
    assert f"on the computer {platform.node()}, by {getpass.getuser()}" in refused.value.sentence


def test_a_killed_program_lets_go(held):
    folder, other = held
    other.kill()
    other.wait()
    assert (folder / "dpdesk.holder.json").exists()
    Workspace.open(folder, PASSPHRASE).close()


def test_a_second_window_of_the_same_program_is_refused_too(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    first = Workspace.open(folder, PASSPHRASE)
    with pytest.raises(WorkspaceBusy):
        Workspace.open(folder, PASSPHRASE)
    first.close()
    second = Workspace.open(folder, PASSPHRASE)
    first.close()
    assert (folder / "dpdesk.holder.json").exists(), "closing twice takes the lock from another"
    second.close()


def test_an_unreadable_note_of_the_holder_still_gives_a_sentence(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    first = Workspace.open(folder, PASSPHRASE)
    (folder / "dpdesk.holder.json").write_bytes(b"\xff{")
    with pytest.raises(WorkspaceBusy, match="another window or on another computer"):
        Workspace.open(folder, PASSPHRASE)
    first.close()


# --- folders that cannot be written ------------------------------------------------------------

READ_ONLY = """
import os, sys
from pathlib import Path
from dpdesk.errors import NoRoom
from dpdesk.store.keys import Cost
from dpdesk.store.workspace import Workspace
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
Workspace.create(folder / "warm", passphrase, cost=Cost(8192, 1, 1))[0].close()
for path in (folder / "workspace", folder):
    path.chmod(0o555)
if os.geteuid() == 0:
    os.seteuid(65534)
for work in (
    lambda: Workspace.open(folder / "workspace", passphrase),
    lambda: Workspace.create(folder / "new", passphrase, cost=Cost(8192, 1, 1)),
):
    try:
        work()
    except NoRoom as refused:
        print(refused)
    else:
        sys.exit("it was opened all the same")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no folders that are read-only")
def test_a_folder_that_cannot_be_written_gives_a_sentence(template):
    with tempfile.TemporaryDirectory(prefix="dpdesk-read-only-") as name:
        folder = Path(name)
        template.copy(folder / "workspace")
        done = _run(READ_ONLY, folder)
        folder.chmod(0o755)
        (folder / "workspace").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("could not be written: this folder does not allow it.") == 2
    assert done.stdout.count("copy the whole folder to a disk that can be written to") == 1


# --- the database ------------------------------------------------------------------------------


def test_an_unkeyed_connection_reads_nothing(template, tmp_path):
    import sqlcipher3

    folder = template.copy(tmp_path / "workspace")
    connection = sqlcipher3.connect(str(folder / "dpdesk.db"))
    with pytest.raises(sqlcipher3.DatabaseError):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()
    assert b"SQLite format" not in (folder / "dpdesk.db").read_bytes()[:16]


def test_the_pragmas_hold_on_every_connection(desk):
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "cache_size": -48 * 1024,
    }
    engine = desk.workspace.database.engine
    connections = [engine.connect() for _ in range(3)]
    for connection in connections:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
        connection.close()
        assert found == wanted


def test_no_personal_data_in_the_text_of_an_error(desk):
    with pytest.raises(IntegrityError) as refused, desk.workspace.database.changing() as change:
        change.session.execute(
            text("INSERT INTO meta(key, value) VALUES (:key, :value)"),
            [{"key": "program", "value": "Robin Example"}],
        )
    assert "Robin" not in str(refused.value)
    assert "Robin" not in repr(refused.value)


def test_a_change_is_whole_or_not_at_all(desk):
    before = desk.check().history_rows

    def fail() -> None:
        with desk.workspace.database.changing() as change:
            desk.requests.requests.save_within(
                change, {"subject": "Robin", "received": desk.requests.requests.today()}
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert desk.requests.requests.listing().total == 0
    assert desk.check().history_rows == before
    assert desk.search.find("Robin") == ()


def test_two_threads_that_write_wait_for_each_other(desk):
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(15):
                a_request(desk, subject=f"{name} {number}")
        except BaseException as failure:  # noqa: BLE001 — told to the thread that asserts
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("Ada", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    listing = desk.requests.requests.listing()
    assert listing.total == 30
    references = {listing.raw(row, 0) for row in range(30)}
    assert references == {f"SAR-2026-{number:03d}" for number in range(1, 31)}
    assert desk.check().problems == ()


def test_checking_beside_a_writer_finds_no_false_damage(desk):
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.02):
            a_request(desk)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(4):
            assert desk.check().problems == ()
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("database or disk is full", NoRoom),
        ("attempt to write a readonly database", NoRoom),
        ("disk I/O error", NoRoom),
        ("unable to open database file", NoRoom),
        ("database is locked", WorkspaceBusy),
        ("database disk image is malformed", DamagedWorkspace),
        ("file is not a database", DamagedWorkspace),
    ],
)
def test_what_sqlite_says_becomes_a_sentence(message, kind):
    assert isinstance(sentence_for(message), kind)


def test_a_fault_of_ours_is_not_explained_away():
    assert sentence_for("no such column: colour") is None


FULL = """
import resource, signal, sys
from pathlib import Path
from dpdesk.desk import Desk
from dpdesk.errors import NoRoom
from tests.builders import a_request, faults_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk.open(Path(sys.argv[1]), sys.argv[2])
kept = a_request(desk, subject="Kept Before")
size = Path(sys.argv[1], "dpdesk.db").stat().st_size
wal = Path(sys.argv[1], "dpdesk.db-wal").stat().st_size
limit = wal + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
told = ""
for number in range(200):
    try:
        a_request(desk, subject=f"Robin {number}", notes="many words " * 200)
    except NoRoom as refused:
        told = str(refused)
        break
print(told)
total = desk.requests.requests.listing().total
assert total == number + 1, (total, number)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
a_request(desk, subject="After Room Was Made")
assert faults_of(desk) == (), faults_of(desk)
desk.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are set by Unix calls")
def test_a_full_disk_costs_nothing_that_was_saved_and_saving_goes_on(template, tmp_path):
    folder = template.copy(tmp_path / "workspace")
    done = _run(FULL, folder)
    assert done.returncode == 0, done.stderr
    # SQLite only says that writing failed; the user is told what stands in the way.
    assert "larger than this disk allows" in done.stdout
    assert "plugged in" not in done.stdout
