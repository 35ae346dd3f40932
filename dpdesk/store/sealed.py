"""Values in the history that can be made unreadable, although no row of it can be changed.

What the law may one day ask to be erased is written into the history only sealed, under a key that
lies with the entry itself. When the entry is erased its key goes with it: the history stays whole
and provable, and says that there was something, but never again what.
"""

from __future__ import annotations

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK: Final = "sealed:"
_NONCE: Final = 12
ERASED: Final = "(erased)"
"""What is shown in place of a value whose key is gone."""


def new_key() -> str:
    """A key for one entry, as text."""
    return os.urandom(32).hex()


def seal(key: str, value: str) -> str:
    """The value as the history keeps it. ValueError for a key that is none."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(bytes.fromhex(key)).encrypt(nonce, value.encode(), None)
    return _MARK + base64.b64encode(nonce + sealed).decode()


def is_sealed(text: str) -> bool:
    """Was this written by :func:`seal`?"""
    return text.startswith(_MARK)


def unseal(key: str | None, text: str) -> str | None:
    """The value again; None where the key is gone or is another. Plain text comes back as it is."""
    if not is_sealed(text):
        return text
    if not key:
        return None
    try:
        packed = base64.b64decode(text.removeprefix(_MARK), validate=True)
        return AESGCM(bytes.fromhex(key)).decrypt(packed[:_NONCE], packed[_NONCE:], None).decode()
    except (ValueError, InvalidTag):
        return None
