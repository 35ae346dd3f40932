"""What lies in the folder of a workspace, who may read it, and who may write into it.

The names stand here, at the bottom of the store, because whatever writes a file anywhere must be
able to tell that a place belongs to a workspace.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from dpdesk.errors import DpdeskError

KEYS_NAME: Final = "dpdesk.keys.json"
DATABASE_NAME: Final = "dpdesk.db"
VAULT_NAME: Final = "vault"
BACKUPS_NAME: Final = "backups"
MAKING_NAME: Final = ".dpdesk.making"
"""The folder inside the workspace's in which a new one is made; it is gone when all is done."""

_OTHERS: Final = 0o077
"""The rights of everybody but the owner of a file."""


def is_workspace(folder: Path) -> bool:
    """Does this folder hold a workspace? A disk that is out of reach holds none."""
    # The methods of Path raise for some disks that are out of reach; these functions do not.
    return all(os.path.isfile(folder / name) for name in (KEYS_NAME, DATABASE_NAME))  # noqa: PTH113  # said above


def is_half_made(folder: Path) -> bool:
    """Was a workspace begun here and never finished? There is nothing in it yet."""
    making, keys = folder / MAKING_NAME, folder / KEYS_NAME
    return os.path.isdir(making) and not os.path.isfile(keys)  # noqa: PTH112, PTH113  # as above


def workspace_around(target: Path) -> Path | None:
    """The workspace in whose folder ``target`` would lie, whichever way leads there.

    Relative paths, ``..``, links and, where the system does not tell them apart, capitals all
    lead to the same answer: the folders on the way are asked, not their names.
    """
    for way in (Path(_real(target.parent), target.name), Path(_real(target))):
        for folder in way.parents:
            if is_workspace(folder):
                return folder
    return None


def _real(path: Path) -> str:
    """The path without links; as it stands where a system cannot follow one so long."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.abspath(path)  # noqa: PTH100 -- as realpath


def refuse_own_place(target: Path, *, backup: bool = False) -> None:
    """Raises DpdeskError where ``target`` lies in the folder of a workspace, open or not.

    What is saved there could take the place of the records themselves, and would be readable in
    a folder of which everybody believes that it is encrypted. Only a ``backup`` may go into the
    folder for backups.
    """
    folder = workspace_around(target)
    if folder is None:
        return
    if backup and target.suffix == ".dpbackup" and not target.is_symlink():
        with suppress(OSError):
            place = folder / BACKUPS_NAME
            if not place.exists():
                # It is about to be made for its first backup.
                if Path(os.path.realpath(target.parent)) == place:
                    return
            elif place.samefile(target.parent):
                return
    raise DpdeskError(
        "Nothing can be saved over the workspace itself: that folder contains dpdesk's own files.",
        "Choose another folder.",
    )


# --- who may read it ---------------------------------------------------------------------------


def make_private(path: Path) -> None:
    """Takes the rights of everybody but the owner away, where the system knows such rights.

    On Windows a folder inside the user's own profile is private already, and a folder elsewhere
    follows the rights of the folder that it lies in.
    """
    if os.name == "nt":
        return
    # Sticks and shares often know no rights; somebody else's file is not ours to change.
    with suppress(OSError):
        mode = path.lstat().st_mode
        if mode & _OTHERS and not path.is_symlink():
            path.chmod(mode & 0o7777 & ~_OTHERS)


def private_folder(folder: Path) -> None:
    """Makes a folder that only its owner may look into; one that is there stays as it is.

    Raises OSError.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        make_private(folder)


def private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read. Raises OSError, also where it exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def tighten(folder: Path) -> None:
    """Makes everything in a workspace private to its owner, where an older one was not.

    The sealed files, of which there may be many, are gone through only where their folder was
    open to others.
    """
    if os.name == "nt":
        return
    make_private(folder)
    with suppress(OSError):
        if folder.stat().st_mode & _OTHERS:
            # A stick or share that knows no rights: going through it would only take time.
            return
    for path in _loose(folder):
        make_private(path)


def _loose(folder: Path) -> Iterator[Path]:
    for path in _inside(folder):
        # The folder comes after what is in it: as long as it is loose, there is work left in it.
        if path.name in {VAULT_NAME, BACKUPS_NAME} and path.is_dir():
            yield from _below(path)
        yield path


def _below(folder: Path) -> Iterator[Path]:
    """What lies in a folder that is open to others; the folder itself comes last."""
    with suppress(OSError):
        if folder.is_symlink() or not folder.stat().st_mode & _OTHERS:
            return
    for path in _inside(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        yield path


def _inside(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(folder.iterdir())
