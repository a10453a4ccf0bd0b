"""The command line: ``python -m autograders <command>``, from the course's folder."""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys

from autograders import ROOT, Refused

UNCHANGED, CHANGED = "{what}: unchanged", "{what}: written"
RELEASED = "{name}: released in release/{name}/"
COPIED = "learn/{name}/: new"
GRADED = "{name}: {done} graded, {failed} could not be"
STOPPED = "Stopped."
GRADING_STOPPED = "Stopped. What was graded is saved; grade again to go on with the rest."
ENGINE_HELP = (
    "fork: each hand-in behind a wall (Linux); kernel: no wall, students' code can do what "
    "you can; auto: fork, or a refusal; what nbgrader_config.py says unless told otherwise"
)
NOT_POSITIVE = "{text!r} is no whole number above 0"
NO_STUDY = "There is no autograders/studies/{name}.py with STUDIES, so there is nothing to measure."
SKETCHED = "{name}: sketched in {path}"
COMPARED = "{name}: {path}"
FILLED = "{name}: filled in {path}"
USAGE = "{message}. `{program} --help` lists what there is.\n"
ROOM_MISSING = (
    "{name} is missing from the course's folder ({error}). Restore it from version control."
)
PACKAGE_MISSING = (
    "This Python lacks the package {name}. Run `make test` once, which sets up .venv, "
    "then use .venv/bin/python."
)
NO_ACCESS = "{path}: {reason}. Put that right, then run the command again."
NOBODY = "Nobody has handed in. Put hand-ins into submitted/<student>/<assignment>/."
UNKNOWN_STUDENT = "There is no submitted/{student}/. {others}"
DID_YOU_MEAN = "Did you mean {student!r}?"
NAME_A_FOLDER = "Name one of the folders in submitted/."
NO_COURSE = (
    "{folder} is not the folder of a course: it has no nbgrader_config.py. Try `course demo`."
)

ROOMS = ("lab", "source_ref", "autograders")


def main(arguments=None):
    """Run one command; return its exit status.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's unless told otherwise.
    """
    try:
        options = _parser().parse_args(arguments)
        return options.run(options) or 0
    except Refused as refused:
        problem = str(refused)
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    except ImportError as error:
        problem = _not_there(error)
    except OSError as error:
        if error.filename is None:
            raise
        problem = NO_ACCESS.format(path=error.filename, reason=error.strerror)
    print(problem, file=sys.stderr)
    return 1


def _derive(options):
    from autograders import lesson

    _write({n: lesson.derived(lesson.read(lesson.path(n)), n) for n in _names(options)})


def _fill(options):
    from autograders import outputs

    for name in _names(options):
        print(FILLED.format(name=name, path=outputs.fill(name).relative_to(ROOT)))


def _store(options):
    from autograders import outputs

    _write({name: outputs.stored(name) for name in _names(options)})


def _examples(options):
    from autograders import examples

    for name in _names(options):
        _say(examples.write(name), f"lab/examples/{name}.json")


def _results(options):
    from autograders import results, studies

    names = _names(options)
    for name in names if options.assignment else studies.NOTEBOOKS:
        if name not in studies.NOTEBOOKS:
            raise Refused(NO_STUDY.format(name=name))
        _say(results.write(name, silent=not sys.stderr.isatty()), f"lab/results/{name}.json")


def _screenshots(options):
    from autograders import guides, screenshots

    names = _names(options)
    if options.guides:
        made = guides.take()
    elif options.pictures:
        made = screenshots.pictures()
    else:
        made = screenshots.take(options.out, names)
    for file in made:
        print(os.path.relpath(file), flush=True)


def _release(options):
    from autograders import release, settings

    api = settings.api(ROOT)
    for name in _names(options):
        release.release(api, name)
        print(RELEASED.format(name=name))


def _grade(options):
    from tqdm.auto import tqdm

    from autograders import grading, lesson, settings, table

    api = settings.api(ROOT, options.engine)
    names, student = _handed_in(options, api), options.student or "*"
    for name in names:
        lesson.check_complete(name)  # refuses, before anybody's hand-in is looked at
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
        if grading.waiting(api, [name], student):
            print(GRADED.format(name=name, done=done[name], failed=problems[name]))
    if total:
        with api.gradebook as gradebook:
            print(*table.table(gradebook), sep="\n")
    if stopped:
        print(GRADING_STOPPED, file=sys.stderr)
        return 130
    return int(any(problems.values()))


def _regrade(options):
    from autograders import grading, regrade, settings

    api = settings.api(ROOT)
    names = options.assignment or [n for n in _names(options) if grading.waiting(api, [n])]
    changes, problems = regrade.regrade(api, [*map(str, names)])
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    for name in names:
        mine = [change for change in changes if change.name == name]
        print(*(mine or [regrade.NOTHING_CHANGED.format(name=name)]), sep="\n")
    return int(bool(problems))


