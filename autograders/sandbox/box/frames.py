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


def receive(read: Callable[[memoryview], int], largest: int) -> tuple[bytes, bytearray]:
    """Return the kind and the bytes of the next frame.

    Parameters
    ----------
    read : callable
        ``read(room)`` puts bytes into some room, from its start on; it returns how many, and
        none at the end.
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


def _exactly(read: Callable[[memoryview], int], count: int) -> bytearray:
    found = bytearray(count)
    room = memoryview(found)
    while room:
        filled = read(room)
        if not filled:
            raise Ended
        room = room[filled:]
    return found
