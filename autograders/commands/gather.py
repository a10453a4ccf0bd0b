"""What an instructor runs to have a class come in: roster, collect, deadline."""

import pathlib
import sys

from autograders import Refused, handful
from autograders.commands.told import of_course, one_of, only_with

IN_COURSE = "{count} in the course (roster.csv)."
NO_ROSTER = (
    "The course has no roster yet. Take in a platform's list: "
    "`python -m autograders roster students.csv`, or say --roster students.csv."
)
LEFT = "{count} have left: {names}."
ADDED = "{count} new: {names}."
NOT_IN_FILE = (
    "{count} in the course, and not in {file}: {names}. Who has left is taken out with --out ID."
)
STILL_OUT = "{count} in {file} stay out: {names}. --back ID puts one back."
UNKNOWN_COLUMNS = (
    "{count} columns of {file} are not known and were not used: {names}. "
    "Say what one is with --column 'TITLE=FIELD', or leave it."
)
NOT_IN_ROSTER = "{count} in submitted/ and not in the roster: {names}."
OF_ASSIGNMENT = (
    "{assignment}: {graded} graded, {waiting} not graded, {refused} refused, {late} late."
)
NOTHING = "{assignment}: nothing handed in by {count}: {names}."

COLLECTED = "{assignment}: {new} collected, {same} as before, {replaced} replaced, {left} left."
NOT_COLLECTED = "{file}: nothing was collected, for it is not certain whose {count} hand-ins are."
UNMATCHED = "{assignment}: {count} not in the roster, left where they are: {names}."
OUT = "{assignment}: {count} have left, and were not collected: {names}."
HAS_ANOTHER = (
    "{assignment}: {count} have another hand-in in submitted/: {names}. "
    "--update takes the new one, and keeps the one before in submitted/.former/."
)
IS_OLDER = "{assignment}: {count} are older than what is in submitted/, and were left: {names}."
LATE = "{assignment}: {count} late: {names}."
LATE_BY = "{student} by {by}"
LATE_UNKNOWN = "{student} (how much is not known, so 1 second)"
LATE_WITHOUT_DUE = "{student} (how much is not known)"
NO_DUE_DATE = (
    "{assignment}: no due date here, so being late costs nothing. Set it with "
    "`python -m autograders deadline {assignment} --due '2026-03-01 23:59 +01:00'`, "
    "then collect again."
)
LATE_AND_LONGER = (
    "{assignment}: {count} late by the platform, and with more time here, so counted as 1 second "
    "after that: {names}. If the platform does not know of the extension, write the time into "
    "submitted/<student>/{assignment}/timestamp.txt."
)
MISSING = "{assignment}: {count} in the course without a hand-in: {names}."
NO_ZONE = (
    "{file} says when hand-ins came, but in no time zone, so that was not used. "
    "Say --zone Europe/Berlin, as it is set on the platform."
)

DUE = "{assignment}: due at {due}."
NONE_RELEASED = "No assignment has been released yet, so none has a due date."
NEVER_DUE = "{assignment}: no due date."
EXTENDED = "{assignment}: due at {due} for {student}."
MOVED = "{count} extensions of {assignment} moved along with it: {names}."
WHICH = "Say which assignment, one of: {names}."


def roster(options):
    """Show who is in the course and what they lack; take in a platform's list of students."""
    from autograders.collecting import roster
    from autograders.grading import students

    only_with("--column", options.column, "a list of students", options.file)
    api = of_course()
    root = pathlib.Path(api.coursedir.root)
    people = roster.load(root)
    if options.file:
        change = _taken_in(people, options.file, options.column)
        people = change.roster
    people = roster.mark(people, options.out, out=True)
    people = roster.mark(people, options.back, out=False)
    if not people:
        raise Refused(NO_ROSTER)
    if options.file or options.out or options.back:
        roster.save(root, people)
        students.enter(api, (each for each in people.values() if not each.out))
    _show(api, people)


def collect(options):
    """Put a learning platform's ZIP file of submissions into submitted/."""
    from autograders.collecting import collect, roster
    from autograders.course import catalogue, dates
    from autograders.grading import deadlines, rounds, students

    if options.assignment:
        catalogue.check_name(options.assignment)
    only_with("--insist", options.insist, "--assignment", options.assignment)
    only_with("--column", options.column, "--roster", options.roster)
    if options.zone and not dates.is_zone(options.zone):
        raise Refused(
            dates.UNKNOWN_ZONE.format(text=options.zone, zone=options.zone, how=dates.HOW)
        )
    api = of_course()
    root = pathlib.Path(api.coursedir.root)
    people, rows = roster.load(root), {}
    if options.roster:
        change = _taken_in(people, options.roster, options.column)
        people, rows = change.roster, change.rows
    if not people:
        raise Refused(NO_ROSTER)
    report = collect.collect(
        rounds.submitted(api),
        pathlib.Path(options.file),
        people,
        platform=options.platform,
        assignment=options.assignment,
        insist=options.insist,
        rows=rows,
        zone=options.zone or dates.NONE,
        due=deadlines.when(api),
        update=options.update,
    )
    if options.roster and not report.matched.ambiguous:
        roster.save(root, people)
        students.enter(api, (each for each in people.values() if not each.out))
    if any(_is_time(row) for row in rows.values()) and not options.zone:
        print(NO_ZONE.format(file=pathlib.Path(options.roster).name), file=sys.stderr)
    _, longer = deadlines.listed(api).get(report.assignment, (None, {}))
    return _report(report, pathlib.Path(options.file), longer)


