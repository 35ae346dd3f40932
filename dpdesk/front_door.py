"""What can be done before a workspace is open; the one door that costs no time to load.

Everything heavy is imported only when a desk is really opened, so that the window asking for
the passphrase stands at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.errors import StepDone
from dpdesk.store.folder import is_workspace, refuse_own_place
from dpdesk.store.known import KnownWorkspace, forget, known, last, remember
from dpdesk.store.paths import crash_file, default_example, default_workspace
from dpdesk.store.preferences import Preferences

if TYPE_CHECKING:
    from dpdesk.desk import Desk

__all__ = [
    "KnownWorkspace",
    "Preferences",
    "clear_away_versions",
    "crash_file",
    "create_desk",
    "default_example",
    "default_workspace",
    "doubts",
    "forget",
    "forget_keys",
    "is_free",
    "is_workspace",
    "known",
    "last",
    "open_desk",
    "refuse_own_place",
    "remember",
    "restore_backup",
    "save_file",
    "seal",
    "strength",
    "unseal",
]


def is_free(folder: Path) -> bool:
    """May a workspace be made here? Raises NoRoom where the folder cannot be looked into."""
    from dpdesk.store import workspace

    return workspace.is_free(folder)


def doubts(folder: Path) -> str:
    """Why a workspace had better not lie in this folder; empty where all is well."""
    from dpdesk.store import places

    return places.doubts(folder)


def save_file(target: Path, content: bytes) -> None:
    """Writes a file to a place the user chose, whole or not at all. Raises NoRoom, DpdeskError."""
    from dpdesk.store.files import write_whole

    write_whole(target, content)


def open_desk(folder: Path, passphrase: str = "", *, recovery_key: str = "") -> Desk:
    """Unlocks a workspace; raises as ``Desk.open`` does. Slow by design: run it as a task."""
    from dpdesk.desk import Desk
    from dpdesk.walls.memory import wiping_freed

    with wiping_freed():  # the passphrase goes through buffers that others free
        return Desk.open(folder, passphrase, recovery_key=recovery_key)


def clear_away_versions() -> None:
    """The records are open in the window: what this version replaced is not needed any more.

    Beside the window, because it may take a minute; a command would be over before.
    """
    import threading

    from dpdesk.updates import installing

    threading.Thread(target=installing.tidy, name="tidy", daemon=True).start()


def create_desk(folder: Path, passphrase: str, school: Mapping[str, Any]) -> tuple[Desk, str]:
    """Makes a workspace; returns it with its recovery key. Raises as ``Desk.create`` does."""
    from dpdesk.desk import Desk

    return Desk.create(folder, passphrase, school)


def restore_backup(
    archive: Path,
    target: Path,
    *,
    passphrase: str = "",
    recovery_key: str = "",
    step: StepDone | None = None,
) -> None:
    """Brings a backup back into an empty folder, with either key.

    Raises WrongPassphrase, DamagedWorkspace, NoRoom or DpdeskError for a folder in use.
    """
    from dpdesk.store import backup

    if step is None:
        backup.restore(archive, target, passphrase=passphrase, recovery_key=recovery_key)
    else:
        backup.restore(archive, target, passphrase=passphrase, recovery_key=recovery_key, step=step)


_LEFT_BEHIND = "left behind"
"""Purpose of the key that seals what a locked window holds."""
_NONCE = 12


def seal(desk: Desk, content: bytes) -> bytes:
    """Encrypts what the window holds while it is locked, by a key that only its workspace has."""
    import os

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(desk.workspace.keys.derive(_LEFT_BEHIND)).encrypt(nonce, content, None)


def unseal(desk: Desk, sealed: bytes) -> bytes:
    """What :func:`seal` was given, with the same workspace opened again."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = desk.workspace.keys.derive(_LEFT_BEHIND)
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def forget_keys(desk: Desk) -> None:
    """Writes over the keys of a desk that was closed; nothing works with it any more."""
    from dpdesk.walls.memory import wipe

    wipe(desk.workspace.keys.master)
    wipe(desk.workspace.database.audit_key)


_COMMON = ("password", "passphrase", "qwerty", "school", "letmein", "welcome", "admin", "12345")
LEAST_LENGTH = 12
"""Characters below which a passphrase is refused."""


_ONE_WORD = 14
"""Letters up to which what is left of a passphrase may be a single word or a name."""


def strength(passphrase: str, known: Iterable[str] = ()) -> tuple[int, str]:
    """An honest guess at a passphrase: 0 (refused) to 3 (strong), and a sentence.

    It rewards length and different words, because that is what resists guessing; a capital and
    a figure at the end do not. ``known`` are texts that others know too, such as the names of the
    school and its officer: what is made of them counts for nothing.
    """
    folded = passphrase.casefold()
    if len(passphrase) < LEAST_LENGTH:
        return 0, (
            f"Too short: use at least {LEAST_LENGTH} characters, ideally four unrelated words."
        )
    if len(set(folded)) < 6:
        return 0, "Too few different characters: this would soon be guessed."
    rest = _without(folded, known)
    if rest != folded and len(re.findall(r"[^\W\d_]", rest)) < 6:
        return 0, (
            "This is made of names or words that everyone knows. Choose four words that have "
            "nothing to do with the school."
        )
    letters = re.findall(r"[^\W\d_]+", folded)
    if len(letters) <= 1 and len("".join(letters)) <= _ONE_WORD:
        return 0, (
            "One word with numbers or symbols is guessed within the hour by anyone with the file. "
            "Choose four unrelated words."
        )
    words = {word for word in rest.split() if len(word) > 2}
    common = any(word in folded for word in _COMMON)
    points = len(rest) + 4 * len(words) - (12 if common else 0)
    if points < 20:
        return 1, (
            "Weak: anyone who gets hold of the file could guess this. Add another word or two."
        )
    if points < 32:
        return 2, "Fair: enough for a computer that is kept safe. Another word would help."
    return 3, "Strong. Write it down and keep the paper in the school safe."


def _without(folded: str, known: Iterable[str]) -> str:
    """A passphrase without the words that others know: those given, and the most usual ones."""
    told = {word for text in known for word in re.findall(r"[^\W\d_]{3,}", text.casefold())}
    for word in sorted({*told, *_COMMON}, key=lambda word: (-len(word), word)):
        folded = folded.replace(word, "")
    return folded
