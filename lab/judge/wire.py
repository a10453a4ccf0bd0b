"""Plain values as bytes and back, for questions that come from another process.

A packet is the length of a JSON text, that text, and the arrays it names in NumPy's
own format. Nothing is ever unpickled or evaluated. Whoever reads a packet need not
trust whoever wrote it: sizes, nesting and dtypes are checked before anything is made
of them.
"""

import functools
import io
import json
import math
from typing import Any

import numpy as np

from lab.judge.described import Described, OddArray, What, described
from lab.judge.excerpt import printable

LARGEST = 32_000_000  # bytes in a packet
LARGEST_DESCRIPTION = 4_000_000  # bytes of the JSON text in it
DEEPEST = 8  # containers in each other
MOST_AXES = 64  # as many as NumPy has
MOST_NODES = 20_000  # values in a packet
LONGEST_TEXT = 2_000  # characters
LARGEST_INT = 4_000  # bits

LONGEST_NAME = 80  # characters of a type's or a dtype's name

TOO_LARGE = "more than {limit:,} bytes"
_PLAIN = "biuf"  # the kinds of dtype that travel: bools, ints, floats


class Malformed(Exception):
    """Bytes that are no packet."""


def pack(value: Any) -> bytes:
    """Return a plain value as bytes.

    Parameters
    ----------
    value
        None, bools, numbers, texts, NumPy arrays and scalars, lists, tuples and dicts
        of these. Anything else comes back as what is said of it, a `Described`.

    Raises
    ------
    Malformed
        If it takes more than `LARGEST` bytes or `MOST_NODES` values.
    """
    writer = _Writer()
    text = json.dumps({"value": writer.node(value, 0), "lengths": writer.lengths}).encode()
    data = b"".join([len(text).to_bytes(8, "big"), text, *writer.blobs])
    if len(data) > LARGEST:
        raise Malformed(TOO_LARGE.format(limit=LARGEST))
    return data


def unpack(data: bytes | bytearray) -> Any:
    """Return the value in a packet.

    Raises
    ------
    Malformed
        If the bytes are no packet within the limits.
    """
    try:
        return _unpack(memoryview(data))
    except Malformed:
        raise
    except Exception as error:
        raise Malformed(type(error).__name__) from None


class _Writer:
    """Collects the arrays while it describes a value."""

    def __init__(self) -> None:
        self.blobs: list[bytes] = []
        self.lengths: list[int] = []
        self.nodes, self.bytes = 0, 0

    def node(self, value: Any, depth: int) -> Any:
        """Return the JSON data for a value."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise Malformed(TOO_LARGE.format(limit=LARGEST))
        kind = type(value)
        if kind is np.ndarray:
            return self.array(value)
        if kind is float:
            return {"f": repr(value)}
        if value is None or kind is bool:
            return value
        if kind is str:
            if len(value) > LONGEST_TEXT:
                return _foreign(Described(What.LONG_TEXT, len(value)))
            return value if value.isascii() else value.encode("utf-8", "replace").decode()
        return self.other(value, depth)

    def other(self, value: Any, depth: int) -> Any:
        """Return the JSON data for a value that is rarer; subclasses are read as they are below."""
        # never by methods of their own
        if isinstance(value, np.generic) and type(value).__module__ == "numpy":
            return self.scalar(value)
        if isinstance(value, int):
            return self.whole(int.__pos__(value))
        if isinstance(value, float):
            return {"f": repr(float.__pos__(value))}
        if depth < DEEPEST:
            node, deeper = self.node, depth + 1
            if isinstance(value, dict):
                entries = [(k, v) for k, v in dict.items(value) if type(k) is str]
                return {"d": [[node(k, depth), node(v, deeper)] for k, v in entries]}
            if isinstance(value, tuple):
                return {"t": [node(v, deeper) for v in tuple.__iter__(value)]}
            if isinstance(value, list):
                return {"l": [node(v, deeper) for v in list.__iter__(value)]}
        return _foreign(described(value))

    def whole(self, value: int) -> Any:
        bits = value.bit_length()
        return value if bits <= LARGEST_INT else _foreign(Described(What.HUGE_INT, bits))

    def scalar(self, value: np.generic) -> dict[str, Any]:
        array = np.asarray(value)
        if array.dtype.kind not in _PLAIN:
            return _foreign(described(value))
        return {**self.array(array), "scalar": True}

    def array(self, value: np.ndarray) -> dict[str, Any]:
        self.bytes += value.size * value.itemsize
        if value.dtype.kind not in _PLAIN or self.bytes > LARGEST:
            return {"odd": [list(value.shape), printable(str(value.dtype), LONGEST_NAME)]}
        by_columns = value.flags.f_contiguous and not value.flags.c_contiguous
        head = _head(value.shape, by_columns, value.dtype.str)
        self.blobs += [head, value.tobytes("F" if by_columns else "C")]
        self.lengths.append(len(head) + value.nbytes)
        node: dict[str, Any] = {"a": len(self.lengths) - 1}
        return node if value.flags.writeable else {**node, "read_only": True}


@functools.lru_cache(maxsize=500)
def _head(shape: tuple[int, ...], by_columns: bool, dtype: str) -> bytes:
    """Return what stands before the numbers in NumPy's format, which takes long to make."""
    stream = io.BytesIO()
    header = {"shape": shape, "fortran_order": by_columns, "descr": dtype}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue()


