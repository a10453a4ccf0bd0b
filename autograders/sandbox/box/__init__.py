"""The student's side of the wall: a warm parent that forks a notebook's process per hand-in.

These modules run inside the box and import nothing of the other rooms but the kit; the
parts that both sides speak are imported from outside, too.
"""

__all__ = [
    "frames",
]
