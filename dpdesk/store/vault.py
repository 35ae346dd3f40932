"""The vault: encrypted files, named by a keyed hash of their content.

A file is cut into pieces, each sealed with AES-256-GCM under a key of the file's own; the last
piece is marked, so that neither a changed, nor a moved, nor a missing piece goes unseen. The
name is a keyed hash: equal content is kept once, and a name does not reveal that two schools
hold the same document. Nothing decrypted touches the disk.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dpdesk.errors import DamagedWorkspace, NoRoom
from dpdesk.store.files import room, settle_folder
from dpdesk.store.keys import Keys

MAGIC: Final = b"dpdvault"
PIECE: Final = 256 * 1024
_SALT: Final = 16
_HEAD: Final = len(MAGIC) + _SALT
_TAG: Final = 16


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its name there, the SHA-256 of its content, its size in bytes."""

    name: str
    sha256: str
    size: int


def _damaged() -> DamagedWorkspace:
    return DamagedWorkspace(
        "A document in the vault is missing or damaged.",
        "Restore the last backup into another folder to get it back.",
    )


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def file_key(contents_key: bytes, salt: bytes) -> bytes:
    """The key of one sealed file, whose salt stands in its head."""
    return HKDF(SHA256(), 32, salt=salt, info=b"dpdesk vault file").derive(contents_key)


class VaultWriter(io.RawIOBase):
    """Takes content in any portions and seals it piece by piece."""

    def __init__(self, target: BinaryIO, contents_key: bytes) -> None:
        super().__init__()
        salt = os.urandom(_SALT)
        self._target = target
        self._sealer = AESGCM(file_key(contents_key, salt))
        self._waiting = bytearray()
        self._number = 0
        self._hash = hashlib.sha256()
        self.size = 0
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer
        """Seals what is full; keeps the rest waiting, as the last piece is sealed differently."""
        self._hash.update(content)
        self.size += len(content)
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def finish(self) -> str:
        """Seals the last piece; returns the SHA-256 of the content."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()
        return self._hash.hexdigest()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._sealer.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class VaultReader(io.RawIOBase):
    """Reads a sealed file from any place in it, opening only the pieces that are asked for."""

    def __init__(self, path: Path, contents_key: bytes) -> None:
        super().__init__()
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise _damaged() from error
        head = self._file.read(_HEAD)
        if head[: len(MAGIC)] != MAGIC or len(head) != _HEAD:
            self._file.close()
            raise _damaged()
        self._opener = AESGCM(file_key(contents_key, head[len(MAGIC) :]))
        sealed = self._file.seek(0, os.SEEK_END) - _HEAD
        self._count = max(1, -(-sealed // (PIECE + _TAG)))
        self.size = sealed - self._count * _TAG
        self._position = 0
        self._piece: tuple[int, bytes] = (-1, b"")
        try:
            # Only the last piece tells whether the file ends where it was ended.
            self._open_piece(self._count - 1)
        except BaseException:
            self._file.close()
            raise

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Moves the place to read from."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """The place to read from."""
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer
        """Reads at most up to the end of the present piece. Raises DamagedWorkspace."""
        if self._position >= self.size:
            return 0
        number, start = divmod(self._position, PIECE)
        piece = self._open_piece(number)
        part = piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Closes the file, if there was one to open."""
        # Python closes what it clears away, a reader too that found no file; there is nothing
        # then to close, and from 3.13 on it reports whatever goes wrong in doing so.
        file: BinaryIO | None = getattr(self, "_file", None)
        if file is not None:
            file.close()
        super().close()

    def _open_piece(self, number: int) -> bytes:
        if self._piece[0] != number:
            with room("The vault"):
                self._file.seek(_HEAD + number * (PIECE + _TAG))
                sealed = self._file.read(PIECE + _TAG)
            try:
                piece = self._opener.decrypt(
                    _nonce(number, last=number == self._count - 1), sealed, None
                )
            except InvalidTag as error:
                raise _damaged() from error
            self._piece = (number, piece)
        return self._piece[1]


class Vault:
    """The folder of sealed files of one workspace."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self._names = keys.derive("vault names")
        self._contents = keys.derive("vault contents")

    def path(self, name: str) -> Path:
        """Where the sealed file of that name lies."""
        return self.folder / name[:2] / name

    def put(self, content: bytes) -> Stored:
        """Seals content into the vault; equal content is kept once. Raises NoRoom."""
        with self.writing() as (writer, done):
            writer.write(content)
        return done[0]

    @contextmanager
    def writing(self) -> Iterator[tuple[VaultWriter, list[Stored]]]:
        """For long content: gives a writer, and a list that holds the Stored when all is done.

        The sealed file gets its name only when it is complete and on the disk. Raises NoRoom.
        """
        with room("The document"):
            self.folder.mkdir(parents=True, exist_ok=True)
        done: list[Stored] = []
        unfinished = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            with room("The document"), unfinished.open("xb") as target:
                writer = VaultWriter(target, self._contents)
                yield writer, done
                sha256 = writer.finish()
                target.flush()
                os.fsync(target.fileno())
            stored = Stored(self.name_for(sha256), sha256, writer.size)
            final = self.path(stored.name)
            with room("The document"):
                # What lies there already is trusted only if it is whole: adding a document
                # again must mend a damaged file, not rely on it.
                if not self.verify(stored.name, sha256):
                    final.parent.mkdir(exist_ok=True)
                    settle_folder(self.folder)
                    os.replace(unfinished, final)
                    settle_folder(final.parent)
            done.append(stored)
        finally:
            unfinished.unlink(missing_ok=True)

    def discard(self, name: str) -> None:
        """Deletes a sealed file that nothing came to refer to, after work that failed.

        The caller has made sure that no row names it.
        """
        with suppress(OSError):
            self.path(name).unlink(missing_ok=True)

    def clear_unfinished(self) -> None:
        """Deletes what was left half-written by a program that died; for the opening only."""
        for path in self.folder.glob(".*.part"):
            with suppress(OSError):
                path.unlink()

    def name_for(self, sha256: str) -> str:
        """The name under which content of that SHA-256 lies."""
        return hmac.new(self._names, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def open(self, name: str) -> io.BufferedReader:
        """The content, to be read from any place. Raises DamagedWorkspace."""
        return io.BufferedReader(VaultReader(self.path(name), self._contents), PIECE)

    def read(self, name: str) -> bytes:
        """The whole content. Raises DamagedWorkspace."""
        with self.open(name) as content:
            return content.read()

    def verify(self, name: str, sha256: str) -> bool:
        """Is the file there, whole, and the one it claims to be?"""
        found = hashlib.sha256()
        try:
            with self.open(name) as content:
                while piece := content.read(PIECE):
                    found.update(piece)
        except (DamagedWorkspace, NoRoom):
            return False
        return found.hexdigest() == sha256 and self.name_for(sha256) == name

    def names(self) -> Iterator[str]:
        """The names of all sealed files, finished ones only."""
        if self.folder.is_dir():
            for path in sorted(self.folder.glob("??/*")):
                yield path.name
