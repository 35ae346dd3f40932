"""Where things live on this computer when the user has not said otherwise."""

from __future__ import annotations

from pathlib import Path

import appdirs

APP = "dpdesk"


def default_workspace() -> Path:
    """The folder offered for a new workspace."""
    return Path(appdirs.user_data_dir(APP, appauthor=False)) / "workspace"


def default_example() -> Path:
    """The folder for the example school."""
    return Path(appdirs.user_data_dir(APP, appauthor=False)) / "example-school"


def preferences_file() -> Path:
    """What belongs to this computer and not to a school: look, window size, last workspace."""
    return Path(appdirs.user_config_dir(APP, appauthor=False)) / "preferences.json"


def marks_folder() -> Path:
    """Where this computer keeps how far each workspace had come; counters and keyed hashes."""
    return Path(appdirs.user_config_dir(APP, appauthor=False)) / "marks"


def crash_file() -> Path:
    """Where the low-level crash log goes; it holds no answers, only lines of the program."""
    return Path(appdirs.user_log_dir(APP, appauthor=False)) / "crash.log"
