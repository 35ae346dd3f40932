"""Folders on which a workspace is not safe: cloud drives, and disks of other computers.

A cloud drive copies single files at moments of its own, so what it brings back may be half of one
day and half of another. A disk of another computer cannot keep two programs out of one database as
surely as a disk of this one. Both work, mostly; so the user is told, and decides.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

_CLOUD: Final = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|icloud ?drive|com~apple~clouddocs|nextcloud|owncloud"
    r"|box sync|cloudstorage)\b.*",
    re.IGNORECASE,
)
_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Where Windows keeps the folders of OneDrive, which may be those called Documents and Desktop."""
_MOUNTS: Final = Path("/proc/mounts")
_NETWORK: Final = frozenset("nfs nfs4 cifs smb3 smbfs afs 9p davfs fuse.sshfs fuse.rclone".split())
_CLOUD_SAID: Final = (
    "This folder is copied to the internet by a cloud drive, and what it brings back may be "
    "incomplete. Choose a folder of this computer only; backups may go to the cloud drive."
)
_REMOTE_SAID: Final = (
    "This folder is on another computer. If the network fails while something is being saved, the "
    "records may be damaged. Choose a folder of this computer; backups may go to the other one."
)


def doubts(folder: Path) -> str:
    """Why a workspace had better not lie here, in a sentence or two; empty where all is well."""
    if in_cloud(folder):
        return _CLOUD_SAID
    return _REMOTE_SAID if _on_other_computer(folder) else ""


def in_cloud(folder: PurePath) -> bool:
    """Does a cloud drive copy this folder? Told by the names on the way to it."""
    if any(_CLOUD.fullmatch(part) for part in folder.parts):
        return True
    for name in _VARIABLES:
        place = os.environ.get(name)
        if place and PureWindowsPath(folder).is_relative_to(PureWindowsPath(place)):
            return True
    return False


def _on_other_computer(folder: Path) -> bool:
    if sys.platform == "win32":
        from dpdesk.walls import windows

        drive = folder.absolute().drive
        return drive.startswith("\\\\") or windows.is_remote(f"{drive}\\")
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return is_mounted(os.path.realpath(folder), mounts)


def is_mounted(folder: str, mounts: str) -> bool:
    """Does a folder lie on a network disk, by what Linux says of its disks (``/proc/mounts``)?"""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, place, what, *_ = [*line.split(), "", "", ""]
        # Spaces are written as numbers there.
        place = place.replace("\\040", " ").rstrip("/")
        if len(place) > best and (folder == place or folder.startswith(f"{place}/")):
            best, kind = len(place), what
    return kind in _NETWORK
