"""How this copy of dpdesk came to be here, and how an update takes its place.

An installed copy for Windows lies in a folder of its own version, beside a file that names the one
that starts. An update is put beside it, proves itself by its own self-test, and only then becomes
the one that starts; so the copy that runs can go on, and stays until the new one has opened the
records.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dpdesk.errors import DpdeskError
from dpdesk.store.files import unlink_patiently
from dpdesk.updates.signed import Update, UpdateRefused, unpack

CURRENT: Final = "current.txt"
LISTED: Final = "files.txt"
_FOLDER: Final = "updates"
_PREFIX: Final = "app-"
_GONE: Final = ".gone"
"""What the folder of a version is called from the moment on at which its removal has begun."""
_NAME_AT: Final = 65
"""Where the name begins in a line of the list: after a digest, or as many dashes for a folder."""
_NO_ROOM, _NOT_WELL = 2, 3
"""What the installer answers."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An installed copy: its folder, the folder of the version that runs, and who put it there."""

    top: Path
    app: Path
    kind: str
    """setup, portable or msi."""


def copy(app: Path | None = None) -> Copy | None:
    """This copy of dpdesk; None for a checkout, and where a package of the system brought it."""
    own = app or Path(__file__).resolve().parents[2]
    top = own.parent
    if not own.name.startswith(_PREFIX) or not (top / CURRENT).is_file():
        return None
    if (top / "portable.txt").is_file():
        return Copy(top, own, "portable")
    marker = top / "installed.txt"
    kind = marker.read_text(encoding="ascii").strip() if marker.is_file() else "msi"
    return Copy(top, own, kind)


def why_not(found: Copy | None) -> str:
    """Why this copy is not updated from a file; empty where it can be."""
    if found is None:
        return (
            "This copy of dpdesk is not updated from here. Whoever installed it brings the next "
            "version in the same way."
        )
    if found.kind == "msi":
        return (
            "This copy of dpdesk was installed for everybody on this computer, by an "
            "administrator, who also installs the next version."
        )
    return ""


def install(
    offer: Update,
    found: Copy | None = None,
    step: Callable[[str, int, int], None] = lambda _part, _done, _all: None,
    last_step: Callable[[str], None] | None = None,
    run: Callable[[list[str]], int] | None = None,
) -> None:
    """Installs an update beside the copy that runs. Back up before.

    ``step`` and ``last_step`` are told what is being done and may raise to stop it; from the last
    step on the installer works by itself and can no longer be stopped.

    Raises UpdateRefused with what the installer says, DpdeskError and NoRoom. Nothing of the copy
    that runs is changed, and nothing at all where it fails.
    """
    found = found or copy()
    reason = why_not(found)
    if found is None or reason:
        raise UpdateRefused(reason)
    folder = found.top / _FOLDER
    try:
        setup = unpack(offer, folder, lambda done, whole: step("Unpacking", done, whole))
        try:
            said = "Installing and trying the new version"
            if last_step is None:
                step(said, 0, 0)
            else:
                last_step(said)
            command = [str(setup), "/S"]
            if found.kind == "portable":
                command.append("/PORTABLE")
            # The last word, and without quotes: so NSIS wants it.
            code = (run or _run)([*command, f"/D={found.top}"])
        finally:
            unlink_patiently(setup)
    finally:
        _remove_if_empty(folder)
    if code == _NOT_WELL:
        raise UpdateRefused(
            f"Version {offer.version} does not work on this computer: its self-test failed.",
            "Nothing was changed; dpdesk stays as it is. Tell whoever gave you the update.",
        )
    if code == _NO_ROOM:
        raise UpdateRefused(
            f"Version {offer.version} could not be put in place.",
            "Nothing was changed. Free some space, or close other programs, and try again.",
        )
    if code:
        raise UpdateRefused(f"The installation of version {offer.version} was stopped.")
    if not _current(found.top).startswith(f"{_PREFIX}{offer.version}-"):
        raise UpdateRefused(
            f"Version {offer.version} was not put in place: the installer says that all is well, "
            "but dpdesk still starts as before.",
            "Tell whoever gave you the update.",
        )


def _run(words: list[str], platform: str = sys.platform) -> int:
    """Starts the installer, whose signature was right, and waits; gives its exit code."""
    if platform != "win32":
        raise DpdeskError("Updates are installed from a file on Windows only.")
    # One string, because the folder at the end must not be quoted.
    line = f'"{words[0]}" {" ".join(words[1:])}'
    return subprocess.run(line, check=False, stdin=subprocess.DEVNULL).returncode  # noqa: S603 -- signed


def tidy(found: Copy | None = None) -> list[str]:
    """Removes versions before this one, once it has opened the records; the names of their folders.

    Only what stands in the list of each is removed, and only by the version that starts now. What
    cannot be removed stays, and is tried again another day; so does what was begun when the window
    was closed.
    """
    found = found or copy()
    if found is None or found.kind == "msi" or _current(found.top) != found.app.name:
        return []
    gone = []
    for folder in sorted(found.top.glob(f"{_PREFIX}*")):
        if folder == found.app:
            continue
        if not (folder / LISTED).is_file():
            if folder.name.endswith(_GONE):
                _remove_if_empty(folder)
        elif _remove(folder):
            gone.append(folder.name)
    return gone


def _current(top: Path) -> str:
    try:
        return (top / CURRENT).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _remove(folder: Path) -> bool:
    """Removes one version; not if any of its files is in use."""
    away = folder.with_name(f"{folder.name}{_GONE}")
    try:
        lines = (folder / LISTED).read_text(encoding="ascii").splitlines()
        if not folder.name.endswith(_GONE):
            folder = folder.rename(away)
    except (OSError, ValueError):
        return False
    whole = True
    for line in lines:
        name = line[_NAME_AT:].replace("\\", "/")
        if not name or ".." in Path(name).parts or Path(name).is_absolute():
            continue
        if line.startswith("-"):
            _remove_if_empty(folder / name)
        else:
            whole = unlink_patiently(folder / name, seconds=0.2) and whole
    if whole:  # the list stays for as long as it is needed
        unlink_patiently(folder / LISTED)
        _remove_if_empty(folder)
    return whole


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
