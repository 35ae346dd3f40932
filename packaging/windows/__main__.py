"""``dev.py windows``: makes the program for Windows on Linux."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import release
from machine import TOP, Unready, say

from windows import folder, handed_out


def main(arguments: list[str]) -> int:
    """Makes what is asked for and says how large it is."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py windows", allow_abbrev=False)
    parser.add_argument("--to", type=Path, default=TOP / "dist", metavar="DIR")
    parser.add_argument("--cache", type=Path, default=TOP / ".cache", metavar="DIR")
    parser.add_argument(
        "--cpython", type=Path, metavar="DIR", help="another embeddable CPython than the pinned"
    )
    parser.add_argument(
        "--only",
        choices=("folder", "installer", "portable", "msi"),
        action="append",
        help="make this and not the rest; may be said more than once",
    )
    asked = parser.parse_args(arguments)
    asked.cache.mkdir(parents=True, exist_ok=True)
    try:
        made = folder.build(asked.to / "windows", asked.cache, asked.cpython)
        say(f"{made.folder}: {handed_out.size(made.folder) / 1e6:.1f} MB installed")
        setup = None
        for name, ending, pack in handed_out.PACKINGS:
            if not asked.only or name in asked.only:
                say(f"Packing: {name} …")
                packed = pack(made, asked.to / f"dpdesk-{made.version}-{ending}")
                setup = packed if name == "installer" else setup
                say(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB")
        changes = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
        if release.unreleased(changes):
            say("For trials: it holds changes that no version names (dev.py release VERSION).")
        too_large = handed_out.too_large(made, setup)
        if too_large:
            raise Unready("\n".join(too_large))
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
