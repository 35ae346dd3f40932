"""Starts a module of ours in a process of its own: ``child MODULE ARGUMENTS``.

It imports nothing else itself, because every worker that is spawned reads this file first, as
it reads ``main.py`` in the program.
"""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    importlib.import_module(f"tests.benchmarks.{sys.argv[1]}").main(*sys.argv[2:])
