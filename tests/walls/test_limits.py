"""A system that refuses one limit still gets the others, and the work goes on."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from dpdesk.walls import limits


def test_a_system_that_refuses_to_limit_memory_still_forbids_dumps_and_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """macOS says that the number is wrong; the watchdog remains, and no worker may end over it."""
    told: list[tuple[str, tuple[int, int]]] = []

    def set_limit(kind: str, most: tuple[int, int]) -> None:
        if kind == "memory":
            raise ValueError("current limit exceeds maximum limit")
        told.append((kind, most))

    system = SimpleNamespace(
        RLIMIT_AS="memory", RLIMIT_CORE="dumps", RLIMIT_FSIZE="files", setrlimit=set_limit
    )
    monkeypatch.setitem(sys.modules, "resource", system)
    monkeypatch.setattr(limits, "sys", SimpleNamespace(platform="darwin"))

    limits.limit_memory(100_000_000)

    assert told == [("dumps", (0, 0)), ("files", (0, 0))]
