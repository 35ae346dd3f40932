"""Whatever a file does to its reader costs that file, and nothing else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import Any

import pytest

from dpdesk.errors import Cancelled, PasswordNeeded, UnreadableFile
from dpdesk.walls.workers import Limits, Worker, bare_start
from tests.walls.misbehaving import message

ROOM = "tests.walls.misbehaving"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(Limits(seconds=20)) as started:
        yield started


@pytest.fixture(scope="module")
def hasty() -> Iterator[Worker]:
    with Worker(Limits(seconds=0.5, memory=300_000_000)) as started:
        yield started


def call(worker: Worker, task: str, *blobs: bytes, **request: Any) -> Any:
    return worker.call(f"{ROOM}:{task}", request, blobs)


def test_request_and_bytes_arrive_and_return(worker: Worker) -> None:
    large = bytes(range(256)) * 40_000
    answer, blobs = call(worker, "echo", large, b"", name="Nguyễn")
    assert answer == {"request": {"name": "Nguyễn"}}
    assert blobs == [large, b""]


def test_one_worker_serves_many_calls_and_remembers(worker: Worker) -> None:
    first = call(worker, "count")[0]["calls"]
    assert call(worker, "count")[0]["calls"] == first + 1


def test_reports_come_in_order_before_the_answer(worker: Worker) -> None:
    heard: list[tuple[int, bytes]] = []
    worker.call(
        f"{ROOM}:report",
        {"times": 4},
        say=lambda said, blobs: heard.append((said["number"], *blobs)),
    )
    assert heard == [(number, bytes([number])) for number in range(4)]


@pytest.mark.parametrize("task", ["crash", "leave", "fail"])
def test_a_crash_is_one_sentence_without_content_and_the_next_call_works(
    worker: Worker, task: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        call(worker, task)
    assert "damaged" in str(caught.value)
    assert "Harry" not in str(caught.value)
    assert call(worker, "echo", b"next")[1] == [b"next"]


@pytest.mark.parametrize("task", ["hang", "hang_after_report"])
def test_a_reader_that_is_kept_busy_is_given_up(hasty: Worker, task: str) -> None:
    with pytest.raises(UnreadableFile, match="took too long"):
        call(hasty, task)
    assert call(hasty, "echo", b"next")[1] == [b"next"]


@pytest.mark.parametrize("step", [1_000_000, 5_000_000_000])
def test_a_memory_bomb_is_stopped_and_named(step: int) -> None:
    with (
        Worker(Limits(seconds=30, memory=150_000_000)) as small,
        pytest.raises(UnreadableFile, match="more memory"),
    ):
        call(small, "swallow", bytes=step)


@pytest.mark.parametrize(
    "frames",
    [
        ["\x80\x04}"],
        ["not json"],
        ["[]"],
        ["{}"],
        ["null"],
        ["[" * 100_000],
        [message("answer", "no dictionary")],
        [message("song", {})],
        [message("answer", {}, -1).replace("-1", '"x"')],
        [message("failure", {"sentence": "Only half"})],
    ],
    ids=range(10),
)
def test_a_nonsense_answer_is_a_damaged_file(worker: Worker, frames: list[str]) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        call(worker, "speak", frames=frames)
    assert call(worker, "echo", b"next")[1] == [b"next"]


def test_an_endless_sentence_is_cut(worker: Worker) -> None:
    with pytest.raises(UnreadableFile) as caught:
        call(worker, "huge_sentence")
    assert len(str(caught.value)) < 1000


def test_what_the_reader_says_about_the_file_arrives_as_it_said_it(worker: Worker) -> None:
    generation = worker.generation
    with pytest.raises(UnreadableFile, match=r"Word document\. Save it as PDF\."):
        call(worker, "refuse")
    with pytest.raises(PasswordNeeded) as caught:
        call(worker, "lock")
    assert caught.value.wrong
    call(worker, "echo")
    assert worker.generation == generation  # a polite refusal costs no new start


def test_a_computer_without_room_for_another_program_says_so_and_the_next_call_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(12, "Cannot allocate memory")

    with Worker(Limits(seconds=20)) as started:
        with monkeypatch.context() as patch:
            patch.setattr(SpawnContext.Process, "start", full)
            with pytest.raises(UnreadableFile, match="did not start"):
                call(started, "count")
        assert call(started, "count")[0]["calls"] == 1


def test_cancel_stops_the_work_at_once(worker: Worker) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        worker.call(f"{ROOM}:hang", {}, cancelled=lambda: next(asked))
    assert call(worker, "echo", b"next")[1] == [b"next"]


def test_an_error_of_the_listener_does_not_leave_answers_for_the_next_call(worker: Worker) -> None:
    def stumble(_said: dict[str, Any], _blobs: list[bytes]) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        worker.call(f"{ROOM}:report", {"times": 3}, say=stumble)
    assert call(worker, "echo", b"next")[1] == [b"next"]


def test_a_worker_inherits_no_secret_and_nothing_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DPDESK_PASSPHRASE", "correct horse battery staple")
    with Worker() as fresh:
        seen = call(fresh, "surroundings")[0]
    assert "DPDESK_PASSPHRASE" not in seen["variables"]
    assert os.environ["DPDESK_PASSPHRASE"] == "correct horse battery staple"
    assert seen["modules"] == []


@pytest.mark.parametrize("name", ["XDG_CONFIG_HOME", "LOGNAME", "DISPLAY"])
def test_what_the_rest_of_the_program_may_ask_for_stays_while_a_worker_starts(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "here")
    monkeypatch.setenv("SOME_TOKEN", "secret")
    with bare_start():
        assert os.environ[name] == "here"
        assert "SOME_TOKEN" not in os.environ


@pytest.mark.skipif(os.name == "nt", reason="Windows does this by itself")
def test_a_worker_that_ends_is_noticed_although_its_pipe_stays_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On Windows a copy of the worker's end stays in the program until the worker takes it."""
    kept: list[int] = []
    real = SpawnContext.Pipe

    def keeping(self: SpawnContext, duplex: bool = True) -> Any:
        ours, theirs = real(self, duplex)
        kept.append(os.dup(theirs.fileno()))
        return ours, theirs

    monkeypatch.setattr(SpawnContext, "Pipe", keeping)
    try:
        with Worker(Limits(seconds=10)) as fresh, pytest.raises(UnreadableFile, match="damaged"):
            call(fresh, "leave")
    finally:
        for each in kept:
            os.close(each)


