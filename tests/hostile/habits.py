"""What honest students have in their notebooks: it must cost nothing."""

import nbformat

from autograders.course import reference
from tests.hostile.handins import (
    UNLUCKY,
    HandIn,
    answer,
    early,
    file,
    place,
    scratch,
    together,
    whole,
    written,
)

NOISY_COST = """
import logging
import sys
import warnings

def compute_cost(A3, Y):
    print("A3 is", A3)
    print("careful", file=sys.stderr)
    warnings.warn("this is slow", stacklevel=1)
    logging.warning("still here")
    np.log(np.zeros(2))
    A = np.clip(A3, 1e-12, 1 - 1e-12)
    return float(np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A))))
"""
BAR_COST = """
from tqdm.auto import tqdm

def compute_cost(A3, Y):
    total = 0.0
    for a, y in tqdm(list(zip(A3.ravel(), Y.ravel()))):
        a = min(max(a, 1e-12), 1 - 1e-12)
        total -= y * np.log(a) + (1 - y) * np.log(1 - a)
    return total / Y.shape[1]
"""
UNICODE_COST = """
def compute_cost(A3, Y):
    m = Y.shape[1]
    ε = 1e-12
    ŷ = np.clip(A3, ε, 1 - ε)
    Σ = np.sum(Y * np.log(ŷ) + (1 - Y) * np.log(1 - ŷ))
    print("Kosten 💸", "\\ud83d")
    return -Σ / m
"""
MOUNT = 'from google.colab import drive\ndrive.mount("/content/drive")'
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def pictured_answer(notebook):
    """A picture pasted into the written answer."""
    cell = notebook.cells[place(notebook, "written_two_curves")]
    cell.source += "\n\n![curve](attachment:curve.png)"
    cell.attachments = {"curve.png": {"image/png": PICTURE}}


