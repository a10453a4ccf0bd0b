"""A notebook as nbgrader itself runs one: every cell, among its files; nothing is asked."""

import contextlib
import functools
import importlib
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from . import frames, parent, shell, wall

AGAIN = 1.0  # seconds after which a cell is interrupted once more
LEAST = 0.05  # seconds between two looks at what it has used
PATIENCE = 3.0  # times as long a cell may wait as it may compute
LATE = {
    "output_type": "error",
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["CellTimeoutError: No reply from kernel before timeout"],
}
"""What nbgrader writes into a cell that took too long."""
ENVIRONMENT = {
    "NBGRADER_EXECUTION": "autograde",
    "JOBLIB_MULTIPROCESSING": "0",  # its processes look at /proc, which is empty
}
OWN = ("box", "lab")
"""What a notebook's own modules may be called as well."""


class ZMQInteractiveShell(shell.Shell):
    """The shell by the name that a kernel's has: libraries look at it to know how to show."""

    async def run_cell_async(self, *arguments: Any, **options: Any) -> Any:
        """Run a cell, and then what libraries do after each, such as showing figures."""
        result = None
        try:
            result = await super().run_cell_async(*arguments, **options)
        finally:
            self.events.trigger("post_execute")
            if result is not None:
                self.events.trigger("post_run_cell", result)
        return result


def main(descriptor: int, modules: list[str]) -> None:
    """Serve the grader on an open socket until it closes.

    Parameters
    ----------
    descriptor : int
    modules : list of str
        What is imported once, for all notebooks.
    """
    parent.main(descriptor, functools.partial(_prepare, modules), _serve)


def _prepare(modules: list[str]) -> shell.Shell:
    if os.path.isdir("/fonts"):
        shutil.copytree("/fonts", os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    made = shell.build(ZMQInteractiveShell)
    # by these libraries tell a notebook from a terminal
    made.config.IPKernelApp.kernel_name = "python3"
    with contextlib.suppress(ImportError):
        importlib.import_module("ipykernel.zmqshell")
    for name in modules:
        with contextlib.suppress(Exception):  # the notebook will say it
            importlib.import_module(name)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use(os.environ["MPLBACKEND"])
    return made


def _serve(notebook: shell.Shell, descriptor: int) -> None:
    """Take files and run cells until the grader has no more."""
    parent.stand_alone()
    written = [os.open(wall.SCRATCH, os.O_TMPFILE | os.O_RDWR, 0o600) for _ in range(2)]
    shell.settle(*written)
    os.environ.update(ENVIRONMENT)
    sys.path[:] = ["", *(place for place in sys.path if place != "/box")]
    for name in [each for each in sys.modules if each.split(".")[0] in OWN]:
        del sys.modules[name]
    own, sock = os.getpid(), socket.socket(fileno=descriptor)
    frames.send(sock, parent.READY, b"")
    while True:
        kind, data = frames.receive(sock.recv_into, 1 << 32)
        reply = _run(notebook, data) if kind == frames.RUN else _put(data)
        if os.getpid() != own:
            os._exit(0)  # a cell has forked, and this is the other one
        frames.send(sock, frames.ANSWER, reply)


def _put(data: bytes | bytearray) -> bytes:
    """Put files into the notebook's folder: first a line with their names and sizes."""
    head, _, rest = data.partition(b"\n")
    begin = 0
    for name, size in json.loads(head):
        os.makedirs(os.path.dirname(os.path.join(wall.SCRATCH, name)), exist_ok=True)
        with open(os.path.join(wall.SCRATCH, name), "wb") as file:
            file.write(rest[begin : begin + size])
        begin += size
    return b""


def _run(notebook: shell.Shell, data: bytes | bytearray) -> bytes:
    """Run a cell as long as it may take; return its outputs."""
    said = json.loads(data)
    late = threading.Event()
    with _interrupted(said["seconds"], late):
        outputs = shell.run(notebook, said["source"])
    if late.is_set() and not any(each["output_type"] == "error" for each in outputs):
        outputs.append(LATE)
    return json.dumps(outputs).encode()


@contextlib.contextmanager
def _interrupted(seconds: float, late: threading.Event) -> Iterator[None]:
    """Interrupt the block once it has taken so long, as a kernel is interrupted.

    Time on the processor counts, which does not depend on what else the machine does.
    """
    done, whole = threading.Event(), threading.Lock()
    begun, before = time.monotonic(), _used()

    def left() -> float:
        waits = PATIENCE * seconds - (time.monotonic() - begun)
        return min(seconds - (_used() - before), waits)

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            wait = AGAIN if left() <= 0 else max(left(), LEAST)
            if left() > 0:
                continue
            with whole:
                if done.is_set():
                    return
                late.set()
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    except KeyboardInterrupt:  # it came when the cell had just ended
        pass
    finally:
        _quietly(done, whole)


def _used() -> float:
    """Return the seconds that this process and its children have used."""
    return sum(os.times()[:4])


def _quietly(done: threading.Event, whole: Any) -> None:
    """End the watch, whatever it sends meanwhile."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with whole:
        done.set()
    signal.signal(signal.SIGINT, before or signal.default_int_handler)
