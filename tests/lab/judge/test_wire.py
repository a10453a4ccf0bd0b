"""Packets: every value comes back as it went, and bytes of any kind make no harm."""

import collections
import decimal
import fractions
import json
import random
import struct
import tracemalloc
import types

import numpy as np
import pytest

from lab.judge import wire
from lab.judge.described import Described, OddArray, What, described
from lab.judge.wire import Malformed, pack, unpack
from lab.phrases import description

ROOM = 60_000_000
"""Bytes that reading a small packet may take at the most."""


def same(first, second):
    """Compare with types, dtypes, shapes, the sign of zero and nan."""
    if type(first) is not type(second):
        return False
    if isinstance(first, np.ndarray | np.generic):
        return (
            first.dtype == second.dtype
            and first.shape == second.shape
            and np.array_equal(first, second, equal_nan=first.dtype.kind == "f")
            and np.array_equal(np.signbit(first), np.signbit(second))
            if first.dtype.kind == "f"
            else first.dtype == second.dtype and np.array_equal(first, second)
        )
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    if isinstance(first, tuple | list):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, float):
        return struct.pack("d", first) == struct.pack("d", second)
    return first == second


PLAIN = [
    *(None, True, False, 0, 1, -1, 2**70, -(3**2000)),
    *(0.0, -0.0, 0.1, 1e-320, 1e308, float("inf"), float("-inf"), float("nan")),
    *("", "text", "λ and \n", '"quoted" \\ {}'),
    *([], (), {}, [1, [2.5, "x"]], (None, (True,)), {"a": {"b": [1]}, "": 2}),
    *(np.zeros((2, 3)), np.array(1.5), np.zeros((0, 3)), np.zeros((3, 0)), np.array([])),
    *(np.array([True, False]), np.arange(5, dtype=np.uint8), np.arange(4.0, dtype=np.float32)),
    *(np.array([np.nan, np.inf, -0.0]), np.asfortranarray(np.arange(6.0).reshape(2, 3))),
    *(np.arange(12.0)[::2], np.arange(6.0).reshape(2, 3).T, np.arange(3, dtype=">i4")),
    *(np.zeros((1,) * 12), np.float16(1.5), np.longdouble("0.1"), np.zeros(2, np.longdouble)),
    *(np.float64(0.1), np.float32(0.1), np.int64(-3), np.uint8(200), np.bool_(True)),
    {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1)), "cache": (np.zeros(2), [np.ones(1), 3])},
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_a_plain_value_comes_back_as_it_was(value):
    assert same(unpack(pack(value)), value)


def test_an_array_stays_read_only_and_others_can_be_written_to():
    array = np.zeros(3)
    array.flags.writeable = False
    assert not unpack(pack(array)).flags.writeable
    back = unpack(pack((np.zeros(3), array)))
    assert back[0].flags.writeable
    assert back[0].base is None or back[0].base.flags.writeable
    back[0][:] = 1
    assert np.array_equal(array, np.zeros(3))


def test_the_same_array_twice_comes_back_as_two():
    array = np.arange(3.0)
    first, second = unpack(pack([array, array]))
    assert same(first, second)
    assert not np.shares_memory(first, second)


class LyingDict(dict):
    def items(self):
        return [("a", 1000)]

    def __iter__(self):
        raise RuntimeError


class LyingList(list):
    def __iter__(self):
        return iter([1000])


class LyingTuple(tuple):
    def __iter__(self):
        raise RuntimeError


class LyingInt(int):
    def __add__(self, other):
        return 1000

    def __repr__(self):
        return "1000"

    def bit_length(self):
        return 1


class LyingFloat(float):
    def __add__(self, other):
        return 1000.0

    def __repr__(self):
        return "1000.0"


Pair = collections.namedtuple("Pair", "x y")


