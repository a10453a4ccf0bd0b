"""Hand-ins whose file is no notebook, or not the one that was asked for."""

import codecs
import json
import os
import pathlib
import socket

import nbformat

from tests.hostile.handins import BROKEN, HandIn, instead, text_of, together

NO_FILE = r"no plain file|not a plain file|link"
NO_NOTEBOOK = r"is no notebook|no notebook"
TOO_LARGE = r"bytes|too large"
NEIGHBOUR = "a-neighbour"
"""A student of every class, whose hand-in is right."""


def link_to_the_neighbour(path, notebook):
    path.symlink_to(pathlib.Path("../..") / NEIGHBOUR / path.parent.name / path.name)


def folder_is_a_link(folder, notebook):
    """Put a link to the neighbour's hand-in in place of the whole folder."""
    for entry in sorted(folder.rglob("*"), reverse=True):
        entry.rmdir() if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    folder.rmdir()
    folder.symlink_to(pathlib.Path("..") / NEIGHBOUR / folder.name)
    return True


def a_socket(path, notebook):
    here = os.getcwd()
    try:
        os.chdir(path.parent)  # a socket's path has to be short
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path, notebook):
    with path.open("wb") as file:
        file.truncate(3 * 2**40 // 1000)


def large(path, notebook):
    """Sixty million bytes of honest JSON: one picture after the other."""
    notebook.metadata["pictures"] = ["A" * 1_000_000] * 60
    path.write_text(text_of(notebook))


def text(content, encoding="utf-8"):
    """Write a text that does not depend on the notebook."""
    return instead(lambda path, notebook: path.write_text(content, encoding=encoding))


def as_bytes(change):
    """Write the notebook's text after a change of its bytes."""

    def make(path, notebook):
        path.write_bytes(change(text_of(notebook).encode()))

    return instead(make)


def other_assignment(path, notebook):
    """Hand in the dropout notebook under the name of this one."""
    dropout = path.parents[3] / "notebooks" / "dropout" / "dropout.ipynb"
    path.write_bytes(dropout.read_bytes())


def renamed(name):
    return instead(lambda path, notebook: path.with_name(name).write_text(text_of(notebook)))


def copy_beside(name):
    def prepare(folder, notebook):
        (folder / name).write_text(text_of(notebook))

    return prepare


def version_3(path, notebook):
    path.write_text(nbformat.writes(nbformat.convert(notebook, 3), version=3))


def version_4_0(path, notebook):
    """The format of 2015: cells have no ids."""
    notebook.nbformat_minor = 0
    for cell in notebook.cells:
        del cell["id"]
    path.write_text(text_of(notebook))


def version(major, minor):
    def make(path, notebook):
        notebook.update(nbformat=major, nbformat_minor=minor)
        path.write_text(text_of(notebook))

    return instead(make)


def unreadable(path, notebook):
    path.write_text(text_of(notebook))
    path.chmod(0)


def pipe(path, notebook):
    os.mkfifo(path)


def broken(name, says, prepare, points=None, refused=NO_NOTEBOOK, **others):
    return HandIn(name, BROKEN, says, prepare, points, refused, **others)


def graded(name, says, prepare, **others):
    return HandIn(name, BROKEN, says, prepare, **others)


HAND_INS = [
    broken(
        "notebook-is-a-link-to-another-students",
        "a link to a classmate's notebook in place of the notebook",
        instead(link_to_the_neighbour),
        refused=NO_FILE,
    ),
    broken(
        "folder-is-a-link-to-another-students",
        "a link to a classmate's hand-in in place of the folder",
        folder_is_a_link,
        refused=NO_FILE,
    ),
    broken(
        "notebook-is-a-link-to-a-private-file",
        "a link into the instructor's home in place of the notebook",
        instead(lambda path, notebook: path.symlink_to("../../../../home/notes.txt")),
        refused=NO_FILE,
    ),
    broken(
        "notebook-is-a-link-to-itself",
        "a link to itself in place of the notebook",
        instead(lambda path, notebook: path.symlink_to(path.name)),
        refused=NO_FILE,
    ),
    broken(
        "notebook-is-an-endless-device",
        "a link to /dev/zero in place of the notebook",
        instead(lambda path, notebook: path.symlink_to("/dev/zero")),
        refused=NO_FILE,
    ),
    broken("notebook-is-a-pipe", "a pipe in place of it", instead(pipe), refused=NO_FILE),
    broken("notebook-is-a-socket", "a socket in place of it", instead(a_socket), refused=NO_FILE),
    broken(
        "notebook-is-a-folder",
        "a folder in place of the notebook",
        instead(lambda path, notebook: path.mkdir()),
        refused=NO_FILE,
    ),
    broken(
        "notebook-is-sparse",
        "a file of 3 GB without content in place of the notebook",
        instead(sparse),
        refused=TOO_LARGE,
    ),
    broken(
        "notebook-is-giant",
        "a notebook of 60 million bytes",
        instead(large),
        points=16,
        refused=TOO_LARGE,
    ),
    broken(
        "notebook-cannot-be-read",
        "a file that the grading account may not open",
        instead(unreadable),
        refused=r"no notebook|cannot be read|not be read|permission",
    ),
    broken("notebook-is-empty", "a file of no bytes", text("")),
    broken("notebook-is-blank", "a file of spaces", text(" \n" * 100)),
    broken("notebook-is-cut-off", "an upload that stopped half way", as_bytes(lambda b: b[:3000])),
    broken("notebook-is-a-picture", "bytes of a PNG", as_bytes(lambda b: b"\x89PNG\r\n\x1a\n" * 9)),
    broken(
        "notebook-is-a-web-page",
        "the log-in page of the course's site, saved as the notebook",
        text("<!DOCTYPE html><html><body>Please log in</body></html>"),
    ),
    broken(
        "notebook-is-a-script", "plain Python", text("def compute_cost(A3, Y):\n    return 0\n")
    ),
    broken("notebook-is-a-list", "JSON, but a list", text("[]")),
    broken("notebook-is-another-json", "JSON, but no notebook", text('{"cells": 3, "a": [1]}')),
    broken("notebook-nests-deeply", "100,000 brackets", text("[" * 100_000 + "]" * 100_000)),
    broken(
        "notebook-has-a-giant-number",
        "a version of a million digits",
        text('{"nbformat": ' + "9" * 1_000_000 + ', "cells": [], "metadata": {}}'),
    ),
    broken(
        "notebook-of-a-later-format",
        "a format that is not there yet",
        version(5, 0),
        points=16,
    ),
    broken(
        "another-assignments-notebook",
        "the dropout notebook under this one's name",
        instead(other_assignment),
        refused=r"no exercise|right notebook|another assignment",
    ),
    broken(
        "notebook-is-renamed",
        "the browser's name for a second download",
        renamed("overfitting (1).ipynb"),
        points=16,
        refused=r"overfitting \(1\)\.ipynb",
    ),
    broken(
        "notebook-is-capitalised",
        "a name with a capital letter",
        renamed("Overfitting.ipynb"),
        points=16,
        refused=r"Overfitting\.ipynb",
    ),
    broken(
        "name-colours-the-terminal",
        "a file name with control characters, new lines and HTML",
        renamed("\x1b[2J\x1b[31m\nall right: 16 <script>alert(1)<\u2028script>.ipynb"),
        points=16,
        refused=r"no overfitting\.ipynb",
    ),
    broken(
        "nothing-but-the-kit",
        "a folder without a notebook",
        instead(lambda path, notebook: None),
        refused=r"no overfitting\.ipynb",
    ),
    graded("copy-beside-it", "two notebooks, one a copy", copy_beside("overfitting-Copy1.ipynb")),
    graded(
        "checkpoint-beside-it",
        "an old version in .ipynb_checkpoints and a junk notebook",
        together(
            lambda folder, notebook: (folder / ".ipynb_checkpoints").mkdir(),
            copy_beside(".ipynb_checkpoints/overfitting-checkpoint.ipynb"),
            lambda folder, notebook: (folder / "junk.ipynb").write_text("{"),
        ),
    ),
    graded("byte-order-mark", "UTF-8 with a mark", as_bytes(lambda b: codecs.BOM_UTF8 + b)),
    graded(
        "utf-16",
        "UTF-16, as some editors save",
        as_bytes(lambda b: b.decode().encode("utf-16")),
        refused=NO_NOTEBOOK,
    ),
    graded("windows-line-ends", "CRLF in the file", as_bytes(lambda b: b.replace(b"\n", b"\r\n"))),
    graded(
        "windows-line-ends-in-cells",
        "CRLF in every cell",
        as_bytes(lambda b: b.replace(b"\\n", b"\\r\\n")),
    ),
    graded("format-3", "the notebook format of 2013", instead(version_3)),
    graded("format-4-0", "the notebook format of 2015", instead(version_4_0)),
    graded("format-4-99", "a minor version that is not there yet", version(4, 99)),
    graded(
        "one-line-of-json",
        "all on one line, keys in another order",
        instead(
            lambda path, notebook: path.write_text(
                json.dumps(dict(reversed(list(notebook.items()))), separators=(",", ":"))
            )
        ),
    ),
]
