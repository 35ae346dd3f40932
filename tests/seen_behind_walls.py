"""Lets coverage see what runs behind the walls, where nothing may be written.

The server that the workers of tests come from imports this first. From then on each line of the
program that a worker reaches leaves a mark in memory that the server shares with the tests; that
needs no right that a worker has given up. Nothing of it is in use unless coverage is measured.
"""

from __future__ import annotations

import mmap
import os
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

PLACE = "DPDESK_LINES_SEEN"
"""The variable that names the file whose memory is shared, while the server starts."""
_ROOM = Path(__file__).resolve().parent.parent / "dpdesk"
_TOOL = 4
"""One of the two numbers that Python leaves free for whoever watches."""


def _starts() -> tuple[dict[str, int], int]:
    """Where the marks of each file begin, one for each line, and how many there are in all."""
    starts, total = {}, 0
    for file in sorted(_ROOM.rglob("*.py")):
        starts[str(file)] = total
        total += file.read_bytes().count(b"\n") + 2
    return starts, total


def make_room(file: Path) -> None:
    """Makes the file that is shared, with no mark yet."""
    file.write_bytes(bytes(_starts()[1]))


def seen(file: Path) -> dict[str, list[int]]:
    """The numbers of the lines that workers reached, by the path of their file."""
    starts, total = _starts()
    marks = file.read_bytes()
    ends = [*list(starts.values())[1:], total]
    return {
        path: lines
        for (path, start), end in zip(starts.items(), ends, strict=True)
        if (lines := [place - start for place in range(start, end) if marks[place]])
    }


def _watch(file: Path) -> None:
    """Marks each line of the program that this process and those forked from it reach."""
    with file.open("r+b") as opened:
        marks = mmap.mmap(opened.fileno(), 0)
    starts, _ = _starts()

    def mark(code: CodeType, line: int) -> None:
        if (start := starts.get(code.co_filename)) is not None:
            marks[start + line] = 1

    if sys.version_info >= (3, 12):
        watch = sys.monitoring

        def once(code: CodeType, line: int) -> Any:
            mark(code, line)
            return watch.DISABLE

        watch.use_tool_id(_TOOL, "seen behind walls")
        watch.register_callback(_TOOL, watch.events.LINE, once)
        watch.set_events(_TOOL, watch.events.LINE)
        return

    def step(frame: FrameType, event: str, _argument: object) -> Any:
        if frame.f_code.co_filename not in starts:
            return None
        if event == "line":
            mark(frame.f_code, frame.f_lineno)
        return step

    sys.settrace(step)


if PLACE in os.environ:
    _watch(Path(os.environ[PLACE]))
