"""What a course is, and how it is read: exercises, reference, notebooks, kit, dates.

It touches notebooks/, source_ref/ and lab/ to read them, and writes only where it is told to.
It never imports content, which `catalogue` loads by name, and runs no hand-in.
"""

__all__ = [
    "assignment",
    "cases",
    "catalogue",
    "dates",
    "exercise",
    "kit",
    "languages",
    "lesson",
    "paragraphs",
    "reference",
    "rubric",
    "stubs",
    "study",
]
