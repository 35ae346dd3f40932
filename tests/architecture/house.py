"""Reads the sources as trees and lists every breach of the plan of the house.

Each check takes the top of a checkout and returns one line for each fault. What import-linter
can say is said in ``pyproject.toml`` instead.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

# Between the features of floor 3 these are the only arrows; the map is in CONTRIBUTING.md.
ARROWS: dict[str, set[str]] = {
    "people": set(),
    "assets": set(),
    "retention": {"assets"},
    "consents": {"people"},
    "requests": {"people", "assets", "retention"},
    "disclosure": {"requests", "people"},
    "breaches": {"people", "assets", "retention"},
    "assurance": {"assets", "people"},
}
TOP_LEVEL = {
    ".ci", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", "README.md", "dpdesk", "main.py", "packaging", "pyproject.toml", "resources",
    "tests", "ui",
}  # fmt: skip
LONGEST_FILE = 450
LONGEST_FUNCTION = 70
LONGEST_MAIN = 60
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests",
    "selectors", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib3", "webbrowser",
    "websockets", "xmlrpc", "urllib.request",
}  # fmt: skip
NETWORK_OF_QT = ("QtNetwork", "QtWebEngine", "QtWebSockets", "QtWebView", "QtHttpServer")
DATABASES = {"alembic", "sqlcipher3", "sqlite3"}
EMPTY_NAMES = {
    "Common", "Data", "Handle", "Handler", "Helper", "Helpers", "Info", "Item", "Manager", "Misc",
    "Object", "Process", "Util", "Utils",
}  # fmt: skip
TEXT_FILES = {
    "", ".cfg", ".css", ".html", ".in", ".ini", ".iss", ".json", ".md", ".py", ".qss", ".sh",
    ".spec", ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip
# Put together from halves, so that this file does not break its own rule.
MACHINE_PATHS = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/",
            r"(?<![\w.])/" + r"root/",
            r"(?<![\w.])/" + r"home/\w",
            r"(?<![\w.])/" + r"Users/\w",
            r"[A-Z]:\\\\?" + r"Users\\",
        ]
    )
)
REGISTRIES = re.compile(
    r"pypi\.(?:org|io)|python" + r"hosted\.org|deb\.deb" + r"ian\.org|npm" + r"js\.(?:org|com)"
)

# A group that never gives back, as in (?>a|b) or (?:a|b)*+; Python before 3.11.5 loses its place
# in them. A single character that never gives back, as in [ab]*+, is matched right everywhere.
MISMATCHED = re.compile(r"\(\?>|(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def sources(top: Path, *rooms: str) -> Iterator[tuple[Path, ast.Module, str]]:
    """Every Python file below these rooms (all, if none is named), parsed."""
    for room in rooms or ("dpdesk", "ui", "tests", "packaging", "main.py"):
        place = top / room
        files = [place] if place.is_file() else sorted(place.rglob("*.py"))
        for file in files:
            text = file.read_text(encoding="utf-8")
            yield file.relative_to(top), _parsed(text), text


@cache
def _parsed(text: str) -> ast.Module:
    """The tree of a file, grown once for all checks, which only look at it."""
    return ast.parse(text)


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Everything in a tree, gone through once for all checks."""
    return tuple(ast.walk(tree))


