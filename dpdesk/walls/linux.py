"""What a worker gives up on Linux: Landlock for files, a filter of system calls for the rest.

Both are asked of the kernel directly, as neither has a door in Python. Where a kernel lacks one of
them the other still stands. Sources: the kernel's ``Documentation/userspace-api/landlock.rst`` and
``seccomp_filter.rst``; numbers from its tables of system calls for x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_NO_DUMPS: Final = 4  # PR_SET_DUMPABLE
_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS
_SECCOMP: Final = 22  # PR_SET_SECCOMP
_FILTER: Final = 2  # SECCOMP_MODE_FILTER


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def no_dumps() -> bool:
    """No core dump, and no other process of this user looks into this one. Says if it worked."""
    return bool(_library().prctl(_NO_DUMPS, 0, 0, 0, 0) == 0)


def no_new_privileges() -> bool:
    """Nothing that is started from here on gains rights. Says if it worked."""
    return bool(_library().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0)


# ------------------------------------------------------------------------------- Landlock

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION: Final = 1
_BENEATH: Final = 1
_READ: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
# The rights over files that each version of Landlock knows.
_FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_NEWEST_FILE_RIGHTS: Final = 16
_NET_RIGHTS: Final = 0b11  # from version 4: bind and connect
_SCOPES: Final = 0b11  # from version 6: sockets without a file, signals to others


def only_read(places: Iterable[Path]) -> bool:
    """From now on only these places are read, and nothing is written. Says if it worked."""
    library = _library()
    version = library.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    rights = (1 << _FILE_RIGHTS.get(version, _NEWEST_FILE_RIGHTS)) - 1
    wanted = struct.pack("=Q", rights)
    if version >= 4:
        wanted += struct.pack("=Q", _NET_RIGHTS)
    if version >= 6:
        wanted += struct.pack("=Q", _SCOPES)
    rules = library.syscall(_CREATE_RULESET, wanted, len(wanted), 0)
    if rules < 0:
        return False
    try:
        for place in places:
            _allow(library, rules, place)
        return bool(library.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(library: ctypes.CDLL, rules: int, place: Path) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there need not be allowed
    try:
        rights = _READ | _READ_FOLDER if place.is_dir() else _READ
        rule = struct.pack("=Qi", rights, handle)
        library.syscall(_ADD_RULE, rules, _BENEATH, rule, 0)
    finally:
        os.close(handle)


# -------------------------------------------------------------------------------- seccomp

# Number on x86-64 and on arm64; None where the call does not exist.
_FORBIDDEN: Final[dict[str, tuple[int | None, int | None]]] = {
    # talking to others
    "socket": (41, 198), "socketpair": (53, 199), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "connect": (42, 203), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "recvfrom": (45, 207), "recvmsg": (47, 212),
    "recvmmsg": (299, 243), "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186),
    "semget": (64, 190), "mq_open": (240, 180),
    # starting and touching other processes
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "tkill": (200, 130), "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # changing files
    "creat": (85, None), "truncate": (76, 45), "ftruncate": (77, 46), "rename": (82, None),
    "renameat": (264, 38), "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34),
    "rmdir": (84, None), "link": (86, None), "linkat": (265, 37), "unlink": (87, None),
    "unlinkat": (263, 35), "symlink": (88, None), "symlinkat": (266, 36), "mknod": (133, None),
    "mknodat": (259, 33), "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "chown": (92, None), "lchown": (94, None), "fchown": (93, 55),
    "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "open_by_handle_at": (304, 265),
    # the system itself
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "setns": (308, 268), "unshare": (272, 97), "move_mount": (429, 429), "open_tree": (428, 428),
    "fsopen": (430, 430), "fspick": (433, 433), "mount_setattr": (442, 442), "bpf": (321, 280),
    "perf_event_open": (298, 241), "io_uring_setup": (425, 425), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "fanotify_init": (300, 262), "personality": (135, 92), "swapon": (167, 224),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
}  # fmt: skip
# Their arguments lie in memory where the filter cannot look; C libraries fall back on older calls.
_UNKNOWN: Final = {"clone3": 435, "openat2": 437}
_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_OTHER_KIND: Final = 0x40000000  # calls of 32-bit programs on x86-64
_NEW_THREAD: Final = 0x00010000  # CLONE_THREAD
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TYPE_FOR_TERMINAL: Final = 0x5412  # TIOCSTI

_LOAD, _EQUAL, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW: Final = 0x7FFF0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16


def _refuse(fault: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, 0x00050000 | fault)


def _program(machine: str) -> bytes:
    """The filter, instruction by instruction: (code, jump if true, jump if false, operand)."""
    column, architecture = _MACHINES[machine]
    refused = _refuse(errno.EPERM)
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        refused,
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_KIND),
        refused,
    ]
    for numbers in _FORBIDDEN.values():
        if (number := numbers[column]) is not None:
            code += [(_EQUAL, 0, 1, number), refused]
    for number in _UNKNOWN.values():
        code += [(_EQUAL, 0, 1, number), _refuse(errno.ENOSYS)]

    def look(number: int, argument: int, test: int, operand: int, *, wanted: bool) -> None:
        """Refuses the call unless the test of its argument comes out as wanted."""
        fault = _refuse(errno.EACCES if operand == _WRITING else errno.EPERM)
        yes, no = (1, 0) if wanted else (0, 1)
        code.extend(
            [
                (_EQUAL, 0, 4, number),
                (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
                (test, yes, no, operand),
                fault,
                (_LOAD, 0, 0, _NUMBER),
            ]
        )

    me = os.getpid()
    if column == 0:
        look(2, 1, _HAS, _WRITING, wanted=False)  # open
    look((257, 56)[column], 2, _HAS, _WRITING, wanted=False)  # openat
    look((56, 220)[column], 0, _HAS, _NEW_THREAD, wanted=True)  # clone
    look((234, 131)[column], 0, _EQUAL, me, wanted=True)  # tgkill
    look((62, 129)[column], 0, _EQUAL, me, wanted=True)  # kill
    look((302, 261)[column], 0, _EQUAL, 0, wanted=True)  # prlimit64
    look((16, 29)[column], 1, _EQUAL, _TYPE_FOR_TERMINAL, wanted=False)  # ioctl
    code.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *each) for each in code)


def few_calls() -> bool:
    """No network, no other process, no writing, nothing of the system. Says if it worked.

    Call it before there are other threads: it holds for this one and those that it starts.
    """
    machine = os.uname().machine
    if machine not in _MACHINES or struct.calcsize("P") != 8:
        return False
    program = _program(machine)
    kept = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    whole = Filter(len(program) // 8, ctypes.addressof(kept))
    return bool(_library().prctl(_SECCOMP, _FILTER, ctypes.byref(whole), 0, 0) == 0)
