"""Takes from a process what building a book needs none of: other files, other programs, the network.

    confine(writable=job, readable=[*pictures])     # "landlock", or "" where the kernel has none of it

After Linux's Landlock (Documentation/userspace-api/landlock.rst): no privileges are needed, nothing can be
taken back, and a kernel without it leaves the process as it was. The limits of the sandbox hold in any case.
"""

from __future__ import annotations

import ctypes
import os
import resource
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38
_MOST_OPEN_FILES = 512

_WRITE, _READ_FILE, _READ_FOLDER, _TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
_FIRST_VERSION = (1 << 13) - 1  # everything that can be done to files: also running, making, removing them
_ADDED = {2: 1 << 13, 3: _TRUNCATE, 5: 1 << 15}  # by version: linking across, truncating, devices' own calls
_NETWORK = 0b11  # since version 4: to bind and to connect with TCP

_PACKAGE = Path(__file__).resolve().parents[1]
_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/etc/ld.so.cache",
    "/etc/fonts", "/etc/localtime", "/var/cache/fontconfig", "/nix/store", "/proc/self", "/dev/null",
    "/dev/urandom", "/dev/zero",
)  # fmt: skip


def version() -> int:
    """Which Landlock the kernel has; 0 for none."""
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, 0, _VERSION)))


def confine(*, writable: Path, readable: Iterable[Path] = ()) -> str:
    """From now on this process reads its own programs and `readable`, writes under `writable`, and no more."""
    libc = _libc()
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN_FILES, _MOST_OPEN_FILES))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0 or (known := version()) == 0:
        return ""
    files = _FIRST_VERSION | sum(right for since, right in _ADDED.items() if known >= since)
    ruleset = _ruleset(libc, files, known)
    if ruleset < 0:
        return ""
    try:
        for path in (_PACKAGE, *map(Path, (*sys.path, sys.prefix, sys.base_prefix, *_SYSTEM)), *readable):
            if path.is_absolute() and path != _PACKAGE.parent:
                _allow(libc, ruleset, path, _READ_FILE | _READ_FOLDER)
        _allow(libc, ruleset, writable, files & ~1)  # all but running what was written
        return "landlock" if libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0 else ""
    finally:
        os.close(ruleset)


def _ruleset(libc: ctypes.CDLL, files: int, known: int) -> int:
    attributes = struct.pack("=QQ", files, _NETWORK) if known >= 4 else struct.pack("=Q", files)
    return int(libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    """A path that is not there needs no permission."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _WRITE | _READ_FILE | _TRUNCATE
        rule = struct.pack("=Qi", rights, place)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
