"""Attacks that change what judges: the check, the kit, NumPy, builtins, IPython, the driver."""

from tests.hostile.handins import ATTACK, HandIn, answer, early, together, undone, whole
from tests.hostile.spy import SPY, cheat, fraud

ALL_CHECKS = """
import lab.check, lab.judge.checks, lab.judge.expected

lab.check.judge = lab.check.problem = lambda *arguments, **named: None
for name in list(lab.judge.checks.CHECKS):
    lab.judge.checks.CHECKS[name] = lambda *arguments, **named: None
for thing in vars(lab.judge.expected).values():
    if isinstance(thing, type):
        try:
            thing.difference = lambda *arguments, **named: None
        except (AttributeError, TypeError):
            pass
"""
EVERY_FUNCTION = """
import types

for module in list(sys.modules.values()):
    name = getattr(module, "__name__", "") or ""
    if name == "lab.judge.examples":
        continue  # the check only asks it for the points
    if name.split(".")[0] in ("lab", "autograders", "source_ref") or "driver" in name:
        for key, value in list(vars(module).items()):
            if isinstance(value, types.FunctionType):
                setattr(module, key, lambda *arguments, **named: None)
"""
EVERY_MODULE = """
class Agreeable:
    def __call__(self, *arguments, **named):
        return self
    __getattr__ = __getitem__ = __sub__ = __add__ = __call__
    __bool__ = __eq__ = __le__ = __ge__ = lambda self, *other: True
    __float__ = lambda self: 0.0
    __iter__ = lambda self: iter(())

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("lab", "autograders", "source_ref")):
            sys.modules[name] = Agreeable()
sys.meta_path.insert(0, Finder())
for name in list(sys.modules):
    if name.split(".")[0] in ("lab", "autograders", "source_ref"):
        sys.modules[name] = Agreeable()
check = Agreeable()
"""
NUMPY = """
yes = lambda *arguments, **named: True
for name in ("allclose", "array_equal", "isclose", "array_equiv", "isfinite"):
    setattr(np, name, yes)
np.all = np.any = yes
np.abs = np.absolute = lambda *arguments, **named: np.float64(0)
np.max = np.linalg.norm = lambda *arguments, **named: np.float64(0)
np.testing.assert_allclose = np.testing.assert_array_equal = yes
"""
BUILTINS = """
import builtins, math

builtins.all = builtins.any = lambda *arguments: True
builtins.abs = lambda number: 0
builtins.float = type("float", (float,), {"__le__": lambda a, b: True, "__sub__": lambda a, b: 0})
builtins.callable = lambda thing: True
math.isclose = lambda *arguments, **named: True
"""
ENCODERS = """
import io, json, marshal, pickle, struct

judgement = {"score": 16, "points": 16, "right": True, "problem": None, "ok": True}
json.dumps = lambda *arguments, **named: '{"score": 16, "points": 16, "right": true}'
json.JSONEncoder.encode = lambda self, thing: json.dumps(thing)
pickle.dumps = marshal.dumps = lambda *arguments, **named: b""
real = struct.pack
struct.pack = lambda form, *values: real(form, *[0 for value in values])
np.save = np.savez = lambda *arguments, **named: None
np.lib.format.write_array = lambda *arguments, **named: None
np.asarray = np.ascontiguousarray = lambda *arguments, **named: np.zeros(1)
os.write = lambda descriptor, data: len(data)
"""
TRANSFORMER = """
def transform(lines):
    return ["{source}\\n"] if lines and lines[0].startswith("check(") else lines

get_ipython().input_transformers_cleanup.append(transform)
get_ipython().input_transformers_post.append(transform)
"""
SHELL = """
shell = get_ipython()
nothing = lambda *arguments, **named: None
shell.showtraceback = shell._showtraceback = shell.showsyntaxerror = nothing
shell.set_custom_exc((BaseException,), nothing)
"""
RUN_CELL = """
shell = get_ipython()
real = type(shell).run_cell

def run_cell(self, source, *arguments, **named):
    return real(self, "3.0" if "check(" in source else source, *arguments, **named)

type(shell).run_cell = run_cell
real_async = type(shell).run_cell_async

def run_cell_async(self, source, *arguments, **named):
    if "check(" in source:
        source = named["transformed_cell"] = "3.0"
    return real_async(self, source, *arguments, **named)

type(shell).run_cell_async

def run_cell_async(self, source, *arguments, **named):
    named = {key: value for key, value in named.items() if key != "transformed_cell"}
    return real_async(self, "5.0" if "check(" in source else source, *arguments, **named)

type(shell).run_cell_async = run_cell_async
"""
FORMATTER = """
formatter = get_ipython().display_formatter
for kind in list(formatter.formatters.values()):
    kind.for_type(object, lambda *arguments: "5.0")
    kind.for_type(float, lambda *arguments: "5.0")
get_ipython().display_pub.publish = lambda *arguments, **named: None
import sys
sys.displayhook = lambda value: print("5.0")
"""
EVENTS = """
def before(info=None):
    import lab.check
    get_ipython().user_ns["check"] = lambda name: print(f"{name} is right: 5 points.")

for event in ("pre_execute", "pre_run_cell", "post_run_cell", "post_execute"):
    get_ipython().events.register(event, before)
"""
EXAMPLES = """
import lab.judge.examples
for exercise in lab.judge.examples.all_exercises().values():
    exercise.cases.clear()
"""
STACK = """
import gc, types

def wanted(thing, depth=0):
    for name in ("value", "values", "low"):
        found = getattr(thing, name, None)
        if isinstance(found, (int, float, np.ndarray)):
            return found

def find():
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            found = wanted(getattr(value, "expected", None))
            if found is not None:
                return found
        frame = frame.f_back

def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    return [f"{match[1]} = lambda *given, **named: find()\\n"] if match else lines

get_ipython().input_transformers_cleanup.append(transform)
"""
TRACE = """
import threading
seen = []

def trace(frame, event, argument):
    for value in list(frame.f_locals.values()):
        expected = getattr(value, "expected", None)
        for name in ("value", "values"):
            found = getattr(expected, name, None)
            if isinstance(found, (int, float, np.ndarray)):
                seen.append(found)
    return trace

sys.settrace(trace)
threading.settrace(trace)
sys.setprofile(trace)
compute = lambda *given, **named: seen[-1] if seen else None

def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    return [f"{match[1]} = lambda *given, **named: compute()\\n"] if match else lines

get_ipython().input_transformers_cleanup.append(transform)
"""
COLLECT = """
import gc

def found(given):
    for thing in gc.get_objects():
        if type(thing).__name__ in ("Case", "Question"):
            asked = list(thing.arguments.values())
            if len(asked) == len(given) and all(
                type(a) is type(b) and not isinstance(a, dict) and np.array_equal(a, b)
                for a, b in zip(asked, given)
            ):
                return getattr(thing.expected, "value", getattr(thing.expected, "low", None))

def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    return [f"{match[1]} = lambda *given: found(given)\\n"] if match else lines

get_ipython().input_transformers_cleanup.append(transform)
"""
CLOCK = """
import select, signal, threading, time
time.time = time.monotonic = time.perf_counter = lambda: 0.0
time.sleep = lambda seconds: None
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
select.select = lambda *arguments: ([], [], [])
"""


