"""What is translated so far: every pair of an English text and its translation."""

from autograders.authoring import guides
from autograders.course import languages
from autograders.course.catalogue import EXERCISES


def pairs(language):
    """Return (where, English, translation) for each translation that counts."""
    files = [languages.messages_file(language)]
    files += [languages.lesson_file(language, name) for name in EXERCISES]
    return of(files)


def guide_pairs(language):
    """Return the same of the guides."""
    return of([guides.catalogue_file(name, language) for name in guides.GUIDES])


def of(files):
    return [
        (f"{file.stem}: {entry.context or ''}", english, told)
        for file in files
        for entry in languages.read(file)
        if entry.id and languages.is_translated(entry) and not entry.fuzzy
        for english, told in forms(entry)
    ]


def forms(entry):
    if not entry.pluralizable:
        return [(entry.id, entry.string)]
    return [(entry.id[-1], form) for form in entry.string]
