"""Is everything there that comes with the program: legal texts, templates, help, icons?"""

from __future__ import annotations

import importlib.util
import json
import pkgutil
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

from dpdesk import resources
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count

_ICON = re.compile(r"mdi6\.[a-z0-9-]+")
_LINK = re.compile(r"\]\(([a-z0-9-]+)\.md(?:#[^)]*)?\)")


def _files(folder: str, pattern: str) -> list[Path]:
    found = sorted(resources.path(folder).glob(pattern))
    if not found:
        raise DpdeskError(f"There is nothing in resources/{folder}.", "Install dpdesk again.")
    return found


def law() -> str:
    """Every legal text can be read, and those with a reader of their own are complete."""
    from dpdesk.law import exemptions, pick_lists, sources

    found = _files("law", "*.toml")
    for path in found:
        try:
            content = resources.toml("law", path.name)
        except ValueError:
            raise DpdeskError(f"resources/law/{path.name} cannot be read.") from None
        if not content:
            raise DpdeskError(f"resources/law/{path.name} is empty.")
    reasons = exemptions.redaction_reasons()
    pick_lists.regulator()
    sources.period("access_months")
    return f"{count(len(found), 'file')}, {count(len(reasons), 'reason')} to withhold"


def templates() -> str:
    """Every template of a letter is there and says something."""
    found = _files("templates", "*.md")
    for path in found:
        if not path.read_text(encoding="utf-8").strip():
            raise DpdeskError(f"resources/templates/{path.name} is empty.")
    return count(len(found), "file")


def help_pages() -> str:
    """Every page has its heading, every link leads to a page, and every register has one."""
    from dpdesk.desk import Desk  # noqa: F401 — knowing the desk, every register is known
    from dpdesk.registers.record import Part, Record

    found = {path.stem: path.read_text(encoding="utf-8") for path in _files("help", "*.md")}
    for name, text in found.items():
        if not text.startswith("# ") or len(text.splitlines()) < 3:
            raise DpdeskError(f"The help page {name} has no heading or no text.")
        for target in _LINK.findall(text):
            if target not in found:
                raise DpdeskError(f"The help page {name} leads to {target}, which is missing.")
    for record in _below(Record):
        page = record.register.help_page
        if page and page not in found:
            raise DpdeskError(f"The help page {page} of {record.register.title} is missing.")
        if not page and not issubclass(record, Part):
            raise DpdeskError(f"{record.register.title} has no help page.")
    return count(len(found), "page")


def _below(record: type[Any]) -> Iterator[type[Any]]:
    """The records of the program; what others define beside it is not shipped."""
    for found in record.__subclasses__():
        ours = found.__module__.startswith("dpdesk.")
        if ours and not found.__dict__.get("__abstract__"):
            yield found
        yield from _below(found)


def icons() -> str:
    """Every icon that any file of the program names is in the icon font."""
    names = set()
    for package in ("dpdesk", "ui"):
        spec = importlib.util.find_spec(package)
        if spec is not None:
            names |= set(_named(package, list(spec.submodule_search_locations or ())))
    known = _known_icons()
    missing = sorted(name for name in names if name.removeprefix("mdi6.") not in known)
    if missing or not names:
        raise DpdeskError(f"The icon font has no {', '.join(missing) or 'icons'}.")
    return f"{count(len(names), 'icon')} of {len(known):,}"


def _known_icons() -> set[str]:
    spec = importlib.util.find_spec("qtawesome")
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        for path in Path(place, "fonts").glob("materialdesignicons6-webfont-charmap-*.json"):
            return set(json.loads(path.read_text(encoding="utf-8")))
    raise DpdeskError("The icon font is missing.", "Install dpdesk again.")


def _named(package: str, places: Sequence[str]) -> Iterator[str]:
    """Icon names in the code of every module, without running any: also where there is no source.

    An installed program has no source files, but its code knows the same words.
    """
    for found in pkgutil.iter_modules(places):
        name = f"{package}.{found.name}"
        spec = found.module_finder.find_spec(name, None)
        loader: Any = spec.loader if spec is not None else None
        code = loader.get_code(name) if loader is not None else None
        if code is not None:
            yield from _words(code)
        if found.ispkg and spec is not None:
            yield from _named(name, list(spec.submodule_search_locations or ()))


def _words(constant: object) -> Iterator[str]:
    """Icon names in a constant of the code, and in all that it holds."""
    if isinstance(constant, CodeType):
        for inner in constant.co_consts:
            yield from _words(inner)
    elif isinstance(constant, tuple | frozenset):
        for inner in constant:
            yield from _words(inner)
    elif isinstance(constant, str) and _ICON.fullmatch(constant):
        yield constant
