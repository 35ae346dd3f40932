"""Starts dpdesk: the window, or one of the commands of ``dpdesk.cli``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def window_options(arguments: list[str]) -> Path | bool | None:
    """The workspace for the window, None for the usual one; False where a command is meant.

    Read by hand, because loading a parser would cost the start of every day a tenth.
    """
    if not arguments:
        return None
    first, _, value = arguments[0].partition("=")
    rest = arguments[1:]
    if first == "--workspace" and not value and rest:
        value, rest = rest[0], rest[1:]
    return Path(value).absolute() if first == "--workspace" and value and not rest else False


def main(arguments: list[str]) -> int:
    """Runs the command that is named; opens the window where there is none."""
    from dpdesk.walls.shut import shut

    shut()  # before anything secret is read
    folder = window_options(arguments)
    if folder is False:
        from dpdesk import cli  # a command needs no window, and the window no commands

        return cli.main(arguments)
    # Nothing that is loaded now is ever thrown away; looking for it costs a fifth of the start.
    # Once the window stands, it does the looking (ui.kit.pieces.sweeping).
    gc.disable()
    try:
        from ui import app

        return app.run(folder if isinstance(folder, Path) else None)
    except Exception as error:  # noqa: BLE001 -- before the window stands nobody else can tell
        from dpdesk.cli import no_window

        return no_window.told(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
