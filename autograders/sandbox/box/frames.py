"""Frames on a socket: a kind of one byte, a length, and so many bytes."""

import socket
import struct
from collections.abc import Callable

HEAD = struct.Struct("!cI")
RUN, ASK, PUT, ANSWER = b"R", b"A", b"F", b"B"


class Ended(Exception):
    """The other side is gone."""


class Oversized(Exception):
    """The other side announces more than it may send."""


def send(sock: socket.socket, kind: bytes, data: bytes) -> None:
    """Send one frame, at once: the other side would wake up for its head alone."""
    sock.sendall(HEAD.pack(kind, len(data)) + data)


def receive(read: Callable[[int], bytes], largest: int) -> tuple[bytes, bytes]:
    """Return the kind and the bytes of the next frame.

    Parameters
    ----------
    read : callable
        ``read(n)`` gives at most n bytes, and none at the end.
    largest : int
        The most bytes that a frame may have.

    Raises
    ------
    Ended
    Oversized
    """
    kind, length = HEAD.unpack(_exactly(read, HEAD.size))
    if length > largest:
        raise Oversized
    return kind, _exactly(read, length)


def _exactly(read: Callable[[int], bytes], count: int) -> bytes:
    parts = []
    while count:
        part = read(min(count, 1 << 20))
        if not part:
            raise Ended
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
