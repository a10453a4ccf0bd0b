"""The warm parent: everything imported once, and a fork of it for each hand-in.

It holds nothing that a student may not see: no reference, no gradebook, no hand-in.
"""

import array
import contextlib
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from . import frames, shell, wall

START, STOP = b"S", b"E"  # what the judge says
READY, STARTED, GONE, FAILED = b"Y", b"P", b"G", b"F"  # what the parent answers
LARGEST_LINE = 65536
PR_SET_CHILD_SUBREAPER = 36
MADV_COLLAPSE, LARGE_PAGE = 25, 1 << 21


def main(
    descriptor: int,
    prepare: Callable[[], shell.Shell] | None = None,
    serve: Callable[[shell.Shell, int], None] | None = None,
) -> None:
    """Serve the judge on an open socket until it closes.

    Parameters
    ----------
    descriptor : int
    prepare : callable, optional
        Imports what forks share, and gives the notebook's shell.
    serve : callable, optional
        ``serve(notebook, descriptor)`` is what a fork does.
    """
    control = socket.socket(fileno=descriptor)
    try:
        wall.become_unprivileged()
        gc.disable()  # there is no garbage yet
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        notebook, filter_ = (prepare or _prepare)(), wall.seccomp_filter()
        gc.collect()
        gc.enable()
        gc.freeze()  # or each fork would copy what it looks at for garbage
        _in_large_pages()
    except Exception as error:
        control.sendall(FAILED + f"{type(error).__name__}: {error}\n".encode())
        return
    control.sendall(READY + b"\n")
    child = None
    while True:
        line, descriptors = _line(control)
        if line[:1] == START:
            child = _fork(
                control, notebook, filter_, json.loads(line[1:]), descriptors[0], serve or _serve
            )
        elif line[:1] == STOP:
            _stop(child)
            control.sendall(GONE + b"\n")
        else:
            _stop(child)
            return


def _prepare() -> shell.Shell:
    _import_everything()
    wall.look_up()
    return shell.build()


def _import_everything() -> None:
    """Import what notebooks do, so that no fork has to."""
    # matplotlib wants to write where its list of fonts is
    shutil.copytree("/fonts", os.environ["MPLCONFIGDIR"], dirs_exist_ok=True)
    import matplotlib

    matplotlib.use("module://matplotlib_inline.backend_inline")
    import matplotlib.font_manager
    import matplotlib.pyplot

    from lab.judge import answer

    kit = importlib.import_module(answer.__name__.removesuffix(".judge.answer"))
    for module in pkgutil.walk_packages(kit.__path__, f"{kit.__name__}."):
        importlib.import_module(module.name)


def _in_large_pages() -> None:
    """Put what has been imported into large pages, of which a fork has far fewer to copy.

    Where the kernel has no such pages, or no such call (before 6.1), all stays as it is.
    """
    libc = ctypes.CDLL(None)
    with open("/proc/self/maps", encoding="utf-8") as file:
        maps = [line.split() for line in file]
    for addresses, rights, *_, name in (each if len(each) > 5 else [*each, ""] for each in maps):
        if not rights.startswith("rw") or name not in ("", "[heap]"):
            continue
        first, last = (int(each, 16) // LARGE_PAGE for each in addresses.split("-"))
        for page in range(first + 1, last):
            place = ctypes.c_void_p(page * LARGE_PAGE)
            libc.madvise(place, ctypes.c_size_t(LARGE_PAGE), MADV_COLLAPSE)


def _fork(
    control: socket.socket,
    notebook: shell.Shell,
    filter_: Any,
    said: dict[str, Any],
    descriptor: int,
    serve: Callable[[shell.Shell, int], None],
) -> int | None:
    """Fork a child that builds the wall and then serves the judge on a socket of its own."""
    child, user = None, (os.getuid(), os.getgid())
    network = said.get("network", False)
    try:
        child = wall.fork_apart(network)
        if child == 0:
            control.close()
            wall.follow_parent()
            wall.be_user(*user)
            wall.close_in(said["limits"], said["readable"], filter_, network)
            _first_process(notebook, descriptor, serve)
    except BaseException as error:
        text = f"{type(error).__name__}: {error}".encode()[:LARGEST_LINE]
        frames.send(socket.socket(fileno=os.dup(descriptor)), FAILED, text)
    finally:
        if child == 0:
            os._exit(1)
    os.close(descriptor)
    control.sendall(STARTED + b"\n")
    return child


def _first_process(
    notebook: shell.Shell, descriptor: int, serve: Callable[[shell.Shell, int], None]
) -> None:
    """Fork the notebook's process, and end all others of the namespace when it ends."""
    second = os.fork()
    if second == 0:
        serve(notebook, descriptor)
        os._exit(0)
    os.close(descriptor)
    while True:
        ended, _ = os.wait()
        if ended == second:
            os._exit(0)


def _serve(notebook: shell.Shell, descriptor: int) -> None:
    """Run cells and answer questions until the judge has no more."""
    stand_alone()
    written = os.open(wall.SCRATCH, os.O_TMPFILE | os.O_RDWR, 0o600)
    shell.settle(written)
    from lab.judge.answer import Answerer, draw_alike

    draw_alike()
    own, sock = os.getpid(), socket.socket(fileno=descriptor)
    answer = Answerer(notebook.user_ns)
    frames.send(sock, READY, b"")
    while True:
        kind, data = frames.receive(sock.recv_into, 1 << 31)
        if kind == frames.RUN:
            reply = json.dumps(shell.run(notebook, data.decode())).encode()
        else:
            reply = answer(data)
        if os.getpid() != own:
            os._exit(0)  # a cell has forked, and this is the other one
        frames.send(sock, frames.ANSWER, reply)


def stand_alone() -> None:
    """Leave the parent's session, and take signals as a program of one's own does."""
    os.setsid()
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for ignored in (signal.SIGPIPE, signal.SIGXFSZ):  # Python raises OSError instead
        signal.signal(ignored, signal.SIG_IGN)


def _stop(child: int | None) -> None:
    """End the hand-in's processes; return when not one of them is left."""
    if child is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def _line(control: socket.socket) -> tuple[bytes, "array.array[int]"]:
    """Return the judge's next line and the descriptors that came with it."""
    data, descriptors = b"", array.array("i")
    while not data.endswith(b"\n"):
        part, passed, _, _ = socket.recv_fds(control, LARGEST_LINE, 1)
        if not part:
            sys.exit()
        data += part
        descriptors.extend(passed)
    return data[:-1], descriptors
