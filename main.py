"""Starts dpdesk: the window, or one of the commands of ``dpdesk.cli``."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Runs the command that is named; opens the window where there is none."""
    window = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    window.add_argument("--workspace", type=Path)
    try:
        arguments, rest = window.parse_known_args(argv)
    except SystemExit as stop:
        return int(stop.code or 2)
    if rest:
        from dpdesk import cli

        return cli.main(argv)
    # Nothing that is loaded now is ever thrown away; looking for it costs a fifth of the start.
    gc.disable()
    try:
        from ui import app
    except ImportError as error:
        # On Linux Qt needs libraries of the system, and names the one that is missing.
        print(f"dpdesk: The window cannot open: {error}", file=sys.stderr)
        print("Run: python3 packaging/dev.py setup", file=sys.stderr)
        return 1
    return app.run(arguments.workspace)


if __name__ == "__main__":
    # An installed program starts its worker processes by starting itself again.
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
