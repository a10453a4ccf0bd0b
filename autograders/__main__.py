"""The command line: ``python -m autograders <command>``, from the course's folder."""

import argparse
import subprocess
import sys

from autograders import ROOT, Refused

UNCHANGED, CHANGED = "{what}: unchanged", "{what}: written"
RELEASED = "{name}: released in release/{name}/"
COPIED = "learn/{name}/: new"
GRADED = "{name}: {done} graded, {failed} could not be"
SKETCHED = "{name}: sketched in {path}"
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


def _release(options):
    from autograders import release, settings

    api = settings.api(ROOT)
    for name in _names(options):
        release.release(api, name)
        print(RELEASED.format(name=name))


def _grade(options):
    from autograders import grading, settings, table

    api = settings.api(ROOT)
    status = 0
    for name in _names(options):
        results = list(grading.grade(api, name, options.student or "*", options.force))
        problems = [problem for _, problem in results if problem]
        print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
        done, failed = len(results) - len(problems), len(problems)
        print(GRADED.format(name=name, done=done, failed=failed))
        status = status or bool(problems)
    with api.gradebook as gradebook:
        print(*table.table(gradebook), sep="\n")
    return int(status)


def _similarity(options):
    from autograders import grading, settings, similarity

    submitted = grading.submitted(settings.api(ROOT))
    for name in _names(options):
        path, skipped = similarity.report(submitted, name)
        print(*skipped, sep="\n", end="\n" if skipped else "", file=sys.stderr)
        print(COMPARED.format(name=name, path=path.relative_to(ROOT)))


def _missing(options):
    from autograders import missing

    status = 0
    for name in options.assignment or missing.names():
        found = list(missing.problems(name))
        print(*(found or [missing.NOTHING.format(name=name)]), sep="\n")
        status = status or not all(missing.is_optional(problem, name) for problem in found)
    return int(status)


def _sketch(options):
    from autograders import sketch

    for name in options.assignment:
        print(SKETCHED.format(name=name, path=sketch.sketch(name).relative_to(ROOT)))


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
    from autograders.exercises import NOTEBOOKS

    return [lesson.check_name(name) for name in options.assignment or NOTEBOOKS]


def _say(written, what):
    print((CHANGED if written else UNCHANGED).format(what=what))


def _parser():
    parser = argparse.ArgumentParser(prog="python -m autograders", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for run, text in (
        (_derive, "write the stubs and given functions of source_ref into notebooks/"),
        (_fill, "write filled notebooks into build/filled/"),
        (_store, "run filled notebooks and store their outputs in notebooks/"),
        (_examples, "make lab/examples from source_ref"),
        (_release, "make the class's release with nbgrader"),
        (_grade, "grade what was handed in"),
        (_missing, "say what an assignment still lacks, one line each"),
        (_sketch, "write the first form of a new notebook into notebooks/"),
        (_similarity, "show how much the answers overlap, as a page in build/similarity/"),
    ):
        command = commands.add_parser(run.__name__[1:], help=text, description=text)
        many, text = ("+", None) if run is _sketch else ("*", "all of them unless named")
        command.add_argument("assignment", nargs=many, help=text)
        if run is _grade:
            command.add_argument("--student", help="only this student's id")
            command.add_argument("--force", action="store_true", help="grade again what is graded")
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
