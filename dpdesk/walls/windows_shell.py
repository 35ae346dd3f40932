"""What the desktop of Windows is told: who the program is, and which of its windows comes first."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any, Final

IDENTITY: Final = "dpdesk.desk"
"""Windows of one identity share a button in the task bar, with the mark of the program."""
_QUERY: Final = 0x1000
_RESTORE: Final = 9
_LONGEST: Final = 32768


def identify() -> None:
    """Tells Windows that this is dpdesk, whatever program carries it."""
    shell = ctypes.WinDLL("shell32")  # type: ignore[attr-defined] # Windows only
    shell.SetCurrentProcessExplicitAppUserModelID.argtypes = (wintypes.LPCWSTR,)
    shell.SetCurrentProcessExplicitAppUserModelID(IDENTITY)


def first_forward() -> bool:
    """Brings the window of this user's dpdesk forward, if one is open already; says if it did.

    Only a window of the same program file counts: one whose title merely ends alike does not.
    """
    own = _program(_kernel().GetCurrentProcessId())
    if not own:
        return False
    desktop = _desktop()
    for window, process in _windows(desktop):
        if process != _kernel().GetCurrentProcessId() and _program(process) == own:
            if desktop.IsIconic(window):
                desktop.ShowWindow(window, _RESTORE)
            desktop.SetForegroundWindow(window)
            return True
    return False


def _windows(desktop: Any) -> Iterator[tuple[int, int]]:
    """Visible windows that Qt made and that are called dpdesk, with their processes."""
    found: list[int] = []
    kind = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)  # type: ignore[attr-defined] # Windows only

    def seen(window: int, _nothing: int) -> bool:
        found.append(window)
        return True

    desktop.EnumWindows(kind(seen), 0)
    for window in found:
        letters = ctypes.create_unicode_buffer(512)
        desktop.GetWindowTextW(window, letters, 512)
        if desktop.IsWindowVisible(window) and letters.value.endswith("dpdesk"):
            process = wintypes.DWORD()
            desktop.GetWindowThreadProcessId(window, ctypes.byref(process))
            yield window, int(process.value)


def _program(process: int) -> str:
    """The file that a process was started from; empty where that is not told."""
    kernel = _kernel()
    handle = kernel.OpenProcess(_QUERY, False, process)
    if not handle:
        return ""
    try:
        letters = ctypes.create_unicode_buffer(_LONGEST)
        length = wintypes.DWORD(_LONGEST)
        if not kernel.QueryFullProcessImageNameW(handle, 0, letters, ctypes.byref(length)):
            return ""
        return letters.value.lower()
    finally:
        kernel.CloseHandle(handle)


def _kernel() -> Any:
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined] # Windows only
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    kernel.QueryFullProcessImageNameW.argtypes = (
        wintypes.HANDLE,
        wintypes.DWORD,
        wintypes.LPWSTR,
        ctypes.c_void_p,
    )
    return kernel


def _desktop() -> Any:
    desktop = ctypes.WinDLL("user32")  # type: ignore[attr-defined] # Windows only
    for name in ("IsIconic", "IsWindowVisible", "SetForegroundWindow"):
        getattr(desktop, name).argtypes = (wintypes.HWND,)
    desktop.ShowWindow.argtypes = (wintypes.HWND, ctypes.c_int)
    desktop.GetWindowTextW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
    desktop.GetWindowThreadProcessId.argtypes = (wintypes.HWND, ctypes.c_void_p)
    return desktop
