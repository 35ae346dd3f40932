"""``inspect``: what can still be read in a file that was redacted elsewhere."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import password_in, place_for
from dpdesk.cli.watching import watching
from dpdesk.inspection.inspector import Inspection, Inspector
from dpdesk.law.words import LONDON, count
from dpdesk.store.files import write_whole

FOUND = 3
"""The exit code where something can still be read."""


def inspect(arguments: Namespace) -> Answer:
    """Looks through the file. Raises UnreadableFile, PasswordNeeded."""
    password = password_in(arguments.password_file) or None
    with Inspector() as inspector, watching() as line:
        found = inspector.inspect_file(
            arguments.file,
            password=password,
            step=lambda done, of: line.step("pages checked", done, of),
        )
        if arguments.to is not None:
            _report(inspector, found, place_for(arguments.to))
    content = {
        "clean": found.clean,
        "pages": found.pages,
        "findings": [
            {"page": leak.page or None, "kind": leak.kind, "what": leak.what, "text": leak.text}
            for leak in found.leaks
        ],
    }
    return Answer(content, _words(found), code=0 if found.clean else FOUND)


def _report(inspector: Inspector, found: Inspection, target: Path) -> None:
    from dpdesk.inspection.report import report  # reportlab only when something is printed

    day = dt.datetime.now(LONDON).date()
    write_whole(target, report(found, inspector.pictures(found), day).content)


def _words(found: Inspection) -> str:
    if found.clean:
        return "Nothing was found that can still be read. Look at the pages yourself too."
    rows = [[found.where(leak).lower(), leak.title, leak.text or leak.what] for leak in found.leaks]
    return f"{count(len(rows), 'finding')}. Do not hand this file out.\n{table(rows)}"
