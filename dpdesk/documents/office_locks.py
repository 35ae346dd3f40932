"""Takes the lock off office files, old and new, with their password; used inside workers only."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from typing import Any, Final

from dpdesk.documents import office_old
from dpdesk.errors import PasswordNeeded, UnreadableFile

_WITHOUT_ANY: Final = "VelvetSweatshop"
"""What Excel itself locks a workbook with that is only protected against changes."""
_KINDS: Final = (
    ("WordDocument", "Word document"),
    ("Workbook", "Excel workbook"),
    ("PowerPoint Document", "PowerPoint presentation"),
)
UNKNOWN_LOCK: Final = (
    "This file is locked in a way that dpdesk cannot open, with a password or a right of its own.",
    "Open it in the program that it comes from, save it without a password, and add that.",
)
_DAMAGED: Final = (
    "The password is right, but what it locks is damaged.",
    "Ask the sender for the file again, or for one without a password.",
)


def password_needed(password: str | None, kind: str) -> PasswordNeeded:
    """The error for a locked file; says whether a password was tried."""
    if password:
        return PasswordNeeded(
            f"That password does not open this {kind}.",
            "Check capital letters and try again, or ask the sender.",
            wrong=True,
        )
    return PasswordNeeded(f"This {kind} is locked with a password.", "Type its password.")


def is_locked(content: bytes) -> bool:
    """Whether a file of the old kind, or a new one in a wrapper of that kind, is locked."""
    with office_old.opened(content) as file:
        if file is None:
            return False
        if file.exists("EncryptedPackage"):
            return True
    opened = _opened(content)
    try:
        return opened is not None and bool(opened.is_encrypted())
    except Exception:  # noqa: BLE001 -- the library throws whatever a damaged file makes it
        return False


def unlocked(content: bytes, password: str | None) -> bytes:
    """The same file without its lock.

    Raises PasswordNeeded where there is no password or a wrong one, UnreadableFile for a lock of
    another kind.
    """
    kind = _kind(content)
    for tried in (password, _WITHOUT_ANY):
        if not tried:
            continue
        opened = _opened(content)
        if opened is None:
            raise UnreadableFile(*UNKNOWN_LOCK)
        made = _decrypted(opened, tried)
        if made:
            return made
    raise password_needed(password, kind)


def _decrypted(opened: Any, password: str) -> bytes:
    """The file without its lock; nothing where the password is wrong.

    Raises UnreadableFile where the password is right and the rest is damaged.
    """
    made = io.BytesIO()
    checked = {"verify_password": True} if opened.format == "ooxml" else {}
    try:
        with _no_files():
            opened.load_key(password=password, **checked)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 -- a wrong password shows itself in many ways
        return b""
    try:
        with _no_files():
            opened.decrypt(made)
    except MemoryError:
        raise
    except Exception as fault:  # a damaged file breaks in many ways, and an old lock too
        if checked:
            # The password was proved right: asking for another would never end.
            raise UnreadableFile(*_DAMAGED) from fault
        return b""
    return made.getvalue()


@contextlib.contextmanager
def _no_files() -> Iterator[None]:
    """The library keeps pieces in files for a while, and nothing here may write one."""
    usual = tempfile.TemporaryFile
    tempfile.TemporaryFile = io.BytesIO  # type: ignore[assignment] # it is used in the same way
    try:
        yield
    finally:
        tempfile.TemporaryFile = usual


def _opened(content: bytes) -> Any:
    import msoffcrypto

    try:
        return msoffcrypto.OfficeFile(io.BytesIO(content))
    except Exception:  # noqa: BLE001 -- the library throws whatever a damaged file makes it
        return None


def _kind(content: bytes) -> str:
    with office_old.opened(content) as file:
        if file is not None:
            for stream, called in _KINDS:
                if file.exists(stream):
                    return called
    return "Office document"
