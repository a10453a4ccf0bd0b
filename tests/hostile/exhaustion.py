"""Hand-ins that take too much: time, memory, output, disk, processes, without ill will."""

from tests.hostile.handins import (
    CALL_SECONDS,
    UNLUCKY,
    HandIn,
    answer,
    early,
    scratch,
    together,
)
from tests.hostile.slips import cost, stopping

MEGABYTES_200 = """
for _ in range(200):
    print("x" * 1_000_000)
"""
NOISE_200 = """
import sys
for _ in range(200):
    print("x" * 1_000_000, file=sys.stderr)
"""
GIANT_RESULT = """
class Giant:
    def __repr__(self):
        return "x" * 200_000_000

Giant()
"""
MANY_OUTPUTS = """
from IPython.display import display
for number in range(20_000):
    display(number)
"""
MANY_FIGURES = """
import matplotlib.pyplot as plt
for _ in range(40):
    plt.figure(figsize=(40, 40))
    plt.imshow(np.random.rand(1500, 1500))
plt.show()
"""
TRAINS_FOR_EVER = """
steps = 0
while steps >= 0:
    steps += 1
    print("step", steps)
"""
SLOW = CALL_SECONDS * 0.8
"""Seconds: below the limit of one call; a few such calls go over that of a notebook."""

FULL = "rows = np.full((50_000, 50_000), 1.0)"


def takes(name, says, prepare, points=16, **others):
    return HandIn(name, UNLUCKY, says, prepare, points, **others)


HAND_INS = [
    takes(
        "endless-cell-at-the-end",
        "a scratch cell at the end never ends",
        scratch("while True:\n    pass"),
        ends_by="time",
    ),
    takes(
        "endless-cell-at-the-start",
        "a scratch cell before the exercises never ends",
        early("while True:\n    pass"),
        ends_by="time",
    ),
    takes(
        "endless-cell-that-prints",
        "an endless training that prints every step",
        scratch(TRAINS_FOR_EVER),
        ends_by="time",
    ),
    takes(
        "endless-cell-that-catches",
        "an endless cell that catches the interrupt",
        scratch(
            "import time\nwhile True:\n    try:\n        time.sleep(1)\n"
            "    except BaseException:\n        pass"
        ),
        ends_by="time",
    ),
    takes(
        "endless-sum-of-numpy",
        "a cell deep in NumPy that no interrupt reaches",
        scratch("a = np.ones((3000, 3000))\nwhile True:\n    a = a @ a / 3000"),
        ends_by="time",
    ),
    takes(
        "endless-first-exercise",
        "the first exercise never ends",
        cost("while True:\n        pass"),
        11,
        ends_by="time",
    ),
    takes(
        "endless-last-exercise",
        "the last exercise never ends",
        stopping(
            "best = 0\n    while best < len(validation_costs):\n"
            "        best = best\n    return best"
        ),
        11,
        ends_by="time",
    ),
    takes(
        "two-endless-exercises",
        "two exercises never end",
        together(cost("while True:\n        pass"), stopping("while True:\n        pass")),
        6,
        ends_by="time",
    ),
    takes(
        "slow-last-exercise",
        "each call stays just below its limit",
        stopping(f"import time\n    time.sleep({SLOW})\n    return None"),
        11,
        ends_by="time",
    ),
    takes(
        "two-hundred-megabytes-printed", "200 MB on stdout", early(MEGABYTES_200), ends_by="output"
    ),
    takes("two-hundred-megabytes-of-noise", "200 MB on stderr", early(NOISE_200), ends_by="output"),
    takes(
        "one-giant-result", "a result whose text has 200 MB", early(GIANT_RESULT), ends_by="output"
    ),
    takes("twenty-thousand-results", "20,000 small outputs", early(MANY_OUTPUTS), ends_by="output"),
    takes(
        "forty-large-figures", "figures of many megabytes", scratch(MANY_FIGURES), ends_by="time"
    ),
    takes(
        "exercise-prints-megabytes",
        "an exercise prints 2 MB at every call",
        answer(
            "accuracy",
            "def accuracy(predictions, Y):\n    print('x' * 2_000_000)\n"
            "    return np.mean(predictions == Y)",
        ),
    ),
    takes(
        "prints-without-new-lines",
        "50 MB of carriage returns",
        early("for _ in range(5_000_000):\n    print('50 %', end='\\r')"),
        ends_by="output",
    ),
    takes("twenty-gigabytes-in-a-cell", "20 GB in a scratch cell", scratch(FULL), ends_by="memory"),
    takes(
        "twenty-gigabytes-in-the-first-cell",
        "20 GB before the exercises",
        early(FULL),
        ends_by="memory",
    ),
    takes(
        "twenty-gigabytes-in-an-exercise",
        "20 GB in an exercise",
        cost(f"{FULL}\n    return 0.0"),
        11,
        ends_by="memory",
    ),
    takes(
        "memory-grows-in-an-exercise",
        "a list that grows for ever",
        cost("rows = []\n    while True:\n        rows.append(bytes(10**7))"),
        11,
        ends_by="memory",
    ),
    takes(
        "a-hundred-threads",
        "100 sleeping threads",
        early(
            "import threading, time\nfor _ in range(100):\n    threading.Thread("
            "target=time.sleep, args=(1000,), daemon=True).start()"
        ),
    ),
    takes(
        "files-on-the-disk",
        "a data file of 500 MB in the working folder",
        early("np.save('data.npy', np.ones(62_500_000))"),
        ends_by="disk",
    ),
    takes(
        "many-open-files",
        "files opened until no more can be",
        scratch("files = []\nwhile True:\n    files.append(open('/dev/null'))"),
    ),
]