def texts(top: Path) -> Iterator[tuple[Path, str]]:
    """Every text file of the project, read; folders made by tools and pictures are left out."""
    for entry in sorted(top.iterdir()):
        if entry.name not in TOP_LEVEL:
            continue
        for file in [entry] if entry.is_file() else sorted(entry.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file.suffix in TEXT_FILES:
                yield file.relative_to(top), file.read_text(encoding="utf-8")


def imports(tree: ast.Module, package: str = "") -> Iterator[tuple[str, int]]:
    """Every module or name that a file imports, in full, with its line; also by its name in text.

    ``from a import b`` gives ``a.b``, as ``b`` may be a module. ``package`` resolves dots.
    """
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                above = ".".join(parts[: len(parts) - node.level + 1])
                base = f"{above}.{base}".rstrip(".")
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, node.lineno


def called(node: ast.Call) -> str:
    """The last name of what is called: ``c`` of ``a.b.c()``."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in nodes(tree):
        if isinstance(node, ast.Call):
            yield called(node), node


def package_of(file: Path) -> str:
    """The package that a file's relative imports start from."""
    return ".".join(file.parts[:-1])


def within(name: str, modules: set[str]) -> bool:
    """Is this imported name one of the modules or inside one?"""
    return any(name == module or name.startswith(module + ".") for module in modules)


# -------------------------------------------------------------------------------------- checks


def arrows(top: Path) -> list[str]:
    """Features import only the features that the plan lets them."""
    faults = []
    for feature, allowed in ARROWS.items():
        for file, tree, _ in sources(top, f"dpdesk/{feature}"):
            for name, line in imports(tree, package_of(file)):
                other = name.split(".")[1] if name.startswith("dpdesk.") else ""
                if other in ARROWS and other != feature and other not in allowed:
                    faults.append(f"{file}:{line}: {feature} may not import {other}")
    return faults


def circles(top: Path) -> list[str]:
    """No files import each other in a circle, not even for their types."""
    files = {
        ".".join(file.with_suffix("").parts).removesuffix(".__init__"): (file, tree)
        for file, tree, _ in sources(top, "dpdesk", "ui")
        if file.name != "__init__.py"
    }

    def module_of(name: str) -> str:
        while name and name not in files:
            name = name.rpartition(".")[0]
        return name

    graph = {
        module: {module_of(name) for name, _ in imports(tree, package_of(file))} & set(files)
        for module, (file, tree) in files.items()
    }
    return [
        f"{files[module][0]}: imports itself by way of {way}"
        for module in sorted(graph)
        if (way := _way_back(graph, module))
    ]


def _way_back(graph: dict[str, set[str]], start: str) -> str:
    """The modules by which one leads back to itself; empty where none does."""
    ways = [(after, after) for after in sorted(graph[start])]
    seen: set[str] = set()
    while ways:
        module, way = ways.pop(0)
        if module == start:
            return way
        if module not in seen:
            seen.add(module)
            ways += [(after, f"{way}, {after}") for after in sorted(graph[module])]
    return ""


DOORS = {"service", "room", "ground"}
FEATURES = {*ARROWS, "school"}


def doors(top: Path) -> list[str]:
    """A room is entered by its door: others import its services, and nothing behind them."""
    faults = []
    for file, tree, _ in sources(top, "dpdesk"):
        parts = file.parts
        here = parts[1] if len(parts) > 2 else ""
        if here not in {*FEATURES, "overview"}:
            continue
        for name, line in imports(tree, package_of(file)):
            there = name.split(".")
            if len(there) < 3 or there[0] != "dpdesk" or there[1] not in FEATURES - {here}:
                continue
            if there[2] not in DOORS and not there[2].endswith("_service"):
                faults.append(f"{file}:{line}: {name} is not the door of its room")
    return faults


def offline(top: Path) -> list[str]:
    """Nothing opens a network connection, nor asks Qt to."""
    faults = []
    for file, tree, _ in sources(top, "dpdesk", "ui", "main.py"):
        for name, line in imports(tree, package_of(file)):
            of_qt = name.startswith("PySide6.") and name.split(".")[1].startswith(NETWORK_OF_QT)
            if of_qt or within(name, NETWORK):
                faults.append(f"{file}:{line}: imports {name}, which reaches the network")
    return faults


def cabinet(top: Path) -> list[str]:
    """Only the store knows which database it is, and only the store writes SQL."""
    faults = []
    for file, tree, _ in sources(top, "dpdesk", "ui", "main.py"):
        if file.parts[:2] == ("dpdesk", "store"):
            continue
        for name, line in imports(tree, package_of(file)):
            if within(name, DATABASES):
                faults.append(f"{file}:{line}: imports {name}, which is the store's")
            if name in {"sqlalchemy.text", "sqlalchemy.literal_column", "sqlalchemy.sql.text"}:
                faults.append(f"{file}:{line}: writes raw SQL with {name}")
        for name, node in calls(tree):
            base = node.func.value if isinstance(node.func, ast.Attribute) else None
            of_sqlalchemy = isinstance(base, ast.Name) and base.id in {"sa", "sqlalchemy"}
            if name == "exec_driver_sql" or (name in {"text", "literal_column"} and of_sqlalchemy):
                faults.append(f"{file}:{node.lineno}: writes raw SQL with {name}")
    return faults


def sizes(top: Path) -> list[str]:
    """One file, one subject: files, functions and main.py stay short."""
    faults = []
    for file, tree, text in sources(top):
        lines = text.count("\n")
        longest = LONGEST_MAIN if file.name == "main.py" else LONGEST_FILE
        if lines > longest:
            faults.append(f"{file}: {lines} lines, {longest} at most")
        if file.parts[0] == "tests" or "migrations" in file.parts:
            continue  # a test lays out facts; a migration is written by the program, table by table
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    faults.append(f"{file}:{node.lineno}: {node.name} has {length} lines")
    return faults


def events(top: Path) -> list[str]:
    """Nobody turns the event loop from inside, waits by sleeping, or forks."""
    faults = []
    for file, tree, _ in sources(top):
        for node in nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr == "processEvents":
                faults.append(f"{file}:{node.lineno}: processEvents lets anything run in between")
        for name, node in calls(tree):
            base = node.func.value if isinstance(node.func, ast.Attribute) else None
            owner = base.id if isinstance(base, ast.Name) else ""
            if file.parts[0] == "tests" and (owner, name) in {("time", "sleep"), ("qtbot", "wait")}:
                faults.append(f"{file}:{node.lineno}: a test waits for what it expects, not a time")
            first = node.args[0] if node.args else None
            forks = isinstance(first, ast.Constant) and first.value in {"fork", "forkserver"}
            if name in {"get_context", "set_start_method"} and forks:
                faults.append(f"{file}:{node.lineno}: workers are spawned, as Windows cannot fork")
    return faults


def dates(top: Path) -> list[str]:
    """No date format that only some systems know."""
    faults = []
    for file, tree, _ in sources(top):
        formats: list[ast.AST] = []
        for node in nodes(tree):
            if isinstance(node, ast.Call) and called(node) == "strftime":
                formats += node.args
            elif isinstance(node, ast.FormattedValue) and node.format_spec:
                formats += ast.walk(node.format_spec)
        for piece in formats:
            if not isinstance(piece, ast.Constant) or not isinstance(piece.value, str):
                continue
            if re.search(r"%[-#][a-zA-Z]", piece.value):
                faults.append(f"{file}:{piece.lineno}: not every system knows {piece.value!r}")
    return faults


def patterns(top: Path) -> list[str]:
    """No regular expression that the oldest Python allowed matches wrongly."""
    faults = []
    for file, tree, _ in sources(top, "dpdesk", "ui", "packaging", "main.py"):
        for node in nodes(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str | bytes):
                continue
            value = node.value
            text = value.decode("latin-1") if isinstance(value, bytes) else value
            if MISMATCHED.search(text):
                faults.append(f"{file}:{node.lineno}: Python 3.11.4 matches such a group wrongly")
    return faults


def reasons(top: Path) -> list[str]:
    """Whoever switches a rule off says which and why, on that line."""
    faults = []
    switch = re.compile(r"#\s*(noqa|type:\s*ignore|fmt:\s*off)(:?\s*[A-Z0-9, ]+\b|\[[\w, -]+\])?")
    for file, _, text in sources(top):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            found = switch.search(token.string) if token.type == tokenize.COMMENT else None
            if not found:
                continue
            rest = token.string[found.end() :]
            line = token.start[0]
            if not found.group(2):
                faults.append(f"{file}:{line}: switches off every rule")
            elif not re.search(r"[^\W\d]{3,}", rest):
                faults.append(f"{file}:{line}: gives no reason")
    settings = top / "pyproject.toml"
    inside = per_file = False
    for number, row in enumerate(settings.read_text(encoding="utf-8").splitlines(), 1):
        if row.startswith(("ignore = [", "[tool.ruff.lint.per-file-ignores]")):
            inside, per_file = True, row.startswith("[")
        elif row.startswith("[tool.") or (row == "]" and not per_file):
            inside = False
        names_rule = re.search(r'"[A-Z]+\d+"', row) or re.search(r'^    "[A-Z]+"', row)
        if inside and names_rule and "#" not in row:
            faults.append(f"pyproject.toml:{number}: gives no reason")
    return faults


def places(top: Path) -> list[str]:
    """No path of somebody's machine and no address of a package registry in any file."""
    faults = []
    for file, text in texts(top):
        for number, row in enumerate(text.splitlines(), 1):
            if MACHINE_PATHS.search(row):
                faults.append(f"{file}:{number}: names a place on one machine")
            if REGISTRIES.search(row):
                faults.append(f"{file}:{number}: names a package registry")
    return faults


def names(top: Path) -> list[str]:
    """Names say what a thing is; a Manager or a file of utilities could be anything."""
    faults = []
    for file, tree, _ in sources(top, "dpdesk", "ui"):
        for part in (*file.parts[:-1], file.stem):
            if part.rstrip("_").title().split("_")[-1] in EMPTY_NAMES:
                faults.append(f"{file}: {part} says nothing")
        for node in nodes(tree):
            if isinstance(node, ast.ClassDef):
                words = re.findall(r"[A-Z][a-z0-9]*", node.name)
                if words and words[-1] in EMPTY_NAMES:
                    faults.append(f"{file}:{node.lineno}: {node.name} says nothing")
    return faults


def docstrings(top: Path) -> list[str]:
    """Every file says what it is for."""
    return [
        f"{file}: no docstring"
        for file, tree, text in sources(top)
        if not ast.get_docstring(tree) and (text.strip() or file.parts[0] in {"dpdesk", "ui"})
    ]


def looks(top: Path) -> list[str]:
    """Colours and style sheets live in the kit, where their contrast is checked."""
    faults = []
    for file, tree, _ in sources(top, "ui"):
        if file.parts[:2] == ("ui", "kit"):
            continue
        for name, call in calls(tree):
            if name == "setStyleSheet":
                faults.append(f"{file}:{call.lineno}: style sheets belong to ui/kit")
        for node in nodes(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", node.value):
                faults.append(f"{file}:{node.lineno}: colours belong to ui/kit")
    return faults


def rubble(top: Path, tracked: list[str] | None = None) -> list[str]:
    """Nothing stands at the top that the plan does not name.

    ``tracked`` lists the files of a checkout; without it, the folder itself is looked at.
    """
    entries = {name.split("/")[0] for name in tracked or [found.name for found in top.iterdir()]}
    return [f"{name}: not in the plan of the house" for name in sorted(entries - TOP_LEVEL)]


CHECKS: list[Callable[[Path], list[str]]] = [
    arrows, circles, doors, offline, cabinet, sizes, events, dates, patterns, reasons, places,
    names, docstrings, looks,
]  # fmt: skip
