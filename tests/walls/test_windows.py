"""What Windows is asked for, by a stand-in that answers as Windows does."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from dpdesk.store import places
from dpdesk.walls import confining, windows_shell

OURS = r"C:\Programs\dpdesk\dpdesk.exe"
MEGABYTE = 1 << 20


class Call:
    """One function of a library; ctypes lets its types be declared."""

    def __init__(self, answer: Callable[..., Any]) -> None:
        self.answer = answer
        self.argtypes: tuple[Any, ...] = ()
        self.restype: Any = None

    def __call__(self, *given: Any) -> Any:
        return self.answer(*given)


class Library:
    """One of the libraries of Windows: its functions by their names."""

    def __init__(self, system: Windows) -> None:
        self._system = system
        self._found: dict[str, Call] = {}

    def __getattr__(self, name: str) -> Call:
        answer = getattr(self._system, f"do_{name.lower()}", lambda *_: 1)
        if name in self._system.refused:
            answer = _refuse
        return self._found.setdefault(name, Call(answer))


def _refuse(*_given: Any) -> int:
    return 0


class Windows:
    """Handles, jobs, drives and windows, as far as the program asks for them."""

    def __init__(self) -> None:
        self.processes = {7: OURS, 8: OURS, 9: r"C:\Other\viewer.exe"}
        self.windows: list[SimpleNamespace] = []
        self.remote = {"H:\\"}
        self.in_job = False
        self.jobs: dict[int, dict[str, Any]] = {}
        self.open: set[int] = set()
        self.said: list[tuple[str, Any]] = []
        self.last = 100
        self.refused: set[str] = set()

    def handle(self, what: dict[str, Any] | None = None) -> int:
        self.last += 1
        self.open.add(self.last)
        if what is not None:
            self.jobs[self.last] = what
        return self.last

    def library(self, _name: str, **_options: Any) -> Library:
        return Library(self)

    # ------------------------------------------------------------------------- jobs

    def do_openprocess(self, _rights: int, _inherit: bool, pid: int) -> int:
        if pid not in self.processes:
            return 0
        handle = self.handle()
        self.said.append(("opened", (handle, pid)))
        return handle

    def do_createjobobjectw(self, _security: Any, _name: Any) -> int:
        return self.handle({"limits": None, "ui": 0, "worker": 0})

    def do_setinformationjobobject(self, job: int, kind: int, told: Any, size: int) -> int:
        what = told._obj
        # A number of Windows has four bytes there, and more elsewhere.
        if size not in (4, ctypes.sizeof(what)):
            return 0
        self.jobs[job]["limits" if kind == 9 else "ui"] = what if kind == 9 else what.value
        return 1

    def do_assignprocesstojobobject(self, job: int, process: int) -> int:
        # Within a job, one that limits windows may not stand.
        if self.in_job and self.jobs[job]["ui"]:
            return 0
        self.jobs[job]["worker"] = process
        return 1

    def do_closehandle(self, handle: int) -> int:
        self.open.remove(handle)
        return 1

    # ------------------------------------------------------------- drives and windows

    def do_getdrivetypew(self, drive: str) -> int:
        return 4 if drive in self.remote else 3

    def do_getcurrentprocessid(self) -> int:
        return 7

    def do_queryfullprocessimagenamew(
        self, handle: int, _form: int, letters: Any, _length: Any
    ) -> int:
        letters.value = self.processes[dict(value for _, value in self.said)[handle]]
        return 1

    def do_enumwindows(self, seen: Callable[[int, int], bool], extra: int) -> int:
        return int(all(seen(number, extra) for number in range(len(self.windows))))

    def do_getwindowtextw(self, window: int, letters: Any, _most: int) -> int:
        letters.value = self.windows[window].title
        return len(letters.value)

    def do_iswindowvisible(self, window: int) -> bool:
        return bool(self.windows[window].visible)

    def do_isiconic(self, window: int) -> bool:
        return bool(self.windows[window].iconic)

    def do_showwindow(self, window: int, how: int) -> int:
        self.windows[window].iconic = how != 9
        return 1

    def do_setforegroundwindow(self, window: int) -> int:
        self.windows[window].front = True
        return 1

    def do_getwindowthreadprocessid(self, window: int, process: Any) -> int:
        process._obj.value = self.windows[window].pid
        return 1

    def add(self, title: str, pid: int, *, visible: bool = True, iconic: bool = False) -> Any:
        made = SimpleNamespace(title=title, pid=pid, visible=visible, iconic=iconic, front=False)
        self.windows.append(made)
        return made


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Windows:
    made = Windows()
    monkeypatch.setattr(ctypes, "WinDLL", made.library, raising=False)
    monkeypatch.setattr(ctypes, "WINFUNCTYPE", lambda *_: lambda each: each, raising=False)
    for room in (confining, places):
        monkeypatch.setattr(room, "sys", SimpleNamespace(platform="win32"))
    for name in places._VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return made


def test_a_worker_gets_a_job_with_its_memory_no_children_and_the_end_of_the_program(system):
    worker = confining.Confinement(8, 500 * MEGABYTE)

    assert worker.stands
    ((handle, job),) = system.jobs.items()
    limits = job["limits"]
    flags = limits.BasicLimitInformation.LimitFlags
    assert limits.ProcessMemoryLimit == 500 * MEGABYTE
    assert flags & 0x0100  # the memory of the process is limited
    assert flags & 0x0008
    assert limits.BasicLimitInformation.ActiveProcessLimit == 1
    assert flags & 0x2000  # it ends when the handle is closed, also by the end of the program
    assert job["ui"] == 0xFF  # the clipboard and windows of others are out of reach
    assert job["worker"]
    assert system.open == {handle}

    worker.end()
    assert not worker.stands
    assert not system.open
    worker.end()  # once is enough


def test_a_program_that_runs_in_a_job_itself_limits_its_workers_all_the_same(system):
    system.in_job = True

    assert confining.Confinement(8, MEGABYTE).stands
    first, second = system.jobs.values()
    assert not first["worker"]
    assert second["worker"]
    assert second["limits"].ProcessMemoryLimit == MEGABYTE
    assert system.open == {max(system.jobs)}  # the job that was refused is not left behind


@pytest.mark.parametrize(
    "refused",
    ["OpenProcess", "CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"],
)
def test_a_job_that_windows_refuses_is_told_and_leaves_nothing_open(system, refused):
    system.refused = {refused}

    worker = confining.Confinement(8, MEGABYTE)

    assert not worker.stands
    assert not system.open
    worker.end()


class Folder(PureWindowsPath):
    """A folder of Windows, looked at elsewhere."""

    def absolute(self) -> Folder:
        return self


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        (r"C:\Records", ""),
        (r"H:\Records", "on another computer"),
        (r"\\server\share\Records", "on another computer"),
        (r"D:\OneDrive - A School\Documents", "cloud drive"),
    ],
)
def test_a_share_or_a_cloud_drive_is_noticed_before_records_are_laid_there(system, folder, said):
    found = places.doubts(Folder(folder))  # type: ignore[arg-type] # as good as one there
    assert said in found
    assert bool(found) is bool(said)


def test_documents_that_windows_moved_into_the_cloud_are_noticed(system, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", r"D:\Cloud of the school")
    inside = Folder(r"D:\Cloud of the school\Documents\dpdesk")
    assert "cloud drive" in places.doubts(inside)  # type: ignore[arg-type] # as good as one there


def test_a_second_start_brings_the_open_window_forward(system):
    own, foreign = system.add("Home – dpdesk", 7), system.add("notes on dpdesk", 9)
    hidden = system.add("dpdesk", 8, visible=False)
    first = system.add("Breaches – dpdesk", 8, iconic=True)

    assert windows_shell.first_forward()
    assert first.front
    assert not first.iconic
    assert not (own.front)
    assert not (foreign.front)
    assert not (hidden.front)


def test_nothing_comes_forward_where_only_another_program_names_it(system):
    system.add("Home – dpdesk", 7)
    system.add("How to use dpdesk", 9)

    assert not windows_shell.first_forward()
    assert not any(each.front for each in system.windows)
