"""The vault: what goes in comes out, and nothing that was altered passes."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpdesk.errors import DamagedWorkspace, NoRoom
from dpdesk.store.keys import Keys
from dpdesk.store.vault import HEAD, PIECE, Vault, VaultReader, VaultWriter

KEYS = Keys(b"m" * 32)
SIZES = (0, 1, 15, 16, 17, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1, 3 * PIECE - 17)


def _content(size: int) -> bytes:
    return (bytes(range(256)) * (size // 256 + 1))[:size]


def _files(vault: Vault) -> list[Path]:
    return [path for path in vault.folder.rglob("*") if path.is_file()]


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "vault", KEYS)


@pytest.mark.parametrize("size", SIZES)
def test_content_of_every_size_around_the_pieces_comes_back(vault, size):
    content = _content(size)
    stored = vault.put(content)
    assert stored.size == size
    assert vault.read(stored.name) == content
    assert vault.verify(stored.name, stored.sha256)


@given(st.lists(st.integers(0, PIECE + 5), max_size=5), st.data())
@settings(max_examples=25)
def test_content_written_in_portions_can_be_read_from_any_place(tmp_path_factory, portions, data):
    vault = Vault(tmp_path_factory.mktemp("vault"), KEYS)
    content = b""
    with vault.writing() as (writer, done):
        for number, size in enumerate(portions):
            part = bytes([number]) * size
            writer.write(part)
            content += part
    with vault.open(done[0].name) as reader:
        for _ in range(4):
            place = data.draw(st.integers(0, len(content) + 3))
            length = data.draw(st.integers(0, PIECE))
            reader.seek(place)
            assert reader.read(length) == content[place : place + length]
            assert reader.tell() == max(place, min(place + length, len(content)))


def test_equal_content_is_kept_once(vault):
    one, two = vault.put(b"the same letter"), vault.put(b"the same letter")
    assert one == two
    assert len(_files(vault)) == 1


def test_names_and_bytes_differ_between_two_workspaces(tmp_path):
    one = Vault(tmp_path / "one", KEYS)
    two = Vault(tmp_path / "two", Keys(b"n" * 32))
    kept = one.put(b"the same letter to parents"), two.put(b"the same letter to parents")
    assert kept[0].sha256 == kept[1].sha256
    assert kept[0].name != kept[1].name
    assert kept[0].sha256 not in kept[0].name
    sealed = one.path(kept[0].name)
    with pytest.raises(DamagedWorkspace):
        VaultReader(sealed, Keys(b"n" * 32).derive("vault contents"), kept[0].name)


def test_nothing_readable_lies_on_the_disk(vault):
    vault.put(b"Robin Example, Year 9" * 1000)
    (sealed,) = _files(vault)
    assert b"Robin" not in sealed.read_bytes()
    assert b"Example" not in sealed.read_bytes()


# --- damage ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sealed(tmp_path_factory) -> tuple[Vault, str, bytes]:
    vault = Vault(tmp_path_factory.mktemp("damage"), KEYS)
    stored = vault.put(_content(2 * PIECE + 1000))
    return vault, stored.name, vault.path(stored.name).read_bytes()


def _refused(vault: Vault, name: str, sha256: str) -> bool:
    """Reading says so, and so does the check; whichever piece is asked for first."""
    try:
        vault.read(name)
    except DamagedWorkspace:
        return not vault.verify(name, sha256)
    return False


@given(st.data())
@settings(max_examples=40)
def test_any_flipped_bit_is_noticed(sealed, data):
    vault, name, whole = sealed
    place = data.draw(st.integers(0, len(whole) - 1))
    altered = bytearray(whole)
    altered[place] ^= 1 << data.draw(st.integers(0, 7))
    vault.path(name).write_bytes(altered)
    assert _refused(vault, name, "")


EDGES = [
    0, 1, HEAD - 1, HEAD, HEAD + 1, HEAD + 15, HEAD + 16, HEAD + 17,
    *(HEAD + count * (PIECE + 16) + more for count in (1, 2) for more in (-1, 0, 1, 15, 16, 17)),
]  # fmt: skip


@pytest.mark.parametrize("length", EDGES)
def test_a_file_cut_short_anywhere_is_noticed(sealed, length):
    vault, name, whole = sealed
    vault.path(name).write_bytes(whole[:length])
    assert _refused(vault, name, "")


@given(st.integers(1, 40))
@settings(max_examples=10)
def test_bytes_added_at_the_end_are_noticed(sealed, more):
    vault, name, whole = sealed
    vault.path(name).write_bytes(whole + bytes(more))
    assert _refused(vault, name, "")


def test_swapped_and_repeated_pieces_are_noticed(sealed):
    vault, name, whole = sealed
    size = PIECE + 16
    one, two, rest = (
        whole[HEAD : HEAD + size],
        whole[HEAD + size : HEAD + 2 * size],
        whole[HEAD + 2 * size :],
    )
    for pieces in (two + one + rest, one + one + rest, one + rest, rest, one + two + two + rest):
        vault.path(name).write_bytes(whole[:HEAD] + pieces)
        assert _refused(vault, name, "")


def test_an_empty_file_with_a_forged_end_is_noticed(vault):
    stored = vault.put(b"")
    path = vault.path(stored.name)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert _refused(vault, stored.name, stored.sha256)


def test_two_files_exchanged_are_noticed_by_the_check(vault):
    one, two = vault.put(b"first"), vault.put(b"second")
    here, there = vault.path(one.name), vault.path(two.name)
    content = here.read_bytes()
    here.write_bytes(there.read_bytes())
    there.write_bytes(content)
    assert not vault.verify(one.name, one.sha256)
    assert not vault.verify(two.name, two.sha256)


def test_a_missing_file_is_called_missing(vault):
    stored = vault.put(b"content")
    vault.path(stored.name).unlink()
    with pytest.raises(DamagedWorkspace, match="missing or damaged"):
        vault.read(stored.name)
    assert not vault.verify(stored.name, stored.sha256)


def test_adding_a_document_again_mends_a_damaged_file(vault):
    stored = vault.put(b"content" * 1000)
    path = vault.path(stored.name)
    path.write_bytes(path.read_bytes()[:-3])
    assert vault.put(b"content" * 1000) == stored
    assert vault.verify(stored.name, stored.sha256)


# --- trouble with the disk --------------------------------------------------------------------


def test_work_that_fails_half_way_leaves_nothing(vault):
    def fail() -> None:
        with vault.writing() as (writer, _done):
            writer.write(_content(PIECE * 2))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert _files(vault) == []
    assert list(vault.names()) == []


def test_what_a_killed_program_left_half_written_goes_when_opening(vault):
    kept = vault.put(b"kept")
    (vault.folder / ".0123456789abcdef.part").write_bytes(b"half")
    vault.clear_unfinished()
    assert [path.name for path in _files(vault)] == [kept.name]


class _FullDisk(io.RawIOBase):
    """A real target that refuses as a full disk does."""

    def writable(self) -> bool:
        return True

    def write(self, content: object, /) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_writer_passes_on_what_the_disk_says():
    with pytest.raises(OSError, match="space"):
        VaultWriter(_FullDisk(), b"k" * 32, str)  # type: ignore[arg-type]  # as far as writing goes


FULL = """
import resource, signal, sys
from pathlib import Path
from dpdesk.errors import NoRoom
from dpdesk.store.keys import Keys
from dpdesk.store.vault import Vault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
vault = Vault(Path(sys.argv[1]), Keys(b"m" * 32))
kept = vault.put(b"kept before")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    vault.put(bytes(300_000))
except NoRoom as refused:
    print(refused)
else:
    sys.exit("it was written all the same")
assert vault.read(kept.name) == b"kept before"
assert vault.put(b"small enough").size == 12
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are set by Unix calls")
def test_a_file_that_does_not_fit_leaves_a_sentence_and_nothing_else(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "larger than this disk allows" in done.stdout
    assert not list(tmp_path.glob(".*"))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_the_full_device_is_told_as_a_full_disk():
    from dpdesk.store.files import room

    def seal() -> None:
        with room("The document"), Path("/dev/full").open("wb") as target:
            VaultWriter(target, b"k" * 32, str).finish()

    with pytest.raises(NoRoom, match="the disk is full"):
        seal()
