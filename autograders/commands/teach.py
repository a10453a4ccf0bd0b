"""What an instructor runs with a class: release, grade, feedback, backup."""

import collections
import difflib
import functools
import os
import pathlib
import sys
import textwrap

from autograders import ROOT, Refused, handful
from autograders.commands.back import MAIL, handed_back
from autograders.commands.told import (
    assignments,
    folder_of,
    of_course,
    one_of,
    only_with,
    stock_course,
)

RELEASED = "{assignment}: released in release/{assignment}/"
GRADED = "{assignment}: {done} graded, {same} as before, {left} not graded"
WHO_IS_NOT = "{assignment}: {count} not graded: {names}. Why stands above the table."
NOTHING_GRADED = "{assignments}: nothing has been graded, so there is no page to make. Grade first."
PAGES = "{assignment}: {new} new, {renewed} renewed, {fresh} as before"
PAGES_FAILED = ", {failed} not made"
GRADING_STOPPED = "Stopped. What was graded is saved; grade again to go on with the rest."
REPORTED = "{path}: the class at a glance. It names students: keep it to yourself."
WRITTEN_OUT = (
    "{path}: all answers, to be read without this machine. The page saves a file of marks; "
    "`python -m autograders answers {assignment} --bring FILE` reads it back."
)
BROUGHT = "{saved} saved, {same} as before"
OTHERWISE = (
    "{count} not saved, because somebody has marked them since the page was written. "
    "Look at them, or add --replace to put these in their place."
)
SERVED = "{address}\nOpen this address. Each mark is saved at once; Ctrl-C ends it."
NOTED = "{assignment}: the feedback says so, too. `make feedback` makes its pages anew."
NOTE_GONE = "{assignment}: the feedback has no note any more. `make feedback` makes its pages anew."
FORESEEN = (
    "Nothing was written. {count} scores of {students} students would change, and the marks of "
    "{again} students for written answers would wait to be looked at again."
)
LOOK_AGAIN = (
    "{assignment}: the marks of {count} students for written answers wait to be looked at again: "
    "`python -m autograders answers {assignment}`. A digit confirms each."
)
NO_SUBMISSIONS = (
    "Name the ZIP file of submissions that {platform} gave out, with --zip: "
    "{platform} knows a page by the names in it."
)
RUBRIC = "{assignment}, {cell}: {points} points"
CRITERION = "{points}: {says}"
SAMPLE = "A sample: {text}"
NO_RUBRIC = (
    "{assignment} has no rubric. Write autograders/content/rubrics/{assignment}.py with RUBRICS."
)
WIDTH = 88
COMPARED = "{assignment}: {path}"
NOBODY = "Nobody has handed in. Put hand-ins into submitted/<student>/<assignment>/."
UNKNOWN_STUDENT = "There is no submitted/{student}/. {others}"
HANDED_IN_NOTHING = "{student} is in the course, and has handed in nothing."
DID_YOU_MEAN = "Did you mean {student!r}?"
NAME_A_FOLDER = "Name one of the folders in submitted/."


def release(options):
    """Make the class's release with nbgrader."""
    from autograders.grading import release

    how = {"language": options.language, "incomplete": options.incomplete}
    api = of_course(by_nbgrader=True, **how)
    for assignment in assignments(options):
        release.release(api, assignment)
        print(RELEASED.format(assignment=assignment))


def grade(options):
    """Grade what was handed in."""
    if (config := stock_course()) is not None:
        from autograders.stock import course

        return course.grade(config, ROOT, options, functools.partial(print, file=sys.stderr), print)
    from autograders.sandbox import launcher
    from autograders.sandbox.limits import Limits

    if options.engine != launcher.KERNEL and len(_new(ROOT)) == 1:
        launcher.begin(Limits())  # it imports in its box what it needs, while this process does

    from tqdm.auto import tqdm

    from autograders.course import lesson
    from autograders.grading import rounds

    api = of_course(options.engine)
    names, student = _handed_in(options, api, options.student), options.student or "*"
    for assignment in names:
        lesson.check_complete(assignment)  # refuses, before anybody's hand-in is looked at
    waiting = collections.Counter(each for each, _ in rounds.waiting(api, names, student))
    there = {assignment: waiting[assignment] for assignment in names}
    done: collections.Counter[str] = collections.Counter()
    same: collections.Counter[str] = collections.Counter()
    failing: dict[str, list[str]] = {}
    failed = stopped = False
    bar = tqdm(total=sum(there.values()), unit="hand-in", disable=not sys.stderr.isatty())
    say = functools.partial(bar.write, file=sys.stderr)
    how = options.force, options.workers, options.scheduler
    graded = rounds.grade(api, names, student, *how, say=say)
    with bar:
        try:
            for assignment, whose, problem in graded:
                bar.update(assignment != rounds.ASTRAY)
                done[assignment] += problem is None
                same[assignment] += problem == rounds.AS_BEFORE
                if problem:
                    failed = True
                    failing.setdefault(assignment, []).append(whose)
                    bar.write(problem, file=sys.stderr)
        except KeyboardInterrupt:
            graded.close()
            stopped = True
    there = {assignment: count for assignment, count in there.items() if count}
    for assignment, count in there.items():
        says = {"assignment": assignment, "done": done[assignment], "same": same[assignment]}
        print(GRADED.format(**says, left=count - done[assignment] - same[assignment]))
    if there:
        _print_table(api, {name: failing[name] for name in there if name in failing})
    if stopped:
        print(GRADING_STOPPED, file=sys.stderr)
        return 130
    return int(failed)


