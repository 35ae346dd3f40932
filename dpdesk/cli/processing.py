"""``export ropa`` and ``import ropa``: the record of processing in the regulator's template."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened, place_for
from dpdesk.errors import NotFound, UnreadableFile
from dpdesk.law.words import count
from dpdesk.registers.spreadsheet_parts import LARGEST

if TYPE_CHECKING:
    from dpdesk.assets.ropa import WorkbookPreview


def export(arguments: Namespace) -> Answer:
    """Writes the workbook. Raises NoRoom."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        ropa = desk.assets.ropa
        rows = sum(1 for _ in ropa.rows())
        assets = desk.assets.assets.meter().entries
        desk.write(target, ropa.hand_over() if arguments.hand_over else ropa.export())
        empty = ropa.left_empty()
    words = [f"{count(assets, 'asset')} in {count(rows, 'row')}, saved as {target}."]
    if empty:
        words += ["Still empty:", *(f"  {each}" for each in empty)]
    content = {"file": str(target), "assets": assets, "rows": rows, "empty": list(empty)}
    return Answer(content, "\n".join(words))


def bring_in(arguments: Namespace) -> Answer:
    """Reads the workbook, or says with ``--preview`` what reading it would change.

    Entries that cannot be saved are named and left out, and the command fails; everything else
    is written. Raises UnreadableFile for another kind of file; then nothing is written.
    """
    content = file_of(arguments.file)
    with opened(arguments) as desk:
        seen = desk.assets.ropa.preview(content)
        if not arguments.preview:
            desk.assets.ropa.accept(seen)
    return _told(seen, preview=arguments.preview)


def file_of(path: Path) -> bytes:
    """The bytes of a file to import. Raises NotFound, UnreadableFile."""
    if not path.is_file():
        raise NotFound(f"There is no file {path}.")
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile("This file is too large for an import.", "Split it into parts.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            "This file cannot be read.", ("Check that it is not open in another program.")
        ) from error


def _told(seen: WorkbookPreview, *, preview: bool) -> Answer:
    counts = {kind: len(seen.of_kind(kind)) for kind in ("new", "changed", "same")}
    content: dict[str, Any] = {
        **counts,
        "wrong": [
            {"asset": each.name, "rows": list(each.rows), "problems": dict(each.problems)}
            for each in seen.wrong
        ],
        "systems": len(seen.systems),
        "changes": [
            {
                "reference": each.reference,
                "asset": each.name,
                "changes": [
                    {"question": label, "old": old, "new": new}
                    for label, old, new in each.told(seen.classes)
                ],
            }
            for each in seen.of_kind("changed")
        ],
        "unmapped": [{"asset": name, "words": words} for name, words in seen.left],
        "warnings": [each.warning for each in seen.assets if each.warning],
        "notes": list(seen.notes),
        "written": not preview,
    }
    would = "would be " if preview else ""
    first = f"{count(counts['new'], 'asset')} {would}new, {counts['changed']} {would}changed"
    lines = [f"{first}, {counts['same']} the same."]
    if seen.left:
        lines.append("These words could not be turned into answers; they are kept in the notes:")
        lines += [f"  {name}: {' '.join(words.split())}" for name, words in seen.left]
    lines += [*content["warnings"], *seen.notes]
    complaint = ""
    if seen.wrong:
        rows = ", ".join(str(number) for each in seen.wrong for number in each.rows)
        why = " ".join(seen.wrong[0].problems.values())
        complaint = f"{count(len(seen.wrong), 'asset')} left out (rows {rows}): {why}"
    return Answer(content, "\n".join(lines), complaint)
