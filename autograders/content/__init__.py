"""What this course asks: exercises, mistakes, other right answers, hints, studies, rubrics.

It touches nothing, and is the only room that names a notebook, a function or a mistake. It never
imports what grades; everybody else reaches it by name, through `autograders.course.catalogue`.
"""
