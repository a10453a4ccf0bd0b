"""The command line: ``python -m autograders <command>``, from the course's folder."""

import argparse
import os
import subprocess
import sys

from tqdm.auto import tqdm

from autograders import ROOT, Refused
from autograders.engine import AUTO, ENGINES
from autograders.exercises import NOTEBOOKS

UNCHANGED, CHANGED = "{what}: unchanged", "{what}: written"
RELEASED = "{name}: released in release/{name}/"
COPIED = "learn/{name}/: new"
GRADED = "{name}: {done} graded, {failed} could not be"
STOPPED = "Stopped. What was graded is saved; grade again to go on with the rest."
ENGINE_HELP = (
    "fork: each hand-in behind a wall (Linux); kernel: no wall, students' code can do what "
    "you can; auto, unless told otherwise: fork, or a refusal"
)
NOT_POSITIVE = "{text!r} is no whole number above 0"
COMPARED = "{name}: {path}"
FILLED = "{name}: filled in {path}"


def main(arguments=None):
    """Run one command; return its exit status.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's unless told otherwise.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1


def _derive(options):
    from autograders import lesson

    for name in _names(options):
        notebook = lesson.derived(lesson.read(lesson.path(name)), name)
        _say(lesson.write(notebook, lesson.path(name)), name)


def _fill(options):
    from autograders import outputs

    for name in _names(options):
        print(FILLED.format(name=name, path=outputs.fill(name).relative_to(ROOT)))


def _store(options):
    from autograders import outputs

    for name in _names(options):
        _say(outputs.store(name), name)


def _examples(options):
    from autograders import examples

    for name in _names(options):
        _say(examples.write(name), f"lab/examples/{name}.json")


def _results(options):
    from autograders import results

    for name in _names(options):
        _say(results.write(name, silent=not sys.stderr.isatty()), f"lab/results/{name}.json")


def _screenshots(options):
    from autograders import screenshots

    names = _names(options)
    made = screenshots.pictures() if options.pictures else screenshots.take(options.out, names)
    for file in made:
        print(os.path.relpath(file), flush=True)


def _release(options):
    from autograders import release, settings

    api = settings.api(ROOT)
    for name in _names(options):
        release.release(api, name)
        print(RELEASED.format(name=name))


def _grade(options):
    from autograders import grading, settings, table

    api = settings.api(ROOT, options.engine)
    names, student = _names(options), options.student or "*"
    if not options.assignment:  # all that there is something to grade of
        names = [name for name in names if grading.waiting(api, [name], student)] or names
    total = len(grading.waiting(api, names, student))
    done, problems, stopped = dict.fromkeys(names, 0), dict.fromkeys(names, 0), False
    graded = grading.grade(api, names, student, options.force, options.workers, options.scheduler)
    with tqdm(total=total, unit="hand-in", disable=not sys.stderr.isatty()) as bar:
        try:
            for name, _, problem in graded:
                bar.update()
                done[name] += problem is None
                problems[name] += problem is not None
                if problem:
                    bar.write(problem, file=sys.stderr)
        except KeyboardInterrupt:
            graded.close()
            stopped = True
    for name in names:
        print(GRADED.format(name=name, done=done[name], failed=problems[name]))
    with api.gradebook as gradebook:
        print(*table.table(gradebook), sep="\n")
    if stopped:
        print(STOPPED, file=sys.stderr)
        return 130
    return int(any(problems.values()))


def _similarity(options):
    from autograders import grading, settings, similarity

    submitted = grading.submitted(settings.api(ROOT))
    for name in _names(options):
        path, skipped = similarity.report(submitted, name)
        print(*skipped, sep="\n", end="\n" if skipped else "", file=sys.stderr)
        print(COMPARED.format(name=name, path=path.relative_to(ROOT)))


def _demo(options):
    from autograders import demo

    return demo.run()


def _learn(options):
    from autograders import learn

    for name in learn.copy():
        print(COPIED.format(name=name))


def _course(options):
    """Open JupyterLab with formgrader on the course's folder."""
    return subprocess.call(["jupyter", "lab", f"--ServerApp.root_dir={ROOT}"], cwd=ROOT)


def _names(options):
    from autograders import lesson

    return [lesson.check_name(name) for name in options.assignment or NOTEBOOKS]


def _say(written, what):
    print((CHANGED if written else UNCHANGED).format(what=what))


def _positive(text):
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(NOT_POSITIVE.format(text=text))
    return int(text)


def _parser():
    parser = argparse.ArgumentParser(prog="python -m autograders", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for run, text in (
        (_derive, "write the stubs and given functions of source_ref into notebooks/"),
        (_fill, "write filled notebooks into build/filled/"),
        (_store, "run filled notebooks and store their outputs in notebooks/"),
        (_examples, "make lab/examples from source_ref"),
        (_results, "make lab/results from source_ref: every model on 40 draws (minutes)"),
        (_screenshots, "picture the notebooks in JupyterLab, into build/screenshots/"),
        (_release, "make the class's release with nbgrader"),
        (_grade, "grade what was handed in"),
        (_similarity, "show how much the answers overlap, as a page in build/similarity/"),
    ):
        command = commands.add_parser(run.__name__[1:], help=text, description=text)
        command.add_argument("assignment", nargs="*", help="all four unless named")
        if run is _grade:
            command.add_argument("--student", help="only this student's id")
            command.add_argument("--force", action="store_true", help="grade again what is graded")
            command.add_argument(
                "--workers", type=_positive, help="how many at a time; the processors' number"
            )
            command.add_argument("--engine", choices=ENGINES, default=AUTO, help=ENGINE_HELP)
            command.add_argument("--scheduler", help="a dask scheduler's address: tcp://...")
        if run is _screenshots:
            command.add_argument("--out", default=ROOT / "build" / "screenshots", help="where to")
            command.add_argument("--pictures", action="store_true", help="only the README's two")
        command.set_defaults(run=run)
    for run, text in (
        (_demo, "do the whole road on a sample class, in demo/"),
        (_learn, "put a copy of the notebooks into learn/, for whoever learns alone"),
        (_course, "open JupyterLab with formgrader on the course"),
    ):
        commands.add_parser(run.__name__[1:], help=text, description=text).set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
