"""Tasks that try what a worker taken over by a hostile file would try."""

from __future__ import annotations

import ctypes
import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from dpdesk.walls.inside import Answer, Call

_PTRACE_ATTACH = 16
_PTRACE_SEIZE = 0x4206


def _tried(does: Callable[[], object]) -> Answer:
    """Says whether it went through, or the number of the system's refusal."""
    try:
        does()
    except OSError as error:
        return {"refused": error.errno or -1}, []
    return {"refused": 0}, []


def connect(call: Call) -> Answer:
    def does() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            line.connect(("127.0.0.1", call.request["port"]))

    return _tried(does)


def connect_locally(call: Call) -> Answer:
    def does() -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(call.request["path"])

    return _tried(does)


def read(call: Call) -> Answer:
    return _tried(lambda: Path(call.request["path"]).read_bytes())


def list_folder(call: Call) -> Answer:
    return _tried(lambda: os.listdir(call.request["path"]))  # noqa: PTH208 -- the plain call is tried


def write(call: Call) -> Answer:
    return _tried(lambda: Path(call.request["path"]).write_bytes(b"x"))


def rename(call: Call) -> Answer:
    return _tried(lambda: os.rename(call.request["path"], call.request["path"] + "2"))  # noqa: PTH104 -- as above


def remove(call: Call) -> Answer:
    return _tried(lambda: os.unlink(call.request["path"]))  # noqa: PTH108 -- as above


def start(_call: Call) -> Answer:
    return _tried(lambda: subprocess.run([sys.executable, "-c", "0"], check=True))


def fork(_call: Call) -> Answer:
    def does() -> None:
        if os.fork() == 0:  # noqa: TID251 -- Linux alone is asked, and must refuse
            os._exit(0)

    return _tried(does)


def run_instead(_call: Call) -> Answer:
    return _tried(lambda: os.execv("/bin/true", ["true"]))


def signal_parent(_call: Call) -> Answer:
    return _tried(lambda: os.kill(os.getppid(), 0))


def trace_parent(_call: Call) -> Answer:
    library = ctypes.CDLL(None, use_errno=True)

    def does() -> None:
        for way in (_PTRACE_ATTACH, _PTRACE_SEIZE):
            if library.ptrace(way, os.getppid(), None, None) == 0:
                return
        raise OSError(ctypes.get_errno(), "refused")

    return _tried(does)


def peek_parent(_call: Call) -> Answer:
    return _tried(lambda: Path(f"/proc/{os.getppid()}/mem").open("rb").read(1))


def peek_parent_by_call(call: Call) -> Answer:
    library = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(8)

    class Stretch(ctypes.Structure):
        _fields_ = (("start", ctypes.c_void_p), ("length", ctypes.c_size_t))

    def does() -> None:
        here = Stretch(ctypes.addressof(kept), 8)
        there = Stretch(call.request["address"], 8)
        got = library.process_vm_readv(
            os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0
        )
        if got < 0:
            raise OSError(ctypes.get_errno(), "refused")

    return _tried(does)


def type_for_the_terminal(_call: Call) -> Answer:
    import fcntl

    return _tried(lambda: fcntl.ioctl(0, 0x5412, b"x"))


def make_memory_file(_call: Call) -> Answer:
    return _tried(lambda: os.memfd_create("x"))


def threads_and_memory(_call: Call) -> Answer:
    """What an honest reader needs: threads, memory, its own clock."""
    import threading

    def does() -> None:
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
        mmap.mmap(-1, 1_000_000).close()
        Path("/proc/self/statm").read_bytes()

    return _tried(does)
