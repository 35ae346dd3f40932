"""Who sees no screen logs a breach and answers a request: from outside and by names only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dpdesk.desk import Desk
from tests.builders import PASSPHRASE, Template

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[2]
SYSTEM = "/usr/bin/python3"
LISTENS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
BESIDE = '"$0" main.py --workspace "$1" & app=$!; "$2" "$3" "$4"; code=$?; kill $app; exit $code'
"""The program on a bus of its own, and beside it whoever uses it."""


def missing() -> str:
    """What this machine lacks to be used from outside; empty where it lacks nothing."""
    if sys.platform != "linux":
        return "AT-SPI is there on Linux only"
    tools = ("Xvfb", "dbus-run-session", SYSTEM)
    lacks = [tool for tool in tools if shutil.which(tool) is None]
    lacks += [] if Path("/usr/libexec/at-spi2-registryd").exists() else ["at-spi2-core"]
    if lacks:
        return f"needs {', '.join(lacks)}"
    listens = subprocess.run([SYSTEM, "-c", LISTENS], capture_output=True, check=False)
    return "" if listens.returncode == 0 else "needs gir1.2-atspi-2.0 and python3-gi"


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen that nobody sees, under a number that is free."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait(timeout=20)


@pytest.mark.timeout(600)
@pytest.mark.skipif(missing() != "", reason=missing() or "never")
def test_a_breach_is_logged_and_a_request_answered_by_names_only(
    template: Template, tmp_path: Path, screen: str
):
    folder = template.copy(tmp_path / "workspace")
    user = str(HERE / "by_names.py")
    command = ["dbus-run-session", "--", "sh", "-c", BESIDE, sys.executable, str(folder), SYSTEM]
    done = subprocess.run(
        [*command, user, PASSPHRASE],
        capture_output=True,
        text=True,
        check=False,
        cwd=TOP,
        env={
            **os.environ,
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "DPDESK_HOME": str(tmp_path / "home"),
        },
    )

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-2000:]}"
    with closing(Desk.open(folder, PASSPHRASE)) as desk:
        breach = desk.breaches.breaches.load(1).values
        assert breach["summary"] == "An e-mail to the wrong parents"
        request = desk.requests.requests.load(1).values
        assert (request["subject"], request["outcome"]) == ("Testa Example", "withdrawn")
        assert request["closed"] is not None
