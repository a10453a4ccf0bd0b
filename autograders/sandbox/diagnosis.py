"""What a machine lacks where the wall cannot be built, and what mends it."""

import contextlib
import dataclasses
import os
import pathlib
import re
from collections.abc import Callable

NO_PROC = "/proc is not mounted; mount it: `mount -t proc proc /proc`"
PROC_COVERED = (
    "parts of /proc are covered, so the kernel mounts no other one; start the container with "
    "`--security-opt systempaths=unconfined` (Docker) or `--security-opt unmask=ALL` (Podman)"
)
CHROOT = (
    "this is a chroot, in which the kernel makes no namespaces; enter it with "
    "`bwrap --dev-bind FOLDER / --cap-add ALL COMMAND` in place of `chroot FOLDER COMMAND`"
)
LIMIT = (
    "no namespaces may be made (user.max_{kind}_namespaces is 0); allow them: "
    "`sysctl -w user.max_{kind}_namespaces=10000`"
)
USED_UP = (
    "no more namespaces may be made; raise what `sysctl -a -r 'user.max_.*_namespaces'` shows "
    "here, and on the machine outside if this is a container"
)
CLONE = (
    "only root may make user namespaces (kernel.unprivileged_userns_clone is 0); let all do it: "
    "`sysctl -w kernel.unprivileged_userns_clone=1`"
)
APPARMOR = (
    "AppArmor gives no rights in user namespaces "
    "(kernel.apparmor_restrict_unprivileged_userns is 1); let it: "
    "`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`"
)
FORBIDDEN = (
    "something forbids namespaces or mounts, as containers do; start the container with "
    "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`"
)
FORBIDDEN_TO_ROOT = (
    "this root may not make namespaces or mounts, as in containers; start the container with "
    "`--cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined "
    "--security-opt apparmor=unconfined`"
)
ONE_NUMBER = (
    "this root cannot become another user (its user namespace has no other numbers); "
    "grade as an ordinary user, or give root's namespace more numbers in /etc/subuid and "
    "/etc/subgid"
)
NO_USER_NAMESPACES = (
    "this kernel has no user namespaces; boot one that was built with CONFIG_USER_NS=y"
)
NO_LANDLOCK = (
    "Landlock is off or missing; boot Linux 5.13 or later and add landlock to the `lsm=` of its "
    "command line, and in a container to its seccomp profile"
)
SAID_NOTHING = (
    "the process that builds it ended and said nothing; it is out of memory, or was killed"
)

CLONE_OFF = "kernel.unprivileged_userns_clone"
APPARMOR_ON = "kernel.apparmor_restrict_unprivileged_userns"
KINDS = ("user", "mnt", "pid", "net", "ipc", "uts")
LONGEST = 300  # characters of words that nobody foresaw

NAMESPACES = r"unshare|namespace|user ns"
STEPS = rf"{NAMESPACES}|[ug]id[ _]map|setgroups|loopback|make / slave|pivot_root|mount"
"""What bubblewrap and `box.wall` call the steps that need rights in a namespace."""
FORBIDDEN_WORDS = (
    r"No permissions? to creat|Operation not permitted|Permission denied|Failed RTM_NEWADDR"
)


@dataclasses.dataclass(frozen=True)
class Machine:
    """What can be read of the machine on which a wall could not be built.

    Attributes
    ----------
    root : bool
        Whether the process that tried is root.
    proc : bool
        Whether /proc is mounted.
    chroot : bool
        Whether / is no mount point, or another one than that of the first process.
    alone : bool
        Whether the process is in a user namespace that has no other user.
    settings : dict of str to int
        The kernel's settings about namespaces, as sysctl calls them, where it has them.
    """

    root: bool = False
    proc: bool = True
    chroot: bool = False
    alone: bool = False
    settings: dict[str, int] = dataclasses.field(default_factory=dict)


