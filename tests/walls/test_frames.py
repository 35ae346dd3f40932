"""Bytes of any length cross the pipe in pieces, and only what was announced is taken."""

from __future__ import annotations

import multiprocessing
import threading
from typing import Any

import pytest

from dpdesk.walls import frames

MB = 1 << 20


class Recorded:
    """A pipe that notes how long each write was."""

    def __init__(self) -> None:
        self.ours, self.theirs = multiprocessing.Pipe()
        self.lengths: list[int] = []

    def send_bytes(self, content: bytes | memoryview) -> None:
        self.lengths.append(len(content))
        self.ours.send_bytes(content)


@pytest.mark.parametrize("length", [0, 1, MB - 1, MB, MB + 1, 5 * MB + 3])
def test_nothing_longer_than_a_piece_is_written_at_once(length: int) -> None:
    pipe: Any = Recorded()
    content = bytes(range(256)) * (length // 256 + 1)
    content = content[:length]
    sender = threading.Thread(target=frames.send, args=(pipe, content))
    sender.start()
    assert frames.receive(pipe.theirs, 10 * MB) == content
    sender.join()
    assert max(pipe.lengths) <= frames.PIECE


@pytest.mark.parametrize(
    "said",
    [
        [(11).to_bytes(8, "big"), b"x" * 11],
        [b"\xff" * 8],
        [b"short"],
        [(3).to_bytes(8, "big"), b""],
    ],
    ids=["more than allowed", "without end", "no length", "an empty piece"],
)
def test_another_length_than_announced_is_refused(said: list[bytes]) -> None:
    ours, theirs = multiprocessing.Pipe()
    for each in said:
        ours.send_bytes(each)
    with pytest.raises(ValueError, match=r"length|piece"):
        frames.receive(theirs, 10)


def test_a_piece_longer_than_what_is_missing_is_refused() -> None:
    ours, theirs = multiprocessing.Pipe()
    ours.send_bytes((3).to_bytes(8, "big"))
    ours.send_bytes(b"too long")
    with pytest.raises(OSError, match="length"):
        frames.receive(theirs, 10)
