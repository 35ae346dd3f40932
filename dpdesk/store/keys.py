"""The master key of a workspace and the two ways to unwrap it.

A random master key encrypts everything. It lies in the key file twice: wrapped by a key that
Argon2id makes of the passphrase, and wrapped by the recovery key that is printed when the
workspace is made. Changing the passphrase wraps the same master key afresh, so nothing else
has to be encrypted again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
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

from dpdesk.errors import DamagedWorkspace, NewerWorkspace, NoRoom, WrongPassphrase
from dpdesk.store.files import write_whole
from dpdesk.walls.memory import wipe

FORMAT: Final = 1
ALPHABET: Final = "ABCDEFGHJKLMNPQRTUVWXY"
"""The letters of recovery keys: none that is mistaken for another when read aloud or typed."""
_LETTERS: Final = 30
"""30 letters out of 22 hold 133 bits."""
_CHECK_PRIME: Final = 479
_MASTER: Final = 32
_MOST_MEMORY: Final = 1024 * 1024
"""In KiB: eight times what the program asks for. A key file that asks for more was tampered with,
or would stop the computer."""
_MOST_PASSES: Final = 16
_MOST_LANES: Final = 16
_LONGEST: Final = 64 * 1024
"""Bytes of a key file; a whole one has about 700."""
_NUMBER: Final = re.compile(r"[0-9a-f]{16}")


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
    if not 16 <= len(salt) <= 64:
        raise ValueError("a salt too short or too long")
    return salt


def _whole_number(found: Any, most: int) -> int:
    """A number of the file as it is: no text, no fraction, and within what is sane."""
    if type(found) is not int or not 1 <= found <= most:
        raise ValueError("no sane number")
    return found


def _cost(part: dict[str, Any]) -> Cost:
    memory = _whole_number(part["memory"], _MOST_MEMORY)
    lanes = _whole_number(part["lanes"], _MOST_LANES)
    if memory < 8 * lanes:
        raise ValueError("too little memory for the lanes")
    return Cost(memory, _whole_number(part["passes"], _MOST_PASSES), lanes)


def _dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _check_sum(part: dict[str, Any]) -> str:
    """Tells a part that was damaged from a passphrase that is wrong; it keeps nothing secret."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


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
            f"A recovery key never contains {', '.join(strange)}.",
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
    try:
        plain = unicodedata.normalize("NFC", passphrase).encode()  # noqa: TID251  # nothing is cut
    except UnicodeEncodeError:
        # Where the variable of a command holds bytes that are no text.
        raise WrongPassphrase(
            "This passphrase contains something that is not a letter, a number or a symbol.",
            "Type it again; in a script, write the passphrase as UTF-8 text.",
        ) from None
    try:
        kdf = Argon2id(
            salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
        )
        return kdf.derive(plain)
    except MemoryError:
        raise NoRoom(
            f"Checking the passphrase needs {cost.memory // 1024} MB of memory, and this computer "
            "does not have that much to spare.",
            "Close other programs, then try again.",
        ) from None
    finally:
        wipe(plain)


def _from_recovery(letters: str, salt: bytes) -> bytes:
    plain = letters.encode()
    try:
        return HKDF(SHA256(), 32, salt=salt, info=b"dpdesk recovery key").derive(plain)
    finally:
        wipe(plain)


def _wrap(key: bytes, master: bytes) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, master, b"dpdesk")).decode()


def _sealed(wrapped: Any) -> bytes:
    try:
        content = base64.b64decode(wrapped, validate=True)
    except (TypeError, ValueError) as error:
        raise _damaged() from error
    if len(content) != 12 + _MASTER + 16:
        raise _damaged()
    return content


