"""Opening the workspace that a command works on, and looking at files before the work starts."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk import front_door
from dpdesk.errors import DpdeskError, NoRoom, NotFound

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

VARIABLE = "DPDESK_PASSPHRASE"


def workspace(arguments: Namespace) -> Path:
    """The folder named, else the one used last, else the default place. Raises NotFound."""
    named: Path | None = arguments.workspace
    folder = named or front_door.last(front_door.Preferences()) or front_door.default_workspace()
    if not front_door.is_workspace(folder):
        raise NotFound(
            f"There is no workspace in {folder}.",
            "Name its folder with --workspace; it holds the file dpdesk.keys.json.",
        )
    return folder


def passphrase() -> str:
    """The passphrase from the variable, else asked for. Raises DpdeskError where it is empty."""
    found = os.environ.get(VARIABLE)
    if found is None:
        if sys.stdin is not None and sys.stdin.isatty():
            # On standard error, so that standard output holds nothing but the answer.
            found = getpass.getpass("Passphrase: ", stream=sys.stderr)
        elif sys.platform == "win32" and _shows_what_is_typed():
            raise DpdeskError(
                "This terminal would show the passphrase while you type it.",
                f"Use PowerShell or the command prompt, or set {VARIABLE}.",
            )
        elif sys.stdin is not None:
            found = sys.stdin.readline().rstrip("\r\n")
    if not found:
        raise DpdeskError("No passphrase was given.", f"Set {VARIABLE}, or type it when asked.")
    return found


def _shows_what_is_typed() -> bool:
    """Is standard input the terminal of Git for Windows, which looks like a file to programs?"""
    from dpdesk.walls import windows

    return windows.is_pipe_of_terminal(sys.stdin.fileno())


@contextmanager
def opened(arguments: Namespace) -> Iterator[Desk]:
    """The desk of the workspace, closed afterwards. Raises what ``Desk.open`` raises."""
    folder = workspace(arguments)
    desk = front_door.open_desk(folder, passphrase())
    try:
        if desk.notice is not None:
            # On standard error, so that standard output holds nothing but the answer.
            print(desk.notice.sentence, file=sys.stderr)
        yield desk
    finally:
        desk.close()


def entry_called(desk: Desk, reference: str) -> Entry:
    """The entry of that reference, in whichever register. Raises NotFound."""
    wanted = reference.strip().upper()
    for service in desk.registers.values():
        try:
            return service.find(wanted)
        except NotFound:
            continue
    raise NotFound(
        f"There is no entry {reference.strip()}.",
        "The command entries lists those of a register, for example: entries requests",
    )


def place_for(path: Path, *, backup: bool = False) -> Path:
    """A file that can be written. Raises NoRoom, before any work is done in vain.

    Raises DpdeskError where it lies in a workspace; only a ``backup`` may go into its folder for
    them.
    """
    front_door.refuse_own_place(path, backup=backup)
    if path.is_dir():
        raise NoRoom(f"{path} is a folder.", "Name a file in it.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise NoRoom(f"The folder {folder} does not exist.", "Make it first, or name another.")
    if not os.access(folder, os.W_OK):
        raise NoRoom(f"Nothing can be saved in the folder {folder}.", "Name another.")
    return path


def folder_for(path: Path) -> Path:
    """A folder that is empty, or not there yet; nothing is made of it before there is work for it.

    Raises DpdeskError where it has something in it or lies in a workspace, NoRoom where nothing
    can be saved beside it.
    """
    front_door.refuse_own_place(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DpdeskError(
            "This folder has something in it already.", "Choose an empty one, or a new name."
        )
    beside = path.absolute()
    while not beside.is_dir():
        beside = beside.parent
    if not os.access(beside, os.W_OK):
        raise NoRoom(f"Nothing can be saved in the folder {beside}.", "Name another.")
    return path


def write_all(desk: Desk, folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Writes files into such a folder; their names. Raises NoRoom, DpdeskError."""
    folder_for(folder)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        desk.write(place_for(folder / name), content)
    return list(files)


def password_in(path: Path | None) -> str:
    """The first line of a file that holds a password; empty where no file is named.

    Raises DpdeskError where it cannot be read or its first line is empty.
    """
    if path is None:
        return ""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DpdeskError(
            "The password file cannot be read.", "Give a text file with the password in line 1."
        ) from error
    if not lines or not lines[0].strip():
        raise DpdeskError(
            "The first line of the password file is empty.", "Write the password there."
        )
    return lines[0].strip()
