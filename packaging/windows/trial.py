"""``dev.py test windows``: the program for Windows, made, installed, used, updated and removed.

Under wine, in a profile of its own. Says of each proof whether it held, and what was seen; where
wine is missing it says so and nothing is tried.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from machine import TOP, Unready, say

from windows import folder, proofs, proofs_packed, wined


def main(arguments: list[str]) -> int:
    """Builds the program, runs all proofs or those named, and gives the exit code."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py test windows", allow_abbrev=False)
    parser.add_argument("--work", type=Path, default=TOP / "build" / "windows-trial", metavar="DIR")
    parser.add_argument("--cache", type=Path, default=TOP / ".cache", metavar="DIR")
    parser.add_argument("--built", type=Path, metavar="DIR", help="a finished folder to be tried")
    parser.add_argument("--keep", action="store_true", help="go on with the Windows of last time")
    parser.add_argument(
        "--quick", action="store_true", help="install a larger installer, which is soon made"
    )
    parser.add_argument("proofs", nargs="*", help="words of the proofs to be run; all without")
    asked = parser.parse_args(arguments)
    why = wined.missing()
    if why:
        say(f"SKIPPED: the program for Windows was not tried here; it {why}")
        return 0
    asked.work.mkdir(parents=True, exist_ok=True)
    asked.cache.mkdir(parents=True, exist_ok=True)
    try:
        return _run(asked)
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1


def _run(asked: argparse.Namespace) -> int:
    if asked.built:
        (app,) = asked.built.glob("app-*")
        built = folder.Built(asked.built, app.name, folder.version())
    else:
        built = folder.build(asked.work / "built", asked.cache)
    windows = wined.Windows(asked.work / "prefix")
    with wined.screen() as name:
        manager = subprocess.Popen(
            ["openbox"], env={**windows.environment, "DISPLAY": name}, stderr=subprocess.DEVNULL
        )
        try:
            if not asked.keep or not windows.place.is_dir():
                windows.made()
            trial = proofs.Trial(windows, built, asked.work, name, asked.cache, quick=asked.quick)
            failed = [each for each in _chosen(asked.proofs) if not _held(trial, *each)]
        finally:
            windows.stop()
            manager.terminate()
    done = len(_chosen(asked.proofs))
    say(f"{done - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _chosen(words: list[str]) -> list[tuple[str, proofs_packed.Proof]]:
    return [
        (name, proof)
        for name, proof in proofs_packed.every()
        if not words or any(word in name for word in words)
    ]


def _held(trial: proofs.Trial, name: str, proof: proofs_packed.Proof) -> bool:
    begun = time.monotonic()
    try:
        seen, held = proof(trial), True
    except (
        proofs.Failed,
        Unready,
        TimeoutError,
        subprocess.SubprocessError,
        OSError,
        ValueError,
    ) as fault:
        seen, held = f"{type(fault).__name__}: {fault}", False
    say(f"{'ok    ' if held else 'FAILED'} {name} ({time.monotonic() - begun:.0f} s): {seen}")
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