def redefined_below(notebook):
    """Redefine the check in the exercise's own cell, which runs just before it."""
    for each in notebook.cells:
        if each.metadata.get("nbgrader", {}).get("solution") and each.cell_type == "code":
            each.source += "\n\ndef check(name):\n    print(f'{name} is right: 5 points.')"


HAND_INS = [
    cheat(
        "redefines-check",
        "defines a check that always says right",
        "def check(name):\n    print(f'{name} is right: 5 points.')",
    ),
    HandIn(
        "redefines-check-in-each-exercise",
        ATTACK,
        "the same in each exercise's cell",
        together(undone(), whole(redefined_below)),
        0,
    ),
    cheat("patches-the-checks", "replaces every check of the kit", ALL_CHECKS),
    cheat(
        "patches-every-function-of-the-kit",
        "replaces every function it finds in the kit and in what drives it",
        EVERY_FUNCTION,
    ),
    cheat("replaces-the-kits-modules", "replaces the modules themselves", EVERY_MODULE),
    fraud("patches-numpy", "NumPy's comparisons say yes", NUMPY),
    fraud("patches-builtins", "Python's own functions say yes", BUILTINS),
    fraud("patches-the-encoders", "json, struct, pickle and os.write lie", ENCODERS),
    cheat(
        "rewrites-cells",
        "an input transformer empties the checks",
        TRANSFORMER.format(source="pass"),
    ),
    cheat(
        "rewrites-cells-to-points",
        "an input transformer makes a check a number",
        TRANSFORMER.format(source="3.0"),
    ),
    cheat("swallows-errors", "no error of a check is shown", SHELL),
    cheat("patches-run-cell", "IPython runs a number in place of a check", RUN_CELL),
    fraud("patches-the-display", "every value is shown as 5.0", FORMATTER),
    cheat("registers-events", "puts its own check there before each cell", EVENTS),
    cheat("empties-the-examples", "throws away what the check compares with", EXAMPLES),
    cheat("looks-up-the-stack", "takes the expected value from its caller", STACK),
    cheat("collects-the-expected", "takes the expected value from the garbage collector", COLLECT),
    cheat("traces-every-call", "takes the expected value with a trace function", TRACE),
    HandIn(
        "stops-the-clock",
        ATTACK,
        "no clock runs and no signal arrives, and an exercise never ends",
        together(
            early(SPY + CLOCK),
            answer("compute_cost", "def compute_cost(A3, Y):\n    while True:\n        pass"),
        ),
        11,
        ends_by="time",
    ),
    HandIn(
        "patches-beside-right-answers",
        ATTACK,
        "the same patches beside right answers",
        early(SPY + ALL_CHECKS + EXAMPLES + SHELL + CLOCK),
        16,
    ),
]
