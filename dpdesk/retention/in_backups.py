"""What is said about backups once something was erased."""

from __future__ import annotations

from dpdesk.law.words import count, long_date
from dpdesk.store.thinning import StillHeld

_ELSEWHERE = "Backups on memory sticks and elsewhere contain it until you delete them."


def sentence(held: StillHeld | None) -> str:
    """Until when backups still hold what was erased; None where their folder is out of reach."""
    if held is None:
        return (
            "The backup folder cannot be reached at the moment; backups made before "
            f"this still contain it until old ones are removed. {_ELSEWHERE}"
        )
    parts = []
    if held.until is not None:
        parts.append(
            "Backups made before this still contain it until "
            f"{long_date(held.until)}: {count(held.number, 'file')}, the last of which is "
            "removed then if a backup is made every day."
        )
    if held.staying:
        parts.append(
            f"{count(held.staying, 'backup')} here must be deleted by you: made by hand, in a "
            "folder used before, or dated ahead by a wrong clock."
        )
    if not parts:
        parts.append("No backup in the backup folder contains it.")
    return " ".join([*parts, _ELSEWHERE])