def _print_table(api, failing):
    """Print how the class stands, and below it, for the table is long, who could not be graded."""
    from autograders.grading import gradebook, standing
    from autograders.reports import overview
    from lab.judge.excerpt import printable

    with gradebook.opened(api) as book:
        print(*overview.lines(book, standing=standing.of_course(api.coursedir)), sep="\n")
    for assignment, students in failing.items():
        says = {"count": len(students), "names": handful(map(printable, sorted(students)))}
        print(WHO_IS_NOT.format(assignment=assignment, **says))


def regrade(options):
    """Grade all hand-ins again, and list whose score changed."""
    from autograders.grading import notes, regrade, rounds

    one_of("--dry-run", "--note", options.dry_run and options.note is not None)
    api = of_course()
    names = _handed_in(options, api)
    there = {assignment for assignment, _ in rounds.waiting(api, names)}
    say = functools.partial(print, file=sys.stderr)
    again: list[str] = []
    if options.dry_run:
        changes, problems, again = regrade.foresee(api, names, say=say)
    else:
        changes, problems = regrade.regrade(api, names, say=say)
    print(*problems, sep="\n", end="\n" if problems else "", file=sys.stderr)
    for assignment in names:
        mine = [str(change) for change in changes if change.assignment == assignment]
        if not mine and assignment in there:  # else a line has said that nobody has handed in
            mine = [regrade.NOTHING_CHANGED.format(assignment=assignment)]
        print(*mine, sep="\n", end="\n" if mine else "")
        if not options.dry_run and (open_ := regrade.to_look_at(api, assignment)):
            print(LOOK_AGAIN.format(assignment=assignment, count=len(open_)))
        if options.note is not None:
            notes.write(pathlib.Path(api.coursedir.root), assignment, options.note)
            print((NOTED if options.note.strip() else NOTE_GONE).format(assignment=assignment))
    if options.dry_run and there:
        students = {change.student for change in changes}
        print(FORESEEN.format(count=len(changes), students=len(students), again=len(again)))
    return int(bool(problems))


def feedback(options):
    """Make the feedback pages that are missing or older than the grades."""
    from tqdm.auto import tqdm

    from autograders.grading import pages

    for_platform = options.to not in (None, MAIL)
    only_with("--zip", options.zip, "--to canvas or --to moodle", for_platform)
    only_with("--template", options.template, "--to mail", options.to == MAIL)
    if for_platform and not options.zip:
        raise Refused(NO_SUBMISSIONS.format(platform=options.to.title()))
    api = of_course(by_nbgrader=True)
    there = {assignment: len(pages.waiting(api, assignment)) for assignment in assignments(options)}
    lacking = [assignment for assignment, count in there.items() if not count]
    if lacking and (options.assignment or len(lacking) == len(there)):
        raise Refused(NOTHING_GRADED.format(assignments=", ".join(lacking)))
    status = 0
    failed_pages: set[str] = set()
    for assignment, count in there.items():
        became: collections.Counter[str] = collections.Counter()
        bar = tqdm(total=count, unit="page", disable=not sys.stderr.isatty(), leave=False)
        with bar:
            for student, how, problem in pages.renew(api, assignment):
                bar.update()
                failed_pages |= {student} if problem else set()
                became["failed" if problem else how] += 1
                if problem:
                    bar.write(problem, file=sys.stderr)
        if count:
            counts = {how: became[how] for how in (pages.NEW, pages.RENEWED, pages.FRESH)}
            failed = PAGES_FAILED.format(failed=became["failed"]) if became["failed"] else ""
            print(PAGES.format(assignment=assignment, **counts) + failed)
            status = status or int(bool(failed))
        if count and options.to:
            status = handed_back(options, api, assignment, failed_pages) or status
    return status


