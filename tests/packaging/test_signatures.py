"""A CPython for Windows that somebody names is taken only where its makers signed it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from machine import TOP, Unready
from windows import gathering, signatures

CACHE = TOP / ".cache"


def test_a_library_that_nobody_signed_is_named(tmp_path: Path):
    if not signatures.is_here():
        pytest.skip("osslsigncode is not here")
    (tmp_path / gathering.dll_name()).write_bytes(b"MZ" + bytes(500))

    with pytest.raises(Unready, match=r"python313\.dll is not signed by the Python Software"):
        gathering.cpython(CACHE, tmp_path)


def test_a_cpython_is_not_taken_unseen_where_signatures_cannot_be_read(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (tmp_path / gathering.dll_name()).write_bytes(b"MZ")

    with pytest.raises(Unready, match="install osslsigncode"):
        gathering.cpython(CACHE, tmp_path)


def test_the_pinned_cpython_is_signed_whole_and_a_changed_bit_is_seen(tmp_path: Path):
    pinned = CACHE / f"cpython-{gathering.EMBEDDED_SHA256[:16]}"
    if not (signatures.is_here() and pinned.is_dir()):
        pytest.skip("dev.py windows was not run here, or osslsigncode is not here")
    for name in ("python3.dll", "select.pyd", "libffi-8.dll", "vcruntime140.dll"):
        shutil.copyfile(pinned / name, tmp_path / name)
    assert not signatures.unsigned(tmp_path)

    for name in ("python3.dll", "vcruntime140.dll"):
        content = bytearray((tmp_path / name).read_bytes())
        content[3000] ^= 1
        (tmp_path / name).write_bytes(content)

    assert [line.split()[0] for line in signatures.unsigned(tmp_path)] == [
        "python3.dll",
        "vcruntime140.dll",
    ]
