"""Where things live on this computer when the user has not said otherwise."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import appdirs

APP = "dpdesk"
HOME = "DPDESK_HOME"
"""A variable that names one folder for all of this: on a stick, or for tests, which must never
touch what belongs to whoever runs them."""


def _folder(of_system: Callable[..., str]) -> Path:
    home = os.environ.get(HOME)
    if home:
        return Path(home)
    folder = Path(of_system(APP, appauthor=False))
    if sys.platform == "win32":
        from dpdesk.walls import windows

        return as_called(folder, windows.long_name)
    return folder


def as_called(folder: Path, whole: Callable[[str], str]) -> Path:
    """The folder with the names that people see; ``whole`` knows those of what is there.

    appdirs gives short names (``UKASZ~1``) where the name of the user has letters of no Western
    alphabet. The folder may not be there yet, and of what is not there nobody knows the name.
    """
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    return Path(whole(str(there))) / folder.relative_to(there)


def as_remembered(folder: Path) -> str:
    """How a preference names a folder: from the one home on, where it lies in that.

    A stick gets another letter on another computer, and all on it is still where it was.
    """
    home = os.environ.get(HOME)
    if home and folder.is_relative_to(home):
        return folder.relative_to(home).as_posix()
    return str(folder)


def as_found(name: str) -> Path:
    """The folder that a preference names."""
    home = os.environ.get(HOME)
    return Path(home, name) if home else Path(name)


def default_workspace() -> Path:
    """The folder offered for a new workspace."""
    return _folder(appdirs.user_data_dir) / "workspace"


def default_example() -> Path:
    """The folder for the example school."""
    return _folder(appdirs.user_data_dir) / "example-school"


def preferences_file() -> Path:
    """What belongs to this computer and not to a school: look, window size, last workspace."""
    return _folder(appdirs.user_config_dir) / "preferences.json"


def marks_folder() -> Path:
    """Where this computer keeps how far each workspace had come; counters and keyed hashes."""
    return _folder(appdirs.user_config_dir) / "marks"


def crash_file() -> Path:
    """Where the low-level crash log goes; it holds no answers, only lines of the program."""
    return _folder(appdirs.user_log_dir) / "crash.log"
