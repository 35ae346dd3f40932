"""Kills the program so many times at random moments, and prints what was lost.

``python3 packaging/dev.py kills 1000``. The dice are the same each time unless ``--seed`` names
others; the moments are not, as no two runs of a computer are.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.kills.killing import Tally

HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "DPDESK_HOME")


def table(tallies: dict[str, Tally]) -> str:
    """One line for each kind of work, and one for all."""
    lines = [f"{'killed during':14} {'kills':>6} {'promised':>9} {'faults':>7} {'s each':>7}"]
    for kind, tally in tallies.items():
        each = tally.seconds / max(1, tally.kills)
        lines.append(
            f"{kind:14} {tally.kills:6} {tally.promises:9} {len(tally.faults):7} {each:7.2f}"
        )
    kills = sum(tally.kills for tally in tallies.values())
    promises = sum(tally.promises for tally in tallies.values())
    faults = sum(len(tally.faults) for tally in tallies.values())
    return "\n".join([*lines, f"{'all':14} {kills:6} {promises:9} {faults:7}"])


def main(arguments: list[str]) -> int:
    """Prints the table and every fault; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py kills", description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=1000, help="how often; 1000")
    parser.add_argument("--seed", type=int, default=20261120, help="other dice")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dpdesk-kills-", ignore_cleanup_errors=True) as away:
        # Nothing of the person who runs this is touched.
        os.environ.update({name: str(Path(away, name.lower())) for name in HOMES})
        from tests.builders import make_template
        from tests.kills.killing import Killing, kinds

        begun = time.perf_counter()
        killing = Killing(Path(away), make_template(Path(away, "template")), chosen.seed)
        with suppress(KeyboardInterrupt):  # what was shown until then is told
            killing.run(kinds(chosen.kills), lambda done: _aside(done, chosen.kills))
        print(table(killing.tallies))
        print(
            f"\nEach time the workspace was opened again and checked; seed {chosen.seed}, "
            f"{time.perf_counter() - begun:.0f} s."
        )
        faults = [(k, fault) for k, tally in killing.tallies.items() for fault in tally.faults]
        for kind, fault in faults:
            print(f"{kind}: {fault}")
        return 1 if faults else 0


def _aside(done: int, all_of_them: int) -> None:
    if done % 50 == 0 or done == all_of_them:
        print(f"{done} of {all_of_them}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
