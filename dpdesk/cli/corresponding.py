"""``letter``, ``case-file``, ``portable``: what a request sends out; ``destroy-case``: its end."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Final

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import entry_called, opened, place_for
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_ENDINGS: Final = (".pdf", ".docx", ".eml")


def letter(arguments: Namespace) -> Answer:
    """Writes a letter as it would go now, and says what is missing and what to look at.

    Raises NotFound for a letter that this request has not, NoRoom, DpdeskError for another ending.
    """
    target = place_for(arguments.to)
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        raise DpdeskError(
            f"A letter cannot be saved as {target.suffix or target.name}.",
            f"End the name of the file with one of: {', '.join(_ENDINGS)}.",
        )
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        _require_request(desk, entry)
        kind = desk.requests.letters.kind_called(arguments.letter, entry)
        made = desk.requests.letters.write(kind.key, entry)
        content = made.content
        if ending == ".docx":
            content = desk.requests.letters.docx(kind.key, entry)
        elif ending == ".eml":
            content = desk.requests.letters.message(kind.key, entry)
        desk.write(target, content)
    ease = made.ease
    warnings = [*made.lacking, *made.warnings]
    content_told = {
        "reference": entry.reference,
        "kind": kind.key,
        "file": str(target),
        "pages": made.pages,
        "subject": made.subject,
        "missing": list(made.missing),
        "lacking": [each.key for each in made.passages if not each.there],
        "reading_ease": None if ease is None else ease.score,
        "warnings": warnings,
    }
    words = f"{kind.label} for {entry.reference}: {count(made.pages, 'page')}."
    if made.missing:
        words += f" Still to be filled in: {', '.join(made.missing)}."
    if ease is not None:
        words += f" {ease.said}"
    return Answer(content_told, "\n".join([f"{words} Saved as {target}.", *warnings]))


def case_file(arguments: Namespace) -> Answer:
    """Writes the case file of a request as a PDF. Raises NotFound, NoRoom."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        _require_request(desk, entry)
        printed = desk.requests.case_file(entry)
        desk.write(target, printed.content)
    content = {"reference": entry.reference, "file": str(target), "pages": printed.pages}
    words = f"Case file of {entry.reference}: {count(printed.pages, 'page')}. Saved as {target}."
    return Answer(content, words)


def portable(arguments: Namespace) -> Answer:
    """Writes the package of a request for transfer, built and checked. Raises DpdeskError, NoRoom.

    It is a ZIP file with the data as JSON and CSV, the files that were added, and checksums.
    """
    target = place_for(arguments.to)
    if target.suffix.lower() != ".zip":
        raise DpdeskError(
            f"The package cannot be saved as {target.name}.", "End the name of the file with .zip."
        )
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        _require_request(desk, entry)
        made = desk.requests.portable.package(entry)
        desk.write(target, made.content)
        desk.requests.portable.note(entry, made)
    content = {
        "reference": entry.reference,
        "file": str(target),
        "sha256": made.sha256,
        "tables": dict(made.tables),
        "files": made.files,
        "warnings": list(made.warnings),
    }
    words = f"Portable data of {entry.reference}: {made.said} Checked and saved as {target}."
    return Answer(content, "\n".join([words, *made.warnings]))


def destroy_case(arguments: Namespace) -> Answer:
    """Destroys the papers of a closed case whose years are over, for good.

    Raises DpdeskError with every hindrance; then nothing was destroyed.
    """
    target = place_for(arguments.to) if arguments.to is not None else None
    with opened(arguments) as desk:
        entry = entry_called(desk, arguments.reference)
        _require_request(desk, entry)
        contents = desk.requests.disposing.contents(entry)
        looked = False if arguments.no_safeguarding else None
        saved = desk.requests.disposing.destroy(entry, safeguarding=looked)
        disposal = desk.retention.disposals.load(int(saved.entry.values["disposal"]))
        backups = desk.keeping.backups_still_hold()
        if target is not None:
            desk.write(target, desk.retention.disposals.certificate(disposal.id))
    content = {
        "reference": saved.entry.reference,
        "state": saved.entry.state,
        "disposal": disposal.reference,
        "destroyed": contents,
        "file": str(target) if target is not None else None,
        "backups": backups,
    }
    words = [f"Papers of {entry.reference} destroyed ({contents}): {disposal.reference}."]
    if target is not None:
        words.append(f"Certificate saved as {target}.")
    return Answer(content, " ".join([*words, backups]))


def _require_request(desk: Desk, entry: Entry) -> None:
    if entry.register.key != desk.requests.requests.register.key:
        raise DpdeskError(f"{entry.reference} is not a request.", "See: entries requests")
