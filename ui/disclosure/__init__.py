"""The redaction workbench, and the releases that come out of it.

``Workbench(desk, around, entry_id)`` is a page of the window; ``KEYS`` are its keys for the list
of keys. Call ``leave()`` before the desk is closed.
"""

from __future__ import annotations

from ui.disclosure.workbench import KEYS, Workbench

__all__ = ["KEYS", "Workbench"]
