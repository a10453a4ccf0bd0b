"""The speed of grading: ``python -m benchmarks.grading``.

The same class is graded with nbgrader as it comes and with ours, in turn, in one run. Of
stock nbgrader's work a sample is measured and scaled, each assignment by itself: it takes long.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import statistics
import sys
import tempfile

from tqdm.auto import tqdm

from autograders import ROOT, settings, startup
from autograders.course import lesson
from autograders.course.catalogue import EXERCISES
from autograders.grading import regrade, release, workers
from autograders.sandbox import bubblewrap
from benchmarks import sample_class, usage
from lab.plots.text import table

STOCK_CONFIG = """\
c = get_config()
c.CourseDirectory.source_directory = "notebooks"
c.Execute.timeout = 600  # a busy machine is not the hand-in's fault
"""
SUBMISSIONS, SAMPLE, SEED = 100, 20, 1

MACHINE = "Python {python}, {cores} shared cores, load {load:.1f} at the start; one BLAS thread."
CLASS = "{count} hand-ins of {assignments} assignments: {sorts}."
SAMPLED = (
    "Stock nbgrader grades a sample of {sample} of them, by assignment and sort (seed {seed}); its "
    "figures are scaled to {count}. Each assignment is one command, whose start is counted once."
)
COST_TITLE = "\nFor each hand-in, starts included; ours is the median of {rounds} runs"
SHARE_TITLE = "\nWhere ours goes: one process, {count} hand-ins, CPU ms for each"
SCORE_TITLE = "\nScores of {count} exercises in the sample, stock beside ours"
MANY_TITLE = "\nFrom {few} to {many} hand-ins, each in one run"
SAME, PARTLY, STRICTER = "the same", "part of the points", "more questions"
NO_STOCK, NO_OURS, OTHER = "stock gave none", "ours gave none", "OTHER"
WHY = {
    SAME: "",
    PARTLY: "stock gives all or nothing, ours what the right parts are worth",
    STRICTER: "stock asks what the student has, ours fresh questions",
    NO_STOCK: "stock lost the whole hand-in",
    NO_OURS: "ours refused the whole hand-in, in one line",
    OTHER: "not explained: look at it",
}
QUOTE = (
    "{count} hand-ins: {cpu} ms of CPU and {wall} ms of wall time for each, {memory} MB at most; "
    "nbgrader's own autograde takes {stock} times the CPU, {bare} times without the cells to play "
    "with (Python {python}, {cores} cores)."
)
WALL = "Our wall time is {share:.2f} of our CPU time; {cores} free cores would give {cores} to 1."


def main(arguments=None):
    """Print what grading costs, with nbgrader as it comes and with ours."""
    startup.prepare()  # as our command does: nbgrader's tools are found without an environment
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=main.__doc__)
    parser.add_argument("--submissions", type=int, default=SUBMISSIONS, help="in the class")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="of them for stock nbgrader")
    parser.add_argument("--seed", type=int, default=SEED, help="of the class and the sample")
    parser.add_argument("--many", type=int, help="then grade so many in one run, with ours alone")
    options = parser.parse_args(arguments)
    says = {"python": sys.version.split()[0], "cores": workers.processors()}
    print(MACHINE.format(**says, load=os.getloadavg()[0]))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(pathlib.Path(folder), options)
        bench.show_class()
        bench.measure()
        bench.show_costs()
        bench.show_scores()
        bench.show_shares()
        if options.many:
            bench.show_many(options.many)
        print(bench.quote())


class Bench:
    """One class, handed in to three courses: ours, stock nbgrader's, and that without explore.

    Parameters
    ----------
    folder : pathlib.Path
        Where the courses are made.
    options : argparse.Namespace
    """

    def __init__(self, folder, options):
        self._count, self._seed = options.submissions, options.seed
        self._ours, self._handed_in = self._course(folder / "ours", self._count)
        self._sample = sampled(self._handed_in, options.sample, self._seed)
        self._stock = shutil.copytree(self._ours, folder / "stock")
        (self._stock / "nbgrader_config.py").write_text(STOCK_CONFIG)
        for each in set(self._handed_in) - set(self._sample):
            shutil.rmtree(self._stock / "submitted" / each.student / each.name)
        self._bare = sample_class.without_explore(self._stock, folder / "bare")
        self._folder = folder
        self._used: dict = collections.defaultdict(dict)

    def _course(self, folder, count):
        """Return a new course and what has been handed in to it."""
        bubblewrap.fonts()  # made once, as on any machine that has graded before
        course = sample_class.course(folder)
        api = settings.api(course)
        for name in EXERCISES:
            release.release(api, name)
        return course, sample_class.hand_in(course, count, self._seed)

    def show_class(self):
        """Print what is graded."""
        sorts = collections.Counter(each.sort for each in self._handed_in)
        shown = ", ".join(f"{count} {sort}" for sort, count in sorted(sorts.items()))
        assignments = len({each.name for each in self._handed_in})
        print(CLASS.format(count=self._count, assignments=assignments, sorts=shown))
        says = {"sample": len(self._sample), "count": self._count, "seed": self._seed}
        print(SAMPLED.format(**says))

    def measure(self):
        """Grade with each in turn, one assignment of stock's to a run of ours."""
        names = list(dict.fromkeys(each.name for each in self._sample))
        for name in tqdm(names, desc="grading", disable=not sys.stderr.isatty()):
            self._used["ours"][name] = self._grade(self._ours)
            stock = {"stock": self._stock, "stock without explore cells": self._bare}
            for way, course in stock.items():
                self._used[way][name] = self._autograde(course, name)
            # it imports what it needs, finds nothing to grade, and ends
            self._used["start"][name] = self._autograde(self._stock, name, "--student=nobody")

    def _grade(self, course):
        command = [sys.executable, "-m", "autograders", "grade", "--force"]
        return usage.run(command, course, environment(course), watch=True)

    def _autograde(self, course, name, *arguments):
        command = [sys.executable, "-m", "nbgrader", "autograde", name, *arguments]
        return usage.run(command, course, environment(course), watch=True)

    def show_costs(self):
        """Print CPU, wall and memory of each, for one hand-in, and the ratios."""
        rows, ours = [], {}
        for way in ("ours", "stock", "stock without explore cells"):
            used = self._used[way].values()
            if way == "ours":
                each = {
                    what: statistics.median(getattr(u, what) for u in used) / self._count
                    for what in ("cpu", "wall")
                }
                ours = each
            else:
                each = {what: self._scaled(way, what) / self._count for what in ("cpu", "wall")}
            rows.append(
                [
                    way,
                    *(f"{1e3 * each[what]:,.0f}" for what in ("cpu", "wall")),
                    *(f"{each[what] / ours[what]:.1f}" for what in ("cpu", "wall")),
                    f"{max(u.memory for u in used) / 1e6:,.0f}",
                ]
            )
        print(COST_TITLE.format(rounds=len(self._used["ours"])))
        table(["", "CPU ms", "wall ms", "CPU: times ours", "wall: times ours", "MB"], rows)
        share = ours["wall"] / ours["cpu"]
        print(WALL.format(share=share, cores=workers.processors()))
        self._costs = [row[1:] for row in rows]

    def quote(self):
        """Return the costs in one line, to be quoted."""
        ours, stock, bare = self._costs
        return QUOTE.format(
            count=self._count,
            cpu=ours[0],
            wall=ours[1],
            memory=ours[4],
            stock=stock[2],
            bare=bare[2],
            python=sys.version.split()[0],
            cores=workers.processors(),
        )

    def _scaled(self, way, what):
        """Return what stock takes for the whole class: a start each, and the sample's work."""
        whole = collections.Counter(each.name for each in self._handed_in)
        part = collections.Counter(each.name for each in self._sample)
        total = 0.0
        for name, used in self._used[way].items():
            start = getattr(self._used["start"][name], what)
            total += start + (getattr(used, what) - start) * whole[name] / part[name]
        return total

    def show_scores(self):
        """Print where the scores of the sample are the same, and where not, why."""
        ours, stock = (
            regrade.scores(settings.api(course), [*EXERCISES])
            for course in (self._ours, self._stock)
        )
        counted: collections.Counter[str] = collections.Counter()
        listed = []
        for each in self._sample:
            for exercise in EXERCISES[each.name]:
                place = (each.name, each.student, lesson.CHECK + exercise.name)
                pair = stock.get(place), ours.get(place)
                reason = compared(*pair, exercise.points)
                counted[reason] += 1
                if reason != SAME:
                    what = f"{each.name}, {each.says}"
                    listed.append([exercise.name, *map(shown, pair), reason, what])
        print(SCORE_TITLE.format(count=sum(counted.values())))
        table(["", "exercises", "why"], [[r, str(counted[r]), WHY[r]] for r in WHY if counted[r]])
        if listed:
            print()
            table(["exercise", "stock", "ours", "", "hand-in"], sorted(listed))

    def show_shares(self):
        """Print what each part of ours takes, where one process does it all."""
        command = [sys.executable, "-m", "benchmarks.shares", str(self._ours)]
        used = usage.run(command, ROOT, environment(self._ours))
        spent = json.loads(used.output.splitlines()[-1])
        total = sum(own + box for own, box, _ in spent.values())
        rows = [
            [
                part,
                f"{times / self._count:.1f}" if times else "",
                *(f"{1e3 * seconds / self._count:.1f}" for seconds in (own, box)),
                f"{(own + box) / total:.0%}",
            ]
            for part, (own, box, times) in sorted(spent.items(), key=lambda item: -sum(item[1][:2]))
        ]
        both = [(own, box) for own, box, _ in spent.values()]
        rows.append(["together", "", *_sums(both, self._count), "100%"])
        print(SHARE_TITLE.format(count=self._count))
        table(["part", "times", "our side", "in the box", "share"], rows)

    def show_many(self, many):
        """Print what so many hand-ins take in one run, beside the class's."""
        course, _ = self._course(self._folder / "many", many)
        few = next(iter(self._used["ours"].values()))
        rows = [
            [
                f"{count:,}",
                *(f"{1e3 * seconds / count:,.0f}" for seconds in (used.cpu, used.wall)),
                f"{used.wall:,.0f}",
                f"{used.memory / 1e6:,.0f}",
            ]
            for count, used in ((self._count, few), (many, self._grade(course)))
        ]
        print(MANY_TITLE.format(few=self._count, many=f"{many:,}"))
        table(["hand-ins", "CPU ms each", "wall ms each", "wall s", "MB"], rows)


