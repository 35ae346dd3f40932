"""The program itself: a crash leaves no memory on the disk, and nobody looks in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOOK = """
import sys, resource, ctypes
sys.argv = ["main.py"]
import main
main.main(["--version"])
print("core", resource.getrlimit(resource.RLIMIT_CORE))
print("dumpable", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asked as Linux answers")
def test_a_command_writes_no_core_dump_and_is_closed_to_other_programs() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "core (0, 0)" in ran.stdout
    assert "dumpable 0" in ran.stdout
