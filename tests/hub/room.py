"""A machine of its own, to be changed as root: mounts and processes that end with the block.

What is written to /etc, /home and the like goes to memory, over what stands there. Accounts that
are made are real ones for all that runs in the room, and unknown outside. When the first process
of the room ends, for whatever reason, the kernel ends all others and takes the mounts away.
"""

import ctypes
import fcntl
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys

from autograders import ROOT

COVERED = ("/etc", "/home", "/opt", "/root", "/srv", "/tmp", "/var")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What root has after logging in."""
ENTER = ("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child")
CLONE_NEWNET, SIOCSIFFLAGS, IFF_UP = 0x40000000, 0x8914, 1  # as Linux numbers them
NEEDS_ROOT = "The hub is tried as root alone: it needs accounts of the system."
NO_ROOM = "This machine gives no room apart to try the hub in: {reason}"


def problem(*programs):
    """Return why there can be no room here, or one of these programs is missing; else None."""
    if os.name != "posix" or os.geteuid() != 0:
        return NEEDS_ROOT
    for program in ("unshare", "useradd", "su", *programs):
        if not shutil.which(program, path=PATH):
            return f"The hub's test needs {program}, which this machine lacks."
    tried = subprocess.run([*ENTER, *_covering("true")], capture_output=True, text=True)
    return NO_ROOM.format(reason=tried.stderr.strip()) if tried.returncode else None


def command(module, *arguments):
    """Return what runs a module of ours as the first process of a room."""
    python = [sys.executable, "-m", module, *arguments]
    return [*ENTER, *_covering('exec "$@"', *python)]


def environment():
    """Return what root has after logging in, beside what this machine needs."""
    return {**os.environ, "PATH": PATH, "PYTHONDONTWRITEBYTECODE": "1"}


def run(module, *arguments, keep=None):
    """Run a module of ours as the first process of a room; return what it reported.

    Parameters
    ----------
    module : str
        It prints one JSON object last.
    *arguments : str
    keep : int, optional
        A descriptor that all in the room have.
    """
    done = subprocess.run(
        command(module, *arguments),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=[] if keep is None else [keep],
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return json.loads(done.stdout.splitlines()[-1])


def _covering(last, *arguments):
    """Return the command that lays memory over what may be written, then does the last."""
    lines = ["set -e", "mount -t proc proc /proc", "mount -t tmpfs none /mnt"]
    for place in COVERED:
        own = f"/mnt{place}"
        lines.append(f"mkdir -p {own}/over {own}/work")
        lines.append(
            "mount -t overlay none -o "
            f"lowerdir={place},upperdir={own}/over,workdir={own}/work {place}"
        )
    return ["sh", "-c", "\n".join([*lines, last]), "room", *arguments]


def without_network():
    """Leave the machine's network for one with a loopback alone, in which every port is free."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH", b"lo", IFF_UP))


def open_way(path):
    """Let everybody enter the folders above a path: the tests' Python may lie in root's home."""
    for folder in [*pathlib.Path(path).resolve().parents][::-1]:
        folder.chmod(folder.stat().st_mode | 0o011)


def copy_of_the_repository(folder):
    """Put what version control would hold into a folder."""
    from tests.repository import files

    for file in files():
        target = pathlib.Path(folder, file.relative_to(ROOT))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
