"""A worker that a hostile file has taken over gets nowhere: no network, files or processes."""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dpdesk.walls import linux, rights
from dpdesk.walls.workers import Limits, Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")

REFUSED = {errno.EACCES, errno.EPERM}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(Limits(seconds=20)) as started:
        yield started


@pytest.fixture(scope="module")
def walls() -> frozenset[str]:
    """What this kernel can do, asked of the kernel itself."""
    library = ctypes.CDLL(None)
    able = {"onlookers", "privileges"}
    if library.syscall(444, None, 0, 1) > 0:  # the version of Landlock
        able |= {"files", "writing"}
    if platform.machine() in {"x86_64", "aarch64"} and library.prctl(21, 0, 0, 0, 0) == 0:
        able |= {"calls", "writing"}
    return frozenset(able)


def tried(worker: Worker, task: str, **request: Any) -> int:
    return int(worker.call(f"tests.walls.escaping:{task}", request)[0]["refused"])


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    place = tmp_path / ".ssh" / "id_ed25519"
    place.parent.mkdir()
    place.write_text("secret", encoding="ascii")
    return place


def needs(walls: frozenset[str], wall: str) -> None:
    if wall not in walls:
        pytest.skip(f"this kernel lacks: {rights.WALLS[wall]}")


def test_a_worker_says_what_it_gave_up(worker: Worker, walls: frozenset[str]) -> None:
    assert set(worker.walls()) == walls


def test_no_connection_is_opened(worker: Worker, walls: frozenset[str], tmp_path: Path) -> None:
    needs(walls, "calls")
    assert tried(worker, "connect", port=9) in REFUSED
    place = tmp_path / "line"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.bind(str(place))
        line.listen()
        assert tried(worker, "connect_locally", path=str(place)) in REFUSED


@pytest.mark.parametrize("task", ["read", "list_folder"])
def test_the_users_files_are_not_read(
    worker: Worker, walls: frozenset[str], secret: Path, task: str
) -> None:
    needs(walls, "files")
    place = secret if task == "read" else secret.parent
    assert tried(worker, task, path=str(place)) in REFUSED


@pytest.mark.parametrize("task", ["write", "rename", "remove"])
def test_nothing_is_written_renamed_or_deleted(
    worker: Worker, walls: frozenset[str], secret: Path, task: str
) -> None:
    needs(walls, "writing")
    assert tried(worker, task, path=str(secret)) in REFUSED
    assert tried(worker, task, path=str(secret.parent / "new")) in REFUSED | {errno.ENOENT}
    assert [each.name for each in secret.parent.iterdir()] == [secret.name]
    assert secret.read_text(encoding="ascii") == "secret"


@pytest.mark.parametrize("task", ["start", "fork", "run_instead"])
def test_no_program_is_started(worker: Worker, walls: frozenset[str], task: str) -> None:
    needs(walls, "calls")
    assert tried(worker, task) in REFUSED


@pytest.mark.parametrize("task", ["trace_parent", "peek_parent", "signal_parent"])
def test_the_program_that_holds_the_keys_is_out_of_reach(
    worker: Worker, walls: frozenset[str], task: str
) -> None:
    needs(walls, "calls")
    needs(walls, "files")
    assert tried(worker, task) in REFUSED


def test_memory_of_the_program_is_not_read_by_a_call(worker: Worker, walls: frozenset[str]) -> None:
    needs(walls, "calls")
    held = ctypes.create_string_buffer(b"the key!")
    assert tried(worker, "peek_parent_by_call", address=ctypes.addressof(held)) in REFUSED


@pytest.mark.parametrize("task", ["type_for_the_terminal", "make_memory_file"])
def test_side_doors_are_shut(worker: Worker, walls: frozenset[str], task: str) -> None:
    needs(walls, "calls")
    assert tried(worker, task) in REFUSED


def test_what_an_honest_reader_needs_works(worker: Worker) -> None:
    assert tried(worker, "threads_and_memory") == 0


def test_a_program_that_lies_loose_in_the_users_folder_does_not_lay_it_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "pat"))
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "pat"), str(tmp_path / "lib")])
    readable = list(rights._readable())
    assert tmp_path / "lib" in readable
    assert not {tmp_path, tmp_path / "pat"} & set(readable)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_sound_on_each_kind_of_computer(machine: str) -> None:
    program = linux._program(machine)
    assert len(program) % 8 == 0
    assert len(program) // 8 < 4096
