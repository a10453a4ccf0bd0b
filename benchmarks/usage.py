"""What a command uses: wall time, the processor time of all its processes, their memory.

Processes behind a wall are ended by force, and the kernel then adds their time to nobody's.
So a command runs in a control group of its own, which counts every process while it works.
"""

import contextlib
import os
import pathlib
import subprocess
import threading
import time
from dataclasses import dataclass

import psutil

MOUNTED = pathlib.Path("/sys/fs/cgroup")
NOT_COUNTED = (
    "The time of processes behind the wall can be counted in a control group only, and none can "
    "be made here. Run this as root, or as `systemd-run --user --scope -p Delegate=yes ...`."
)
ENTER = 'echo $$ > "$0" && exec "$@"'
LOOK_EVERY = 0.5  # seconds between two looks at the memory


@dataclass(frozen=True)
class Usage:
    """What a command has used.

    Attributes
    ----------
    wall, cpu : float
        Seconds; `cpu` is that of all its processes together.
    memory : float
        The most bytes that all its processes had at one time, what they share counted once;
        0 where nobody looked.
    output : str
        What it printed.
    """

    wall: float
    cpu: float
    memory: float
    output: str


def run(command, folder, environment, watch=False):
    """Run a command to its end, and to that of everything it started; return a `Usage`.

    Parameters
    ----------
    command : list of str
    folder : pathlib.Path
        Where it runs.
    environment : dict
        All of its environment.
    watch : bool
        Whether to look at its memory, twice a second.

    Raises
    ------
    SystemExit
        Where no control group can be made.
    """
    with new_group() as group:
        begun = time.perf_counter()
        process = subprocess.Popen(
            ["sh", "-c", ENTER, str(group.folder / "cgroup.procs"), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        memory = _Memory(group) if watch else contextlib.nullcontext(_Memory(group))
        with process, memory as seen:
            output, _ = process.communicate()
        wall = time.perf_counter() - begun
        group.wait()
        return Usage(wall, group.seconds(), seen.most, output)


class ControlGroup:
    """A control group, of the first or the second version: it counts processor time.

    Parameters
    ----------
    folder : pathlib.Path
    """

    def __init__(self, folder):
        self.folder = folder

    def seconds(self):
        """Return the processor time of all that has run in it."""
        with contextlib.suppress(FileNotFoundError):
            return int((self.folder / "cpuacct.usage").read_text()) / 1e9
        entries = dict(line.split() for line in (self.folder / "cpu.stat").read_text().splitlines())
        return int(entries["usage_usec"]) / 1e6

    def processes(self):
        """Return the numbers of those that are in it."""
        return [int(line) for line in (self.folder / "cgroup.procs").read_text().split()]

    def wait(self):
        """Wait until none is left: what was killed may take a moment to go."""
        while self.processes():
            time.sleep(0.01)


def own_group():
    """Return the control group that this process is in."""
    return next(_groups())


@contextlib.contextmanager
def new_group():
    """Give a control group that is there for the length of a ``with`` block."""
    for above in _groups():
        group = ControlGroup(above.folder / f"benchmark-{os.getpid()}")
        with contextlib.suppress(OSError):
            group.folder.mkdir()
            break
    else:
        raise SystemExit(NOT_COUNTED)
    try:
        yield group
    finally:
        group.wait()
        group.folder.rmdir()


def _groups():
    """Yield the control groups that count this process, its own before those above."""
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        mounted = MOUNTED / (controllers if "cpuacct" in controllers else "")
        # in a container the path may begin outside of what is mounted
        for folder in (mounted / path.strip("/"), mounted):
            if any((folder / counter).exists() for counter in ("cpuacct.usage", "cpu.stat")):
                yield ControlGroup(folder)


class _Memory:
    """Looks at the memory of a group's processes, as long as its ``with`` block lasts."""

    def __init__(self, group):
        self.most = 0.0
        self._group, self._ended = group, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *exception):
        self._ended.set()
        self._thread.join()

    def _look(self):
        while not self._ended.wait(LOOK_EVERY):
            self.most = max(self.most, sum(map(_share, self._group.processes())))


def _share(pid):
    """Return a process's memory, in which what n processes share counts one nth."""
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).memory_full_info().pss
    return 0