@pytest.mark.parametrize(
    ("value", "below"),
    [
        (LyingDict(a=1), {"a": 1}),
        (LyingList([1, 2]), [1, 2]),
        (LyingTuple((1, 2)), (1, 2)),
        (LyingInt(7), 7),
        (LyingFloat(7.5), 7.5),
        (Pair(1, 2), (1, 2)),
        (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        ({1: "dropped", "kept": 2}, {"kept": 2}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_subclass_is_read_as_what_it_is_below(value, below):
    assert same(unpack(pack(value)), below)


class Unnameable(type):
    def __getattribute__(cls, name):
        if name == "__name__":
            return "x" * 10_000
        return super().__getattribute__(name)


class Strange(metaclass=Unnameable):
    def __repr__(self):
        raise RuntimeError


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        *(1j, b"bytes", {1, 2}, range(3), Ellipsis, fractions.Fraction(1, 3), decimal.Decimal(1)),
        *(types.SimpleNamespace(), len, lambda: 0, Strange(), Strange, Text("text"), iter([])),
        *(np.datetime64("2020"), np.complex64(1), np.str_("x"), np.ma.masked_array([1.0])),
        *(np.recarray((1,), "f8"), memoryview(b""), np.random, np.float64, 10**2000, "x" * 2001),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_known_by_its_kind_alone(value):
    back = unpack(pack(value))
    assert type(back) is Described
    assert type(back.what) is What
    assert len(str(back.detail)) <= 80
    assert 0 < len(description(back)) <= 80 + len("a ")
    assert description(back).isprintable()


@pytest.mark.parametrize(
    "array",
    [
        *(np.array([None, "x"]), np.array([1j]), np.array(["text"]), np.zeros(2, "datetime64[s]")),
        *(np.zeros(2, [("x", float)]), np.broadcast_to(0.0, (10**6, 10**6)), np.zeros(2, "V8")),
    ],
    ids=lambda array: str(array.dtype),
)
def test_an_odd_array_is_known_by_its_shape_and_dtype(array):
    assert unpack(pack(array)) == OddArray(array.shape, str(array.dtype))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1j, "a complex"),
        (b"bytes", "a bytes"),
        (Ellipsis, "an ellipsis"),
        (len, "a function (perhaps its parentheses are missing)"),
        (np.float64, "a function (perhaps its parentheses are missing)"),
        (Text("text"), "a Text"),
        (10**2000, "an int of 6,644 bits"),
        ("x" * 2001, "a text of 2,001 characters"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_it_is_called_there_what_it_is_called_here(value, says):
    back = unpack(pack(value))
    assert description(back) == says
    if back.what not in (What.HUGE_INT, What.LONG_TEXT):
        assert back == described(value)


@pytest.mark.parametrize(
    "value",
    [
        *(Described(What.NONE), Described(What.FUNCTION), Described(What.OBJECT, "Thing")),
        *(Described(What.ARRAY, (2, 3)), Described(What.ARRAY, ()), Described(What.ARRAY, (0,))),
        *(Described(What.HUGE_INT, 5000), Described(What.LONG_TEXT, 3000)),
    ],
    ids=str,
)
def test_a_description_comes_back_as_it_was(value):
    back = unpack(pack(value))
    assert back == value
    assert type(back.what) is What
    assert type(back.detail) is type(value.detail)
    assert unpack(pack(back)) == value


def test_a_description_is_cut_and_printable():
    back = unpack(pack(Described(What.OBJECT, "a\n\x1b" + "x" * 1000)))
    assert back == Described(What.OBJECT, "a??" + "x" * 77)


def test_a_half_of_a_surrogate_pair_is_no_reason_to_stop():
    assert unpack(pack("a\ud800b")) == "a?b"


def test_what_is_nested_too_deeply_or_in_itself_ends():
    deep = []
    for _ in range(wire.DEEPEST + 3):
        deep = [deep]
    back, depth = unpack(pack(deep)), 0
    while isinstance(back, list):
        back, depth = back[0], depth + 1
    assert depth == wire.DEEPEST
    assert back == Described(What.OBJECT, "list")
    assert description(back) == "a list"
    ring = []
    ring.append(ring)
    unpack(pack(ring))


def test_what_is_too_large_is_refused_before_it_is_sent():
    with pytest.raises(Malformed):
        pack(list(range(wire.MOST_NODES)))
    arrays = [np.zeros(wire.LARGEST // 16 - 100) for _ in range(2)]
    assert len(pack(arrays)) <= wire.LARGEST
    back = unpack(pack([*arrays, np.zeros(10_000)]))
    assert back[2] == OddArray((10_000,), "float64")


# --- bytes that no packet has ---


def packet(description, *blobs):
    """Return the bytes of a packet with this JSON text, or these JSON data."""
    text = description if isinstance(description, bytes) else json.dumps(description).encode()
    return b"".join([len(text).to_bytes(8, "big"), text, *blobs])


def node(value, *blobs):
    """Return the bytes of a packet with this node and these blobs."""
    return packet({"value": value, "lengths": [len(blob) for blob in blobs]}, *blobs)


def blob(header, data=b"", version=b"\x01\x00"):
    """Return what NumPy's format would hold: a header of any text, and data."""
    header = header.encode() if isinstance(header, str) else header
    return b"\x93NUMPY" + version + struct.pack("<H", len(header)) + header + data


def npy(descr, shape, data=b"", order=False):
    text = f"{{'descr': {descr!r}, 'fortran_order': {order}, 'shape': {shape}, }}\n"
    return blob(text, data)


def nested(depth):
    node = 1
    for _ in range(depth):
        node = {"l": [node]}
    return node


ARRAY = npy("<f8", "(2,)", bytes(16))
MILLION = npy("<f8", f"({10**6},)", bytes(8 * 10**6))
BROKEN = {
    "nothing": b"",
    "seven bytes": bytes(7),
    "an empty text": bytes(8),
    "a length beyond the end": (2**40).to_bytes(8, "big") + b"{}",
    "the largest length": b"\xff" * 8,
    "no JSON": packet(b"nonsense"),
    "no UTF-8": packet(b"\xff\xfe\x00"),
    "a list": packet([]),
    "a number": packet(3),
    "no lengths": packet({"value": 1}),
    "no value": packet({"lengths": []}),
    "lengths that are no list": packet({"value": 1, "lengths": 5}),
    "a negative length": packet({"value": {"a": 0}, "lengths": [-5]}, ARRAY),
    "a length that is a bool": packet({"value": 1, "lengths": [True]}, b"x"),
    "a length that is a float": packet({"value": 1, "lengths": [1.0]}, b"x"),
    "two lengths that make up for each other": packet({"value": 1, "lengths": [5, -5]}),
    "a million lengths": packet({"value": 1, "lengths": [0] * 10**6}),
    "a byte too many": node(1) + b"x",
    "a byte too few": node({"a": 0}, ARRAY)[:-1],
    "a list node": node([1]),
    "a float node": node(1.5),
    "an empty node": node({}),
    "a node of two kinds": node({"f": "1", "t": []}),
    "an unknown kind": node({"pickle": "gASV"}),
    "a float of words": node({"f": "one"}),
    "a float of a list": node({"f": [1]}),
    "a tuple of a number": node({"t": 5}),
    "a tuple of null": node({"t": None}),
    "a dict of a text": node({"d": "ab"}),
    "a dict with a number for key": node({"d": [[1, 2]]}),
    "a dict with an array for key": node({"d": [[{"a": 0}, 2]]}, ARRAY),
    "a dict with a list for key": node({"d": [[{"l": []}, 2]]}),
    "a dict of threes": node({"d": [["a", 1, 2]]}),
    "an array that is not there": node({"a": 0}),
    "an array of a name": node({"a": "0"}, ARRAY),
    "an array of a bigger number": node({"a": 10**30}, ARRAY),
    "an array of a fraction": node({"a": 0.5}, ARRAY),
    "one array twice": node({"l": [{"a": 0}, {"a": 0}]}, ARRAY),
    "one array from both ends": node({"l": [{"a": 0}, {"a": -1}]}, ARRAY),
    "one large array a thousand times": node({"l": [{"a": 0}] * 1000}, MILLION),
    "nested far too deeply": node(nested(wire.DEEPEST + 3)),
    "nested beyond the parser": packet(b'{"value": ' + b"[" * 100_000),
    "nested beyond the reader": node(nested(400)),
    "a hundred thousand nodes": node({"l": [1] * 100_000}),
    "a hundred thousand empty lists": node({"l": [{"l": []}] * 100_000}),
    "an int of a million digits": packet(b'{"value": ' + b"9" * 10**6 + b', "lengths": []}'),
    "a foreign text": node({"foreign": "a function"}),
    "a foreign nothing": node({"foreign": []}),
    "a foreign null": node({"foreign": None}),
    "a foreign number": node({"foreign": 3}),
    "a foreign what alone": node({"foreign": ["object"]}),
    "a foreign of three": node({"foreign": ["object", "x", "y"]}),
    "a foreign dict": node({"foreign": {"what": "object", "detail": "x"}}),
    "a foreign of an unknown what": node({"foreign": ["right", ""]}),
    "a foreign of a what in capitals": node({"foreign": ["OBJECT", "x"]}),
    "a foreign what that is a number": node({"foreign": [3, "x"]}),
    "a foreign what that is null": node({"foreign": [None, ""]}),
    "a foreign what that is a list": node({"foreign": [["object"], "x"]}),
    "a foreign what that is a dict": node({"foreign": [{"a": 0}, "x"]}, ARRAY),
    "a foreign object of a number": node({"foreign": ["object", 3]}),
    "a foreign object of null": node({"foreign": ["object", None]}),
    "a foreign object of a list": node({"foreign": ["object", ["x"]]}),
    "a foreign object of a node": node({"foreign": ["object", {"f": "1"}]}),
    "a foreign function of a number": node({"foreign": ["function", 3]}),
    "a foreign none of a list": node({"foreign": ["none", []]}),
    "a foreign array of a text": node({"foreign": ["array", "(2,)"]}),
    "a foreign array of a number": node({"foreign": ["array", 3]}),
    "a foreign array of null": node({"foreign": ["array", None]}),
    "a foreign array of a word": node({"foreign": ["array", ["ab"]]}),
    "a foreign array of lists": node({"foreign": ["array", [[2]]]}),
    "a foreign array with a negative size": node({"foreign": ["array", [-1]]}),
    "a foreign array of a huge size": node({"foreign": ["array", [2**63]]}),
    "a foreign array of many axes": node({"foreign": ["array", [1] * 65]}),
    "a foreign array of an infinite size": packet(
        b'{"value": {"foreign": ["array", [Infinity]]}, "lengths": []}'
    ),
    "a foreign huge int of a text": node({"foreign": ["huge int", "x"]}),
    "a foreign huge int of digits": node({"foreign": ["huge int", "5000"]}),
    "a foreign huge int of a list": node({"foreign": ["huge int", [5000]]}),
    "a foreign huge int of a bool": node({"foreign": ["huge int", True]}),
    "a foreign huge int of a float": node({"foreign": ["huge int", 5000.0]}),
    "a foreign huge int below 0": node({"foreign": ["huge int", -1]}),
    "a foreign huge int of a huge int": node({"foreign": ["huge int", 2**63]}),
    "a foreign huge int of null": node({"foreign": ["huge int", None]}),
    "a foreign long text that is one": node({"foreign": ["long text", "x" * 3000]}),
    "a foreign long text of a float": node({"foreign": ["long text", 3000.0]}),
    "a foreign long text below 0": node({"foreign": ["long text", -1]}),
    "a foreign long text of a huge int": node({"foreign": ["long text", 2**63]}),
    "a foreign key": node({"d": [[{"foreign": ["object", "x"]}, 2]]}),
    "an odd array with a negative size": node({"odd": [[-1], "object"]}),
    "an odd array of a huge size": node({"odd": [[2**63], "object"]}),
    "an odd array of many axes": node({"odd": [[1] * 65, "object"]}),
    "an odd array of a word": node({"odd": ["ab", "object"]}),
    "an odd array without a dtype": node({"odd": [[1]]}),
    "an odd array of null": node({"odd": None}),
    "an empty blob": node({"a": 0}, b""),
    "no magic": node({"a": 0}, b"x" * 200),
    "half of a magic": node({"a": 0}, b"\x93NUM"),
    "another version": node({"a": 0}, blob("{}", version=b"\x02\x00")),
    "the third version": node({"a": 0}, blob("{}", version=b"\x03\x00")),
    "version 255": node({"a": 0}, blob("{}", version=b"\xff\xff")),
    "an empty header": node({"a": 0}, blob("")),
    "a header that ends early": node({"a": 0}, blob("{}")[:9]),
    "a header that promises more": node({"a": 0}, b"\x93NUMPY\x01\x00\xff\xff{}"),
    "a header of 65,535 bytes": node({"a": 0}, blob("{" + " " * 65_000 + "}\n")),
    "a header that is code": node({"a": 0}, blob("__import__('os').abort()\n")),
    "a header of brackets": node({"a": 0}, blob("(" * 9000 + ")" * 9000 + "\n")),
    "a header of minuses": node({"a": 0}, blob("-" * 9000 + "1\n")),
    "a header of zeros": node({"a": 0}, blob(bytes(5000))),
    "a header with one key more": node(
        {"a": 0}, blob("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'x': 1}", bytes(8))
    ),
    "a negative size": node({"a": 0}, npy("<f8", "(-2,)", bytes(16))),
    "two negative sizes": node({"a": 0}, npy("<f8", "(-2, -1)", bytes(16))),
    "a size of a text": node({"a": 0}, npy("<f8", "('2',)", bytes(16))),
    "a size of a float": node({"a": 0}, npy("<f8", "(2.0,)", bytes(16))),
    "a shape that is a number": node({"a": 0}, npy("<f8", "2", bytes(16))),
    "a shape that is a list": node({"a": 0}, npy("<f8", "[2]", bytes(16))),
    "more numbers than bytes": node({"a": 0}, npy("<f8", f"({10**15},)", bytes(16))),
    "more numbers than an int holds": node({"a": 0}, npy("<f8", f"({2**64},)", bytes(16))),
    "no numbers, but many": node({"a": 0}, npy("<f8", f"(0, {2**70})")),
    "fewer numbers than bytes": node({"a": 0}, npy("<f8", "(1,)", bytes(16))),
    "65 axes": node({"a": 0}, npy("<f8", str((1,) * 65), bytes(8))),
    "objects": node({"a": 0}, npy("|O", "(2,)", bytes(16))),
    "pickled objects": node({"a": 0}, npy("|O", "()", b"\x80\x04K\x01.")),
    "texts": node({"a": 0}, npy("<U2", "(2,)", bytes(16))),
    "complex numbers": node({"a": 0}, npy("<c16", "(1,)", bytes(16))),
    "dates": node({"a": 0}, npy("<M8[s]", "(2,)", bytes(16))),
    "raw bytes": node({"a": 0}, npy("|V8", "(2,)", bytes(16))),
    "empty texts": node({"a": 0}, npy("<U0", f"({10**15},)")),
    "fields": node({"a": 0}, npy([("x", "<f8")], "(2,)", bytes(16))),
    "fields of objects": node({"a": 0}, npy([("x", "|O")], "(2,)", bytes(16))),
    "a dtype of arrays": node({"a": 0}, npy(("<f8", (2,)), "(1,)", bytes(16))),
    "a dtype of a huge array": node({"a": 0}, npy(("<f8", (10**9,)), "(1,)", bytes(16))),
    "a dtype that is a class": node({"a": 0}, npy("os.system", "(1,)", bytes(16))),
    "a dtype of many commas": node({"a": 0}, npy(",".join(["f8"] * 2000), "(1,)", bytes(16))),
    "an order that is a word": node(
        {"a": 0}, blob("{'descr': '<f8', 'fortran_order': 'x', 'shape': (2,)}", bytes(16))
    ),
    "more than the largest": bytes(wire.LARGEST + 1),
    "a description of 5 MB": node("x" * 5_000_000),
}


def refused(data):
    """Tell whether the bytes are refused, and hold the memory that this takes to its bound."""
    reason = None
    tracemalloc.start()
    try:
        unpack(data)
    except Malformed as error:
        reason = str(error)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < ROOM
    assert reason is None or reason.isprintable()
    return reason is not None


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.filterwarnings("ignore:Reading .npy")
def test_bytes_that_are_no_packet_are_refused(name):
    assert refused(BROKEN[name])


def sample():
    """Return a packet with one of everything, and a few others."""
    everything = [*PLAIN, 1j, np.array([None])]
    return [
        pack(everything),
        pack({"value": 0.5, "arguments": {"X": np.ones((2, 3))}, "shared": [], "kept": None}),
        pack(np.arange(4.0)),
        node({"a": 0}, ARRAY),
    ]


LIES = {
    "an object without a name": (["object", ""], "a "),
    "an object of a name with lines": (["object", "a\n\x1b[31m\u202e"], "an a??[31m?"),
    "an object of a long name": (["object", "x" * 5000], "a " + "x" * 80),
    "an object of a template": (["object", "{detail}{0}{article.__class__}"], None),
    "a function with a name": (["function", "right"], None),
    "none with a name": (["none", "1.5"], "None"),
    "a huge int of no bits": (["huge int", 0], "an int of 0 bits"),
    "the hugest int": (["huge int", 2**63 - 1], "an int of 9,223,372,036,854,775,807 bits"),
    "an array of the hugest size": (["array", [2**63 - 1]], None),
    "an array of sizes that are texts": (["array", ["2", "3"]], "an array of shape (2, 3)"),
}
"""Descriptions that nothing honest sends: what is read is a description, and cannot do more."""


@pytest.mark.parametrize("name", LIES)
def test_a_lie_about_a_value_is_a_description_at_the_most(name):
    content, says = LIES[name]
    back = unpack(node({"foreign": content}))
    assert type(back) is Described
    assert type(back.what) is What
    assert type(back.detail) in (str, int, tuple)
    assert len(description(back)) < 100
    assert description(back).isprintable()
    assert says in (None, description(back))
    assert unpack(pack(back)) == back


def is_plain(value):
    """Tell whether a value is made of what may come back, and of nothing else."""
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(entry) for key, entry in value.items())
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "biuf"
    return value is None or type(value) in (bool, int, float, str, Described, OddArray)


@pytest.mark.filterwarnings("ignore")  # NumPy warns of headers from Python 2
@pytest.mark.parametrize("seed", range(8))
def test_damaged_packets_are_read_or_refused(seed):
    """Flipped bits, cut, doubled and exchanged stretches: nothing but a value or Malformed."""
    draw = random.Random(seed)
    packets, counts = sample(), collections.Counter()
    for _ in range(1500):
        data = bytearray(draw.choice(packets))
        for _ in range(draw.choice([1, 1, 1, 2, 5, 30])):
            kind, place = draw.randrange(5), draw.randrange(len(data))
            if kind == 0:
                data[place] ^= 1 << draw.randrange(8)
            elif kind == 1:
                data[place] = draw.choice(b'0123456789-[]{}",:eE.\x00\xff')
            elif kind == 2:
                del data[place : place + draw.randrange(1, 20)]
            elif kind == 3:
                data[place:place] = data[place : place + draw.randrange(1, 20)]
            else:
                del data[place:]
            data = data or bytearray(8)
        try:
            assert is_plain(unpack(bytes(data)))
            counts["read"] += 1
        except Malformed:
            counts["refused"] += 1
    assert counts["read"] > 20
    assert counts["refused"] > 500


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(2))
def test_random_bytes_are_refused(seed):
    draw = random.Random(seed)
    for _ in range(2000):
        data = draw.randbytes(draw.randrange(200))
        for start in (b"", len(data).to_bytes(8, "big"), bytes(7) + b"\x10"):
            with pytest.raises(Malformed):
                unpack(start + data)


@pytest.mark.filterwarnings("ignore")
def test_random_headers_are_read_or_refused():
    """NumPy's reader is handed headers made of its own words."""
    draw, words = random.Random(0), ["'descr'", ": ", "'<f8'", "'|O'", "(", ")", ",", "2", "0"]
    words += ["{", "}", "'shape'", "'fortran_order'", "False", "True", "[", "]", "-", " ", "9" * 30]
    for _ in range(3000):
        text = "".join(draw.choice(words) for _ in range(draw.randrange(20))) + "\n"
        with pytest.raises(Malformed):
            unpack(node({"a": 0}, blob(text, bytes(16))))
        mutated = list(ARRAY[10:-16].decode())
        for _ in range(draw.choice([1, 2])):
            mutated[draw.randrange(len(mutated))] = draw.choice("0123456789-(),'<>=|fiubOVUcM ")
        try:
            array = unpack(node({"a": 0}, blob("".join(mutated), bytes(16))))
            assert array.dtype.kind in "biuf"
            assert array.nbytes == 16
        except Malformed:
            pass
