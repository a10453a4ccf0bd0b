"""Answers that do not travel: what comes back is no number and no array as asked."""

from tests.hostile.handins import UNLUCKY, HandIn, answer

MESSAGE = "one exercise returns {}"


def cost(expression, before=""):
    """Let compute_cost (5 points) return an expression."""
    return answer("compute_cost", f"{before}\n\ndef compute_cost(A3, Y):\n    return {expression}")


def predicted(expression):
    """Let predict (3 points) return an expression over the right predictions P."""
    return answer(
        "predict",
        "def predict(X, parameters):\n"
        "    A3, cache = forward_propagation(X, parameters)\n"
        "    P = A3 > 0.5\n"
        f"    return {expression}",
    )


def stopping(expression, before=""):
    """Let early_stopping (5 points) return an expression."""
    head = "def early_stopping(validation_costs, patience):"
    return answer("early_stopping", f"{before}\n\n{head}\n    return {expression}")


def endless(method, arguments="self"):
    """Return a class one of whose methods never ends."""
    return f"class Endless:\n    def {method}({arguments}):\n        while True:\n            pass"


def result(name, what, prepare, points=11, **others):
    return HandIn(name, UNLUCKY, MESSAGE.format(what), prepare, points, **others)


NESTED = "value = []\nfor _ in range(100_000):\n    value = [value]"
ROUND = "value = {}\nvalue['self'] = value\nvalue['list'] = [value]"
KEYS = "value = {(1, 2): 3, None: 4, b'x': 5, 1.5: 6, 'ok': np.ones(2), frozenset(): 7}"

HAND_INS = [
    result("returns-nan", "nan", cost("float('nan')")),
    result("returns-infinity", "infinity", cost("-np.inf")),
    result("returns-a-complex-number", "a complex number", cost("0.69 + 0j")),
    result("returns-a-one-by-one-array", "a (1, 1) array", cost("np.full((1, 1), 0.69)")),
    result("returns-text", "a number as text", cost("'0.69'")),
    result(
        "returns-a-fraction-and-decimals",
        "a Decimal",
        cost("decimal.Decimal('0.69')", "import decimal"),
    ),
    result("returns-a-huge-int", "an int of 100,000 digits", stopping("10 ** 100_000")),
    result(
        "returns-a-huge-array",
        "an array of half a gigabyte",
        cost("np.ones((8000, 8000))"),
        ends_by="memory",
    ),
    result(
        "returns-a-huge-broadcast-array",
        "an array of 8 TB that takes 8 bytes",
        cost("np.broadcast_to(0.69, (10**6, 10**6))"),
    ),
    result("returns-a-huge-list", "a list of 20 million numbers", stopping("[0] * 20_000_000")),
    result("returns-a-huge-text", "a text of 300 million letters", cost("'x' * 300_000_000")),
    result(
        "returns-a-generator",
        "a generator",
        answer("accuracy", "def accuracy(predictions, Y):\n    yield np.mean(predictions == Y)"),
        13,
    ),
    result(
        "returns-an-endless-generator",
        "an endless iterator",
        stopping("itertools.count()", "import itertools"),
    ),
    result("returns-a-function", "a function", cost("np.mean")),
    result("returns-a-module", "a module", cost("np")),
    result("returns-an-open-file", "an open file", cost("open('/dev/null')")),
    result("returns-a-figure", "a figure", cost("plt.figure()", "import matplotlib.pyplot as plt")),
    result("returns-its-own-type", "a type", cost("type('Cost', (), {'value': 0.69})")),
    result("returns-two-values", "a tuple", cost("(0.69, None)")),
    result("returns-a-deep-list", "a list nested 100,000 times", stopping("value", NESTED)),
    result("returns-itself", "a dict that holds itself", cost("value", ROUND)),
    result("returns-odd-keys", "a dict with odd keys", cost("value", KEYS)),
    result("returns-objects", "an array of objects", predicted("P.astype(object)"), 13),
    result("returns-words", "an array of texts", predicted("P.astype(str)"), 13),
    result(
        "returns-complex-predictions",
        "an array of complex numbers",
        predicted("P.astype(complex)"),
        13,
    ),
    result(
        "returns-dates",
        "an array of dates",
        predicted("np.full(P.shape, '2024-01-01', dtype='datetime64[D]')"),
        13,
    ),
    result(
        "returns-records",
        "an array of records",
        predicted("np.zeros(P.shape, dtype=[('a', 'f8'), ('b', 'O')])"),
        13,
    ),
    result("returns-a-masked-array", "a masked array", predicted("np.ma.masked_all(P.shape)"), 13),
    result("returns-a-row-too-few-dimensions", "an array of shape (m,)", predicted("P[0]"), 13),
    result(
        "returns-nothing-of-the-right-kind",
        "an empty array",
        predicted("np.zeros((1, 0), bool)"),
        13,
    ),
    result("returns-a-list-of-lists", "nested lists", predicted("P.tolist()"), 13),
    result("returns-half-an-emoji", "a lone surrogate", cost("'\\ud83d'")),
    result(
        "conversion-to-an-array-never-ends",
        "an object whose __array__ never ends",
        cost("Endless()", endless("__array__", "self, *more, **named")),
        ends_by="time",
    ),
    result(
        "conversion-to-a-number-never-ends",
        "an object whose __float__ never ends",
        cost("Endless()", endless("__float__")),
        ends_by="time",
    ),
    result(
        "its-length-never-ends",
        "an object whose __len__ never ends",
        cost("Endless()", endless("__len__")),
        ends_by="time",
    ),
    result(
        "its-text-never-ends",
        "an object whose __repr__ never ends",
        cost("Endless()", endless("__repr__")),
        ends_by="time",
    ),
    result(
        "its-items-never-end",
        "an object whose __iter__ never ends",
        stopping("Endless()", endless("__iter__")),
        ends_by="time",
    ),
    result(
        "its-attributes-never-end",
        "an object whose __getattribute__ never ends",
        stopping("Endless()", endless("__getattribute__", "self, name")),
        ends_by="time",
    ),
    result(
        "a-list-that-never-ends",
        "a list whose __iter__ never ends",
        stopping("Endless()", endless("__iter__").replace("Endless:", "Endless(list):")),
        ends_by="time",
    ),
    result(
        "dies-on-the-way-back",
        "an object whose __del__ and __array__ kill the kernel",
        cost(
            "Dying()",
            "import os\n\nclass Dying:\n    def __array__(self, *a, **k):\n"
            "        os._exit(0)\n    __float__ = __index__ = __del__ = __array__",
        ),
    ),
]
