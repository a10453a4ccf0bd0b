"""nbgrader's settings for this course, for the configuration file and for our own commands."""

import glob
import logging
import pathlib
import sys
import warnings

from jupyter_core.paths import jupyter_config_path
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearOutput, ClearSolutions, Execute
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograders import CONFIGURATION, Refused
from autograders.course.catalogue import content
from autograders.grading import exchange
from autograders.grading.gradebook import wait_for_others
from autograders.grading.nbgrader_patches import (
    export_what_stands,
    keep_last_release,
    read_dates_with_certainty,
    take_in_first,
)
from autograders.grading.pages import MarkedPage, read_only_what_needs_it
from autograders.grading.preprocessors import AddKit, Judge
from lab.judge.excerpt import first_line

FILE = CONFIGURATION
UNUSABLE = "{path} cannot be used ({kind}: {error}). Mend it, or restore it from version control."
NO_PATTERN = (
    "The path {path} has one of [ ? * in it, and nbgrader finds nothing there: what it does by "
    "itself (release, feedback, formgrader) cannot work. Move the course, or rename that folder."
)


TOLD: set[pathlib.Path] = set()
"""The folders of which this process has been told that nbgrader finds nothing there."""


def course_id() -> str:
    """Return what nbgrader's exchange calls the course."""
    return content("course").ID


def apply(c):
    """Write the course's settings into a configuration.

    Parameters
    ----------
    c : traitlets.config.Config
    """
    # nbgrader 0.9.6 with SQLAlchemy 2: harmless, upstream's, and four lines for each hand-in
    warnings.filterwarnings("ignore", category=SAWarning)
    keep_last_release()
    take_in_first()
    export_what_stands()
    read_dates_with_certainty()
    exchange.guard()
    read_only_what_needs_it()
    wait_for_others()
    c.CourseDirectory.course_id = course_id()
    c.CourseDirectory.source_directory = "notebooks"
    # students are promised that their last attempt counts
    c.ExchangeCollect.update = True
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".DS_Store"]
    # ClearSolutions would empty our stub cells, which carry no markers of nbgrader's
    stages = [s for s in GenerateAssignment.preprocessors.default() if s is not ClearSolutions]
    c.GenerateAssignment.preprocessors = [AddKit, *stages]
    # the intake clears what has to be; what the student saw in explore cells stays
    sanitizing = Autograde.sanitize_preprocessors.default()
    c.Autograde.sanitize_preprocessors = [s for s in sanitizing if s is not ClearOutput]
    running = Autograde.autograde_preprocessors.default()
    c.Autograde.autograde_preprocessors = [Judge if s is Execute else s for s in running]
    c.OverwriteCells.add_missing_cells = True
    c.GenerateFeedback.exporter_class = MarkedPage
    # what is stored is inert already; this is the second lock, for feedback and formgrader
    c.HTMLExporter.sanitize_html = True
    return c


def api(course, engine=None, language=None, incomplete=False):
    """Return nbgrader's own interface to the course in a folder.

    Parameters
    ----------
    course : pathlib.Path
        The folder with notebooks/, and release/, submitted/ and so on to come.
    engine : str, optional
        See `autograders.sandbox.launcher.launcher`; what the course's nbgrader_config.py says,
        unless told otherwise.
    language : str, optional
        That of a release; likewise.
    incomplete : bool
        Whether it may be released although it is not finished.

    Raises
    ------
    Refused
        If one of the files with settings cannot be used.
    """
    c = apply(Config())
    c.merge(all_read(course))
    c.CourseDirectory.root = str(course)
    if engine is not None:
        c.Judge.engine = engine
    if language is not None:
        c.AddKit.language = language
    if incomplete:
        c.AddKit.incomplete = True
    c.NbGraderAPI.log_level = "ERROR"
    interface = NbGraderAPI(config=c)
    interface.log.handlers[:] = [logging.NullHandler()]
    interface.log.propagate = False
    return interface


def pattern_problem(course):
    """Return why nbgrader, which takes the course's folder for a pattern, finds nothing, or None.

    Parameters
    ----------
    course : pathlib.Path
    """
    path = pathlib.Path(course).resolve()
    return NO_PATTERN.format(path=path) if glob.has_magic(str(path)) else None


def all_read(course):
    """Return what nbgrader reads: the system's and the user's settings, then the course's.

    Parameters
    ----------
    course : pathlib.Path

    Raises
    ------
    Refused
        If one of the files with settings cannot be used.
    """
    c = Config()
    for folder in (*reversed(jupyter_config_path()), course):
        c.merge(read(pathlib.Path(folder)))
    return c


def place(c, course):
    """Write into a configuration where the course is; say once what nbgrader cannot do there.

    Parameters
    ----------
    c : traitlets.config.Config
    course : pathlib.Path or str
    """
    c.CourseDirectory.root = str(course)
    tell_problem(course)


def tell_problem(course):
    """Say, once in a process, that nbgrader finds nothing in a course's folder, if that is so."""
    path, problem = pathlib.Path(course).resolve(), pattern_problem(course)
    if problem and path not in TOLD:
        TOLD.add(path)
        print(problem, file=sys.stderr)


def read(folder):
    """Return what a folder's file of settings sets, nothing where there is none.

    Parameters
    ----------
    folder : pathlib.Path

    Raises
    ------
    Refused
        If the file cannot be used.
    """
    if not (folder / FILE).is_file():
        return Config()
    try:
        return PyFileConfigLoader(FILE, path=str(folder)).load_config()
    except Exception as error:  # it is code, and may raise anything
        says = {"path": folder / FILE, "kind": type(error).__name__}
        raise Refused(UNUSABLE.format(**says, error=first_line(error, 150))) from None
