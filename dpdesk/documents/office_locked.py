"""Office files behind a password onto pages; used inside workers only."""

from __future__ import annotations

from dpdesk.documents import office_kinds, office_locks
from dpdesk.documents.normal import Normal, reader
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits


def locked(content: bytes, password: str | None, limits: Limits) -> Normal:
    """An office file behind a password, as pages.

    Raises PasswordNeeded where there is none or a wrong one, UnreadableFile as its reader does.
    """
    plain = office_locks.unlocked(content, password)
    found = office_kinds.recognised(plain)
    if found in {"", "LOCKED"}:
        raise UnreadableFile(*office_locks.UNKNOWN_LOCK)
    return reader(found)(plain, None, limits)
