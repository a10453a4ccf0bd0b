"""Honest slips that stop an exercise or the kernel: they cost that exercise and no other."""

from tests.hostile.handins import (
    UNLUCKY,
    HandIn,
    answer,
    early,
    scratch,
    together,
)

DIES = "import ctypes\nctypes.string_at(0)"


def cost(body):
    """Put a body into compute_cost, worth 5 points."""
    return answer("compute_cost", f"def compute_cost(A3, Y):\n    {body}")


def stopping(body):
    """Put a body into early_stopping, worth 5 points."""
    return answer("early_stopping", f"def early_stopping(validation_costs, patience):\n    {body}")


def slip(name, says, prepare, points=11, **others):
    return HandIn(name, UNLUCKY, says, prepare, points, **others)


HAND_INS = [
    slip("asks-for-input-in-an-exercise", "input() in an exercise", cost("return float(input())")),
    slip(
        "breakpoint-in-an-exercise",
        "a debugger was left in an exercise",
        answer("predict", "def predict(X, parameters):\n    breakpoint()"),
        13,
    ),
    slip("leaves-in-an-exercise", "sys.exit() in an exercise", cost("import sys\n    sys.exit()")),
    slip("quits-in-an-exercise", "exit() in an exercise", stopping("exit()\n    return 0")),
    slip(
        "interrupts-in-an-exercise",
        "KeyboardInterrupt in an exercise",
        cost("raise KeyboardInterrupt"),
    ),
    slip(
        "dies-in-the-first-exercise",
        "os._exit in the first exercise",
        cost("import os\n    os._exit(0)"),
    ),
    slip(
        "dies-in-the-last-exercise",
        "os._exit in the last exercise",
        stopping("import os\n    os._exit(1)"),
    ),
    slip(
        "dies-in-two-exercises",
        "a crash in two exercises",
        together(cost("import os\n    os._exit(0)"), stopping("import os\n    os._exit(1)")),
        6,
    ),
    slip(
        "crashes-in-an-exercise",
        "a crash of the interpreter in an exercise",
        answer(
            "accuracy",
            f"{DIES.splitlines()[0]}\n\ndef accuracy(predictions, Y):\n    {DIES.splitlines()[1]}",
        ),
        13,
    ),
    slip(
        "dies-in-the-last-cell",
        "os._exit in a scratch cell at the end",
        scratch("import os\nos._exit(0)"),
        16,
    ),
    slip(
        "dies-in-the-second-cell",
        "os._exit in a scratch cell before the exercises",
        early("import os\nos._exit(0)"),
        16,
    ),
    slip(
        "crashes-between-two-exercises",
        "a crash in a scratch cell between two exercises",
        scratch(DIES, after="check_predict"),
        16,
    ),
    slip(
        "dies-in-many-cells",
        "ten scratch cells that kill the kernel",
        early(*["import os\nos._exit(0)"] * 10),
        16,
        ends_by="time",
    ),
    slip("recurses-for-ever", "an exercise calls itself", cost("return compute_cost(A3, Y)")),
    slip(
        "recurses-without-a-limit",
        "the same with the limit taken away",
        cost("import sys\n    sys.setrecursionlimit(10**9)\n    return compute_cost(A3, Y)"),
    ),
    slip(
        "recursion-limit-is-tiny",
        "a recursion limit of 60 in the last cell",
        scratch("import sys\nsys.setrecursionlimit(60)"),
        16,
    ),
    slip(
        "raises-an-odd-exception",
        "an exception whose text raises",
        cost(
            "class Odd(Exception):\n        def __str__(self):\n            raise Odd\n"
            "    raise Odd"
        ),
    ),
    slip(
        "raises-a-giant-message",
        "an exception with a message of 50 million letters",
        cost("raise ValueError('x' * 50_000_000)"),
    ),
    slip(
        "raises-a-group",
        "a nested group of exceptions",
        cost(
            "error = ValueError('no')\n    for _ in range(300):\n"
            "        error = ExceptionGroup('again', [error])\n    raise error"
        ),
    ),
    slip(
        "needs-another-signature",
        "an exercise without arguments",
        answer("compute_cost", "def compute_cost():\n    return 0.0"),
    ),
    slip(
        "is-no-function",
        "a number in place of the function",
        answer("compute_cost", "compute_cost = 0.69"),
    ),
    slip(
        "is-a-class",
        "a class in place of the function",
        answer("compute_cost", "class compute_cost:\n    def __init__(self, A3, Y):\n        pass"),
    ),
    slip(
        "is-a-coroutine",
        "async def",
        answer("compute_cost", "async def compute_cost(A3, Y):\n    return 0.69"),
    ),
    slip(
        "changes-its-arguments",
        "an exercise empties the list it was given",
        stopping("validation_costs.clear()\n    return 0"),
    ),
    slip(
        "caches-unhashable-arguments",
        "a cache around an exercise",
        answer(
            "compute_cost",
            "import functools\n\n@functools.lru_cache\ndef compute_cost(A3, Y):\n    return 0.69",
        ),
    ),
    slip(
        "undefined-name-in-an-exercise",
        "a name that is defined nowhere",
        cost("return np.mean(losses)"),
    ),
    slip(
        "defined-only-in-an-explore-cell",
        "a helper that stands in a cell to play with",
        together(
            cost("return my_helper(A3, Y)"),
            lambda folder, notebook: next(
                cell for cell in notebook.cells if cell.id == "train"
            ).update(source="def my_helper(A3, Y):\n    return 0.69"),
        ),
    ),
]
