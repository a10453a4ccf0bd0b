"""The fast way to a student's process: a warm parent in a box, forked once for each hand-in."""

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
import time

import psutil

from autograders import Refused, bubblewrap
from autograders.box import frames
from autograders.bubblewrap import NO_WALL
from autograders.session import DIED, NOT_IN_TIME, TOO_MUCH_BACK, TOO_MUCH_MEMORY, Lost, OwnFault

BOX_ENDED = "the box around the hand-ins ended"
NOT_STARTED = "the hand-in's process did not start"
ENDED_EARLY = "its parent process ended early ({reason})"
STARTS_WITHIN = 120.0
LARGEST_SHOWN = 8_000_000  # bytes of what a cell shows, before it is cut for the reader
LOOK_EVERY = 0.05  # seconds between two looks at processes that have not answered


class WarmParent:
    """A box with everything imported in it, from which hand-ins are forked one at a time.

    Parameters
    ----------
    limits : Limits

    Raises
    ------
    Refused
        If the wall cannot be built on this machine.
    """

    def __init__(self, limits):
        self._limits = limits
        self._readable = bubblewrap.readable()
        ours, theirs = socket.socketpair()
        os.set_inheritable(theirs.fileno(), True)
        self._box = subprocess.Popen(
            bubblewrap.command(self._readable, theirs.fileno()),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={},
        )
        theirs.close()
        self._control = ours
        said = self._line(STARTS_WITHIN)
        if not said.startswith("Y"):
            self._control.close()
            self._box.kill()
            errors = self._box.communicate()[1].decode("utf-8", "replace").strip()
            reason = said[1:] or errors.splitlines()[-1] if said or errors else ""
            raise Refused(NO_WALL.format(missing=ENDED_EARLY.format(reason=reason)))
        self.tree = _Tree(self._box.pid)
        atexit.register(self.close)

    def fork(self):
        """Start a hand-in's process; return the socket on which it serves."""
        ours, theirs = socket.socketpair()
        said = {"limits": vars(self._limits), "readable": self._readable}
        line = b"S" + json.dumps(said).encode() + b"\n"
        try:
            self._say(lambda: socket.send_fds(self._control, [line], [theirs.fileno()]), "P")
        except OwnFault:
            ours.close()
            raise
        finally:
            theirs.close()
        return ours

    def stop(self):
        """End the hand-in's processes; return when not one of them is left."""
        self._say(lambda: self._control.sendall(b"E\n"), "G")

    @property
    def alive(self):
        """Whether the box is still there."""
        return self._box.poll() is None

    def close(self):
        """End the box with all that is in it."""
        atexit.unregister(self.close)
        self._control.close()
        self._box.kill()
        self._box.wait()
        self._box.stderr.close()

    def _say(self, send, answer):
        """Say something to the parent and wait for its answer; without it the box is of no use."""
        with contextlib.suppress(OSError):
            send()
            if self._line(STARTS_WITHIN).startswith(answer):
                return
        self.close()
        raise OwnFault(BOX_ENDED)

    def _line(self, seconds):
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

    def __init__(self, parent, limits):
        self._parent, self._limits = parent, limits
        self.spent = 0.0
        self._socket = parent.fork()
        self._socket.setblocking(False)
        try:
            kind, data = self._reply(STARTS_WITHIN, LARGEST_SHOWN)
        except Lost:
            self.close()
            raise OwnFault(NOT_STARTED) from None
        if kind != b"Y":
            self.close()
            raise Refused(NO_WALL.format(missing=data.decode("utf-8", "replace")[:300]))
        self.spent = 0.0

    def run(self, source, seconds):
        """Run a cell as Jupyter does; return its outputs as nbformat has them."""
        reply = self._request(frames.RUN, source.encode(), seconds, LARGEST_SHOWN)
        try:
            found = json.loads(reply)
        except (ValueError, RecursionError):
            found = []
        return found if isinstance(found, list) else []

    def ask(self, question, seconds):
        """Return the answer to a packed question; see `lab.answer`."""
        return self._request(frames.ASK, question, seconds, self._limits.answer)

    def close(self):
        """End the process and all that it started."""
        self._socket.close()
        self._parent.stop()

    def _request(self, kind, data, seconds, largest):
        self._send(kind, data, seconds)
        answered, reply = self._reply(seconds, largest)
        if answered != frames.ANSWER:
            raise Lost(DIED)
        return reply

    def _send(self, kind, data, seconds):
        """Send a frame to a process that may not be reading."""
        self._socket.settimeout(seconds)
        try:
            frames.send(self._socket, kind, data)
        except TimeoutError:
            raise Lost(NOT_IN_TIME.format(seconds=seconds)) from None
        except OSError:
            raise Lost(DIED) from None
        finally:
            self._socket.setblocking(False)

    def _reply(self, seconds, largest):
        watch = _Watch(self._parent.tree, self._limits.memory, seconds)

        def read(count):
            while True:
                try:
                    return self._socket.recv(count)
                except BlockingIOError:
                    select.select([self._socket], [], [], LOOK_EVERY)
                    watch.look()

        try:
            return frames.receive(read, largest)
        except (frames.Ended, ConnectionError):
            raise Lost(DIED) from None
        except frames.Oversized:
            raise Lost(TOO_MUCH_BACK.format(megabytes=largest / 1e6)) from None
        finally:
            self.spent += watch.spent


class _Watch:
    """Looks at the processes in the box while one of them is working."""

    def __init__(self, tree, memory, seconds):
        self._tree, self._memory, self._seconds = tree, memory, seconds
        self._start = self._looked = time.monotonic()
        self._used_before = None
        self._used = 0.0

    @property
    def spent(self):
        """The time used, as `Limits` counts it; a quick answer is not worth a look."""
        return max(self._used, (time.monotonic() - self._start) / 2)

    def look(self):
        """Raise `Lost` where the processes are over their limits."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY / 2:
            return
        self._looked = now
        seconds, memory = self._tree.used()
        if self._used_before is None:
            self._used_before = seconds
        self._used = seconds - self._used_before
        if self.spent > self._seconds:
            raise Lost(NOT_IN_TIME.format(seconds=self._seconds))
        if memory > self._memory:
            raise Lost(TOO_MUCH_MEMORY.format(megabytes=self._memory / 1e6))


class _Tree:
    """The processes below one, and what they have used since it was made."""

    def __init__(self, pid):
        self._root = psutil.Process(pid)
        # what a fork shares with its warm parent does not count as its own
        self._shared = max((self._own(p) for p in self._below()), default=0)

    def used(self):
        """Return the processor seconds and the bytes of memory of all processes together."""
        seconds = memory = 0.0
        for process in self._below():
            try:
                seconds += sum(process.cpu_times()[:4])  # with those of children that have ended
                memory += max(0, self._own(process) - self._shared)
            except psutil.Error:
                continue
        return seconds, memory

    def _below(self):
        try:
            return self._root.children(recursive=True)
        except psutil.Error:
            return []

    @staticmethod
    def _own(process):
        try:
            found = process.memory_info()
        except psutil.Error:
            return 0
        return found.rss - found.shared
