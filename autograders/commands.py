"""What each command does; its first line is what ``--help`` says of it."""

import collections
import difflib
import functools
import os
import pathlib
import subprocess
import sys

from autograders import ROOT, Refused

UNCHANGED, CHANGED = "{what}: unchanged", "{what}: written"
RELEASED = "{assignment}: released in release/{assignment}/"
COPIED = "learn/{assignment}/: new"
GRADED = "{assignment}: {done} graded, {same} as before, {left} not graded"
NOTHING_GRADED = "{assignments}: nothing has been graded, so there is no page to make. Grade first."
PAGES = "{assignment}: {new} new, {renewed} renewed, {fresh} as before"
PAGES_FAILED = ", {failed} not made"
GRADING_STOPPED = "Stopped. What was graded is saved; grade again to go on with the rest."
KEPT = "{path}: the gradebook and the secret. Keep it elsewhere, and to yourself."
RESTORED = "The gradebook and the secret are those of {path}."
FORMER = "What was there before is in {path}."
NO_STUDY = (
    "There is no autograders/content/studies/{assignment}.py with STUDIES, "
    "so there is nothing to measure."
)
SKETCHED = "{assignment}: sketched in {path}"
COMPARED = "{assignment}: {path}"
FILLED = "{assignment}: filled in {path}"
NOBODY = "Nobody has handed in. Put hand-ins into submitted/<student>/<assignment>/."
UNKNOWN_STUDENT = "There is no submitted/{student}/. {others}"
DID_YOU_MEAN = "Did you mean {student!r}?"
NAME_A_FOLDER = "Name one of the folders in submitted/."
AS_ROOT = (
    "JupyterLab does not start as root: whoever reaches it could do everything on this machine. "
    "Call it as another user, or in a container of your own with --allow-root: "
    "python -m autograders {command} --allow-root"
)
NO_COURSE = (
    "{folder} is not the folder of a course: it has no nbgrader_config.py. Try `course demo`."
)


def derive(options):
    """Write the stubs and given functions of source_ref into notebooks/."""
    from autograders.course import lesson

    _write({n: lesson.derived(lesson.read(lesson.path(n)), n) for n in _names(options)})


def fill(options):
    """Write filled notebooks into build/filled/."""
    from autograders.authoring import outputs

    for assignment in _names(options):
        print(FILLED.format(assignment=assignment, path=outputs.fill(assignment).relative_to(ROOT)))


def store(options):
    """Run filled notebooks and store their outputs in notebooks/."""
    from autograders.authoring import outputs

    _write({assignment: outputs.stored(assignment) for assignment in _names(options)})


def examples(options):
    """Make lab/examples from source_ref."""
    from autograders.authoring import examples

    for assignment in _names(options):
        _say(examples.write(assignment), f"lab/examples/{assignment}.json")


def results(options):
    """Make lab/results from source_ref: every model on 40 draws (minutes)."""
    from autograders.authoring import results
    from autograders.course.catalogue import STUDIES

    names = _names(options)
    for assignment in names if options.assignment else STUDIES:
        if assignment not in STUDIES:
            raise Refused(NO_STUDY.format(assignment=assignment))
        _say(
            results.write(assignment, silent=not sys.stderr.isatty()),
            f"lab/results/{assignment}.json",
        )


def screenshots(options):
    """Picture the notebooks in JupyterLab, into build/screenshots/."""
    from autograders.browser import guides, screenshots

    names = _names(options)
    if options.guides:
        made = guides.take()
    elif options.pictures:
        made = screenshots.pictures()
    else:
        made = screenshots.take(options.out, names)
    for file in made:
        print(os.path.relpath(file), flush=True)


def release(options):
    """Make the class's release with nbgrader."""
    from autograders.grading import release

    api = _course(by_nbgrader=True)
    for assignment in _names(options):
        release.release(api, assignment)
        print(RELEASED.format(assignment=assignment))