def deadline(options):
    """Show or set when an assignment is due, for all or for one student."""
    from autograders.course import catalogue, dates
    from autograders.grading import deadlines

    api = of_course()
    assignment, text = options.assignment, options.due
    if assignment:
        catalogue.check_name(assignment)
    one_of("--due", "--none", text is not None and options.none)
    told = text is not None or options.none
    only_with("--student", options.student, "--due or --none", told)
    only_with("--zone", options.zone, "--due", text is not None)
    if told and not assignment:
        raise Refused(WHICH.format(names=", ".join(catalogue.EXERCISES)))
    if told:
        moment = None if options.none else dates.read(text, options.zone or dates.NONE)
        if options.student:
            deadlines.extend(api, assignment, options.student, moment)
        elif moved := deadlines.give(api, assignment, moment):
            says = {"assignment": assignment, "count": len(moved), "names": handful(moved)}
            print(MOVED.format(**says))
    there = deadlines.listed(api)
    if assignment and assignment not in there:
        raise Refused(deadlines.NOT_RELEASED.format(assignment=assignment))
    if not there:
        print(NONE_RELEASED)
    for each, (due, extended) in there.items():
        if assignment not in (None, each):
            continue
        says = {"assignment": each}
        print(DUE.format(**says, due=dates.written(due)) if due else NEVER_DUE.format(**says))
        for student, until in sorted(extended.items()):
            print(EXTENDED.format(**says, due=dates.written(until), student=student))


def _taken_in(people, file, told):
    """Return what a platform's list makes of the roster, and say what a person has to know."""
    from autograders.collecting import columns, roster

    sheet = columns.read(pathlib.Path(file), dict(each.rsplit("=", 1) for each in told))
    change = roster.change(people, sheet)
    says = {"file": sheet.file}
    if sheet.unknown:
        _warn(UNKNOWN_COLUMNS, sheet.unknown, **says)
    for line in change.lines:
        print(line, file=sys.stderr)
    if people:
        _warn(ADDED, change.added)
        _warn(NOT_IN_FILE, change.missing, **says)
    _warn(STILL_OUT, change.still_out, **says)
    return change


def _show(api, people):
    """Print who is in the course, and how far each assignment has come."""
    from autograders.course.catalogue import EXERCISES
    from autograders.grading import gradebook, standing

    stands = standing.of_course(api.coursedir)
    here = {each.id for each in people.values() if not each.out}
    print(IN_COURSE.format(count=len(here)))
    _warn(LEFT, stands.out, to=sys.stdout)
    found = {student for _, student in (*stands.arrived, *stands.refused)}
    _warn(NOT_IN_ROSTER, found - {*people}, to=sys.stdout)
    with gradebook.opened(api) as book:
        for assignment in EXERCISES:
            graded, late = gradebook.handed_in(book, assignment)
            refused = {each for name, each in stands.refused if name == assignment} & here
            waiting = {each for each in here - graded if stands.waits(assignment, each)}
            if not graded | refused | waiting:
                continue
            counts = {"graded": len(graded & here), "late": len(late & here)}
            says = {"assignment": assignment, **counts, "refused": len(refused)}
            print(OF_ASSIGNMENT.format(**says, waiting=len(waiting)))
            for each in sorted(refused):
                print(f"  {stands.refused[assignment, each]}")
            nothing = here - graded - refused - waiting
            _warn(NOTHING, nothing, to=sys.stdout, assignment=assignment)


def _report(report, file, longer):
    """Print what came of a ZIP file; return 1 where a person has to do something, else 0."""
    from autograders.collecting import placing

    says, matched = {"assignment": report.assignment}, report.matched
    for line in (*matched.ambiguous, *report.lines):
        print(line, file=sys.stderr)
    if matched.ambiguous:
        count = len(matched.ambiguous)
        print(NOT_COLLECTED.format(file=file.name, count=count), file=sys.stderr)
        return 1
    kinds = (placing.NEW, placing.SAME, placing.REPLACED, placing.OTHER, placing.OLDER)
    new, same, replaced, other, older = (
        [student for student, became in report.became.items() if became == kind] for kind in kinds
    )
    left = len(other) + len(older) + len(matched.unmatched) + len(matched.out)
    counts = {"new": len(new), "same": len(same), "replaced": len(replaced), "left": left}
    print(COLLECTED.format(**says, **counts))
    late = {each: time for each, time in report.times.items() if time.late}
    _warn(LATE, (_late(each, time) for each, time in late.items()), to=sys.stdout, **says)
    unsure = (each for each, time in late.items() if time.at and not time.sure and each in longer)
    _warn(LATE_AND_LONGER, unsure, **says)
    if any(not time.at for time in late.values()):
        print(NO_DUE_DATE.format(**says), file=sys.stderr)
    _warn(MISSING, report.missing, to=sys.stdout, **says)
    _warn(HAS_ANOTHER, other, **says)
    _warn(IS_OLDER, older, **says)
    _warn(OUT, matched.out, **says)
    _warn(UNMATCHED, matched.unmatched, **says)
    return int(bool(other or matched.unmatched))


def _late(student, time):
    if not time.at:
        return LATE_WITHOUT_DUE.format(student=student)
    if not time.sure:
        return LATE_UNKNOWN.format(student=student)
    return LATE_BY.format(student=student, by=time.by)


def _warn(what, names, to=None, **says):
    """Say how many it is about, and name a handful."""
    from lab.judge.excerpt import printable

    names = [getattr(each, "id", each) for each in names]
    if names:
        text = what.format(count=len(names), names=handful(map(printable, sorted(names))), **says)
        print(text, file=to or sys.stderr)


def _is_time(row):
    return row.get("submitted", "-") not in ("", "-")
