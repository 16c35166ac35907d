"""Becomes another program that ends with its parent, and under another user where that is asked.

Run as a script by an isolated Python (`python -I -S child.py ... -- PROGRAM ARG ...`), so that the launcher
itself never runs code between fork and exec.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from pathlib import Path

# <sys/prctl.h>, <linux/capability.h>, <linux/securebits.h> and <sched.h>
PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000


def main() -> None:
    arguments = parse()
    if arguments.namespace is not None:
        enter_user_namespace(arguments.namespace)
    elif arguments.uid is not None:
        become(arguments.uid)
    if arguments.parent is not None:
        die_with(arguments.parent, arguments.signal)
    os.execv(arguments.program[0], arguments.program)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, help="end when this process does")
    parser.add_argument("--signal", type=int, default=15, help="the signal that ends it then")
    parser.add_argument("--namespace", type=int, metavar="UID", help="a user namespace in which we are UID")
    parser.add_argument("--uid", type=int, help="another user, who may still reach every file")
    parser.add_argument("program", nargs="+")
    return parser.parse_args()


def enter_user_namespace(uid: int) -> None:
    """Under another number inside, ourselves to the outside: files keep their owner."""
    me, group = os.geteuid(), os.getegid()
    call(libc().unshare(CLONE_NEWUSER), "unshare")
    for name, text in (("setgroups", "deny"), ("gid_map", f"{uid} {group} 1"), ("uid_map", f"{uid} {me} 1")):
        Path("/proc/self", name).write_text(text)


def become(uid: int) -> None:
    """A lesser user that keeps one right of root, to reach folders such as /root on the way to its own.

    Without the secure bit the right would count for open(2) but not for access(2), with which initdb looks
    for its companions.
    """
    call(libc().prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0), "prctl")
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << CAP_DAC_OVERRIDE
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable; high words
    call(libc().capset(header, sets), "capset")
    call(libc().prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0), "prctl")


def die_with(parent: int, signal: int) -> None:
    if sys.platform == "linux":
        call(libc().prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0), "prctl")
    if os.getppid() != parent:  # it ended before we could ask
        sys.exit(1)


def call(result: int, name: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


if __name__ == "__main__":
    main()
