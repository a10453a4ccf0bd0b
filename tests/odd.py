"""Machines on which something is missing, made for real: by root, for one command."""

import os
import sys

from tests import machine
from tests.hostile import box

ONLY_ROOT = "only root can make such a machine"

NAMESPACE = """
import ctypes, os, sys
numbers, *settings = sys.argv[1:sys.argv.index("--")]
command = sys.argv[sys.argv.index("--") + 1:]
ours, theirs = os.pipe(), os.pipe()
parent = os.getpid()
if os.fork() == 0:
    os.read(ours[0], 1)
    for name in ("uid_map", "gid_map"):
        with open(f"/proc/{parent}/{name}", "w") as file:
            file.write(f"0 0 {numbers}")
    os.write(theirs[1], b"x")
    os._exit(0)
assert ctypes.CDLL(None).unshare(0x10000000) == 0
os.write(ours[1], b"x")
os.read(theirs[0], 1)
os.wait()
for setting in settings:
    name, value = setting.split("=")
    with open(f"/proc/sys/user/{name}", "w") as file:
        file.write(value)
os.execvp(command[0], command)
"""
"""Runs a command in a user namespace of its own with as many users, and limits of its own."""

FILTERED = """
import errno, os, sys
import pyseccomp
from pyseccomp import ALLOW, ERRNO, MASKED_EQ, Arg
reason, *names = sys.argv[1:sys.argv.index("--")]
command = sys.argv[sys.argv.index("--") + 1:]
made = pyseccomp.SyscallFilter(ALLOW)
number = getattr(errno, reason)
for name in names:
    if name == "user-namespaces":
        for call in ("clone", "unshare"):
            made.add_rule(ERRNO(number), call, Arg(0, MASKED_EQ, 0x10000000, 0x10000000))
        made.add_rule(ERRNO(errno.ENOSYS), "clone3")
    else:
        made.add_rule(ERRNO(number), name)
made.load()
os.execvp(command[0], command)
"""
"""Runs a command under a filter that answers some system calls with an error."""

JAIL = """
folder=$1; shift
mount -t tmpfs none "$folder"; mkdir "$folder/inner"; cd "$folder/inner"
for each in /*; do
    if [ -L "$each" ]; then ln -s "$(readlink "$each")" ".$each"
    elif [ -d "$each" ]; then mkdir ".$each"; mount --rbind "$each" ".$each"
    fi
done
"""
"""Makes a folder with all that this machine has, whose own root is no mount point."""


def need_root():
    """Skip the test, or fail it in CI, where it is not root who runs it."""
    machine.need(ONLY_ROOT if os.geteuid() != 0 else None)


def reach():
    """Return what comes before all else, so that another user finds this Python."""
    before = box.readable_python()
    return [*before, "--cap-add", "ALL"] if before else []


def user(number=box.USER):
    """Return what makes a command another user's; root's stays root's."""
    return box.as_number(number) if number else []


def limited(*settings, numbers=100_000):
    """Return what runs a command under limits such as ``max_user_namespaces=0``."""
    return [sys.executable, "-c", NAMESPACE, str(numbers), *settings, "--"]


def filtered(reason, *names):
    """Return what runs a command for which system calls fail, such as ``EPERM``, ``mount``."""
    return [sys.executable, "-c", FILTERED, reason, *names, "--"]


def mounted(script):
    """Return what runs a command after a script that mounts, in a namespace of its own."""
    return ["unshare", "--mount", "sh", "-ec", f'{script}\nexec "$@"', "sh"]


def jailed(folder, enter='chroot "$folder/inner"'):
    """Return what runs a command in a folder as if it were /."""
    script = f'{JAIL}cd /\nexec {enter} "$@"'
    return ["unshare", "--mount", "sh", "-ec", script, "sh", str(folder)]
