"""What an author runs: stubs, outputs, examples, results."""

import sys

from autograders import ROOT, Refused
from autograders.commands.told import assignments

UNCHANGED, CHANGED = "{what}: unchanged", "{what}: written"
NO_STUDY = (
    "There is no autograders/content/studies/{assignment}.py with STUDIES, "
    "so there is nothing to measure."
)
SKETCHED = "{assignment}: sketched in {path}"
FILLED = "{assignment}: filled in {path}"
PAGE = "{path}: written"


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


def derive(options):
    """Write the stubs and given functions of source_ref into notebooks/."""
    from autograders.course import lesson

    _write({n: lesson.derived(lesson.read(lesson.path(n)), n) for n in assignments(options)})


def fill(options):
    """Write filled notebooks into build/filled/."""
    from autograders.authoring import outputs

    for assignment in assignments(options):
        print(FILLED.format(assignment=assignment, path=outputs.fill(assignment).relative_to(ROOT)))


def store(options):
    """Run filled notebooks and store their outputs in notebooks/, or those of a language."""
    from autograders.authoring import outputs
    from autograders.course import languages

    language = languages.check_name(options.language or languages.ENGLISH)
    names = assignments(options)
    if language == languages.ENGLISH:
        return _write({assignment: outputs.stored(assignment) for assignment in names})
    for assignment in names:
        file = outputs.told_file(assignment, language)
        _say(outputs.write_told(assignment, language), file.relative_to(ROOT))
    return None


def site(options):
    """Write the lessons as web pages into build/site/ (a minute)."""
    from autograders.authoring import site

    for file in site.build(assignments=assignments(options)):
        print(PAGE.format(path=file.relative_to(ROOT)))


def translate(options):
    """Take out what is to be translated, merge it into a language, and say what is missing."""
    from autograders.authoring import translate
    from autograders.course import languages

    for language in options.language or languages.names()[1:]:
        print(*translate.merge(language), sep="\n")


def examples(options):
    """Make lab/examples from source_ref."""
    from autograders.authoring import examples

    for assignment in assignments(options):
        _say(examples.write(assignment), f"lab/examples/{assignment}.json")


def results(options):
    """Make lab/results from source_ref: every model on 40 draws (minutes)."""
    from autograders.authoring import results
    from autograders.course.catalogue import STUDIES

    names = assignments(options)
    for assignment in names if options.assignment else STUDIES:
        if assignment not in STUDIES:
            raise Refused(NO_STUDY.format(assignment=assignment))
        _say(
            results.write(assignment, silent=not sys.stderr.isatty()),
            f"lab/results/{assignment}.json",
        )


def _write(notebooks):
    """Write notebooks of the course, once all of them could be made."""
    from autograders.course import lesson

    for assignment, notebook in notebooks.items():
        _say(lesson.write(notebook, lesson.path(assignment)), assignment)


def _say(written, what):
    print((CHANGED if written else UNCHANGED).format(what=what))
