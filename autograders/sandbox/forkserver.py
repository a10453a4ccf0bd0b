"""The fast way to a student's process: a warm parent in a box, forked once for each hand-in."""

import atexit
import contextlib
import functools
import json
import os
import select
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from autograders import Refused
from autograders.sandbox import bubblewrap, diagnosis
from autograders.sandbox.box import frames
from autograders.sandbox.limits import Limits
from autograders.sandbox.session import Lost, OwnFault
from autograders.sandbox.watch import LOOK_EVERY, Tree, Watch
from lab.judge.problems import Kind

BOX_ENDED = "the box around the hand-ins ended"
NOT_STARTED = "the hand-in's process did not start"
STARTS_WITHIN = 120.0
LARGEST_SHOWN = 8_000_000  # bytes of what a cell shows, before it is cut for the reader


class WarmParent:
    """A box with everything imported in it, from which hand-ins are forked one at a time.

    It is begun at once, and waited for when it is needed.

    Parameters
    ----------
    limits : Limits

    Raises
    ------
    Refused
        If there is no way to build a wall on this machine.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._readable = self._places()
        ours, theirs = socket.socketpair()
        os.set_inheritable(theirs.fileno(), True)
        self._box = subprocess.Popen(
            self._command(theirs.fileno()),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={},
        )
        theirs.close()
        self._control = ours
        atexit.register(self.close)

    def wait(self) -> None:
        """Wait until it is ready.

        Raises
        ------
        Refused
            If the wall cannot be built on this machine.
        """
        _ = self.tree

    @functools.cached_property
    def tree(self) -> Tree:
        """The processes in the box."""
        said = self._line(STARTS_WITHIN)
        if said.startswith("Y"):
            return Tree(self._box.pid, counted=False, shared=True)
        self._box.kill()
        errors = self._box.communicate()[1].decode("utf-8", "replace")
        self.close()
        raise _no_wall(said[1:] or errors)

    def _says(self) -> dict[str, Any]:
        """Return what else a fork is told."""
        return {}

    def _places(self) -> list[str]:
        return bubblewrap.readable()

    def _command(self, descriptor: int) -> list[str]:
        return bubblewrap.command(self._readable, descriptor)

    def fork(self, limits: Limits | None = None) -> socket.socket:
        """Start a hand-in's process; return the socket on which it serves.

        Parameters
        ----------
        limits : Limits, optional
            This one's, where they are not those of all.
        """
        ours, theirs = socket.socketpair()
        said = {"limits": vars(limits or self._limits), "readable": self._readable, **self._says()}
        line = b"S" + json.dumps(said).encode() + b"\n"
        try:
            self._say(lambda: socket.send_fds(self._control, [line], [theirs.fileno()]), "P")
        except OwnFault:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours

    def stop(self) -> None:
        """End the hand-in's processes; return when not one of them is left."""
        self._say(lambda: self._control.sendall(b"E\n"), "G")

    @property
    def alive(self) -> bool:
        """Whether the box is still there."""
        return self._box.poll() is None

    def close(self) -> None:
        """End the box with all that is in it."""
        atexit.unregister(self.close)
        self._control.close()
        self._box.kill()
        self._box.wait()
        if self._box.stderr:
            self._box.stderr.close()

    def _say(self, send: Callable[[], Any], answer: str) -> None:
        """Say something to the parent and wait for its answer; without it the box is of no use."""
        with contextlib.suppress(OSError):
            send()
            if self._line(STARTS_WITHIN).startswith(answer):
                return
        self.close()
        raise OwnFault(BOX_ENDED)

    def _line(self, seconds: float) -> str:
        """Return the parent's next line, or an empty text where there is none in time."""
        self._control.settimeout(seconds)
        data = b""
        try:
            while not data.endswith(b"\n"):
                part = self._control.recv(65536)
                if not part:
                    break
                data += part
        except OSError:
            pass
        finally:
            self._control.settimeout(None)
        return data.decode("utf-8", "replace").strip()


class ForkProcess:
    """One hand-in's process, forked from a warm parent.

    Parameters
    ----------
    parent : WarmParent
    limits : Limits

    Raises
    ------
    Refused
        If the wall could not be built around it.
    """

    def __init__(self, parent: WarmParent, limits: Limits) -> None:
        self._parent, self._limits = parent, limits
        self._watch = Watch(parent.tree.used, limits)
        self._socket = parent.fork(limits)
        self._socket.setblocking(False)
        try:
            kind, data = self._reply(STARTS_WITHIN, LARGEST_SHOWN)
        except Lost:
            self.close()
            raise OwnFault(NOT_STARTED) from None
        if kind != b"Y":
            self.close()
            raise _no_wall(data.decode("utf-8", "replace"))

    @property
    def spent(self) -> float:
        """The time that it has used, in seconds as `Limits` counts them."""
        return self._watch.spent

    def run(self, source: str, seconds: float) -> list[dict[str, Any]]:
        """Run a cell as Jupyter does; return its outputs as nbformat has them."""
        reply = self.request(frames.RUN, source.encode(), seconds, LARGEST_SHOWN)
        try:
            found = json.loads(reply)
        except (ValueError, RecursionError):
            found = []
        return found if isinstance(found, list) else []

    def ask(self, question: bytes, seconds: float) -> bytes | bytearray:
        """Return the answer to a packed question; see `lab.judge.answer`."""
        return self.request(frames.ASK, question, seconds, self._limits.answer)

    def close(self) -> None:
        """End the process and all that it started."""
        self._socket.close()
        self._parent.stop()

    def request(self, kind: bytes, data: bytes, seconds: float, largest: int) -> bytearray:
        """Send a frame; return the answer's bytes."""
        self._send(kind, data, seconds)
        answered, reply = self._reply(seconds, largest)
        if answered != frames.ANSWER:
            raise Lost(Kind.DIED)
        return reply

    def _send(self, kind: bytes, data: bytes, seconds: float) -> None:
        """Send a frame to a process that may not be reading."""
        seconds *= self._limits.patience
        self._socket.settimeout(seconds)
        try:
            frames.send(self._socket, kind, data)
        except TimeoutError:
            raise Lost(Kind.NOT_IN_TIME, seconds=seconds) from None
        except OSError:
            raise Lost(Kind.DIED) from None
        finally:
            self._socket.setblocking(False)

    def _reply(self, seconds: float, largest: int) -> tuple[bytes, bytearray]:
        self._watch.begin(seconds)

        def read(room: memoryview) -> int:
            while True:
                try:
                    return self._socket.recv_into(room)
                except BlockingIOError:
                    select.select([self._socket], [], [], LOOK_EVERY)
                    self._watch.look()

        try:
            return frames.receive(read, largest)
        except (frames.Ended, ConnectionError):
            raise Lost(Kind.DIED) from None
        except frames.Oversized:
            raise Lost(Kind.TOO_MUCH_BACK, megabytes=largest / 1e6) from None
        finally:
            self._watch.end()


def _no_wall(said: str) -> Refused:
    """Return the refusal for what was said where the wall could not be built."""
    return bubblewrap.no_wall(diagnosis.sentence(said, diagnosis.here()))
