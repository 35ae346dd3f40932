"""Workers that crash, hang or fail cost the bundle, say which page, and tell nothing else."""

from __future__ import annotations

import io
import os
import threading
from dataclasses import dataclass
from multiprocessing.context import SpawnContext, SpawnProcess

import pytest

from dpdesk.disclosure import crew
from dpdesk.disclosure.crew import Crew, Hands, KeptWorkers
from dpdesk.errors import Cancelled, DpdeskError, ReleaseRefused, UnreadableFile


@dataclass
class Odd(Hands[str]):
    """Does what the task says."""

    content: bytes = b""

    def accept(self, key, content):
        self.content = content

    def attach(self, lent):
        self.file = lent()

    def __call__(self, task):
        if task == "crash":
            os._exit(3)
        if task == "hang":
            threading.Event().wait()
        if task == "bug":
            raise ValueError("Quibblethorpe")
        if task == "refuse":
            raise UnreadableFile("This page is odd.", "Withhold it.")
        if task == "secrets":
            return os.environ.get("DPDESK_PASSPHRASE", "none").encode()
        if task == "source":
            return self.content
        if task.startswith("read"):
            _, start, length = task.split()
            self.file.seek(int(start))
            return self.file.read(int(length))
        return task.upper().encode()


def page_of(task):
    return len(task)


def run(*tasks, **how):
    with Crew(Odd(), workers=2, page_of=page_of, **how) as workers:
        return list(workers.run(tasks))


def test_a_worker_does_not_inherit_the_passphrase(monkeypatch):
    monkeypatch.setenv("DPDESK_PASSPHRASE", "paper lamp orchard seven")
    assert run("secrets") == [b"none"]


def test_answers_come_in_the_order_of_the_tasks():
    tasks = [f"task {number}" for number in range(40)]
    assert run(*tasks) == [task.upper().encode() for task in tasks]


@pytest.mark.parametrize("fault", ["crash", "bug"])
def test_a_worker_that_fails_names_the_page_and_not_what_stood_on_it(fault):
    with pytest.raises(UnreadableFile, match=rf"Page {len(fault)} of the bundle") as caught:
        run("a", "bb", fault, "dddddddd")
    assert "Quibble" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows does this by itself")
def test_a_worker_that_ends_is_noticed_although_its_line_stays_open(monkeypatch):
    """On Windows a copy of the worker's end stays in the program until the worker takes it."""
    kept, real = [], SpawnContext.Pipe

    def keeping(self, duplex=True):
        ours, theirs = real(self, duplex)
        kept.append(os.dup(theirs.fileno()))
        return ours, theirs

    monkeypatch.setattr(SpawnContext, "Pipe", keeping)
    monkeypatch.setattr(crew, "TIME_LIMIT", 10)
    try:
        with pytest.raises(UnreadableFile, match="stops the part of dpdesk"):
            run("crash")
    finally:
        for each in kept:
            os.close(each)


def test_a_worker_that_hangs_is_stopped_and_its_page_named(monkeypatch):
    monkeypatch.setattr(crew, "TIME_LIMIT", 0.5)
    with pytest.raises(UnreadableFile, match="Page 4 of the bundle takes too long"):
        run("hang")


def test_a_refusal_keeps_its_sentence_and_takes_the_class_of_the_work():
    with pytest.raises(ReleaseRefused, match=r"This page is odd\. Withhold it\."):
        run("refuse", error=ReleaseRefused)


def test_work_can_be_stopped():
    with pytest.raises(Cancelled):
        run("hang", cancelled=lambda: True)


def test_a_source_is_sent_before_the_task_that_needs_it():
    sent = run("source", before=lambda worker, task: [("a", b"x" * 300_000)])
    assert sent == [b"x" * 300_000]


def test_a_file_of_the_parent_can_be_read_from_any_place():
    content = os.urandom(3 * crew.BLOCK + 17)
    places = [(0, 10), (crew.BLOCK - 5, 10), (crew.BLOCK, 2 * crew.BLOCK), (len(content) - 3, 99)]
    found = run(*(f"read {start} {length}" for start, length in places), file=io.BytesIO(content))
    assert found == [content[start : start + length] for start, length in places]


def test_one_staff_does_one_piece_of_work_after_another_and_keeps_nothing_of_the_first():
    with KeptWorkers(2) as staff:
        first = run("source", before=lambda *_: [("a", b"kept")], staff=staff)
        second = run("source", "read 0 4", file=io.BytesIO(b"file"), staff=staff)
        third = run(*(f"task {number}" for number in range(9)), staff=staff)
    assert (first, second) == ([b"kept"], [b"", b"file"])
    assert third == [f"TASK {number}".encode() for number in range(9)]


def test_a_worker_of_a_staff_that_is_gone_names_the_page_of_the_next_work():
    with KeptWorkers(1) as staff:
        with pytest.raises(UnreadableFile, match="Page 5 of the bundle"):
            run("crash", staff=staff)
        with pytest.raises(UnreadableFile, match="Page 2 of the bundle"):
            run("bb", staff=staff)


def test_no_worker_is_left_behind():
    with Crew(Odd(), workers=2, page_of=page_of) as workers:
        list(workers.run(["a"]))
        processes = list(workers._processes)
        alive = [process.is_alive() for process in processes]
    assert alive == [True, True]
    for process in processes:
        with pytest.raises(ValueError, match="closed"):
            process.is_alive()


@pytest.mark.parametrize(("room", "hands"), [(1, 1), (0, 0)])
def test_a_computer_with_little_room_works_with_fewer_hands_or_says_so(monkeypatch, room, hands):
    begin = SpawnContext.Process.start
    begun: list[SpawnProcess] = []

    def start(process):
        if len(begun) == room:
            raise OSError(12, "Cannot allocate memory")
        begun.append(process)
        begin(process)

    monkeypatch.setattr(SpawnContext.Process, "start", start)
    if not hands:
        with pytest.raises(DpdeskError, match="did not start"), KeptWorkers(2):
            pass
    else:
        with KeptWorkers(2) as staff:
            assert len(staff.lines) == len(staff.processes) == hands
