"""Attacks that read or change files that are not theirs."""

from tests.hostile.handins import ATTACK, HandIn, file, together, undone
from tests.hostile.spy import attack, cheat, spy

READ = """
for course in courses():
    import glob
    for path in glob.glob(course + {pattern!r}, recursive=True):
        look(path)
"""


def reads(name, what, pattern):
    return attack(name, f"reads {what}", READ.format(pattern=pattern))


WRITE_GRADEBOOK = """
import sqlite3
for course in courses():
    try:
        base = sqlite3.connect(course + "/gradebook.db", timeout=2)
        base.execute("create table owned (x)")
        base.execute("update student set first_name = 'owned'")
        base.execute("update grade set auto_score = 0, manual_score = 99, extra_credit = 99")
        base.commit()
        worked(course)
    except sqlite3.Error as error:
        print(error)
"""
NBGRADER = """
from nbgrader.api import Gradebook
for course in courses():
    try:
        with Gradebook("sqlite:///" + course + "/gradebook.db") as gradebook:
            for student in gradebook.students:
                tell(f"{student.first_name} {student.last_name}")
                student.first_name = "owned"
            for submission in gradebook.assignment_submissions("overfitting"):
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        grade.extra_credit = 50
            gradebook.db.commit()
    except Exception as error:
        print(error)
"""
DELETE = """
import shutil
for course in courses():
    for name in ("gradebook.db", ".course_secret", "nbgrader_config.py"):
        try:
            os.remove(os.path.join(course, name))
        except OSError:
            pass
    for name in ("autograded", "feedback", "submitted", "source_ref", "release"):
        shutil.rmtree(os.path.join(course, name), ignore_errors=True)
"""
CHANGE_OTHERS = """
import glob
for course in courses():
    for path in glob.glob(course + "/submitted/*/*/*.ipynb"):
        try:
            with open(path, "a") as other:
                other.write(" ")
            worked(path)
        except OSError:
            pass
"""
COPY_ANSWERS = """
import glob, json
for course in courses():
    for path in glob.glob(course + "/submitted/*neighbour*/overfitting/*.ipynb"):
        for cell in json.load(open(path))["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("solution") and cell["cell_type"] == "code":
                get_ipython().input_transformers_cleanup.append(
                    lambda lines, source="".join(cell["source"]): (
                        source.splitlines(keepends=True)
                        if lines and source.splitlines()[0] == lines[0].rstrip() else lines))
"""
HIJACK = """
import {module}

class Answers(dict):
    pass

def stolen(name):
    return getattr({module}, name)

def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    if match and hasattr({module}, match[1]):
        worked(match[1])
        return [f"from {module} import {{match[1]}}\\n"]
    return lines

get_ipython().input_transformers_cleanup.append(transform)
"""
IMPORT = """
for course in courses():
    sys.path.insert(0, course)
"""
AUTOGRADERS = """
import autograders.content.exercises
from autograders.course import reference

def transform(lines):
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    if match:
        worked(match[1])
        return reference.source("overfitting", match[1]).splitlines(keepends=True)
    return lines

get_ipython().input_transformers_cleanup.append(transform)
"""
LINKS = """
for course in courses():
    for number, name in enumerate(("gradebook.db", "submitted/a-neighbour", ".course_secret")):
        for make in (os.symlink, os.link):
            try:
                make(os.path.join(course, name), f"notes-{number}-{make.__name__}.txt")
            except OSError:
                pass
"""
REWRITE = """
import glob
for course in courses():
    for path in glob.glob(course + "/submitted/rewrites-its-own-hand-in/*/*.ipynb"):
        try:
            text = open(path).read()
            open(path, "w").write(text.replace("share = None", "share = np.mean(predictions == Y)"))
            open(os.path.dirname(path) + "/timestamp.txt", "w").write("2020-01-01 00:00:00 UTC")
            worked(path)
        except OSError:
            pass
"""
ANSWERS = """
import lab.judge.examples

def remembers(name):
    cases = lab.judge.examples.all_exercises()[name].cases
    def function(*arguments, **named):
        given = [*arguments, *named.values()]
        for case in cases:
            if all(np.array_equal(a, b) if not isinstance(a, dict) else a.keys() == b.keys()
                   and all(np.array_equal(a[k], b[k]) for k in a)
                   for a, b in zip(case.arguments.values(), given)):
                return next(v for k, v in vars(case.expected).items() if k != "shape")
    return function

def transform(lines):
    import re
    match = re.match(r"def (\\w+)\\(", lines[0]) if lines else None
    known = match and match[1] in lab.judge.examples.all_exercises()
    return [f"{match[1]} = remembers('{match[1]}')\\n"] if known else lines

get_ipython().input_transformers_cleanup.append(transform)
"""


def link_to_gradebook(folder, notebook):
    for name, target in {"data.csv": "gradebook.db", "secret.txt": ".course_secret"}.items():
        (folder / name).symlink_to(f"../../../{target}")
    (folder / "others").symlink_to("../../a-neighbour")


HAND_INS = [
    cheat("answers-from-the-examples", "looks answers up in what the kit ships", ANSWERS),
    reads("reads-the-gradebook", "the gradebook", "/gradebook.db*"),
    reads("reads-the-reference", "the reference answers", "/source_ref/*.py"),
    reads("reads-others-work", "what others handed in", "/submitted/*/*/*.ipynb"),
    reads("reads-others-results", "what was graded before", "/autograded/**/*.ipynb"),
    reads("reads-the-course-secret", "the course's secret", "/.course_secret"),
    attack("writes-the-gradebook", "changes names and points in the gradebook", WRITE_GRADEBOOK),
    attack("credits-itself", "gives everybody extra credit with nbgrader's own library", NBGRADER),
    attack("deletes-the-course", "deletes gradebook, hand-ins and reference", DELETE),
    attack("changes-others-work", "writes into other hand-ins", CHANGE_OTHERS),
    HandIn(
        "rewrites-its-own-hand-in",
        ATTACK,
        "mends its own hand-in and its time stamp",
        together(undone("accuracy"), spy(REWRITE)),
        13,
    ),
    cheat("copies-a-neighbours-answers", "runs the answers of a classmate", COPY_ANSWERS),
    cheat(
        "imports-the-reference",
        "imports the reference and answers with it",
        IMPORT + HIJACK.format(module="source_ref.overfitting"),
    ),
    cheat(
        "imports-the-autograders",
        "imports the graders and answers with what they know",
        IMPORT + AUTOGRADERS,
    ),
    attack("leaves-links", "leaves links that a copy would follow", LINKS),
    HandIn(
        "hands-in-links",
        ATTACK,
        "hands in links to the gradebook beside the notebook",
        together(link_to_gradebook, file("notes.txt", "notes")),
    ),
    HandIn(
        "hands-in-links-and-reads-them",
        ATTACK,
        "reads files through links it handed in",
        together(
            link_to_gradebook,
            spy("for name in ('data.csv', 'secret.txt'):\n    look(name)\nlook_below('others')"),
        ),
    ),
]
