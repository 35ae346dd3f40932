"""What is said about backups once something was erased."""

from __future__ import annotations

from dpdesk.law.words import count, long_date
from dpdesk.store.thinning import StillHeld

_ELSEWHERE = "Backups on sticks and elsewhere hold it until you delete them."


def sentence(held: StillHeld | None) -> str:
    """Until when backups still hold what was erased; None where their folder is out of reach."""
    if held is None:
        return (
            "The backup folder cannot be reached now; backups made before this still hold it until "
            f"they are thinned out. {_ELSEWHERE}"
        )
    parts = []
    if held.until is not None:
        parts.append(
            f"Backups made before this still hold it until {long_date(held.until)}: "
            f"{count(held.number, 'file')}, the last of which goes then if a backup is made every "
            "day."
        )
    if held.staying:
        parts.append(
            f"{count(held.staying, 'backup')} here will not go without you: made by hand, in a "
            "folder used before, or dated ahead by a wrong clock."
        )
    if not parts:
        parts.append("No backup in the backup folder holds it.")
    return " ".join([*parts, _ELSEWHERE])
