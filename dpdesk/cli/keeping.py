"""``example``, ``check``, ``backup`` and ``restore``: the workspace as a whole."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from dpdesk import front_door
from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened, passphrase, place_for
from dpdesk.cli.watching import watching
from dpdesk.errors import NotFound
from dpdesk.law.words import count
from dpdesk.overview.checking import said


def example(arguments: Namespace) -> Answer:
    """Makes the example school. Raises DpdeskError for a folder in use, NoRoom."""
    from dpdesk.example import make_example

    with watching() as line:
        opens = make_example(arguments.folder, line.step)
    return Answer(
        {"passphrase": opens},
        f"The example school is in {arguments.folder}.\nIts passphrase is: {opens}",
    )


def check(arguments: Namespace) -> Answer:
    """Verifies everything; fails where something is not as it was saved."""
    with opened(arguments) as desk, watching() as line:
        found = desk.check(line.step)
    content = {
        "ok": not found.problems,
        "history_rows": found.history_rows,
        "sealed_rows": found.sealed_rows,
        "answers": found.answers,
        "vault_files": found.vault_files,
        "search_rows": found.search_rows,
        "problems": list(found.problems),
        "remarks": list(found.remarks),
    }
    if found.problems:
        number = count(len(found.problems), "fault")
        restore = " Restore the last backup into another folder."
        advice = "" if found.only_the_sheet else restore
        return Answer(
            content,
            "\n".join([*found.problems, *found.remarks]),
            f"{number} found: {found.problems[0]}{advice}",
        )
    return Answer(content, "\n".join(["Everything compared is as it was saved.", *said(found)]))


def backup(arguments: Namespace) -> Answer:
    """Writes a backup and verifies it."""
    target = place_for(arguments.to, backup=True)
    with opened(arguments) as desk, watching() as line:
        made = desk.keeping.back_up(target, partial(line.step, "Writing the backup"))
    content = {
        "backup": str(made.path),
        "made": made.at.isoformat(timespec="seconds"),
        "files": made.files,
        "bytes": made.size,
        "missing": made.missing,
    }
    complaint = ""
    if made.missing:
        # A backup that runs by the clock must be heard of when there is less to keep than before.
        complaint = (
            f"The backup was written, but {count(made.missing, 'file')} of this workspace "
            "could not be included because they are missing from the vault. Look for an "
            "older backup."
        )
    words = f"Backup written and verified: {made.path} ({made.size:,} bytes)."
    return Answer(content, words, complaint)


def restore(arguments: Namespace) -> Answer:
    """Brings a backup back, with either key."""
    if not arguments.archive.is_file():
        raise NotFound(f"There is no file {arguments.archive}.", "Check its name and folder.")
    key: str = arguments.recovery_key
    front_door.restore_backup(
        arguments.archive,
        arguments.to,
        passphrase="" if key else passphrase(),
        recovery_key=key,
    )
    return Answer(
        {"workspace": str(arguments.to)},
        f"Restored into {arguments.to}. Open it with: --workspace {arguments.to}",
    )
