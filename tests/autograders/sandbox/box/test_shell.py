"""What a cell becomes before it is run: the same as in a kernel, and Python soon."""

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograders.course import catalogue, lesson, reference
from autograders.course.catalogue import EXERCISES
from autograders.sandbox.box.shell import ended, is_plain

PYTHON = [
    "",
    "x = 1",
    "x = 1\n",
    "x = 1\n\n\n",
    "# what is this?\nx = 'what?'  # %time",
    'x = """\n%time\n!ls\n?\n"""',
    "x = (5\n% 3)",
    "x = [\n  1,\n\n  2]\n",
    "def f():\n    return 1\n\nf()",
    "x = 1 \\\n  + 2",
    "x = '\\d'",
    "for i in range(3):\n\tprint(i)\n",
    "λ = 'ü?'",
    "await f()",
]
IPYTHONS = [
    "%time x = 1",
    "%%time\nx = 1",
    "!ls",
    "x = !ls",
    "x = %time 1",
    "x?",
    "?x",
    ">>> x = 1",
    "In [1]: x",
    "In [1]: x\n   ...: y",
    "    x = 1\n    y = 2",
    "\n\nx = 1",
    "   \nx = 1",
    "/f 1",
    ",f a b",
    "x = ",
    "def f(:",
]


def given():
    """Yield the cells of the course, and each reference."""
    for assignment in EXERCISES:
        yield from (c.source for c in lesson.original(assignment).cells if c.cell_type == "code")
        yield from (reference.source(assignment, f) for f in catalogue.functions(assignment))


@pytest.mark.parametrize("source", [*PYTHON, *dict.fromkeys(given())])
def test_what_counts_as_plain_is_what_ipython_leaves_as_it_is(source):
    assert is_plain(source)
    assert ended(source) == TransformerManager().transform_cell(source)


@pytest.mark.parametrize("source", IPYTHONS)
def test_what_ipython_alone_can_read_is_left_to_it(source):
    assert not is_plain(source)