def here() -> Machine:
    """Return what can be read of this machine."""
    names = [f"user.max_{kind}_namespaces" for kind in KINDS]
    read = {name: _setting(name) for name in (CLONE_OFF, APPARMOR_ON, *names)}
    proc = os.path.exists("/proc/self/mountinfo")
    return Machine(
        root=os.geteuid() == 0,
        proc=proc,
        chroot=proc and _chroot(),
        alone=_text("/proc/self/setgroups").strip() == "deny",
        settings={name: value for name, value in read.items() if value is not None},
    )


def sentence(said: str, machine: Machine) -> str:
    """Return what is missing and what mends it.

    Parameters
    ----------
    said : str
        What bubblewrap wrote to its standard error, or what `box.wall` raised.
    machine : Machine

    Returns
    -------
    str
        A part of a sentence, one line; the last line of what was said where its cause is not
        known.
    """
    for known, cause in _CAUSES:
        if known(said, machine):
            return cause(machine) if callable(cause) else cause
    lines = said.strip().splitlines()
    return lines[-1][:LONGEST] if lines else SAID_NOTHING


def _says(words: str, about: str = STEPS) -> Callable[[str, Machine], bool]:
    """Return what tells whether a line names one of the steps and these words."""
    # the path of a course may hold any word
    pattern = re.compile(rf"^(?!.*source path)(?=.*({about})).*({words})", re.MULTILINE)
    return lambda said, machine: bool(pattern.search(said))


_forbidden = _says(FORBIDDEN_WORDS)
_no_namespace = _says(FORBIDDEN_WORDS, NAMESPACES)
_none_left = _says("No space left on device|ENOSPC", NAMESPACES)
_not_supported = _says("does not support user namespaces|Invalid argument", NAMESPACES)
_no_such_place = _says("Invalid argument", r"make / slave|pivot_root|mount /:")


def _limit(machine: Machine) -> str:
    """Return the sentence about the limit that is 0, or about all of them."""
    for kind in KINDS:
        if machine.settings.get(f"user.max_{kind}_namespaces") == 0:
            return LIMIT.format(kind=kind)
    return USED_UP


_CAUSES: tuple[tuple[Callable[[str, Machine], bool], str | Callable[[Machine], str]], ...] = (
    (lambda said, machine: not machine.proc, NO_PROC),
    (lambda said, machine: "UnsupportedError" in said, NO_LANDLOCK),
    (_says("Operation not permitted", "mount proc"), PROC_COVERED),
    (_none_left, _limit),
    (lambda said, m: m.chroot and (_forbidden(said, m) or _no_such_place(said, m)), CHROOT),
    (
        lambda said, machine: (
            machine.root and machine.alone and "PermissionError: [Errno 1]" in said
        ),
        ONE_NUMBER,
    ),
    (lambda said, m: m.settings.get(CLONE_OFF) == 0 and _no_namespace(said, m), CLONE),
    (lambda said, m: m.settings.get(APPARMOR_ON) == 1 and _forbidden(said, m), APPARMOR),
    (_not_supported, NO_USER_NAMESPACES),
    # inside the box, root is an ordinary user: what failed there is told as `box.wall` does
    (
        lambda said, m: _forbidden(said, m) and m.root and not said.startswith("Broken:"),
        FORBIDDEN_TO_ROOT,
    ),
    (_forbidden, FORBIDDEN),
)
"""What tells a cause by what was said and by the machine, and its sentence; the first one holds."""


def _chroot() -> bool:
    points = [line.split(" ")[4] for line in _text("/proc/self/mountinfo").splitlines()]
    if points and "/" not in points:
        return True
    with contextlib.suppress(OSError):  # only root may look
        same = os.stat("/proc/1/ns/mnt").st_ino == os.stat("/proc/self/ns/mnt").st_ino
        return same and not os.path.samefile("/proc/1/root", "/")
    return False


def _setting(name: str) -> int | None:
    text = _text("/proc/sys/" + name.replace(".", "/")).strip()
    return int(text) if text.isdecimal() else None


def _text(path: str) -> str:
    try:
        return pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