def stored_pictures(notebook):
    """Thirty million bytes of pictures that the student's own run left."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    pictures = PICTURE * (30_000_000 // len(cells) // len(PICTURE))
    for cell in cells:
        cell.outputs = [nbformat.v4.new_output("display_data", data={"image/png": pictures})]


def explore(source):
    """Give a cell to play with other code; it is not run when grading."""

    def change(notebook):
        next(cell for cell in notebook.cells if cell.id == "train").source = source

    return whole(change)


def without_ids(notebook):
    """Drop ids and tags, as tools do that know of neither."""
    for cell in notebook.cells:
        cell.metadata.pop("tags", None)
        cell["id"] = ""


def without_metadata(notebook):
    """Copy the cells into a fresh notebook: nothing but texts."""
    notebook.cells = [
        {"cell_type": c.cell_type, "source": c.source, "metadata": {}}
        | ({"outputs": [], "execution_count": None} if c.cell_type == "code" else {})
        for c in notebook.cells
    ]


def unlucky(name, says, prepare, points=16, **others):
    return HandIn(name, UNLUCKY, says, prepare, points, **others)


HAND_INS = [
    unlucky("everything-right", "nothing but right answers", together()),
    unlucky(
        "noise-on-stderr",
        "warnings and prints to stderr in a scratch cell",
        early("import sys, warnings\nprint('careful', file=sys.stderr)\nwarnings.warn('no')"),
    ),
    unlucky(
        "noise-in-an-exercise",
        "an exercise prints, warns and logs",
        answer("compute_cost", NOISY_COST),
    ),
    unlucky(
        "progress-bar-in-an-exercise",
        "an exercise shows a progress bar",
        answer("compute_cost", BAR_COST),
    ),
    unlucky(
        "unicode-names",
        "Greek letters, and half an emoji printed",
        answer("compute_cost", UNICODE_COST),
    ),
    unlucky(
        "half-an-emoji-in-prose",
        "a lone surrogate in the written answer",
        written("It turns \ud83d at step 400."),
        refused="no notebook",
    ),
    unlucky(
        "logging-at-debug-level",
        "logging switched on for everything",
        early("import logging\nlogging.basicConfig(level=logging.DEBUG, force=True)"),
    ),
    unlucky(
        "sum-is-a-number",
        "names of builtins are taken",
        early("sum = 0\nlist = 3\nmax = 1\ndict = {}\nstr = 'x'\nabs = 0"),
    ),
    unlucky(
        "print-is-none",
        "print and type are taken",
        early("print = None\ntype = None\nisinstance = None\nException = None"),
    ),
    unlucky("check-is-a-name", "the names of the kit are taken", early("check = ready = 1")),
    unlucky(
        "np-is-none-at-the-end", "np is taken in the last cell", scratch("np = None\nnumpy = None")
    ),
    unlucky(
        "exercise-is-deleted-at-the-end",
        "the last cell deletes the functions",
        scratch("del compute_cost, predict\n%reset -f"),
    ),
    unlucky("everything-from-numpy", "from numpy import *", early("from numpy import *")),
    unlucky(
        "arrays-print-shortly",
        "other print options",
        early("np.set_printoptions(precision=1, threshold=3, suppress=True)\n%precision 2"),
    ),
    unlucky(
        "floating-point-errors-raise",
        "np.seterr(all='raise')",
        early("np.seterr(all='raise')\nimport warnings\nwarnings.simplefilter('error')"),
    ),
    unlucky(
        "noise-in-an-exercise-and-warnings-raise",
        "warnings are errors",
        together(
            early("import warnings\nwarnings.simplefilter('error')"),
            answer("compute_cost", NOISY_COST),
        ),
    ),
    unlucky(
        "seeds-everywhere",
        "seeded generators",
        early("import random\nrandom.seed(0)\nnp.random.seed(0)\nrng = np.random.default_rng(1)"),
        assignment="overfitting",
    ),
    unlucky(
        "seeds-and-random-answers",
        "seeded generators before random exercises",
        early("import random\nrandom.seed(0)\nnp.random.seed(0)"),
        assignment="initialization",
    ),
    unlucky(
        "raises-in-scratch-cells",
        "scratch cells that stop",
        early("1 / 0", "undefined_name", "raise KeyboardInterrupt", "assert False"),
    ),
    unlucky(
        "packages-that-are-missing",
        "imports that are not there",
        early("import torch", "import tensorflow as tf", MOUNT),
    ),
    unlucky(
        "asks-for-input",
        "input() in a scratch cell",
        early("name = input('Who are you? ')", "import getpass\ngetpass.getpass()"),
    ),
    unlucky(
        "breakpoint-in-a-scratch-cell",
        "a debugger was left on",
        early("%pdb on\n1 / 0", "breakpoint()", "%debug"),
    ),
    unlucky(
        "leaves-politely",
        "sys.exit, exit and quit in scratch cells",
        early("import sys\nsys.exit()", "exit()", "quit", "sys.exit('done')", "raise SystemExit"),
    ),
    unlucky("quits-first", "quit() before the exercises", early("quit()")),
    unlucky(
        "exits-in-the-middle",
        "exit() between two exercises",
        scratch("exit()", "x = 1", after="check_predict"),
    ),
    unlucky(
        "moves-elsewhere",
        "another working folder, an empty environment",
        early("import os\nos.chdir('/')\nos.environ.clear()"),
    ),
    unlucky(
        "output-goes-elsewhere",
        "stdout and stderr are redirected",
        early("import sys\nsys.stdout = sys.stderr = open('log.txt', 'w')"),
    ),
    unlucky(
        "output-is-closed",
        "stdout is closed in the last cell",
        scratch("import sys\nsys.stdout.close()\nsys.stderr = None"),
    ),
    unlucky(
        "modules-are-cleared",
        "sys.modules and sys.path are emptied in the last cell",
        scratch("import sys\nsys.path.clear()\nsys.modules.clear()"),
    ),
    unlucky(
        "threads-at-work",
        "a thread that never ends",
        early(
            "import threading, time\n"
            "threading.Thread(target=lambda: [time.sleep(1) for _ in range(10**6)]).start()"
        ),
    ),
    unlucky(
        "processes-at-work",
        "a pool of processes that is left open",
        early(
            "import multiprocessing\npool = multiprocessing.get_context('fork').Pool(2)\n"
            "pool.map(abs, [1, -2])"
        ),
    ),
    unlucky(
        "explore-cell-never-ends",
        "a cell to play with was changed to an endless loop",
        explore("while True:\n    pass"),
    ),
    unlucky(
        "explore-cell-dies",
        "a cell to play with kills its kernel",
        explore("import os\nos._exit(1)"),
    ),
    unlucky(
        "endless-explore-cell-and-no-ids",
        "an endless loop below a cell to play with, ids and tags dropped",
        together(explore("while True:\n    pass"), whole(without_ids)),
    ),
    unlucky(
        "explore-cells-and-no-metadata",
        "all cells copied into a fresh notebook",
        whole(without_metadata),
    ),
    unlucky(
        "endless-cells-of-ones-own",
        "three scratch cells that never end",
        early(*["while True:\n    pass"] * 3),
        ends_by="time",
    ),
    unlucky(
        "endless-call-behind-an-exercise",
        "a loop of one's own that never ends, in the cell of a right function",
        answer("predict", f"{reference.source('overfitting', 'predict')}\nwhile True:\n    pass"),
        ends_by="time",
    ),
    unlucky(
        "dies-behind-an-exercise",
        "a call that kills the kernel, in the cell of a right function",
        answer(
            "accuracy", f"{reference.source('overfitting', 'accuracy')}\nimport os\nos._exit(1)"
        ),
    ),
    unlucky(
        "folder-of-plots",
        "plots and data in a folder beside the notebook",
        together(file("plots/curve.png", b"\x89PNG\r\n\x1a\n"), file("data.csv", "a,b\n1,2\n")),
    ),
    unlucky("picture-in-the-written-answer", "a pasted picture", whole(pictured_answer)),
    unlucky("thirty-megabytes-of-pictures", "large stored outputs", whole(stored_pictures)),
    unlucky("long-answer", "a written answer of a million letters", written("Because. " * 120_000)),
    unlucky(
        "sleeps-a-little",
        "a scratch cell that takes five seconds",
        early("import time\ntime.sleep(5)"),
    ),
]