def sampled(handed_in, count, seed):
    """Return a sample in which each assignment, and each sort in it, has its share.

    Parameters
    ----------
    handed_in : list of sample_class.HandIn
    count : int
    seed : int
    """
    draw = random.Random(seed)
    # in the order of assignments and sorts, every so manieth: a share of each
    listed = sorted(handed_in, key=lambda each: (each.name, each.sort, draw.random()))
    step = len(listed) / count
    first = draw.random() * step
    return [listed[int(first + number * step)] for number in range(count)]


def compared(stock, ours, points):
    """Return how two scores of an exercise compare, in one word or two.

    Parameters
    ----------
    stock, ours : float or None
    points : float
        What the exercise is worth.
    """
    if stock == ours:
        return SAME
    if stock is None:
        return NO_STOCK
    if ours is None:
        return NO_OURS
    if stock == 0 and 0 < ours < points:
        return PARTLY
    return STRICTER if stock == points and ours < points else OTHER


def environment(course):
    """Return an environment without the user's own settings, and with one BLAS thread."""
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(course / ".jupyter"),
        "IPYTHONDIR": str(course / ".ipython"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # on a busy machine a second thread mostly waits, and counts while it does
        "OPENBLAS_NUM_THREADS": "1",
    }


def shown(score):
    """Return a score as text."""
    return "-" if score is None else f"{score:g}"


def _sums(spent, count):
    return [f"{1e3 * sum(side) / count:.1f}" for side in zip(*spent, strict=True)]


if __name__ == "__main__":
    main()
