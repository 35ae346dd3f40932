"""Bytes through the pipe between the program and a worker, cut into pieces.

Windows hands each write to a pipe to its kernel whole and gives up on long ones, so nothing
longer than a piece is ever written at once. First comes the length, then the pieces.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

PIECE: Final = 1 << 20
"""Bytes that are written at once at most."""
_LENGTH: Final = 8


def send(pipe: Connection[Any, Any], content: bytes | memoryview) -> None:
    """Sends bytes of any length. Raises OSError where nobody listens."""
    view = memoryview(content).cast("B")
    pipe.send_bytes(len(view).to_bytes(_LENGTH, "big"))
    for start in range(0, len(view), PIECE):
        pipe.send_bytes(view[start : start + PIECE])


def receive(
    pipe: Connection[Any, Any], most: int, ready: Callable[[], object] | None = None
) -> bytes:
    """Receives what :func:`send` sent. ``ready`` waits for the next piece, and raises its own.

    Raises EOFError or OSError where the other side is gone, ValueError where it says more than
    ``most`` bytes or something else than it announced.
    """
    if ready is not None:
        ready()
    head = pipe.recv_bytes(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) != _LENGTH or length > most:
        raise ValueError("no such length")
    kept = io.BytesIO()
    while (missing := length - kept.tell()) > 0:
        if ready is not None:
            ready()
        piece = pipe.recv_bytes(min(PIECE, missing))
        if not piece:
            raise ValueError("an empty piece")
        kept.write(piece)
    return kept.getvalue()
