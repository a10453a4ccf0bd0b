"""Canaries: secrets that must not leak, things that must not change, services nobody may reach."""

import contextlib
import hashlib
import json
import os
import pathlib
import secrets
import socket
import sqlite3
import subprocess
import threading

from autograders import ROOT
from tests.hostile.files import NEIGHBOUR
from tests.hostile.handins import PLANTED, WORKED
from tests.hostile.spy import ABSTRACT, PORT

KINDS = ("environment", "home", "gradebook", "neighbour", "reference", "secret", "memory",
         "descriptor", "wire")  # fmt: skip
"""Where a secret text stands."""

CHANGED, GONE, DIED = "{what} was changed", "{what} is gone", "a process of others was killed"
CONNECTED = "somebody connected to a service of this machine and said {said!r}"
LEFT_FILE, LEFT_PROCESS = "left behind: {path}", "left running: {name} ({pid})"

READ_AT_MOST = 20_000_000


class Canaries:
    """The canaries of one trial.

    Parameters
    ----------
    course : pathlib.Path
        The folder of the course, with source_ref in it.
    home : pathlib.Path
        The instructor's home.
    """

    def __init__(self, course, home):
        self.course, self.home = course, home
        self.texts = {}
        self.heard, self.kept, self.process = [], {}, None

    def settle(self, known):
        """Put the secrets into files, before anything reads the reference.

        Parameters
        ----------
        known : pathlib.Path
            Where their texts are kept; if they are there, they stand in the files.
        """
        if known.exists():
            self.texts = json.loads(known.read_text())
            return
        self.texts = {kind: f"canary-{kind}-{secrets.token_hex(8)}" for kind in KINDS}
        self.texts["secret"] = secrets.token_hex(32)  # what a course's secret looks like
        known.write_text(json.dumps(self.texts))
        for module in (self.course / "source_ref").glob("*.py"):
            text = module.read_text(encoding="utf-8")
            module.write_text(f"{text}\n\n# {self.texts['reference']}\n", encoding="utf-8")
        secret = self.course / ".course_secret"
        secret.write_text(self.texts["secret"] + "\n")
        secret.chmod(0o600)
        for name in ("notes.txt", ".ssh/id_ed25519", ".local/share/jupyter/runtime/kernel-7.json"):
            file = self.home / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"key": self.texts["home"], "shell_port": PORT}))

    def watch(self):
        """Remember the files that must not change, and start the services and the process."""
        for folder in ("source_ref", "lab", "autograders", "notebooks", "release", "submitted"):
            for file in _files(self.course / folder):
                if not file.is_symlink() and "__pycache__" not in file.parts:
                    self.kept[file] = _digest(file)
        for file in (self.course / ".course_secret", self.course / "nbgrader_config.py"):
            self.kept[file] = _digest(file)
        for file in _files(self.home):
            self.kept[file] = _digest(file)
        self.process = subprocess.Popen(["sleep", "infinity"])
        listening = socket.create_server(("127.0.0.1", PORT))
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind(("127.0.0.1", PORT))
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(f"\0{ABSTRACT}")
        unix.listen()
        for serve, line in ((self._accept, listening), (self._accept, unix),
                            (self._receive, datagrams)):  # fmt: skip
            threading.Thread(target=serve, args=(line,), daemon=True).start()

    def _accept(self, server):
        while True:
            line, _ = server.accept()
            with line, contextlib.suppress(OSError):
                line.settimeout(1)
                line.sendall(self.texts["wire"].encode())
                self.heard.append("")
                self.heard[-1] = line.recv(100).decode("utf-8", "replace")

    def _receive(self, datagrams):
        while True:
            said, sender = datagrams.recvfrom(100)
            self.heard.append(said.decode("utf-8", "replace"))
            datagrams.sendto(self.texts["wire"].encode(), sender)

    def damage(self):
        """Return, as lines, what was changed, killed, reached or left behind outside."""
        lines = []
        for file, digest in self.kept.items():
            if not os.path.lexists(file):
                lines.append(GONE.format(what=self._short(file)))
            elif _digest(file) != digest:
                lines.append(CHANGED.format(what=self._short(file)))
        if self.process.poll() is not None or _state(self.process.pid) in "TZ":
            lines.append(DIED)
        lines += [CONNECTED.format(said=said) for said in self.heard]
        lines += [LEFT_FILE.format(path=self._short(file)) for file in self._planted()]
        lines += self._left_running()
        return [*lines, *self._gradebook_damage()]

    def leaks(self, student, assignment):
        """Return, sorted, what should not stand in what is written for a student.

        Secrets by their kind; "worked" where an attack reported success; "planted"
        where a file that was handed in or left came along.
        """
        found = set()
        for folder in ("autograded", "feedback"):
            for file in _files(self.course / folder / student / assignment):
                found |= self.found_in(file)
        return sorted(found)

    def found_in(self, file):
        """Return what of the canaries stands in a file."""
        try:
            with open(file, "rb") as opened:
                data = opened.read(READ_AT_MOST)
        except OSError:
            return set()
        texts = {**self.texts, "worked": WORKED, "planted": PLANTED}
        return {kind for kind, text in texts.items() if text.encode() in data}

    def _planted(self):
        """Return files with the mark of an attack outside of what was handed in."""
        places = [self.home, pathlib.Path("/tmp"), pathlib.Path("/var/tmp"),
                  pathlib.Path("/dev/shm"), self.course]  # fmt: skip
        passed = {self.course / name for name in ("submitted", "autograded", "feedback", "tests")}
        passed |= {self.course.parent, ROOT}  # the checkout may lie below /tmp
        for place in places:
            for file in _files(place, passed):
                if file not in self.kept and "planted" in self.found_in(file):
                    yield file

    def _left_running(self):
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                name = (folder / "comm").read_text().strip()
                if name == "left-behind":
                    yield LEFT_PROCESS.format(name=name, pid=folder.name)

    def _gradebook_damage(self):
        """Look at the neighbour's row with SQLite alone."""
        file = self.course / "gradebook.db"
        try:
            with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base:
                row = base.execute("select first_name from student where id = ?", (NEIGHBOUR,))
                if row.fetchone() != (self.texts["gradebook"],):
                    yield CHANGED.format(what="a name in the gradebook")
                if base.execute("select 1 from sqlite_master where name = 'owned'").fetchone():
                    yield CHANGED.format(what="the list of the gradebook's tables")
        except sqlite3.Error as error:
            yield f"the gradebook cannot be read: {error}"

    def _short(self, file):
        return str(file).replace(f"{self.course}/", "").replace(f"{self.home}/", "~/")


def _files(folder, without=()):
    """Yield the plain files below a folder; links that are files are followed, folders not."""
    for path, below, names in os.walk(folder):
        here = pathlib.Path(path)
        below[:] = [name for name in below if here / name not in without]
        for name in names:
            if os.path.isfile(here / name):  # False too where the path is too long
                yield here / name


def _digest(file):
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.stat().st_size < 1e8 else ""
    except OSError:
        return None


def _state(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except OSError:
        return "Z"
