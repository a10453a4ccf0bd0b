"""What most commands are told: which course, which assignments."""

import pathlib

from autograders import CONFIGURATION, HOME, ROOT, Refused, is_course

NO_COURSE = (
    "{folder} is not the folder of a course: it has no nbgrader_config.py. Try `{command} demo`."
)
NO_COURSE_HERE = (
    "{folder} is in no course: there is no nbgrader_config.py here or above. "
    "Go to the course's folder, then run the command again."
)
TWO_LINES = (
    "{path} does not say that hand-ins are graded side by side. Add two lines at its end: "
    "`from autograders import stock` and `stock.apply(c)`."
)
BY_NBGRADER = (
    "This command is for courses whose exercises are data. In this course `autograders grade` and "
    "`autograders doctor` work; for all else there is nbgrader's own command."
)
ONLY_WITH = "{option} counts only with {others}. Add that, or leave {option} out."
BOTH = "Say one of {first} and {second}, not both."


def only_with(option, given, others, there):
    """Refuse an option that is given where what it counts with is not."""
    if given and not there:
        raise Refused(ONLY_WITH.format(option=option, others=others))


def one_of(first, second, both):
    """Refuse two options that rule each other out, where both are given."""
    if both:
        raise Refused(BOTH.format(first=first, second=second))


def assignments(options):
    """Return the assignments that are named, or else all of them."""
    from autograders.course import catalogue

    return [catalogue.check_name(each) for each in options.assignment or catalogue.EXERCISES]


def folder_of(told, command):
    """Return the folder of the course that is named, or else of this one.

    nbgrader would make a gradebook in any folder.
    """
    folder = pathlib.Path(told or ROOT).resolve()
    if told is not None and not is_course(folder):
        raise Refused(NO_COURSE.format(folder=told, command=command))
    return folder


def stock_course():
    """Return the settings of the course where it is one of nbgrader's own kind, else None."""
    if is_course(HOME):  # which brings this package along
        return None
    from autograders import settings
    from autograders.course.catalogue import has_content
    from autograders.stock import course

    if not is_course(ROOT):
        raise Refused(NO_COURSE_HERE.format(folder=ROOT))
    config = settings.all_read(ROOT)
    if course.is_one(config):
        return config
    if not has_content():
        raise Refused(TWO_LINES.format(path=ROOT / CONFIGURATION))
    return None


def of_course(engine=None, by_nbgrader=False, folder=None, **how):
    """Return nbgrader's interface to a course; say first where nbgrader will find nothing.

    What only nbgrader can do, `by_nbgrader`, is not begun then. The course is this one unless
    its folder is given; `how` is what else `autograders.settings.api` takes.
    """
    from autograders import settings

    if folder is None and stock_course() is not None:
        raise Refused(BY_NBGRADER)
    folder = folder or ROOT
    problem = settings.pattern_problem(folder)
    if problem and by_nbgrader:
        raise Refused(problem)
    settings.tell_problem(folder)
    return settings.api(folder, engine, **how)