def test_a_worker_does_not_run_the_main_module_of_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = tmp_path / "main.py"
    main.write_text("raise SystemExit('a worker must not come here')", encoding="utf-8")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(main), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    with Worker() as fresh:
        assert call(fresh, "echo", b"here")[1] == [b"here"]


def test_a_worker_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with Worker() as fresh:
        call(fresh, "noise")
    assert capfd.readouterr() == ("", "")


def test_threads_take_turns(worker: Worker) -> None:
    answers: list[bytes] = []

    def ask(content: bytes) -> None:
        answers.extend(call(worker, "echo", content)[1])

    threads = [threading.Thread(target=ask, args=(bytes([n]) * 50_000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [bytes([n]) * 50_000 for n in range(8)]


def test_a_closed_worker_leaves_no_process() -> None:
    worker = Worker()
    worker.start()
    process = worker._process
    assert process is not None
    pid = process.pid
    assert pid
    assert _lives(pid)
    worker.close()
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    if sys.platform == "win32":  # where the signal 0 is a Ctrl+C
        import ctypes

        system = ctypes.windll.kernel32
        handle = system.OpenProcess(0x100000, False, pid)
        ended = not handle or system.WaitForSingleObject(handle, 0) == 0
        system.CloseHandle(handle)
        return not ended
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
