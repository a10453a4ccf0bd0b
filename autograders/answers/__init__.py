"""Reading the written answers to one question: all of them on one page, with the keyboard alone.

It reads graded notebooks and writes marks and comments into the gradebook; what is being typed is
kept in build/. It may listen on this machine's own address, for whoever knows its token. It never
runs anything that a student wrote, and never shows it as HTML.
"""

__all__ = ["desk", "offline", "server"]