def rubric(options):
    """Show by what the written answers are marked, with a sample answer to each."""
    from autograders.course.catalogue import EXERCISES, RUBRICS, check_name

    for assignment in options.assignment or [each for each in EXERCISES if each in RUBRICS]:
        if check_name(assignment) not in RUBRICS:
            raise Refused(NO_RUBRIC.format(assignment=assignment))
        for each in RUBRICS[assignment]:
            points = sum(criterion.points for criterion in each.criteria)
            print(RUBRIC.format(assignment=assignment, cell=each.cell, points=points))
            for criterion in each.criteria:
                says = CRITERION.format(points=criterion.points, says=criterion.says)
                print(_folded(says))
            print(_folded(SAMPLE.format(text=each.sample)), end="\n\n")


def _folded(text):
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def similarity(options):
    """Show how much the answers overlap, as a page in build/similarity/."""
    from autograders.grading import rounds
    from autograders.reports import similarity

    api = of_course()
    submitted, status = rounds.submitted(api), 0
    for assignment in _handed_in(options, api):
        try:
            path, skipped = similarity.report(submitted, assignment)
        except Refused as refused:  # the next assignment may have answers enough
            print(refused, file=sys.stderr)
            status = 1
            continue
        print(*skipped, sep="\n", end="\n" if skipped else "", file=sys.stderr)
        print(COMPARED.format(assignment=assignment, path=path.relative_to(ROOT)))
    return status


def report(options):
    """Show the class at a glance, as a page in build/report/."""
    from autograders.course import languages
    from autograders.grading import gradebook, standing
    from autograders.grading.preprocessors import AddKit
    from autograders.reports import report, works

    course = folder_of(options.course, "report --course")
    api = of_course(folder=course)
    graded = course / api.coursedir.autograded_directory
    with gradebook.opened(api) as book:
        class_ = works.read(book, graded, standing.of_course(api.coursedir), assignments(options))
    language = languages.check_name(options.language or AddKit(parent=api).language)
    print(REPORTED.format(path=os.path.relpath(report.write(class_, course, language))))


def demo(options):
    """Do the whole road on a sample class, in demo/."""
    from autograders import demo

    how = {"language": options.language, "incomplete": options.incomplete}
    return demo.run(everyone=options.all, **how)


def _new(course):
    """Return the folders of hand-ins that have not been graded before, at a glance."""
    graded = course / "autograded"
    return [
        each
        for each in course.glob("submitted/*/*")
        if not (graded / each.parent.name / each.name).exists()
    ]


def _handed_in(options, api, student=None):
    """Return the assignments that are named, or else those that somebody has handed in."""
    from autograders.collecting import roster
    from autograders.grading import rounds

    names, folder = assignments(options), rounds.submitted(api)
    if student and not (folder / student).is_dir():
        if student in roster.load(pathlib.Path(api.coursedir.root)):
            raise Refused(HANDED_IN_NOTHING.format(student=student))
        known = [entry.name for entry in folder.glob("*")]
        near = difflib.get_close_matches(student, known, n=1)
        others = DID_YOU_MEAN.format(student=near[0]) if near else NAME_A_FOLDER
        raise Refused(UNKNOWN_STUDENT.format(student=student, others=others))
    if not options.assignment:
        found, strays = rounds.arrived(api, names, student or "*")
        names = [name for name in names if any(each.assignment == name for each in found)]
        if not names:
            raise Refused("\n".join(line for _, line in strays) or NOBODY)
    return names


def answers(options):
    """Read the written answers to one question, with the keyboard alone."""
    from autograders.answers import desk, offline, server

    one_of("--bring", "--to", options.bring and options.to)
    only_with("--replace", options.replace, "--bring", options.bring)
    course = folder_of(options.course, f"answers {options.assignment} --course")
    table = desk.Desk(of_course(folder=course), options.assignment, names=options.names)
    if options.to:
        offline.write(table, pathlib.Path(options.to))
        print(WRITTEN_OUT.format(path=options.to, assignment=options.assignment))
        return 0
    if options.bring:
        brought = offline.bring(table, pathlib.Path(options.bring), replace=options.replace)
        print(*brought.problems, sep="\n", end="\n" if brought.problems else "", file=sys.stderr)
        print(BROUGHT.format(saved=brought.saved, same=brought.same))
        if brought.otherwise:
            print(OTHERWISE.format(count=brought.otherwise), file=sys.stderr)
        return int(bool(brought.otherwise or brought.problems))
    with server.Server(table, options.port) as running:
        print(SERVED.format(address=running.address), flush=True)
        running.serve_forever()
    return 0
