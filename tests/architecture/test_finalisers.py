"""What Python clears away closes in silence, even what was never opened.

Python closes a file that nobody holds any more, also one whose making failed half way. Since
3.13 it reports what goes wrong then, and a report opens the window that says the program failed.
"""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

from tests.architecture import house

TOP = Path(__file__).resolve().parents[2]
FILES = {
    "BufferedIOBase", "BytesIO", "FileIO", "IOBase", "RawIOBase", "StringIO", "TextIOBase",
}  # fmt: skip


def files_of_our_own() -> list[tuple[str, str]]:
    """Module and name of every class of the program that is a kind of file."""
    return [
        (".".join(file.with_suffix("").parts), node.name)
        for file, tree, _ in house.sources(TOP, "dpdesk", "ui")
        for node in house.nodes(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if ast.unparse(base).rpartition(".")[2] in FILES
    ]


def test_a_file_whose_making_failed_is_cleared_away_in_silence():
    ours = files_of_our_own()
    assert ours, "there are such classes"
    for module, name in ours:
        kind = getattr(importlib.import_module(module), name)
        never_made = kind.__new__(kind)

        never_made.close()

        assert never_made.closed, name


def test_nothing_else_of_ours_waits_for_python_to_clear_it_away():
    finalisers = [
        f"{file}:{node.lineno}"
        for file, tree, _ in house.sources(TOP, "dpdesk", "ui", "main.py")
        for node in house.nodes(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__del__"
    ]
    assert finalisers == []
