"""``dev.py release VERSION``: gives a version and a day to what CHANGELOG.md calls unreleased.

The version that the program tells, the page of changes and the names of the files in both READMEs
then say the same. Nothing is built, committed or signed: that is done by whoever hands it out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from pathlib import Path
from typing import Final

from machine import TOP, Unready, say

_HEAD: Final = "## Unreleased"
_VERSIONED: Final = r"^## (\d+\.\d+\.\d+) \(.*\)$"
_PAGES: Final = ("README.md", "packaging/README.md")
_NAMED: Final = r"((?:dpdesk|app)[-_]){}(?=[-_])"
"""How the version stands in the names of what is handed out: dpdesk-0.2.0-setup.exe."""


def unreleased(changes: str) -> str:
    """What no version names yet, out of the page of changes; empty where all is named."""
    return _split(changes)[1].strip()


def _split(changes: str) -> tuple[str, str, str]:
    """The page before, in and after the part about what no version names. Raises Unready."""
    found = re.search(rf"^{_HEAD}$\n(.*?)(?=^## )", changes, re.MULTILINE | re.DOTALL)
    if found is None:
        raise Unready(f"CHANGELOG.md has no part {_HEAD!r} with a version after it.")
    return changes[: found.start()], found.group(1), changes[found.end() :]


def renamed(changes: str, version: str, day: dt.date) -> str:
    """The page of changes with a version on top, and nothing unreleased.

    The version that is on top already is added to: it was not handed out yet. Raises Unready for
    an older one, and where nothing is new.
    """
    before, new, after = _split(changes)
    if not new.strip():
        raise Unready("CHANGELOG.md says nothing of what is new.")
    top = re.search(_VERSIONED, after, re.MULTILINE)
    if top is None:
        raise Unready("CHANGELOG.md names no version.")
    if _numbers(version) < _numbers(top.group(1)):
        raise Unready(f"{version} is older than {top.group(1)}, which CHANGELOG.md names.")
    content = _parts(new)
    if version == top.group(1):
        older, rest = _first(after[top.end() :])
        content = _joined(_parts(older), content)
        after = rest
    head = f"{_HEAD}\n\n## {version} ({day.day} {day:%B %Y})\n"
    told = [f"\n{name}\n{text}\n" if name else f"\n{text}\n" for name, text in content.items()]
    return f"{before}{head}{''.join(told)}\n{after}".rstrip() + "\n"


def _first(text: str) -> tuple[str, str]:
    """What comes before the next version, and the rest from that on."""
    found = re.search(r"^## ", text, re.MULTILINE)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _parts(text: str) -> dict[str, str]:
    """What stands under each heading, in its order; under no heading what stands before them."""
    pieces = re.split(r"^(### .*)$", text, flags=re.MULTILINE)
    content = {"": pieces[0].strip()} if pieces[0].strip() else {}
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        content[name] = "\n".join(filter(None, [content.get(name), piece.strip()]))
    return content


def _joined(older: dict[str, str], newer: dict[str, str]) -> dict[str, str]:
    names = list(dict.fromkeys([*older, *newer]))
    return {n: "\n".join(filter(None, [older.get(n), newer.get(n)])) for n in names}


def _numbers(version: str) -> tuple[int, ...]:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Unready(f"A version has three numbers, such as 0.3.0; {version} has not.")
    return tuple(int(number) for number in version.split("."))


def name_version(top: Path, version: str, day: dt.date) -> list[str]:
    """Writes the version and its day wherever they stand; the files that changed."""
    place = top / "dpdesk" / "__init__.py"
    program = place.read_text(encoding="utf-8")
    (before,) = re.findall(r'^__version__ = "(.*)"$', program, re.MULTILINE)
    changes = (top / "CHANGELOG.md").read_text(encoding="utf-8")
    texts = {
        "CHANGELOG.md": renamed(changes, version, day),
        "dpdesk/__init__.py": program.replace(f'"{before}"', f'"{version}"'),
    }
    for name in _PAGES:
        page = (top / name).read_text(encoding="utf-8")
        texts[name] = re.sub(_NAMED.format(re.escape(before)), rf"\g<1>{version}", page)
    changed = [n for n, text in texts.items() if text != (top / n).read_text(encoding="utf-8")]
    for name in changed:
        (top / name).write_text(texts[name], encoding="utf-8", newline="\n")
    return changed


def main(arguments: list[str]) -> int:
    """Names the version and says what is to be done next."""
    parser = argparse.ArgumentParser(prog="packaging/dev.py release", allow_abbrev=False)
    parser.add_argument("version", help="three numbers, such as 0.3.0")
    parser.add_argument(
        "--day",
        type=dt.date.fromisoformat,
        default=dt.datetime.now(tz=dt.UTC).date(),
        metavar="2026-12-24",
        help="the day of the version; today without",
    )
    asked = parser.parse_args(arguments)
    try:
        changed = name_version(TOP, asked.version, asked.day)
    except Unready as problem:
        print(problem, file=sys.stderr)
        return 1
    say(f"Changed: {', '.join(changed)}. Read them, commit, and then:")
    say("    python3 packaging/dev.py test windows")
    say("    python3 packaging/dev.py windows --to dist")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