def _similarity(options):
    from autograders import grading, settings, similarity

    submitted, status = grading.submitted(settings.api(ROOT)), 0
    for name in _names(options):
        try:
            path, skipped = similarity.report(submitted, name)
        except Refused as refused:  # the next assignment may have answers enough
            print(refused, file=sys.stderr)
            status = 1
            continue
        print(*skipped, sep="\n", end="\n" if skipped else "", file=sys.stderr)
        print(COMPARED.format(name=name, path=path.relative_to(ROOT)))
    return status


def _prove(options):
    from autograders import proof

    return proof.run(_names(options), options.seeds or proof.SEEDS)


def _mutants(options):
    from autograders import mutants

    return mutants.run(_names(options))


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
    """Open JupyterLab with formgrader on a course's folder."""
    folder = pathlib.Path(options.folder).resolve()
    if not (folder / "nbgrader_config.py").is_file():
        raise Refused(NO_COURSE.format(folder=options.folder))
    return subprocess.call(["jupyter", "lab", f"--ServerApp.root_dir={folder}"], cwd=folder)


def _names(options):
    from autograders import lesson
    from autograders.exercises import NOTEBOOKS

    return [lesson.check_name(name) for name in options.assignment or NOTEBOOKS]


def _handed_in(options, api):
    """Return the assignments that are named, or else those that somebody has handed in."""
    from autograders import grading

    names, folder = _names(options), grading.submitted(api)
    if options.student and not (folder / options.student).is_dir():
        known = [entry.name for entry in folder.glob("*")]
        near = difflib.get_close_matches(options.student, known, n=1)
        others = DID_YOU_MEAN.format(student=near[0]) if near else NAME_A_FOLDER
        raise Refused(UNKNOWN_STUDENT.format(student=options.student, others=others))
    if not options.assignment:
        student = options.student or "*"
        names = [name for name in names if grading.waiting(api, [name], student)]
    if not names:
        raise Refused(NOBODY)
    return names


def _not_there(error):
    """Say which of our own files, or which package, cannot be imported."""
    name = error.name or str(error)
    if name.split(".")[0] in ROOMS:
        return ROOM_MISSING.format(name=name.replace(".", "/"), error=error)
    return PACKAGE_MISSING.format(name=name)


def _write(notebooks):
    """Write notebooks of the course, once all of them could be made."""
    from autograders import lesson

    for name, notebook in notebooks.items():
        _say(lesson.write(notebook, lesson.path(name)), name)


def _say(written, what):
    print((CHANGED if written else UNCHANGED).format(what=what))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage above it."""

    def error(self, message):
        self.exit(2, USAGE.format(message=message[0].upper() + message[1:], program=self.prog))


def _positive(text):
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(NOT_POSITIVE.format(text=text))
    return int(text)


def _parser():
    from autograders.engine import ENGINES

    parser = _Parser(prog="python -m autograders", description=__doc__)
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
        (_prove, "prove the grader on every listed mistake and right answer"),
        (_mutants, "change the reference everywhere a little: all changes must lose points"),
        (_missing, "say what an assignment still lacks, one line each"),
        (_sketch, "write the first form of a new notebook into notebooks/"),
        (_regrade, "grade all hand-ins again, and list whose score changed"),
        (_similarity, "show how much the answers overlap, as a page in build/similarity/"),
    ):
        command = commands.add_parser(run.__name__[1:], help=text, description=text)
        many, text = ("+", None) if run is _sketch else ("*", "all of them unless named")
        command.add_argument("assignment", nargs=many, help=text)
        if run is _grade:
            command.add_argument("--student", help="only this student's id")
            command.add_argument("--force", action="store_true", help="grade again what is graded")
            command.add_argument(
                "--workers", type=_positive, help="how many at a time; the processors' number"
            )
            command.add_argument("--engine", choices=ENGINES, help=ENGINE_HELP)
            command.add_argument("--scheduler", help="a dask scheduler's address: tcp://...")
        if run is _prove:
            command.add_argument("--seeds", type=_positive, help="how many; 50 unless told")
        if run is _screenshots:
            command.add_argument("--out", default=ROOT / "build" / "screenshots", help="where to")
            command.add_argument("--pictures", action="store_true", help="only the README's two")
            command.add_argument("--guides", action="store_true", help="only those of the guides")
        command.set_defaults(run=run)
    for run, text in (
        (_demo, "do the whole road on a sample class, in demo/"),
        (_learn, "put a copy of the notebooks into learn/, for whoever learns alone"),
        (_course, "open JupyterLab with formgrader on the course"),
    ):
        command = commands.add_parser(run.__name__[1:], help=text, description=text)
        if run is _course:
            command.add_argument("folder", nargs="?", default=ROOT, help="such as demo")
        command.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
