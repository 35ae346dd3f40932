"""The redaction workbench, and the releases that come out of it.

``Workbench(desk, around, entry_id)`` is a page of the window; ``KEYS`` are its keys for the list
of keys. Call ``shut()`` before the desk is closed. ``ReleasesPanel(desk, around)`` stands in the
kit, for the rail of a request shows it too.
"""

from __future__ import annotations

from ui.disclosure.check_file_page import CheckFilePage
from ui.disclosure.releases_panel import ReleasesPanel
from ui.disclosure.workbench import KEYS, Workbench

__all__ = ["KEYS", "CheckFilePage", "ReleasesPanel", "Workbench"]
