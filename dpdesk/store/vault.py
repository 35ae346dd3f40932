"""The vault: encrypted files, named by a keyed hash of their content.

A file is cut into pieces, each sealed with AES-256-GCM under a random key of the file's own; the
last piece is marked, so that neither a changed, nor a moved, nor a missing piece goes unseen. The
name is a keyed hash: equal content is kept once, and a name does not reveal that two schools
hold the same document. Nothing decrypted touches the disk.

A file opens only under its own name. Its key and its size stand in its head, sealed together with
the name; the head is written last, as the name is known only when all the content has gone by. So
a file that lies under the name of another is not handed out as that other.

head     magic (8) | salt (16) | sealed key and size (32 + 8 + 16)
pieces   up to 256 KiB each, and 16 bytes more for its seal
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dpdesk.errors import DamagedWorkspace, NoRoom
from dpdesk.store.files import patiently, refusal, replace_patiently, room, settle_folder
from dpdesk.store.folder import private_file
from dpdesk.store.keys import Keys

MAGIC: Final = b"dpdvlt02"
PIECE: Final = 256 * 1024
_SALT: Final = 16
_KEY: Final = 32
_SIZE: Final = 8
_TAG: Final = 16
HEAD: Final = len(MAGIC) + _SALT + _KEY + _SIZE + _TAG
_FOLDER: Final = re.compile(r"[0-9a-f]{2}")
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_PART: Final = re.compile(r"\.[0-9a-f]{16}\.part")


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


def head_key(contents_key: bytes, salt: bytes) -> bytes:
    """The key that seals one head, and nothing else; its salt stands before it."""
    return HKDF(SHA256(), 32, salt=salt, info=b"dpdesk vault head").derive(contents_key)


def _bound(salt: bytes, name: str) -> bytes:
    """What a head is sealed together with: the form of the file, its salt, and its name."""
    return MAGIC + salt + name.encode()


class VaultWriter(io.RawIOBase):
    """Takes content in any portions and seals it piece by piece."""

    def __init__(
        self, target: BinaryIO, contents_key: bytes, name_for: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._target = target
        self._salt = os.urandom(_SALT)
        self._head = AESGCM(head_key(contents_key, self._salt))
        self._key = os.urandom(_KEY)
        self._sealer = AESGCM(self._key)
        self._name_for = name_for
        self._waiting = bytearray()
        self._number = 0
        self._hash = hashlib.sha256()
        self.size = 0
        # Room for the head: without it nothing can be opened, so a half-written file is nothing.
        target.write(bytes(HEAD))

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

    def finish(self) -> Stored:
        """Seals the last piece, then writes the head under the name that the content has."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()
        sha256 = self._hash.hexdigest()
        stored = Stored(self._name_for(sha256), sha256, self.size)
        # One seal under this key, so a fixed nonce is used but once.
        sealed = self._head.encrypt(
            bytes(12),
            self._key + self.size.to_bytes(_SIZE, "big"),
            _bound(self._salt, stored.name),
        )
        self._target.seek(0)
        self._target.write(MAGIC + self._salt + sealed)
        return stored

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._sealer.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class VaultReader(io.RawIOBase):
    """Reads a sealed file from any place in it, opening only the pieces that are asked for.

    Raises DamagedWorkspace where the file is missing, changed, or not the one of that name, and
    NoRoom where it cannot be reached now.
    """

    def __init__(self, path: Path, contents_key: bytes, name: str) -> None:
        super().__init__()
        try:
            self._file = patiently(lambda: path.open("rb"))
        except OSError as error:
            if isinstance(error, FileNotFoundError) and _number(error) in {None, 2, 3}:
                raise _damaged() from error
            # Held by another program, not yet fetched by a cloud drive, or a share that does not
            # answer: none of these is damage, and restoring a backup would be the wrong advice.
            raise refusal("A document in the vault", error) from None
        self._position = 0
        self._piece: tuple[int, bytes] = (-1, b"")
        try:
            self._open_head(contents_key, name)
            # Only the last piece tells whether the file ends where it was ended.
            self._open_piece(self._count - 1)
        except BaseException:
            self._file.close()
            raise

    def _open_head(self, contents_key: bytes, name: str) -> None:
        with room("A document in the vault"):
            head = self._file.read(HEAD)
            sealed = self._file.seek(0, os.SEEK_END) - HEAD
        salt = head[len(MAGIC) : len(MAGIC) + _SALT]
        if len(head) != HEAD or not head.startswith(MAGIC):
            raise _damaged()
        try:
            plain = AESGCM(head_key(contents_key, salt)).decrypt(
                bytes(12), head[len(MAGIC) + _SALT :], _bound(salt, name)
            )
        except InvalidTag as error:
            raise _damaged() from error
        self._opener = AESGCM(plain[:_KEY])
        self.size = int.from_bytes(plain[_KEY:], "big")
        self._count = max(1, -(-self.size // PIECE))
        if sealed != self.size + self._count * _TAG:
            raise _damaged()

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
            with room("A document in the vault"):
                self._file.seek(HEAD + number * (PIECE + _TAG))
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
    """The folder of sealed files of one workspace.

    ``present`` raises NoRoom where the folder is no longer the one that was opened.
    """

    def __init__(
        self, folder: Path, keys: Keys, present: Callable[[], object] = lambda: None
    ) -> None:
        self.folder = folder
        self._names = keys.derive("vault names")
        self._contents = keys.derive("vault contents")
        self._present = present

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
        self._present()
        with room("The document"):
            self.folder.mkdir(mode=0o700, exist_ok=True)
        done: list[Stored] = []
        unfinished = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            with room("The document"):
                private_file(unfinished)
            with room("The document"), unfinished.open("rb+") as target:
                writer = VaultWriter(target, self._contents, self.name_for)
                yield writer, done
                stored = writer.finish()
                target.flush()
                os.fsync(target.fileno())
            self._present()
            if not self._there(stored):
                self._place(unfinished, self.path(stored.name))
            done.append(stored)
        finally:
            self._delete(unfinished)

    def _there(self, stored: Stored) -> bool:
        """Does it lie there already? It is trusted only if it is whole.

        Adding a document again must mend a damaged file, not rely on it.
        """
        try:
            return self.verify(stored.name, stored.sha256)
        except NoRoom:
            return False

    def _place(self, unfinished: Path, final: Path) -> None:
        with room("The document"):
            final.parent.mkdir(mode=0o700, exist_ok=True)
            settle_folder(self.folder)
            replace_patiently(unfinished, final)
            settle_folder(final.parent)

    def discard(self, name: str) -> None:
        """Deletes a sealed file that nothing came to refer to, after work that failed.

        The caller has made sure that no row names it.
        """
        self._delete(self.path(name))

    def _delete(self, path: Path) -> None:
        with suppress(OSError):
            patiently(lambda: path.unlink(missing_ok=True))

    def clear_unfinished(self) -> None:
        """Deletes what was left half-written by a program that died; for the opening only."""
        for path in self.folder.glob(".*.part"):
            if _PART.fullmatch(path.name) and not path.is_symlink():
                self._delete(path)

    def name_for(self, sha256: str) -> str:
        """The name under which content of that SHA-256 lies."""
        return hmac.new(self._names, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def open(self, name: str) -> io.BufferedReader:
        """The content, to be read from any place. Raises DamagedWorkspace, NoRoom."""
        try:
            return io.BufferedReader(VaultReader(self.path(name), self._contents, name), PIECE)
        except DamagedWorkspace:
            # Where the whole folder is gone, no backup need be restored.
            self._present()
            raise

    def read(self, name: str, sha256: str = "") -> bytes:
        """The whole content, compared with its name and with the ``sha256`` that its row names.

        Raises DamagedWorkspace where it is not that very content, NoRoom where it cannot be
        reached.
        """
        with self.open(name) as content:
            whole = content.read()
        found = hashlib.sha256(whole).hexdigest()
        if self.name_for(found) != name or sha256 not in {"", found}:
            raise _damaged()
        return whole

    def verify(self, name: str, sha256: str) -> bool:
        """Is the file there, whole, and the one it claims to be? Raises NoRoom as ``read``."""
        found = hashlib.sha256()
        try:
            with self.open(name) as content:
                while piece := content.read(PIECE):
                    found.update(piece)
        except DamagedWorkspace:
            return False
        return found.hexdigest() == sha256 and self.name_for(sha256) == name

    def names(self) -> Iterator[str]:
        """The names of all sealed files, finished ones only, and nothing else that lies there."""
        for path, ours in self._lying():
            if ours:
                yield path.name

    def strays(self) -> list[Path]:
        """What lies in the vault and is none of its files: systems and cloud drives leave such.

        They do no harm, and are neither read nor deleted.
        """
        return [path for path, ours in self._lying() if not ours]

    def _lying(self) -> Iterator[tuple[Path, bool]]:
        """Everything in the vault, and whether it is a sealed file in its place."""
        for part in _inside(self.folder):
            if not _FOLDER.fullmatch(part.name) or not part.is_dir(follow_symlinks=False):
                if not _PART.fullmatch(part.name):
                    yield Path(part.path), False
                continue
            for file in _inside(Path(part.path)):
                ours = _NAME.fullmatch(file.name) and file.name.startswith(part.name)
                yield Path(file.path), bool(ours and file.is_file(follow_symlinks=False))


def _number(error: OSError) -> int | None:
    """Windows' own number of an error; None on other systems."""
    return getattr(error, "winerror", None)


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing where there is no such folder. Raises NoRoom."""
    with room("The vault"):
        try:
            with os.scandir(folder) as found:
                return sorted(found, key=lambda each: each.name)
        except FileNotFoundError:
            return []
