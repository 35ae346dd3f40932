"""Tasks that do to a worker what hostile files do to parsers."""

from __future__ import annotations

import ctypes
import json
import os
import sys
import threading
from typing import Any

from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.walls.inside import Answer, Call


def echo(call: Call) -> Answer:
    return {"request": call.request}, list(call.blobs)


def count(call: Call) -> Answer:
    call.memory["calls"] = call.memory.get("calls", 0) + 1
    return {"calls": call.memory["calls"]}, []


def report(call: Call) -> Answer:
    for number in range(call.request["times"]):
        call.report({"number": number}, [bytes([number])])
    return {}, []


def hang(_call: Call) -> Answer:
    threading.Event().wait()
    return {}, []


def hang_after_report(call: Call) -> Answer:
    call.report({"number": 0})
    return hang(call)


def crash(_call: Call) -> Answer:
    ctypes.string_at(0)
    return {}, []


def leave(_call: Call) -> Answer:
    os._exit(3)


def swallow(call: Call) -> Answer:
    kept = []
    while True:
        kept.append(bytearray(os.urandom(1)) * call.request["bytes"])


def fail(_call: Call) -> Answer:
    raise ValueError("Harry Skywalker lives here")


def refuse(_call: Call) -> Answer:
    raise UnreadableFile("This is a Word document.", "Save it as PDF.")


def lock(_call: Call) -> Answer:
    raise PasswordNeeded("It is locked.", "Type it.", wrong=True)


def noise(_call: Call) -> Answer:
    sys.stdout.write("Harry Skywalker\n")
    sys.stderr.write("Harry Skywalker\n")
    os.write(1, b"Harry Skywalker\n")
    os.write(2, b"Harry Skywalker\n")
    return {}, []


def surroundings(_call: Call) -> Answer:
    heavy = [name for name in sys.modules if name.startswith(("PySide6", "sqlalchemy", "pytest"))]
    return {"variables": sorted(os.environ), "modules": heavy}, []


def speak(call: Call) -> Answer:
    """Answers with raw frames of its own choice, as a worker that was taken over could."""
    for frame in call.request["frames"]:
        call._pipe.send_bytes(frame.encode("latin-1"))
    return hang(call)


def huge_sentence(_call: Call) -> Answer:
    raise UnreadableFile("x" * 100_000)


def message(kind: str, content: Any, blobs: int = 0) -> str:
    return json.dumps({"kind": kind, "content": content, "blobs": blobs})
