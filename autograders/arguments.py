"""The commands that there are, and what can be said to each."""

import argparse
import textwrap
from collections.abc import Callable
from typing import Any, NoReturn

from autograders import ROOT
from autograders.collecting.uploads import PLATFORMS
from autograders.commands import author, doctor, gather, keep, lab, maintain, teach
from autograders.exports.handback import FORMS
from autograders.sandbox.launcher import ENGINES

DESCRIPTION = "The command line of the course, to be used in its folder."
GROUPS: dict[str, tuple[Callable[..., Any], ...]] = {
    "teach": (
        *(teach.demo, teach.release, gather.roster, gather.deadline, gather.collect),
        *(teach.grade, teach.regrade, teach.rubric),
        *(teach.feedback, teach.similarity, keep.backup, keep.restore),
        *(teach.report, teach.answers),
        *(lab.course, lab.learn, doctor.doctor),
    ),
    "author": (
        *(author.missing, author.sketch, author.derive, author.fill, author.store),
        *(author.site, author.examples, author.results, author.translate),
    ),
    "maintain": (maintain.prove, maintain.mutants, maintain.arithmetic, maintain.screenshots),
}
"""The commands by who needs them."""
WITHOUT_ASSIGNMENT = (
    *(teach.demo, lab.learn, lab.course),
    *(keep.backup, keep.restore, doctor.doctor),
    *(gather.roster, gather.deadline, gather.collect),
    teach.answers,
    author.translate,
)

