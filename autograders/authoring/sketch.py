"""The first form of a new notebook: stubs, checks, a written answer; the lesson comes around it."""

from nbformat import v4

from autograders import Refused, exercises, lesson, reference

IS_THERE = "{path} is there already, and a sketch never replaces a notebook."
TITLE = "# {title}\n\nSay what this notebook is about, and how long it takes."
TASK = "## {number}. {title}\n\nSay what `{function}` is for."
EXPLORE = (
    'if ready("{function}"):\n'
    "    # a cell to play with: show here what {function} does\n"
    '    print("{function} is ready.")'
)
QUESTION = "## Written answer (4 points)\n\nAsk for what no check can see."
ANSWER = "*Write your answer here.*"
SETUP = "import numpy as np\n\nfrom lab.check import check, ready"
WRITTEN_POINTS = 4


def sketch(name):
    """Write notebooks/<name>/<name>.ipynb for the exercises and the reference; return its path.

    Parameters
    ----------
    name : str
        The assignment, with its source_ref/<name>.py and autograders/exercises/<name>.py.

    Raises
    ------
    Refused
        If the notebook is there already, or one of the two files is not.
    """
    path = lesson.path(name)
    if path.exists():
        raise Refused(IS_THERE.format(path=f"notebooks/{name}/{name}.ipynb"))
    functions = exercises.load(name)
    cells = [_text("title", TITLE.format(title=_title(name))), _code("given_setup", SETUP)]
    for number, exercise in enumerate(functions, start=1):
        cells += _exercise(name, number, exercise)
    cells += [
        _text("written-question", QUESTION),
        _cell(v4.new_markdown_cell, "written_answer", ANSWER, WRITTEN_POINTS, locked=False),
    ]
    metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    lesson.write(v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


def _exercise(name, number, exercise):
    function = exercise.name
    task = TASK.format(number=number, title=_title(function), function=function)
    explore = v4.new_code_cell(EXPLORE.format(function=function))
    explore.id, explore.metadata.tags = f"show-{_id(function)}"[:64], [lesson.EXPLORE_TAG]
    check = _code(lesson.CHECK + function, f'check("{function}")', exercise.points)
    # nbval does not compare: what is stored has no output under a check
    check.metadata.tags = ["raises-exception", "nbval-ignore-output"]
    stub = _code(function, reference.stub(name, function), locked=False)
    return [_text(f"{_id(function)}-idea"[:64], task), stub, check, explore]


def _text(cell_id, source):
    return v4.new_markdown_cell(source, id=cell_id)


def _code(grade_id, source, points=None, locked=True):
    return _cell(v4.new_code_cell, grade_id, source, points, locked)


def _cell(new, grade_id, source, points, locked):
    nbgrader = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": not locked,
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    return new(source, id=_id(grade_id)[:64], metadata={"nbgrader": nbgrader})


def _id(name):
    return name.replace("_", "-")


def _title(name):
    return name.replace("_", " ").capitalize()
