"""The file of an update: who signed it, what it holds, and whether it is for this copy of dpdesk.

Nothing in it is believed, nor even parsed, before its signature is right:

    dpdesk update 1
    the signature (Ed25519) of the line above and the description, as 128 hexadecimal digits
    the length of the description in bytes
    the description: JSON
    the installer

The description names the version, the system, length and SHA-256 of the installer, and what is new
in plain words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from dpdesk import resources
from dpdesk.errors import DpdeskError, NoRoom
from dpdesk.store.files import room, whole_file

HEAD: Final = b"dpdesk update 1\n"
ENDING: Final = ".dpupdate"
SYSTEM: Final = "windows"
"""For which system updates from a file are made; elsewhere the system's own installer does it."""
_LINE: Final = 200
_MOST_WORDS: Final = 64 * 1024
_MOST: Final = 600_000_000
_PIECE: Final = 1 << 20
_VERSION: Final = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)


_NO_PUBLISHER: Final = (
    "This copy of dpdesk knows no publisher, so it cannot tell if an update is genuine.",
    "Ask whoever gave you dpdesk for its installer, and start that.",
)


class UpdateRefused(DpdeskError):
    """A file is no update that this copy of dpdesk may install; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update whose signature is right."""

    path: Path
    version: str
    news: tuple[str, ...]
    size: int
    digest: str
    at: int
    """Where the installer begins in the file."""


def publishers() -> tuple[bytes, ...]:
    """The public keys of those who may publish updates."""
    lines = resources.text("updates", "publisher.txt").splitlines()
    return tuple(bytes.fromhex(line) for line in lines if line and not line.startswith("#"))


def why_none() -> str:
    """Why no file of an update can be taken at all; empty where a publisher is known."""
    return "" if publishers() else " ".join(_NO_PUBLISHER)


def numbers(version: str) -> tuple[int, ...]:
    """A version in order: 0.10.0 comes after 0.9.1."""
    return tuple(int(part) for part in version.split("."))


def look(path: Path, present: str, keys: Iterable[bytes] | None = None) -> Update:
    """What a file offers. Raises UpdateRefused with the reason, NoRoom where it cannot be read.

    ``present`` is the version that runs. The installer inside is looked at by :func:`unpack`.
    """
    trusted = tuple(publishers() if keys is None else keys)
    if not trusted:
        raise UpdateRefused(*_NO_PUBLISHER)
    with room("The file of the update"), path.open("rb") as file:
        told, at = _described(file, trusted)
    offer = _update(path, told, at)
    if numbers(offer.version) < numbers(present):
        raise UpdateRefused(
            f"This is version {offer.version}, older than the version {present} that you have.",
            "Going back is not possible: an older version could not read your records.",
        )
    if numbers(offer.version) == numbers(present):
        raise UpdateRefused(f"You have version {present} already.")
    return offer


def _described(file: BinaryIO, keys: Sequence[bytes]) -> tuple[Any, int]:
    """The description, once its signature is right, and where the installer begins."""
    if file.readline(_LINE) != HEAD:
        raise UpdateRefused(
            "This is not an update of dpdesk.", f"Its file ends in {ENDING}. Choose that one."
        )
    signature, length = file.readline(_LINE).strip(), file.readline(_LINE).strip()
    if not re.fullmatch(rb"[0-9a-f]{128}", signature) or not re.fullmatch(rb"\d{1,5}", length):
        raise _damaged()
    words = file.read(min(int(length), _MOST_WORDS))
    if len(words) != int(length):
        raise _damaged()
    if not any(_signed(key, bytes.fromhex(signature.decode()), HEAD + words) for key in keys):
        raise UpdateRefused(
            "This file was not made by the publisher of dpdesk, or was changed on the way.",
            "Do not use it. Ask whoever gave it to you where it came from.",
        )
    try:
        return json.loads(words), file.tell()
    except (ValueError, RecursionError):
        raise _damaged() from None


def _signed(key: bytes, signature: bytes, content: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _damaged() -> UpdateRefused:
    return UpdateRefused("This update is damaged or incomplete.", "Copy it from its source again.")


def _update(path: Path, told: Any, at: int) -> Update:
    """The description as we know it; one that a publisher wrote for another copy is refused."""
    try:
        offer = Update(
            path,
            str(told["version"]),
            tuple(str(line) for line in told["news"]),
            int(told["size"]),
            str(told["sha256"]),
            at,
        )
        system = str(told["system"])
    except (KeyError, TypeError, ValueError, OverflowError):
        raise _damaged() from None
    if not _VERSION.fullmatch(offer.version) or not 0 < offer.size <= _MOST:
        raise _damaged()
    if system != SYSTEM:
        raise UpdateRefused(
            f"This update is for {system}, not for Windows.", "Choose the one for Windows."
        )
    return offer


def unpack(
    offer: Update, folder: Path, step: Callable[[int, int], None] = lambda _done, _all: None
) -> Path:
    """Puts the installer into a folder of the program's own, if it is the one that was signed.

    Raises UpdateRefused, and NoRoom. ``step`` is told how many bytes of how many are done.
    """
    target = folder / f"dpdesk-{offer.version}-setup.exe"
    digest, done = hashlib.sha256(), 0
    with room("The update"):
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(target, own=True) as unfinished, offer.path.open("rb") as file:
            file.seek(offer.at)
            with unfinished.open("wb") as out:
                while piece := file.read(min(_PIECE, offer.size - done)):
                    digest.update(piece)
                    out.write(piece)
                    done += len(piece)
                    step(done, offer.size)
            more = file.read(1)
            if done != offer.size or more or digest.hexdigest() != offer.digest:
                raise _damaged()
    return target


def sign(key: bytes, target: Path, *, version: str, news: Sequence[str], installer: Path) -> None:
    """Makes the file of an update; ``key`` is the private key of its publisher, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    content = installer.read_bytes()
    told = {
        "version": version,
        "system": SYSTEM,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "news": list(news),
    }
    words = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    if len(words) > _MOST_WORDS:
        raise NoRoom("What is new is told at too great length.")
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(HEAD + words)
    head = HEAD + signature.hex().encode() + b"\n" + str(len(words)).encode() + b"\n"
    target.write_bytes(head + words + content)
