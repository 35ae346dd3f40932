"""Every kind of office file, by its format; used inside workers only."""

from __future__ import annotations

import importlib
from typing import Final, cast

from dpdesk.documents import office_kinds, office_locked
from dpdesk.documents.normal import Normal
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

READERS: Final = {
    "DOCX": "word_pages:docx",
    "XLSX": "sheet_pages:xlsx",
    "XLS": "sheet_xls:xls",
    "CSV": "sheet_lines:lines",
    "HTML": "web_pages:html",
    "LOCKED": "office_pages:locked",
}
"""What reads a format, as "module:function" of this room: (content, password, limits) → Normal."""


def locked(content: bytes, password: str | None, limits: Limits) -> Normal:
    """An office file behind a password.

    Raises PasswordNeeded where there is none or a wrong one, UnreadableFile as its reader does.
    """
    plain = office_locked.unlocked(content, password)
    found = office_kinds.recognised(plain)
    if found not in READERS or found == "LOCKED":
        raise UnreadableFile(
            "This file is locked, and what is in it cannot be read either.",
            "Open it in the program that it comes from, save it as PDF, and add that.",
        )
    module, _, reader = READERS[found].partition(":")
    read = getattr(importlib.import_module(f"dpdesk.documents.{module}"), reader)
    return cast(Normal, read(plain, None, limits))
