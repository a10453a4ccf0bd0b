"""Feedback given back: as a platform's upload takes it, or as mails."""

import os
import pathlib
import sys

MAIL = "mail"
HANDED_BACK = "build/feedback/{assignment}-{to}"
HAND_OUT = "{path}: {count} pages"


def handed_back(options, api, assignment, without):
    """Write an assignment's pages in the form that a platform or a mail program takes."""
    from autograders.exports import handback
    from autograders.grading import students

    course = pathlib.Path(api.coursedir.root)
    folder = course / api.coursedir.feedback_directory
    there = dict(handback.pages_of(folder, assignment))
    there = {student: page for student, page in there.items() if student not in without}
    known = students.known(api)
    target = course / HANDED_BACK.format(assignment=assignment, to=options.to)
    if options.to == MAIL:
        template = options.template and pathlib.Path(options.template)
        done = handback.mails(assignment, there, known, target, template)
    else:
        submitted, given = course / api.coursedir.submitted_directory, pathlib.Path(options.zip)
        says = (assignment, there, submitted, given, target.with_suffix(".zip"), known)
        done = handback.for_platform(options.to, *says)
    print(*done.problems, sep="\n", end="\n" if done.problems else "", file=sys.stderr)
    print(HAND_OUT.format(path=os.path.relpath(done.path), count=done.count))
    return int(bool(done.problems))
