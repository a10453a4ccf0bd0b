"""What most commands are told: which course, which assignments."""

import sys

from autograders import ROOT, Refused


def assignments(options):
    """Return the assignments that are named, or else all of them."""
    from autograders.course import catalogue

    return [catalogue.check_name(each) for each in options.assignment or catalogue.EXERCISES]


def of_course(engine=None, by_nbgrader=False, folder=None, **how):
    """Return nbgrader's interface to a course; say first where nbgrader will find nothing.

    What only nbgrader can do, `by_nbgrader`, is not begun then. The course is this one unless
    its folder is given; `how` is what else `autograders.settings.api` takes.
    """
    from autograders import settings

    folder = folder or ROOT
    problem = settings.pattern_problem(folder)
    if problem and by_nbgrader:
        raise Refused(problem)
    if problem:
        print(problem, file=sys.stderr)
    return settings.api(folder, engine, **how)
