"""Attacks whose answers, outputs and metadata say that they are right."""

import nbformat

from autograders.course import lesson
from tests.hostile.handins import ATTACK, HandIn, returns, scratch, together, undone, whole
from tests.hostile.spy import cheat

AGREES = """
class Agrees:
    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __sub__ = __rsub__ = __abs__ = __neg__ = lambda self, *other: 0
    __float__ = lambda self: 0.0
    __int__ = __index__ = lambda self: 0
    __bool__ = lambda self: True
    __len__ = lambda self: 1
    __array__ = lambda self, *arguments, **named: np.zeros((1, 1))
    shape, ndim, size, dtype = (1, 1), 2, 1, np.dtype(float)
    __class__ = np.ndarray
"""
SUBCLASS = """
class Lie(np.ndarray):
    shape = property(lambda self: (1, 5))
    dtype = property(lambda self: np.dtype(np.float64))
    __eq__ = __le__ = lambda self, other: np.ones((1, 5), bool)
    __array_ufunc__ = lambda self, ufunc, method, *inputs, **named: np.ones((1, 5), bool)
    __array_function__ = lambda self, function, types, arguments, named: True
    __array__ = lambda self, *arguments, **named: np.zeros((1, 5))
    tobytes = lambda self: b""
"""
NUMBER = """
class Number(float):
    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
    __eq__ = __le__ = __ge__ = __lt__ = lambda self, other: True
    __float__ = lambda self: self
    __hash__ = float.__hash__
"""
INTEGER = """
class Number(int):
    __eq__ = __le__ = __ge__ = __lt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0
    __index__ = __int__ = lambda self: self
    __hash__ = int.__hash__
"""
MEMORY = """
class Address:
    __array_interface__ = {"shape": (1, 5), "typestr": "<f8", "data": (8, False), "version": 3}
    __float__ = lambda self: float(np.array(self)[0, 0])
"""
REDUCE = """
class Command(Exception):
    def __reduce__(self):
        return (os.system, ("echo $(echo planted)-by-a-hand-in > /tmp/$(echo unpickled)",))
    __array__ = lambda self, *arguments, **named: np.array([[Command()]], dtype=object)
"""
TEXT = """
class Words(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
    __format__ = __str__ = lambda self, *form: "right: 16 points"

class Table(dict):
    __missing__ = lambda self, key: Words(key)
    __contains__ = lambda self, key: True
    get = __getitem__ = lambda self, key, *default: np.zeros((1, 5))
    keys = lambda self: ["W1", "b1"]
"""
FRAMES = """
import itertools, json, pickle, struct

verdicts = [
    {"score": 16, "points": 16, "right": True, "problem": None, "phrase": None, "ok": True},
    {"jsonrpc": "2.0", "result": {"score": 1.0}, "id": 1}, [True, None], 1.0, None,
]
def forge():
    bodies = [json.dumps(verdict).encode() for verdict in verdicts] + [pickle.dumps(verdicts)]
    bodies.append(b"\\xff" * 100)
    for number in range(3, 256):
        for body in bodies:
            for form in (">I", "<I", ">Q", "<Q", "!H"):
                try:
                    os.set_blocking(number, False)
                    os.write(number, struct.pack(form, len(body)) + body)
                except OSError:
                    break
"""
AT_EVERY_CALL = """
def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    return [f"{match[1]} = lambda *given, **named: forge()\\n"] if match else lines

get_ipython().input_transformers_cleanup.append(transform)
"""
GIANT_FRAME = """
def forge():
    for number in range(3, 64):
        try:
            os.set_blocking(number, False)
            for _ in range(3):
                os.write(number, b"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f")
                os.write(number, b'{"a":' * 100_000)
        except OSError:
            pass
"""
STDOUT = """
for stream in (1, 2):
    for line in (b"16.0\\n", b'{"score": 16.0, "right": true}\\n', b"\\x00\\x00\\x00\\x04true"):
        os.write(stream, line)
"""
IOPUB = """
import threading, time

def forge():
    kernel = get_ipython().kernel
    while True:
        parent = getattr(kernel, "_parent_ident", None) and kernel.get_parent("shell")
        for kind, content in (
            ("execute_result", {"execution_count": 1, "data": {"text/plain": "3.0"},
                                "metadata": {}}),
            ("status", {"execution_state": "idle"}),
        ):
            kernel.session.send(kernel.iopub_socket, kind, content, parent=parent)
        time.sleep(0.05)

threading.Thread(target=forge, daemon=True).start()
"""
SAYS_RIGHT = """
from IPython.display import HTML, Markdown, display
display(HTML("<b>compute_cost: 5/5 points</b>"), Markdown("**16 / 16**"))
print("compute_cost is right: 5 points.\\npredict is right: 3 points.")
display({"text/plain": "16.0"}, raw=True)
16.0
"""
SAYS_RIGHT_IN_THE_EXERCISE = """
def transform(lines):
    import re
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    return [*lines, "\\n3.0\\n"] if match else lines

get_ipython().input_transformers_cleanup.append(transform)
"""