ONE_COMMAND = "`%(prog)s COMMAND --help` says more of one command."
ENGINE_HELP = (
    "fork: each hand-in behind a wall (Linux); kernel: no wall, students' code can do what "
    "you can; auto: fork, or a refusal; what nbgrader_config.py says unless told otherwise"
)
NOT_POSITIVE = "{text!r} is no whole number above 0"
NO_PORT = "{text!r} is no port, a whole number from 0 to 65535"
EMPTY = "{text!r} says nothing; fill it in, or leave the option out"
NO_FIELD = "{text!r} is not of the form TITLE=FIELD"
USAGE = "{message}. `{program} --help` lists what there is.\n"
COLUMN = 14  # where what a command does begins
WIDTH = 88


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, USAGE.format(message=message[0].upper() + message[1:], program=self.prog))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; its options' ``run`` is the command."""
    made = _Parser(
        prog="python -m autograders",
        description=DESCRIPTION,
        epilog=_listed(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = made.add_subparsers(required=True, metavar="COMMAND", help="one of those below")
    for runs in GROUPS.values():
        for run in runs:
            command = subparsers.add_parser(run.__name__, description=_says(run))
            command.set_defaults(run=run)
            if run not in WITHOUT_ASSIGNMENT:
                # a sketch is of something new, so there is nothing to take all of
                many, text = (
                    ("+", None) if run is author.sketch else ("*", "all of them unless named")
                )
                command.add_argument("assignment", nargs=many, help=text)
            _OPTIONS.get(run, lambda command: None)(command)
    return made


def _grade(command: argparse.ArgumentParser) -> None:
    command.add_argument("--student", type=_filled, help="only this student's id")
    command.add_argument("--force", action="store_true", help="grade again what is graded")
    command.add_argument(
        "--workers", type=_positive, help="how many at a time; the processors' number"
    )
    command.add_argument("--engine", choices=ENGINES, help=ENGINE_HELP)
    command.add_argument("--scheduler", type=_filled, help="a dask scheduler's address: tcp://...")


def _prove(command: argparse.ArgumentParser) -> None:
    command.add_argument("--seeds", type=_positive, help="how many; 50 unless told")


def _arithmetic(command: argparse.ArgumentParser) -> None:
    command.add_argument("--draws", type=_positive, help="how many of the 40 stored; 4 unless told")


def _screenshots(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", default=ROOT / "build" / "screenshots", help="where to")
    command.add_argument("--pictures", action="store_true", help="only the README's two")
    command.add_argument("--guides", action="store_true", help="only those of the guides")


def _course(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", default=ROOT, help="such as demo")
    _jupyterlab(command)


def _store(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", type=_filled, help="such as zh; English unless told otherwise"
    )


def _release(command: argparse.ArgumentParser) -> None:
    _store(command)
    command.add_argument(
        "--incomplete", action="store_true", help="although it is not finished: the rest in English"
    )


def _translate(command: argparse.ArgumentParser) -> None:
    command.add_argument("language", nargs="*", help="all that there are unless named; new: de")


def _learn(command: argparse.ArgumentParser) -> None:
    _release(command)
    command.add_argument("--open", action="store_true", help="open JupyterLab on it")
    _jupyterlab(command)


def _jupyterlab(command: argparse.ArgumentParser) -> None:
    command.add_argument("--allow-root", action="store_true", help="in a container of your own")


def _report(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--language", type=_filled, help="such as zh; that of nbgrader_config.py unless told"
    )
    command.add_argument(
        "--course", type=_filled, help="the folder of another course, such as demo"
    )


def _regrade(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--dry-run", action="store_true", help="list what would change, and write nothing"
    )
    command.add_argument("--note", help="a text for the top of the feedback; empty takes it away")


def _feedback(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--to", choices=FORMS, help="also write them for a platform's upload, or as mails"
    )
    command.add_argument(
        "--zip",
        type=_filled,
        help="the platform's ZIP file of submissions, or the folder made of it",
    )
    command.add_argument("--template", type=_filled, help="the text of the mails")


def _answers(command: argparse.ArgumentParser) -> None:
    command.add_argument("assignment", help="whose answers")
    command.add_argument(
        "--course", type=_filled, help="the folder of another course, such as demo"
    )
    command.add_argument("--names", action="store_true", help="say whose answers they are")
    command.add_argument("--port", type=_port, default=0, help="any that is free unless told")
    command.add_argument("--to", type=_filled, help="write a page that works without this machine")
    command.add_argument(
        "--bring", type=_filled, help="read back the marks that such a page has saved"
    )
    command.add_argument(
        "--replace", action="store_true", help="bring marks also where there are newer ones"
    )


def _demo(command: argparse.ArgumentParser) -> None:
    _release(command)
    command.add_argument(
        "--all", action="store_true", help="every listed mistake, not two in an exercise"
    )


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--to", type=_filled, help="the folder that the file goes to; backup/ unless told"
    )


def _restore(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="which `backup` has made")


def _roster(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", nargs="?", help="a list of students, as a platform exports it")
    _column(command)
    command.add_argument(
        "--out", nargs="+", default=[], metavar="ID", help="who has left; the work is kept"
    )
    command.add_argument("--back", nargs="+", default=[], metavar="ID", help="who is back")


def _collect(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", help="the platform's ZIP file, or the folder made of it")
    command.add_argument(
        "--from", dest="platform", choices=PLATFORMS, help="told by the files' names otherwise"
    )
    command.add_argument(
        "--roster", type=_filled, metavar="CSV", help="a list of students, taken in as well"
    )
    _column(command)
    command.add_argument("--assignment", type=_filled, help="told by the notebooks otherwise")
    command.add_argument(
        "--insist", action="store_true", help="on --assignment, whatever the notebooks tell"
    )
    command.add_argument(
        "--zone",
        type=_filled,
        help="of the times in Moodle's grading worksheet: Europe/Berlin, +01:00",
    )
    command.add_argument(
        "--update", action="store_true", help="replace a hand-in by a newer one, and keep both"
    )


def _column(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--column",
        action="append",
        default=[],
        type=_told,
        metavar="TITLE=FIELD",
        help="what a column is: login, id_number, email, name, groups, ...",
    )


def _deadline(command: argparse.ArgumentParser) -> None:
    command.add_argument("assignment", nargs="?", help="all of them are shown unless named")
    command.add_argument("--due", metavar="DATE", help="'2026-03-01 23:59 +01:00'")
    command.add_argument(
        "--student", type=_filled, metavar="ID", help="an extension for this student alone"
    )
    command.add_argument("--none", action="store_true", help="no due date, or no extension")
    command.add_argument(
        "--zone", type=_filled, help="of the date, if it names none: Europe/Berlin, +01:00"
    )


def _doctor(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--students",
        type=_filled,
        help="the environment that students work in, such as /opt/jupyterhub",
    )


_OPTIONS: dict[Callable[..., Any], Callable[[argparse.ArgumentParser], None]] = {
    teach.grade: _grade,
    teach.release: _release,
    author.translate: _translate,
    author.store: _store,
    gather.roster: _roster,
    gather.deadline: _deadline,
    gather.collect: _collect,
    maintain.prove: _prove,
    maintain.arithmetic: _arithmetic,
    maintain.screenshots: _screenshots,
    lab.course: _course,
    lab.learn: _learn,
    teach.demo: _demo,
    teach.report: _report,
    teach.regrade: _regrade,
    teach.feedback: _feedback,
    teach.answers: _answers,
    keep.backup: _backup,
    keep.restore: _restore,
    doctor.doctor: _doctor,
}


def _filled(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError(EMPTY.format(text=text))
    return text


def _told(text: str) -> str:
    if not all(text.rpartition("=")):
        raise argparse.ArgumentTypeError(NO_FIELD.format(text=text))
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(NOT_POSITIVE.format(text=text))
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(NO_PORT.format(text=text))
    return int(text)


def _says(run: Callable[..., Any]) -> str:
    """Return what a command does: the first line of its docstring."""
    return (run.__doc__ or "").splitlines()[0]


def _listed() -> str:
    """Return all commands, under who needs them."""
    lines = []
    for audience, runs in GROUPS.items():
        lines.append(f"{audience}:")
        for run in runs:
            lines += textwrap.wrap(
                f"  {run.__name__:{COLUMN - 2}}{_says(run)}",
                WIDTH,
                subsequent_indent=" " * COLUMN,
            )
        lines.append("")
    return "\n".join([*lines, ONE_COMMAND])
