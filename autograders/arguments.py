"""The commands that there are, and what can be said to each."""

import argparse

from autograders import ROOT, commands
from autograders.engine import ENGINES

DESCRIPTION = "The command line: ``python -m autograders <command>``, from the course's folder."
ENGINE_HELP = (
    "fork: each hand-in behind a wall (Linux); kernel: no wall, students' code can do what "
    "you can; auto: fork, or a refusal; what nbgrader_config.py says unless told otherwise"
)
NOT_POSITIVE = "{text!r} is no whole number above 0"
USAGE = "{message}. `{program} --help` lists what there is.\n"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage above it."""

    def error(self, message):
        self.exit(2, USAGE.format(message=message[0].upper() + message[1:], program=self.prog))


def _positive(text):
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(NOT_POSITIVE.format(text=text))
    return int(text)


def parser():
    """Return the parser of the command line; its options' ``run`` is the command."""
    made = _Parser(prog="python -m autograders", description=DESCRIPTION)
    subparsers = made.add_subparsers(required=True, metavar="command")
    for run in (
        *(commands.derive, commands.fill, commands.store, commands.examples, commands.results),
        *(commands.screenshots, commands.release, commands.grade, commands.prove),
        *(commands.mutants, commands.missing, commands.sketch, commands.regrade),
        commands.similarity,
    ):
        command = _command(subparsers, run)
        many, text = ("+", None) if run is commands.sketch else ("*", "all of them unless named")
        command.add_argument("assignment", nargs=many, help=text)
        if run is commands.grade:
            command.add_argument("--student", help="only this student's id")
            command.add_argument("--force", action="store_true", help="grade again what is graded")
            command.add_argument(
                "--workers", type=_positive, help="how many at a time; the processors' number"
            )
            command.add_argument("--engine", choices=ENGINES, help=ENGINE_HELP)
            command.add_argument("--scheduler", help="a dask scheduler's address: tcp://...")
        if run is commands.prove:
            command.add_argument("--seeds", type=_positive, help="how many; 50 unless told")
        if run is commands.screenshots:
            command.add_argument("--out", default=ROOT / "build" / "screenshots", help="where to")
            command.add_argument("--pictures", action="store_true", help="only the README's two")
            command.add_argument("--guides", action="store_true", help="only those of the guides")
    for run in (commands.demo, commands.learn, commands.course):
        command = _command(subparsers, run)
        if run is commands.course:
            command.add_argument("folder", nargs="?", default=ROOT, help="such as demo")
        if run is commands.demo:
            command.add_argument(
                "--all", action="store_true", help="every listed mistake, not two in an exercise"
            )
    return made


def _command(subparsers, run):
    text = run.__doc__[0].lower() + run.__doc__[1:].rstrip(".")
    command = subparsers.add_parser(run.__name__, help=text, description=text)
    command.set_defaults(run=run)
    return command
