"""What belongs to this computer: look, window size, list columns, the last workspace.

Nothing of a school is kept here. A file that cannot be read is put aside, never overwritten.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from dpdesk.errors import NoRoom
from dpdesk.store.files import replace_patiently, room, write_whole
from dpdesk.store.paths import preferences_file

_PATIENCE: Final = 0.3
"""Seconds; preferences are written while the window waits."""


class Preferences:
    """A small table of names and values; every change is written at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or preferences_file()
        self._values: dict[str, Any] = {}
        if self.path.is_file():
            try:
                found = json.loads(self.path.read_text(encoding="utf-8"))
            except (ValueError, OSError):
                # Where it cannot even be put aside, the program starts with what it came with.
                with suppress(OSError):
                    replace_patiently(
                        self.path, self.path.with_suffix(".damaged"), seconds=_PATIENCE
                    )
            else:
                self._values = found if isinstance(found, dict) else {}

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or the default where none was ever set."""
        return self._values.get(name, default)

    def remember(self, name: str, value: Any) -> None:
        """As ``set``, for what is worth no word where it cannot be written: widths and places.

        It holds until the program ends; only the next start would miss it.
        """
        with suppress(NoRoom):
            self.set(name, value)

    def set(self, name: str, value: Any) -> None:
        """Sets a value and writes the file. Raises NoRoom."""
        if self._values.get(name) == value:
            return
        self._values[name] = value
        with room("The file with the preferences"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(self._values, indent=1, sort_keys=True).encode()
        write_whole(self.path, content, own=True, seconds=_PATIENCE)
