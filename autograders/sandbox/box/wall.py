"""The wall around one hand-in: namespaces, an empty scratch folder, Landlock, seccomp, limits.

Nothing here is our own invention: each step is the kernel's, reached through ctypes or
the bindings `landlockpy` and `pyseccomp`. The box itself is made by bubblewrap.
"""

import ctypes
import os
import resource
import signal

import landlockpy
import pyseccomp
from landlockpy import AccessFS, AccessNet, Ruleset, Scope

SCRATCH = "/scratch"
COVERED = ("/tmp", "/dev/shm")  # each becomes a part of the scratch folder
READ = AccessFS.READ_FILE | AccessFS.READ_DIR | AccessFS.EXECUTE
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
NEW = 0x00020000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x04000000
"""CLONE_NEWNS | NEWIPC | NEWUSER | NEWPID | NEWNET | NEWUTS"""
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
UNPRIVILEGED = 65534
DENIED = (
    # other processes, and memory that belongs to none
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise"),
    *("memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "semget", "msgget"),
    # another view of the files, other namespaces, other rights
    *("mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "open_tree", "move_mount"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "open_by_handle_at"),
    # what the kernel has for others than students
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter"),
    *("io_uring_register", "add_key", "request_key", "keyctl", "init_module", "finit_module"),
    *("delete_module", "kexec_load", "reboot", "swapon", "swapoff", "syslog", "quotactl", "acct"),
    *("fanotify_init", "lookup_dcookie", "name_to_handle_at", "settimeofday", "clock_settime"),
)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)
_holding = ctypes.PyDLL(None, use_errno=True)  # it keeps the interpreter's lock across a fork


class Broken(Exception):
    """A part of the wall could not be built; the message names it."""


def become_unprivileged() -> None:
    """Give up root for good, where the warm parent was started as root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
        os.setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
    # it owns its /proc again, in which a child's ids are mapped
    _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)


def look_up() -> None:
    """Let `landlockpy` find the C library, for which it starts a program."""
    landlockpy.abi_version()


def seccomp_filter() -> pyseccomp.SyscallFilter:
    """Return the filter of system calls, built once; ``load()`` puts it into force."""
    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in DENIED:
        try:
            made.add_rule(pyseccomp.ERRNO(1), name)
        except (RuntimeError, OSError, ValueError):
            continue  # this processor or this libseccomp does not know the call
    # clone3 hides its flags from a filter; ENOSYS makes the C library use clone
    made.add_rule(pyseccomp.ERRNO(38), "clone3")
    flag = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)
    made.add_rule(pyseccomp.ERRNO(1), "clone", flag)
    return made


def fork_apart(network: bool = False) -> int:
    """Fork the first process of new namespaces, in one step; return its number, in itself 0.

    One fork more would cost as much as the rest of the wall. The C library does not know of this
    one: the child may wait and fork again, and no more.

    Parameters
    ----------
    network : bool
        Whether the box's network stays.

    Raises
    ------
    Broken
        If there can be no namespaces.
    """
    namespaces = NEW & ~CLONE_NEWNET if network else NEW
    arguments = [namespaces | signal.SIGCHLD, 0, 0, 0, 0]
    if os.uname().machine == "s390x":  # which has the stack first
        arguments[:2] = reversed(arguments[:2])
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, "clone")
    ctypes.pythonapi.PyOS_BeforeFork()
    child = int(_holding.syscall(*map(ctypes.c_long, (number, *arguments))))
    if child == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    if child < 0:
        raise Broken(f"namespaces: {os.strerror(ctypes.get_errno())}")
    return child


def be_user(uid: int, gid: int) -> None:
    """Be the user that the parent is, in the new namespace of users."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"1000 {uid} 1"),
        ("gid_map", f"1000 {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def follow_parent() -> None:
    """Die when the parent does, however that happens."""
    _call("prctl", PR_SET_PDEATHSIG, 9, 0, 0, 0)


def close_in(
    limits: dict[str, float],
    readable: list[str],
    filter_: pyseccomp.SyscallFilter,
    network: bool = False,
) -> None:
    """Build the wall around this process, the first one of its namespaces.

    Parameters
    ----------
    limits : dict
        scratch, memory, processes, notebook, aside; see `autograders.sandbox.limits.Limits`.
    readable : list of str
        The folders that hold the programs and the kit.
    filter_ : pyseccomp.SyscallFilter
    network : bool
        Whether the box's network can be used.

    Raises
    ------
    Broken
        If any part of it cannot be built.
    """
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    room = f"size={int(limits['scratch'])},nr_inodes=4096,mode=700"
    _mount("tmpfs", SCRATCH, "tmpfs", MS_NOSUID | MS_NODEV, room)
    covered = _covered(readable)
    for place in covered:
        part = SCRATCH + "/." + place.strip("/").replace("/", "-")
        os.mkdir(part, 0o700)
        _mount(part, place, None, MS_BIND)
    # no process can be seen, not even one's own
    _mount("tmpfs", "/proc", "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k")
    os.chdir(SCRATCH)
    _limit(limits)
    _drop_capabilities()
    _landlock(readable, covered, network)
    filter_.load()


def _limit(limits: dict[str, float]) -> None:
    seconds = int(2 * (limits["notebook"] + limits["aside"])) + 1
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", int(limits["processes"])),
        ("RLIMIT_NOFILE", 256),
        ("RLIMIT_FSIZE", int(limits["scratch"])),
        ("RLIMIT_AS", 2 * int(limits["memory"])),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_MSGQUEUE", 0),
        ("RLIMIT_MEMLOCK", 0),
    ):
        number = getattr(resource, name, None)
        if number is not None:
            resource.setrlimit(number, (value, value))


def _drop_capabilities() -> None:
    for number in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0:
            break  # beyond the last that this kernel has
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    if _libc.capset(header, (ctypes.c_uint32 * 6)()) != 0:
        raise Broken("capset")
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _covered(readable: list[str]) -> list[str]:
    """Return the places to cover: not one in which Python itself lies, which is read-only then."""
    return [p for p in COVERED if not any(each.startswith(p + "/") for each in readable)]


def _landlock(readable: list[str], covered: list[str], network: bool) -> None:
    scoped = Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL
    with Ruleset(scoped=scoped, handled_net=AccessNet.NONE if network else None) as rules:
        for place in readable:
            if os.path.exists(place):
                rules.allow_path(place, READ)
        everything = rules.handled_fs & ~(AccessFS.MAKE_CHAR | AccessFS.MAKE_BLOCK)
        for place in (SCRATCH, *covered):
            rules.allow_path(place, everything)
        for place in DEVICES:
            rules.allow_path(place, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        rules.restrict()


def _mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    arguments = [None if text is None else text.encode() for text in (source, target, kind)]
    if _libc.mount(*arguments, ctypes.c_ulong(flags), None if data is None else data.encode()) != 0:
        raise Broken(f"mount {target}: {os.strerror(ctypes.get_errno())}")


def _call(name: str, *arguments: int) -> None:
    longs = [ctypes.c_ulong(argument) for argument in arguments[1:]]
    if getattr(_libc, name)(ctypes.c_int(arguments[0]), *longs) != 0:
        raise Broken(f"{name}: {os.strerror(ctypes.get_errno())}")