def grade(options):
    """Grade what was handed in."""
    from tqdm.auto import tqdm

    from autograders.course import lesson
    from autograders.grading import gradebook, rounds
    from autograders.reports import overview

    api = _course(options.engine)
    names, student = _handed_in(options, api), options.student or "*"
    for assignment in names:
        lesson.check_complete(assignment)  # refuses, before anybody's hand-in is looked at
    there = {assignment: len(rounds.waiting(api, [assignment], student)) for assignment in names}
    done: collections.Counter[str] = collections.Counter()
    same: collections.Counter[str] = collections.Counter()
    failed = stopped = False
    bar = tqdm(total=sum(there.values()), unit="hand-in", disable=not sys.stderr.isatty())
    say = functools.partial(bar.write, file=sys.stderr)
    how = options.force, options.workers, options.scheduler
    graded = rounds.grade(api, names, student, *how, say=say)
    with bar:
        try:
            for assignment, _, problem in graded:
                bar.update(assignment != rounds.ASTRAY)
                done[assignment] += problem is None
                same[assignment] += problem == rounds.AS_BEFORE
                if problem:
                    failed = True
                    bar.write(problem, file=sys.stderr)
        except KeyboardInterrupt:
            graded.close()
            stopped = True
    for assignment, count in there.items():
        if count:
            left = count - done[assignment] - same[assignment]
            print(
                GRADED.format(
                    assignment=assignment, done=done[assignment], same=same[assignment], left=left
                )
            )
    if any(there.values()):
        with gradebook.opened(api) as book:
            print(*overview.lines(book), sep="\n")
    if stopped:
        print(GRADING_STOPPED, file=sys.stderr)
        return 130
    return int(failed)


def regrade(options):
    """Grade all hand-ins again, and list whose score changed."""
    from autograders.grading import regrade, rounds

    api = _course()
    names = options.assignment or [n for n in _names(options) if rounds.waiting(api, [n])]
    say = functools.partial(print, file=sys.stderr)
    changes, problems = regrade.regrade(api, [*map(str, names)], say=say)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    for assignment in names:
        mine = [str(change) for change in changes if change.assignment == assignment]
        print(*(mine or [regrade.NOTHING_CHANGED.format(assignment=assignment)]), sep="\n")
    return int(bool(problems))


def feedback(options):
    """Make the feedback pages that are missing or older than the grades."""
    from tqdm.auto import tqdm

    from autograders.grading import pages

    api = _course(by_nbgrader=True)
    there = {assignment: len(pages.waiting(api, assignment)) for assignment in _names(options)}
    lacking = [assignment for assignment, count in there.items() if not count]
    if lacking and (options.assignment or len(lacking) == len(there)):
        raise Refused(NOTHING_GRADED.format(assignments=", ".join(lacking)))
    status = 0
    for assignment, count in there.items():
        became: collections.Counter[str] = collections.Counter()
        bar = tqdm(total=count, unit="page", disable=not sys.stderr.isatty(), leave=False)
        with bar:
            for _, how, problem in pages.renew(api, assignment):
                bar.update()
                became["failed" if problem else how] += 1
                if problem:
                    bar.write(problem, file=sys.stderr)
        if count:
            counts = {how: became[how] for how in (pages.NEW, pages.RENEWED, pages.FRESH)}
            failed = PAGES_FAILED.format(failed=became["failed"]) if became["failed"] else ""
            print(PAGES.format(assignment=assignment, **counts) + failed)
            status = status or int(bool(failed))
    return status


def backup(options):
    """Keep the gradebook and the secret in one dated file, also while others use them."""
    from autograders.grading import backup

    folder = pathlib.Path(options.to or ROOT / backup.FOLDER)
    made = backup.backup(_course(), folder)
    print(KEPT.format(path=os.path.relpath(made)))


def restore(options):
    """Put a backup's gradebook and secret back, and keep what was there."""
    from autograders.grading import backup

    file = pathlib.Path(options.file)
    former = backup.restore(_course(), file, ROOT / backup.FOLDER)
    print(RESTORED.format(path=file))
    if former:
        print(FORMER.format(path=os.path.relpath(former)))


def similarity(options):
    """Show how much the answers overlap, as a page in build/similarity/."""
    from autograders.grading import rounds
    from autograders.reports import similarity

    submitted, status = rounds.submitted(_course()), 0
    for assignment in _names(options):
        try:
            path, skipped = similarity.report(submitted, assignment)
        except Refused as refused:  # the next assignment may have answers enough
            print(refused, file=sys.stderr)
            status = 1
            continue
        print(*skipped, sep="\n", end="\n" if skipped else "", file=sys.stderr)
        print(COMPARED.format(assignment=assignment, path=path.relative_to(ROOT)))
    return status