def _unwrap(key: bytes, wrapped: Any) -> bytes:
    content = _sealed(wrapped)
    try:
        return AESGCM(key).decrypt(content[:12], content[12:], b"dpdesk")
    except InvalidTag as error:
        raise WrongPassphrase(
            "That does not open this workspace.",
            "Check Caps Lock and the keyboard layout, then try again.",
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
        if len(raw) > _LONGEST:
            raise _damaged()
        try:
            content = json.loads(raw)
            number = content["format"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _damaged() from error
        if type(number) is not int or number < 1:
            raise _damaged()
        if number > FORMAT:
            raise NewerWorkspace(
                "This workspace was made by a newer version of dpdesk.",
                "Install that version; nothing was changed.",
            )
        return cls(content)

    @property
    def workspace(self) -> str:
        """The number of the workspace; it says nothing about the school. Empty if damaged."""
        found = self.content.get("workspace")
        return found if isinstance(found, str) and _NUMBER.fullmatch(found) else ""

    def write(self, path: Path) -> None:
        """Writes the file whole or not at all. Raises NoRoom."""
        write_whole(path, json.dumps(self.content, indent=1).encode(), own=True)

    def mended_by(self, known: KeyFile) -> KeyFile:
        """This file, with each way in that is broken here and whole in ``known`` taken from there.

        ``known`` is the same file as it was read before.
        """
        whole = set(self.broken_ways()) - set(known.broken_ways())
        if not whole:
            return self
        parts = {name: known.content[name] for name in whole}
        checks = _dict(self.content.get("checks")) | {
            name: _check_sum(part) for name, part in parts.items()
        }
        return KeyFile({**self.content, "workspace": known.workspace, **parts, "checks": checks})

    def set_passphrase(self, keys: Keys, passphrase: str, cost: Cost = Cost()) -> None:
        """Wraps the master key by another passphrase; everything else stays as it is."""
        salt = os.urandom(16)
        self._set_part(
            "passphrase",
            {
                "salt": salt.hex(),
                "memory": cost.memory,
                "passes": cost.passes,
                "lanes": cost.lanes,
                "wrapped": _wrap(_from_passphrase(passphrase, salt, cost), keys.master),
            },
        )

    def set_recovery_key(self, keys: Keys, recovery: str) -> None:
        """Wraps the master key by another recovery key; the one before stops working."""
        salt = os.urandom(16)
        self._set_part(
            "recovery",
            {
                "salt": salt.hex(),
                "wrapped": _wrap(_from_recovery(read_recovery_key(recovery), salt), keys.master),
            },
        )

    def by_passphrase(self, passphrase: str) -> Keys:
        """The keys, unwrapped by the passphrase. Slow by design. Raises WrongPassphrase."""
        part = self._part("passphrase")
        try:
            salt, cost = _salt(part), _cost(part)
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
        return self._opened("passphrase", _from_passphrase(passphrase, salt, cost))

    def by_recovery_key(self, typed: str) -> Keys:
        """The keys, unwrapped by the recovery key. Raises WrongPassphrase."""
        letters = read_recovery_key(typed)
        part = self._part("recovery")
        try:
            salt = _salt(part)
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
        return self._opened("recovery", _from_recovery(letters, salt))

    def broken_ways(self) -> tuple[str, ...]:
        """Which of "passphrase" and "recovery" no key opens, as their part is not as written."""
        return tuple(name for name in ("passphrase", "recovery") if not self._is_whole(name))

    def _is_whole(self, name: str) -> bool:
        checks = self.content.get("checks")
        try:
            part = self._part(name)
            _salt(part)
            _sealed(part.get("wrapped"))
            if name == "passphrase":
                _cost(part)
        except (KeyError, TypeError, ValueError, DamagedWorkspace):
            return False
        told = checks.get(name) if isinstance(checks, dict) else None
        return told is None or told == _check_sum(part)

    def _set_part(self, name: str, part: dict[str, Any]) -> None:
        self.content[name] = part
        self.content["checks"] = _dict(self.content.get("checks")) | {name: _check_sum(part)}

    def _opened(self, name: str, key: bytes) -> Keys:
        """Unwraps the master key; a damaged part is not taken for a wrong passphrase.

        The ``key`` that unwraps it is worth as much, and wiped.
        """
        part = self._part(name)
        try:
            return Keys(_unwrap(key, part.get("wrapped")))
        except WrongPassphrase:
            checks = self.content.get("checks")
            if not isinstance(checks, dict) or checks.get(name) != _check_sum(part):
                raise _damaged() from None
            raise
        finally:
            wipe(key)

    def _part(self, name: str) -> dict[str, Any]:
        part = self.content.get(name)
        if not isinstance(part, dict):
            raise _damaged()
        return part
