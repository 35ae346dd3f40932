"""Every pattern that the program searches texts with takes time in proportion to the text.

A file or a note can hold anything: a word without end, a million blanks, brackets that are never
closed. The patterns are found in the source, so that a new one is tested without being named.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).resolve().parent.parent
_FEW, _MANY = 500, 3_000
"""Letters. Six times the text may cost fourteen times the time, but not thirty-six times."""
_LEAST = 0.01
"""Seconds of a processor below which nothing is measured."""
_PIECES = (
    "a", "A", "é", "9", " ", "\t", "\n", "_", "-", "'", '"', "’", "(", ")", "[", "]", "{", "}",
    "<", ">", "/", ".", ",", ":", ";", "*", "|", "\\", "%", "=", "@", "#", "&", "0",
    "a ", "a'", "A'", "A ", "A. ", "a-", "a.", "1/", "1 ", "a\n", " \n", "{a", "**a", "Mr ",
    "Ann ", "de ", "Ann-", "12.", "12 Jan ", "9:", "a@", "(a", "a,", "\x00", "\xff", "<a", "<<>>",
    "and ", "n/", "12345678 ", "AB123456 ", "+44 ", "01 ", "Aa1 ",
)  # fmt: skip
_WAYS = frozenset({"search", "match", "fullmatch", "findall", "finditer", "split", "sub"})


def _modules() -> Iterator[tuple[str, Path]]:
    for folder in ("dpdesk", "ui"):
        for path in sorted((TOP / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(TOP).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def _in(value: Any) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module, also in lists of them."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _in(each)


def _written(call: ast.Call, module: dict[str, Any]) -> re.Pattern[Any] | None:
    """The pattern of ``re.search("…", …)`` and its like; None for what only a run knows."""
    written = [call.args[0], *(more.value for more in call.keywords if more.arg == "flags")]
    values = []
    for each in written:
        try:
            values.append(eval(compile(ast.Expression(each), "", "eval"), dict(module)))
        except NameError:
            return None
    return re.compile(*values)


def _patterns() -> dict[tuple[re.Pattern[Any], str], str]:
    """Every pattern and the way in which it is used, with the place where it stands."""
    used: dict[tuple[str, str], set[str]] = {}
    anywhere: dict[str, set[str]] = {}
    found: dict[tuple[re.Pattern[Any], str], str] = {}
    modules = [(name, path, ast.parse(path.read_text("utf-8"))) for name, path in _modules()]
    calls = [
        (name, node)
        for name, _, tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
    ]
    for name, node in calls:
        assert isinstance(node.func, ast.Attribute)
        owner = node.func.value
        owned = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if owned != "re":
            used.setdefault((name, owned), set()).add(node.func.attr)
            anywhere.setdefault(owned, set()).add(node.func.attr)
        elif node.func.attr in _WAYS:
            pattern = _written(node, vars(importlib.import_module(name)))
            if pattern is not None:
                found[pattern, node.func.attr] = name
    for name, _, _ in modules:
        for variable, value in vars(importlib.import_module(name)).items():
            for pattern in _in(value):
                ways = used.get((name, variable)) or anywhere.get(variable) or set()
                for way in (ways & _WAYS) or {"finditer"}:
                    found.setdefault((pattern, way), f"{name}.{variable}")
    return found


def _work(pattern: re.Pattern[Any], way: str, text: str) -> Callable[[], object]:
    """What the program does with the pattern, on this text."""
    content: Any = text
    if isinstance(pattern.pattern, bytes):
        content = text.encode("latin-1", "replace")
    if way in {"finditer", "findall"}:
        return lambda: sum(1 for _ in pattern.finditer(content))
    if way == "sub":
        return lambda: pattern.sub(content[:0], content)
    return lambda: getattr(pattern, way)(content)


def _seconds(work: Callable[[], object]) -> float:
    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    # What is quick at once needs no second look.
    first = once()
    return first if first < _LEAST else min(first, once(), once())


def _slow(pattern: re.Pattern[Any], way: str) -> str | None:
    """A piece that the pattern takes too long with, the more of it there is."""
    for piece, few, many in _texts():
        longer = _seconds(_work(pattern, way, many))
        if longer > _LEAST and longer > 14 * _seconds(_work(pattern, way, few)):
            return piece
    return None


@cache
def _texts() -> list[tuple[str, str, str]]:
    """Each piece with a short and a long text of it."""
    return [
        (piece, piece * (_FEW // len(piece)) + end, piece * (_MANY // len(piece)) + end)
        for piece in _PIECES
        for end in ("", "~")
    ]


@pytest.mark.timeout(300)
def test_every_pattern_takes_time_in_proportion_to_the_text() -> None:
    patterns = _patterns()

    slow = {
        f"{place}: {pattern.pattern!r} by {way} on {piece!r}"
        for (pattern, way), place in patterns.items()
        if (piece := _slow(pattern, way)) is not None
    }

    assert len(patterns) > 100
    assert slow == set()


def test_a_pattern_that_looks_at_the_same_letters_again_and_again_is_found() -> None:
    assert _slow(re.compile(r"\w+(?:'\w+)+"), "findall") is not None
    assert _slow(re.compile(r"\w+"), "findall") is None