def forged_outputs(notebook):
    """Checks come with the output of full marks, and are tagged so that they do not run."""
    for each in notebook.cells:
        if lesson.is_check(each):
            points = each.metadata.nbgrader.points
            each.outputs = [
                nbformat.v4.new_output(
                    "execute_result", data={"text/plain": f"{points}.0"}, execution_count=9
                )
            ]
            each.execution_count = 9
            each.metadata.tags = ["skip-execution", "raises-exception"]


def forged_metadata(notebook):
    """Scores wherever somebody might look for one."""
    scores = {"score": 16, "points": 16, "auto_score": 16, "manual_score": 4, "graded": True}
    notebook.metadata.update(nbgrader=scores, score=16, extra_credit=10, late_submission_penalty=-9)
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader.update(
                scores | {"points": each.metadata.nbgrader.get("points", 0)}
            )
        each.metadata.update(score=5, judge={"score": 5, "right": True})


def checks_in_prose(notebook):
    """Graded cells of the student's own, with outputs, under the names of the checks."""
    for each in list(notebook.cells):
        if lesson.is_check(each):
            twin = nbformat.v4.new_code_cell(f"{each.metadata.nbgrader.points}.0")
            twin.metadata = nbformat.from_dict(dict(each.metadata))
            notebook.cells.append(twin)


def lie(name, says, *steps, **others):
    return HandIn(name, ATTACK, says, together(*steps), 0, **others)


HAND_INS = [
    lie(
        "agrees-with-everything",
        "answers are objects equal to anything",
        returns("Agrees()", AGREES),
    ),
    lie(
        "lying-array",
        "answers are arrays of a subclass that lies about itself",
        returns("np.zeros((1, 5)).view(Lie)", SUBCLASS),
    ),
    lie("lying-number", "answers are floats whose comparisons lie", returns("Number(0)", NUMBER)),
    lie("lying-index", "answers are ints whose comparisons lie", returns("Number(-7)", INTEGER)),
    lie("lying-text", "answers are dicts and texts that lie", returns("Table(a=Words())", TEXT)),
    lie("points-into-memory", "answers claim to lie at address 8", returns("Address()", MEMORY)),
    lie(
        "pickles-itself",
        "answers run a command where they are unpickled",
        returns("np.array([[Command()]], dtype=object)", "import os\n" + REDUCE),
    ),
    lie(
        "raises-a-pickle",
        "exceptions run a command where they are unpickled",
        returns("(_ for _ in ()).throw(Command())", "import os\n" + REDUCE),
    ),
    lie("empty-arrays", "answers are empty, so that nothing differs", returns("np.zeros((0,))")),
    lie("broadcast-arrays", "answers fit any shape", returns("np.zeros((1, 1, 1))")),
    lie("masked-arrays", "answers are masked throughout", returns("np.ma.masked")),
    lie(
        "not-a-number",
        "answers are nan, which no comparison contradicts",
        returns("np.full((1, 1), np.nan)"),
    ),
    lie("gives-its-arguments-back", "answers are what was given", returns("arguments[0]")),
    lie(
        "leaves-at-every-call",
        "answers end the process with success",
        returns("__import__('os')._exit(0)"),
        ends_by="time",
    ),
    cheat("forges-frames", "writes verdicts into every open descriptor", FRAMES + "forge()"),
    cheat("forges-frames-at-every-call", "the same each time it is asked", FRAMES + AT_EVERY_CALL),
    cheat(
        "forges-giant-frames",
        "announces messages of exabytes at every call",
        GIANT_FRAME + AT_EVERY_CALL,
    ),
    cheat("writes-verdicts-to-stdout", "writes verdicts to the raw stdout and stderr", STDOUT),
    cheat("forges-kernel-messages", "a thread sends results in the kernel's name", IOPUB),
    lie("says-it-is-right", "scratch cells show full marks", undone(), scratch(SAYS_RIGHT)),
    cheat(
        "says-so-in-each-exercise",
        "each exercise's cell ends with a number",
        SAYS_RIGHT_IN_THE_EXERCISE,
    ),
    lie(
        "forged-outputs",
        "the checks come with outputs and do not run",
        undone(),
        whole(forged_outputs),
    ),
    lie("forged-metadata", "scores in all metadata", undone(), whole(forged_metadata)),
    lie(
        "forged-cells", "a second set of checks that are numbers", undone(), whole(checks_in_prose)
    ),
]
