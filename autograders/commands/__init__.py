"""What each command does; the first line of its docstring is what ``--help`` says of it.

May touch the whole course, through the other rooms. Never imports the box.
"""

__all__ = ["author", "doctor", "gather", "keep", "lab", "maintain", "teach"]
