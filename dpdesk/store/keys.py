"""The master key of a workspace and the two ways to unwrap it.

A random master key encrypts everything. It lies in the key file twice: wrapped by a key that
Argon2id makes of the passphrase, and wrapped by the recovery key that is printed when the
workspace is made. Changing the passphrase wraps the same master key afresh, so nothing else
has to be encrypted again.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dpdesk.errors import DamagedWorkspace, NewerWorkspace, WrongPassphrase
from dpdesk.store.files import write_whole

FORMAT: Final = 1
ALPHABET: Final = "ABCDEFGHJKLMNPQRTUVWXY"
"""The letters of recovery keys: none that is mistaken for another when read aloud or typed."""
_LETTERS: Final = 30
"""30 letters out of 22 hold 133 bits."""
_CHECK_PRIME: Final = 479
_MASTER: Final = 32
_MOST_MEMORY: Final = 4 * 1024 * 1024
"""In KiB. A key file that asks for more was tampered with, or would stop the computer."""
_COSTS: Final = ("memory", "passes", "lanes")


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one try of a passphrase takes: memory in KiB, passes over it, lanes."""

    memory: int = 128 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that follow from the master key, one for each purpose."""

    master: bytes

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key for one purpose."""
        return HKDF(SHA256(), 32, salt=None, info=b"dpdesk " + purpose.encode()).derive(self.master)

    @property
    def database(self) -> bytes:
        """Encrypts the database."""
        return self.derive("database")

    @property
    def history(self) -> bytes:
        """Chains the change history."""
        return self.derive("history")


def _damaged() -> DamagedWorkspace:
    return DamagedWorkspace(
        "The key file of this workspace is damaged.",
        "Restore the last backup into another folder; nothing was changed here.",
    )


def _salt(part: dict[str, Any]) -> bytes:
    salt = bytes.fromhex(part["salt"])
    if len(salt) < 16:
        raise ValueError("a salt too short")
    return salt


def new_recovery_key() -> str:
    """A fresh recovery key: eight groups of four letters, the last two letters a check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LETTERS))
    whole = body + _check(body)
    return " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def _check(body: str) -> str:
    number = 0
    for letter in body:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    high, low = divmod(number % _CHECK_PRIME, len(ALPHABET))
    return ALPHABET[high] + ALPHABET[low]


def read_recovery_key(typed: str) -> str:
    """The letters of a recovery key as typed, whatever the spaces, dashes and capitals.

    Raises WrongPassphrase with a sentence that says what is wrong with the typing.
    """
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    strange = sorted({letter for letter in letters if letter not in ALPHABET})
    if strange:
        raise WrongPassphrase(
            f"A recovery key never holds {', '.join(strange)}.",
            "Please compare it with the printed sheet, group by group.",
        )
    if len(letters) != _LETTERS + 2:
        raise WrongPassphrase(
            f"A recovery key has {_LETTERS + 2} letters; {len(letters)} were typed.",
            "Please compare it with the printed sheet, group by group.",
        )
    if _check(letters[:_LETTERS]) != letters[_LETTERS:]:
        raise WrongPassphrase(
            "A letter of the recovery key was mistyped, or two were swapped.",
            "Please compare it with the printed sheet, group by group.",
        )
    return letters


def _from_passphrase(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # The same word typed on another keyboard may arrive composed differently.
    plain = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(
        salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return kdf.derive(plain)


def _from_recovery(letters: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=b"dpdesk recovery key").derive(letters.encode())


def _wrap(key: bytes, master: bytes) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, master, b"dpdesk")).decode()


def _unwrap(key: bytes, wrapped: Any) -> bytes:
    try:
        content = base64.b64decode(wrapped, validate=True)
    except (TypeError, ValueError) as error:
        raise _damaged() from error
    if len(content) != 12 + _MASTER + 16:
        raise _damaged()
    try:
        return AESGCM(key).decrypt(content[:12], content[12:], b"dpdesk")
    except InvalidTag as error:
        raise WrongPassphrase(
            "That does not open this workspace.",
            "Check capitals and the keyboard layout, then try again.",
        ) from error


@dataclass
class KeyFile:
    """The file that holds the wrapped master key. It is useless without one of the two keys."""

    content: dict[str, Any]

    @classmethod
    def create(cls, passphrase: str, recovery: str, cost: Cost) -> tuple[KeyFile, Keys]:
        """A new master key, wrapped both ways."""
        keys = Keys(os.urandom(_MASTER))
        made = cls({"format": FORMAT, "workspace": secrets.token_hex(8)})
        made.set_passphrase(keys, passphrase, cost)
        made.set_recovery_key(keys, recovery)
        return made, keys

    @classmethod
    def read(cls, raw: bytes) -> KeyFile:
        """Reads a key file. Raises DamagedWorkspace, or NewerWorkspace for a later format."""
        try:
            content = json.loads(raw)
            number = int(content["format"])
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged() from error
        if number > FORMAT:
            raise NewerWorkspace(
                "This workspace was made by a newer version of dpdesk.",
                "Install that version; nothing was changed.",
            )
        return cls(content)

    def write(self, path: Path) -> None:
        """Writes the file whole or not at all."""
        write_whole(path, json.dumps(self.content, indent=1).encode())

    def set_passphrase(self, keys: Keys, passphrase: str, cost: Cost = Cost()) -> None:
        """Wraps the master key by another passphrase; everything else stays as it is."""
        salt = os.urandom(16)
        self.content["passphrase"] = {
            "salt": salt.hex(),
            "memory": cost.memory,
            "passes": cost.passes,
            "lanes": cost.lanes,
            "wrapped": _wrap(_from_passphrase(passphrase, salt, cost), keys.master),
        }

    def set_recovery_key(self, keys: Keys, recovery: str) -> None:
        """Wraps the master key by another recovery key; the one before stops working."""
        salt = os.urandom(16)
        self.content["recovery"] = {
            "salt": salt.hex(),
            "wrapped": _wrap(_from_recovery(read_recovery_key(recovery), salt), keys.master),
        }

    def by_passphrase(self, passphrase: str) -> Keys:
        """The keys, unwrapped by the passphrase. Slow by design. Raises WrongPassphrase."""
        part = self._part("passphrase")
        try:
            salt, cost = _salt(part), Cost(*(int(part[name]) for name in _COSTS))
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
        if not (8 <= cost.memory <= _MOST_MEMORY and 1 <= cost.passes <= 64):
            raise _damaged()
        if not 1 <= cost.lanes <= min(64, cost.memory // 8):
            raise _damaged()
        return Keys(_unwrap(_from_passphrase(passphrase, salt, cost), part.get("wrapped")))

    def by_recovery_key(self, typed: str) -> Keys:
        """The keys, unwrapped by the recovery key. Raises WrongPassphrase."""
        letters = read_recovery_key(typed)
        part = self._part("recovery")
        try:
            salt = _salt(part)
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
        return Keys(_unwrap(_from_recovery(letters, salt), part.get("wrapped")))

    def _part(self, name: str) -> dict[str, Any]:
        part = self.content.get(name)
        if not isinstance(part, dict):
            raise _damaged()
        return part
