"""``public-forms`` and ``returned-forms``: what goes out to the public, and what comes back."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import folder_for, opened, write_all
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count


def public_forms(arguments: Namespace) -> Answer:
    """Every form as PDF and for Word, each with a code. Raises NoRoom, DpdeskError."""
    folder = folder_for(arguments.to)
    with opened(arguments) as desk:
        made = write_all(desk, folder, desk.requests.forms.files())
    return Answer({"files": made}, f"{count(len(made), 'file')} written.")


def returned_forms(arguments: Namespace) -> Answer:
    """What each form seems to say; fails where a file cannot be read, and names it."""
    found: list[dict[str, Any]] = []
    rows: list[list[str]] = []
    failed = 0
    with opened(arguments) as desk:
        for path in arguments.files:
            try:
                forms = desk.requests.forms.read(path)
            except DpdeskError as error:
                failed += 1
                found.append({"file": path.name, "page": None, "form": "", "why": str(error)})
                rows.append([path.name, "", str(error)])
                continue
            for each in forms:
                found.append(
                    {
                        "file": each.file,
                        "page": each.page,
                        "form": each.form,
                        "code": each.code,
                        "answers": dict(each.answers),
                        "why": each.why,
                    }
                )
                said = "; ".join(f"{key}: {answer}" for key, answer in each.answers.items())
                rows.append([f"{each.file}, page {each.page}", each.form, said or each.why])
    complaint = ""
    if failed:
        complaint = f"{failed} of {count(len(arguments.files), 'file')} could not be read."
    return Answer({"forms": found}, table(rows), complaint)
