"""The speed of the report on a class: ``python -m benchmarks.reports``.

It is measured beside the least that it could take: reading the graded notebooks, from which it
takes the verdicts, once with json.
"""

import argparse
import json
import pathlib
import tempfile
import time

from autograders import settings
from autograders.course.catalogue import EXERCISES
from autograders.grading import gradebook
from autograders.grading.standing import Standing
from autograders.reports import report, works
from benchmarks import graded_class

STUDENTS = 300
MADE = "A report on {count} students, {notebooks} graded notebooks of {size:.0f} KB:"
RATIO = "{cost:.2f} s of CPU time, {ratio:.1f} times what json takes to read the notebooks."


def main(arguments=None):
    """Print what a report costs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=main.__doc__)
    parser.add_argument("--students", type=int, default=STUDENTS)
    count = parser.parse_args(arguments).students
    with tempfile.TemporaryDirectory() as folder:
        course = pathlib.Path(folder)
        graded_class.make(course, {f"student-{n}": ("Ana", f"L{n}") for n in range(count)})
        files = list(course.glob("autograded/*/*/*.ipynb"))
        least = _cost(lambda: [json.loads(file.read_bytes()) for file in files])
        cost = _cost(lambda: _report(course))
        size = sum(file.stat().st_size for file in files) / len(files) / 1024
    print(MADE.format(count=count, notebooks=len(files), size=size))
    print(RATIO.format(cost=cost, ratio=cost / least))


def _report(course):
    with gradebook.opened(settings.api(course)) as book:
        class_ = works.read(book, course / "autograded", Standing(), EXERCISES)
    report.write(class_, course)


def _cost(run):
    begun = time.process_time()
    run()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
