"""What Windows offers: a job around a worker, a low rank for it, and no dumps of the program.

Everything is asked of the system's own libraries; a call that fails leaves the rest standing.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any, Final

_SIZE: Final = ctypes.c_size_t
_TERMINATE_AND_SET_QUOTA: Final = 0x0001 | 0x0100
_EXTENDED_LIMITS, _UI_LIMITS = 9, 4
_ONE_PROCESS: Final = 0x0008
_PROCESS_MEMORY: Final = 0x0100
_NO_FAULT_BOX: Final = 0x0400
_END_WITH_JOB: Final = 0x2000
# Windows, clipboard, settings, desktops and sessions of others: handles, read and write clipboard,
# system parameters, display settings, global atoms, desktop, exit of Windows.
_ALL_UI: Final = 0xFF
_NO_ERROR_BOXES: Final = 0x0001 | 0x0002  # critical errors; faults, with which the report goes
_NO_HEAP_IN_REPORTS: Final = 0x0001
_ERROR_SIGN: Final = 0x10
_FILE_NAME: Final = 2
_REMOTE: Final = 4
_LONGEST: Final = 32_768
"""Letters that a path of Windows may have, and one more."""
_TOKEN_QUERY_AND_DEFAULT: Final = 0x0008 | 0x0080
_INTEGRITY_LEVEL: Final = 25
_LOW: Final = "S-1-16-4096"
_SE_GROUP_INTEGRITY: Final = 0x20


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", _SIZE),
        ("MaximumWorkingSetSize", _SIZE),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", _SIZE),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", _SIZE),
        ("JobMemoryLimit", _SIZE),
        ("PeakProcessMemoryUsed", _SIZE),
        ("PeakJobMemoryUsed", _SIZE),
    )


class _SidAndAttributes(ctypes.Structure):
    _fields_ = (("Sid", ctypes.c_void_p), ("Attributes", wintypes.DWORD))


class _Counters(ctypes.Structure):
    _fields_ = (
        ("cb", wintypes.DWORD),
        ("PageFaultCount", wintypes.DWORD),
        ("PeakWorkingSetSize", _SIZE),
        ("WorkingSetSize", _SIZE),
        ("QuotaPeakPagedPoolUsage", _SIZE),
        ("QuotaPagedPoolUsage", _SIZE),
        ("QuotaPeakNonPagedPoolUsage", _SIZE),
        ("QuotaNonPagedPoolUsage", _SIZE),
        ("PagefileUsage", _SIZE),
        ("PeakPagefileUsage", _SIZE),
    )


class _FileName(ctypes.Structure):
    _fields_ = (("length", wintypes.DWORD), ("letters", wintypes.WCHAR * 1024))


def _kernel() -> Any:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined] # Windows only
    for name in ("CreateJobObjectW", "OpenProcess", "GetCurrentProcess"):
        getattr(kernel, name).restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    return kernel


def confine(pid: int, memory: int) -> int:
    """Puts a worker that has no work yet into a job of its own; gives the handle of the job.

    The job refuses memory above ``memory`` bytes, other processes, and the windows and clipboard
    of others, and ends the worker when the handle is closed, also by the end of this program.
    0 where it could not be done.
    """
    kernel = _kernel()
    process = kernel.OpenProcess(_TERMINATE_AND_SET_QUOTA, False, pid)
    if not process:
        return 0
    try:
        for quiet in (True, False):
            job = kernel.CreateJobObjectW(None, None)
            if not job:
                return 0
            if _limited(kernel, job, memory, quiet) and kernel.AssignProcessToJobObject(
                job, process
            ):
                return int(job)
            # Where the program itself runs in a job, one that limits windows may not stand inside.
            kernel.CloseHandle(job)
        return 0
    finally:
        kernel.CloseHandle(process)


def _limited(kernel: Any, job: int, memory: int, quiet: bool) -> bool:
    limits = _ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = (
        _PROCESS_MEMORY | _ONE_PROCESS | _NO_FAULT_BOX | _END_WITH_JOB
    )
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory
    size = ctypes.sizeof(limits)
    if not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size):
        return False
    if not quiet:
        return True
    ui = wintypes.DWORD(_ALL_UI)
    return bool(kernel.SetInformationJobObject(job, _UI_LIMITS, ctypes.byref(ui), 4))


def release(job: int) -> None:
    """Closes a job; what still runs in it ends."""
    _kernel().CloseHandle(job)


def low_integrity() -> bool:
    """This process ranks below the user's other programs from now on.

    It writes into nothing of theirs and reads no memory of theirs. Says if it worked.
    """
    security = ctypes.WinDLL("advapi32", use_last_error=True)  # type: ignore[attr-defined] # Windows only
    kernel = _kernel()
    security.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.c_void_p)
    security.ConvertStringSidToSidW.argtypes = (wintypes.LPCWSTR, ctypes.c_void_p)
    security.SetTokenInformation.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    token, rank = wintypes.HANDLE(), ctypes.c_void_p()
    if not security.OpenProcessToken(
        kernel.GetCurrentProcess(), _TOKEN_QUERY_AND_DEFAULT, ctypes.byref(token)
    ):
        return False
    try:
        if not security.ConvertStringSidToSidW(_LOW, ctypes.byref(rank)):
            return False
        label = _SidAndAttributes(rank, _SE_GROUP_INTEGRITY)
        return bool(
            security.SetTokenInformation(
                token, _INTEGRITY_LEVEL, ctypes.byref(label), ctypes.sizeof(label)
            )
        )
    finally:
        kernel.CloseHandle(token)


def no_dumps() -> None:
    """A crash of this process opens no box and leaves no report that holds its memory."""
    kernel = _kernel()
    kernel.SetErrorMode(_NO_ERROR_BOXES)
    try:
        kernel.WerSetFlags(_NO_HEAP_IN_REPORTS)
    except AttributeError:
        return  # Windows before Vista, and some that stand in for it


def is_pipe_of_terminal(descriptor: int) -> bool:
    """Is this file of ours the pipe that a terminal of MSYS or Cygwin gives its programs?"""
    import msvcrt

    kernel = _kernel()
    kernel.GetFileInformationByHandleEx.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    name = _FileName()
    handle = msvcrt.get_osfhandle(descriptor)  # type: ignore[attr-defined] # Windows only
    if not kernel.GetFileInformationByHandleEx(
        handle, _FILE_NAME, ctypes.byref(name), ctypes.sizeof(name)
    ):
        return False
    found = str(name.letters[: name.length // 2])
    return found.startswith(("\\msys-", "\\cygwin-")) and "-pty" in found


def hold_end(window: int, reason: str) -> None:
    """Windows tells why it waits where somebody logs off meanwhile; ``window`` is a handle."""
    windows = _windows()
    windows.ShutdownBlockReasonCreate(window, reason)


def let_end(window: int) -> None:
    """Windows need not wait any more."""
    _windows().ShutdownBlockReasonDestroy(window)


def _windows() -> Any:
    windows = ctypes.WinDLL("user32")  # type: ignore[attr-defined] # Windows only
    windows.ShutdownBlockReasonCreate.argtypes = (wintypes.HWND, wintypes.LPCWSTR)
    windows.ShutdownBlockReasonDestroy.argtypes = (wintypes.HWND,)
    return windows


def is_remote(drive: str) -> bool:
    """Does a drive, such as H: with its backslash, lie on another computer?"""
    kernel = _kernel()
    kernel.GetDriveTypeW.argtypes = (wintypes.LPCWSTR,)
    return bool(kernel.GetDriveTypeW(drive) == _REMOTE)


def long_name(path: str) -> str:
    """A path with the names that people gave, where parts of it are short ones: UKASZ~1."""
    kernel = _kernel()
    kernel.GetLongPathNameW.argtypes = (wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD)
    whole = ctypes.create_unicode_buffer(_LONGEST)
    length = kernel.GetLongPathNameW(path, whole, _LONGEST)
    return whole.value if 0 < length < _LONGEST else path


def say(title: str, sentence: str) -> None:
    """Shows a box with a sentence, and waits until it is closed. It needs nothing of Qt."""
    _windows().MessageBoxW(None, sentence, title, _ERROR_SIGN)


def committed() -> int:
    """Bytes of memory that this process takes now; 0 where the system does not say."""
    counters = _Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel = _kernel()
    if not kernel.K32GetProcessMemoryInfo(
        kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb
    ):
        return 0
    return int(counters.PagefileUsage)
