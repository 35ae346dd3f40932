"""Nothing that was typed, brought in, searched for, released or backed up lies readable on disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dpdesk.law.accents import in_form
from tests.store.planted import ACCENTED, CANARY


def _codings() -> list[bytes]:
    """The canaries as they could lie in a file, capitals and accents one way or the other."""
    words = {CANARY, CANARY.lower(), CANARY.upper(), ACCENTED, ACCENTED.lower(), "wojtowicz"}
    words |= {in_form("NFD", word) for word in set(words)}
    codings = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
    return [
        word.encode(coding)
        for word in sorted(words)
        for coding in codings
        if coding != "latin-1" or all(ord(sign) < 256 for sign in word)
    ]


def _telling(folder: Path) -> list[str]:
    """Files below a folder that hold a canary, in their bytes or their names."""
    codings = _codings()
    found = []
    for path in folder.rglob("*"):
        name = path.name.encode()
        content = path.read_bytes() if path.is_file() else b""
        if any(coded in content or coded in name for coded in codings):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_the_looking_itself_finds_a_canary(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "leak.tmp").write_bytes(b"...." + CANARY.encode("utf-16-le") + b"....")
    (tmp_path / f"{ACCENTED}.tmp").write_bytes(b"")
    assert sorted(_telling(tmp_path)) == sorted(["deep/leak.tmp", f"{ACCENTED}.tmp"])


@pytest.mark.parametrize("end", ["close", "kill"])
def test_nothing_readable_lies_anywhere_on_the_disk(tmp_path, end):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    variables = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE")}
    variables |= {
        f"XDG_{name}_HOME": str(temporary) for name in ("DATA", "CONFIG", "CACHE", "STATE")
    }
    variables["DPDESK_HOME"] = str(temporary)
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.planted", str(tmp_path), end],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **variables, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "workspace" / "dpdesk.db").stat().st_size > 100_000
    assert (tmp_path / "stick" / "elmfield.dpbackup").stat().st_size > 100_000
    assert _telling(tmp_path) == []
    assert CANARY not in done.stderr
    elsewhere = [
        path
        for path in json.loads(done.stdout)
        if not Path(path).is_relative_to(tmp_path / "workspace")
        and not Path(path).is_relative_to(tmp_path / "stick")
        and path != os.devnull
        and not path.startswith("/dev/shm")
        # How far the workspace had come: counters and keyed hashes, which were looked through.
        and not Path(path).is_relative_to(temporary / "marks")
    ]
    assert elsewhere == [], "the program writes where it was not asked to"
