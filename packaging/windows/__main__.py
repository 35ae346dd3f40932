"""``dev.py windows``: makes the program for Windows on Linux."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from machine import TOP, Unready, say

from windows import folder


def main(arguments: list[str]) -> int:
    """Makes what is asked for and says how large it is."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py windows", allow_abbrev=False)
    parser.add_argument("--to", type=Path, default=TOP / "dist", metavar="DIR")
    parser.add_argument("--cache", type=Path, default=TOP / ".cache", metavar="DIR")
    parser.add_argument(
        "--cpython", type=Path, metavar="DIR", help="another embeddable CPython than the pinned"
    )
    asked = parser.parse_args(arguments)
    asked.cache.mkdir(parents=True, exist_ok=True)
    try:
        made = folder.build(asked.to / "windows", asked.cache, asked.cpython)
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1
    size = sum(each.stat().st_size for each in made.folder.rglob("*") if each.is_file())
    say(f"{made.folder}: {size / 1e6:.1f} MB installed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