def _foreign(value: Described) -> dict[str, Any]:
    detail = value.detail
    if isinstance(detail, str):
        detail = printable(detail, LONGEST_NAME)
    return {"foreign": [str(value.what), detail]}


def _unpack(data: memoryview) -> Any:
    if len(data) > LARGEST:
        raise Malformed(TOO_LARGE.format(limit=LARGEST))
    start = 8 + int.from_bytes(data[:8], "big")
    if start > LARGEST_DESCRIPTION:
        raise Malformed(TOO_LARGE.format(limit=LARGEST_DESCRIPTION))
    content = json.loads(bytes(data[8:start]))
    if len(content["lengths"]) > MOST_NODES:
        raise Malformed("lengths")
    blobs = []
    for length in content["lengths"]:
        if type(length) is not int or length < 0:
            raise Malformed("length")
        blobs.append(data[start : start + length])
        start += length
    if start != len(data):
        raise Malformed("length")
    return _Reader(blobs).value(content["value"], 0)


class _Reader:
    """Makes a value of its description; each array stands in it once."""

    def __init__(self, blobs: list[memoryview]) -> None:
        self.blobs: list[memoryview | None] = [*blobs]
        self.nodes = 0

    def value(self, node: Any, depth: int) -> Any:
        """Return the value that JSON data describe."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise Malformed("nodes")
        if depth > DEEPEST + 1:
            raise Malformed("nesting")
        kind = type(node)
        if kind is not dict:
            if kind is list or kind is float:
                raise Malformed("node")
            return node
        if "a" in node:
            # or a few bytes could ask for one array a thousand times
            blob, self.blobs[node["a"]] = self.blobs[node["a"]], None
            if blob is None:
                raise Malformed("array")
            array = _array(blob)
            array.flags.writeable = not node.get("read_only", False)
            return array[()] if node.get("scalar") and array.ndim == 0 else array
        ((name, content),) = node.items()
        if name == "f":
            return float(content)
        if name == "foreign":
            return _described(*content)
        if name == "odd":
            return _odd(*content)
        if name == "d":
            return {self.key(k, depth): self.value(v, depth + 1) for k, v in content}
        entries = [self.value(entry, depth + 1) for entry in content]
        return {"t": tuple, "l": list}[name](entries)

    def key(self, node: Any, depth: int) -> str:
        key = self.value(node, depth)
        if not isinstance(key, str):
            raise Malformed("key")
        return key


def _described(what: str, detail: str | int | list[int]) -> Described:
    kind = What(what)
    if kind is What.ARRAY and isinstance(detail, list):
        return Described(kind, _shape(detail))
    if kind in (What.HUGE_INT, What.LONG_TEXT) and type(detail) is int and 0 <= detail < 2**63:
        return Described(kind, detail)
    if kind in (What.NONE, What.FUNCTION, What.OBJECT) and isinstance(detail, str):
        return Described(kind, printable(detail, LONGEST_NAME))
    raise Malformed("description")


def _odd(sizes: list[int], dtype: str) -> OddArray:
    return OddArray(_shape(sizes), printable(str(dtype), LONGEST_NAME))


def _shape(sizes: list[int]) -> tuple[int, ...]:
    shape = tuple(map(int, sizes))
    if len(shape) > MOST_AXES or any(not 0 <= size < 2**63 for size in shape):
        raise Malformed("shape")
    return shape


def _array(blob: memoryview) -> np.ndarray:
    """Return the array in a blob, after its header has been held to the blob's length."""
    start = 10 + int.from_bytes(blob[8:10], "little")
    shape, by_columns, dtype = _header(bytes(blob[:start]))
    if math.prod(shape) * dtype.itemsize != len(blob) - start:
        raise Malformed("size")
    numbers = np.frombuffer(blob, dtype, offset=start).copy()
    return numbers.reshape(shape, order="F" if by_columns else "C")


@functools.lru_cache(maxsize=500)
def _header(text: bytes) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Return what NumPy's header says; arrays of the same shape have the same."""
    stream = io.BytesIO(text)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise Malformed("version")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.kind not in _PLAIN or dtype.subdtype is not None:
        raise Malformed("dtype")
    if any(size < 0 for size in shape) or len(shape) > MOST_AXES:
        raise Malformed("shape")
    return shape, by_columns, dtype
