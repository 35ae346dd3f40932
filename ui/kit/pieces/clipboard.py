"""Copies words that belong to a school, so that nothing keeps them and nothing sends them away.

Windows keeps a history of what was copied and may carry it to other computers; some programs keep
one everywhere. Words that are marked so are left out of it by those that heed the mark.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
MARKS: Final = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): bytes(4),
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
"""What says on each system that the words beside it are to be kept nowhere."""


def copy(text: str) -> None:
    """Puts words into the clipboard, to be pasted and to be kept nowhere else."""
    content = QMimeData()
    content.setText(text)
    for name, value in MARKS.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)