def prove(options):
    """Prove the grader on every listed mistake and right answer."""
    from autograders.authoring import proof

    return proof.run(_names(options), options.seeds or proof.SEEDS)


def mutants(options):
    """Change the reference everywhere a little: all changes must lose points."""
    from autograders.authoring import mutants

    return mutants.run(_names(options))


def missing(options):
    """Say what an assignment still lacks, one line each."""
    from autograders.authoring import audit

    status = 0
    for assignment in options.assignment or audit.names():
        found = list(audit.lacks(assignment))
        nothing = audit.NOTHING.format(assignment=assignment)
        print(*(map(str, found) if found else [nothing]), sep="\n")
        status = status or not all(each.optional for each in found)
    return int(status)


def sketch(options):
    """Write the first form of a new notebook into notebooks/."""
    from autograders.authoring import sketch

    for assignment in options.assignment:
        path = sketch.sketch(assignment).relative_to(ROOT)
        print(SKETCHED.format(assignment=assignment, path=path))


def demo(options):
    """Do the whole road on a sample class, in demo/."""
    from autograders import demo

    return demo.run(everyone=options.all)


def learn(options):
    """Put a copy of the notebooks into learn/, for whoever learns alone."""
    from autograders.authoring import learn

    for assignment in learn.copy():
        print(COPIED.format(assignment=assignment))
    return _jupyterlab(learn.FOLDER, options, "learn --open") if options.open else 0


def course(options):
    """Open JupyterLab with formgrader on the course."""
    from autograders import settings
    from autograders.grading import gradebook

    folder = pathlib.Path(options.folder).resolve()
    if not (folder / "nbgrader_config.py").is_file():
        raise Refused(NO_COURSE.format(folder=options.folder))
    if problem := settings.pattern_problem(folder):
        print(problem, file=sys.stderr)
    gradebook.check(settings.api(folder).coursedir.db_url)
    return _jupyterlab(folder, options, "course")


def _jupyterlab(folder, options, command):
    """Open JupyterLab on a folder, as a command of ours; return its exit status."""
    root = os.name == "posix" and os.geteuid() == 0
    if root and not options.allow_root:
        raise Refused(AS_ROOT.format(command=command))
    words = ["jupyter", "lab", f"--ServerApp.root_dir={folder}"]
    return subprocess.call([*words, "--allow-root"] if root else words, cwd=folder)


def _course(engine=None, by_nbgrader=False):
    """Return nbgrader's interface to the course; say first where nbgrader will find nothing.

    What only nbgrader can do, `by_nbgrader`, is not begun then.
    """
    from autograders import settings

    problem = settings.pattern_problem(ROOT)
    if problem and by_nbgrader:
        raise Refused(problem)
    if problem:
        print(problem, file=sys.stderr)
    return settings.api(ROOT, engine)


def _names(options):
    from autograders.course import catalogue

    return [catalogue.check_name(each) for each in options.assignment or catalogue.EXERCISES]


def _handed_in(options, api):
    """Return the assignments that are named, or else those that somebody has handed in."""
    from autograders.grading import rounds

    names, folder = _names(options), rounds.submitted(api)
    if options.student and not (folder / options.student).is_dir():
        known = [entry.name for entry in folder.glob("*")]
        near = difflib.get_close_matches(options.student, known, n=1)
        others = DID_YOU_MEAN.format(student=near[0]) if near else NAME_A_FOLDER
        raise Refused(UNKNOWN_STUDENT.format(student=options.student, others=others))
    if not options.assignment:
        found, strays = rounds.arrived(api, names, options.student or "*")
        names = [name for name in names if any(each.assignment == name for each in found)]
        if not names:
            raise Refused("\n".join(line for _, line in strays) or NOBODY)
    return names


def _write(notebooks):
    """Write notebooks of the course, once all of them could be made."""
    from autograders.course import lesson

    for assignment, notebook in notebooks.items():
        _say(lesson.write(notebook, lesson.path(assignment)), assignment)


def _say(written, what):
    print((CHANGED if written else UNCHANGED).format(what=what))
