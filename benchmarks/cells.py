"""Run a filled notebook cell by cell for `benchmarks.beside`, and say what each took.

It stands alone: it is run by any state of the project, with that state's kit beside the
notebook. ``cells.py NOTEBOOK`` reads orders from its input, one a line, and answers each with
a line. An order is the id of a cell, or the number of a slider and a position of it.
"""

import contextlib
import gc
import io
import json
import pathlib
import sys
import time
from unittest import mock


def main(notebook):
    """Answer orders until there are no more."""
    from IPython.core.interactiveshell import InteractiveShell  # as in every kernel

    answers, sys.stdout = sys.stdout, io.StringIO()
    sliders: list = []
    shell = InteractiveShell.instance()
    cells = json.loads(pathlib.Path(notebook).read_text(encoding="utf-8"))["cells"]
    sources = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"}
    say(answers, cells=list(sources), failed=None)
    for order in map(json.loads, sys.stdin):
        if "cell" in order:
            before = len(sliders)
            with remembered(sliders):
                said = run(lambda source=sources[order["cell"]]: shell.run_cell(source))
            say(answers, sliders=[len(each.options) for each in sliders[before:]], **said)
        else:
            slider = sliders[order["slider"]]
            value = slider.options[order["position"]][1]
            say(answers, **run(lambda slider=slider, value=value: move(slider, value)))


@contextlib.contextmanager
def remembered(sliders):
    """Keep each slider that is made; the first cell, which loads ipywidgets, makes none."""
    widgets = sys.modules.get("ipywidgets")
    if widgets is None:
        yield
        return
    made = widgets.SelectionSlider.__init__

    def remember(slider, *arguments, **named):
        made(slider, *arguments, **named)
        sliders.append(slider)

    with mock.patch.object(widgets.SelectionSlider, "__init__", remember):
        yield


def move(slider, value):
    """Move a slider as a hand does, also to where it stands."""
    if slider.value == value:
        slider.notify_change(
            {"name": "value", "old": value, "new": value, "owner": slider, "type": "change"}
        )
    else:
        slider.value = value


def run(work):
    """Do some work; return the CPU and wall seconds that it took, and whether it failed."""
    gc.collect()
    begun = time.process_time(), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        result = work()
    cpu, wall = time.process_time() - begun[0], time.perf_counter() - begun[1]
    error = getattr(result, "error_in_exec", None)
    return {"cpu": cpu, "wall": wall, "failed": error and repr(error)}


def say(answers, **said):
    """Answer an order."""
    answers.write(json.dumps(said) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
