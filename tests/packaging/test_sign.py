"""The file of an update is made only of an installer of the version that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
import sign
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dpdesk.updates import signed

NEWS = ("--news", "Scans are read.")


def an_installer(folder: Path, version: str) -> Path:
    """A file that tells Windows its version, and nothing else."""
    place = folder / "setup.exe"
    told = f"ProductVersion\0\0{version}\0".encode("utf-16-le") if version else b""
    place.write_bytes(b"MZ" + b"\0" * 60 + told + b"\0" * 40)
    return place


@pytest.fixture
def key(tmp_path: Path) -> Path:
    place = tmp_path / "publisher.key"
    assert sign.new_key(place) == 0
    return place


@pytest.mark.parametrize("inside", ["0.2.0", ""])
def test_an_installer_of_another_version_is_not_signed(
    tmp_path: Path, key: Path, inside: str, capsys: pytest.CaptureFixture[str]
):
    words = [str(an_installer(tmp_path, inside)), "--key", str(key), "--version", "0.3.0", *NEWS]

    assert sign.main(words) == 1

    assert f"of version {inside or 'none'}; nothing was signed" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.dpupdate"))


def test_what_is_signed_is_taken_by_who_knows_the_key(tmp_path: Path, key: Path, monkeypatch):
    installer = an_installer(tmp_path, "0.3.0")
    assert sign.main([str(installer), "--key", str(key), "--version", "0.3.0", *NEWS]) == 0

    made = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.read_text("ascii").strip()))
    offer = signed.look(
        tmp_path / "dpdesk-0.3.0.dpupdate", "0.2.0", [made.public_key().public_bytes_raw()]
    )

    assert (offer.version, offer.size) == ("0.3.0", installer.stat().st_size)


def test_a_file_that_no_dpdesk_would_take_is_not_left_behind(tmp_path: Path, key: Path):
    words = [str(an_installer(tmp_path, "0.3")), "--key", str(key), "--version", "0.3", *NEWS]

    assert sign.main(words) == 1

    assert not list(tmp_path.glob("*.dpupdate"))
