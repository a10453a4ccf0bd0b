#!/bin/sh
# A student who deletes the test has no 0, but a place in the queue of a person.
#
# One would expect: a hand-in without the course's test cell gets 0 for it, or the test put back.
# What happens: `nbgrader autograde` restores what was changed in a cell, and not a cell that is gone.
#   Its grade has no automatic score and waits for a mark by hand, beside the answers in prose.
#   Where nobody marks test cells, it waits for ever; a student sees 0, an export counts 0,
#   and "needs manual grading" never goes away.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: after each run list the test cells without an automatic score, and put
#   the course's own cells back before it grades.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
cat > "$folder/grade.py" <<'END'
import pathlib, shutil
from nbformat import read, v4, write
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

root = pathlib.Path("course").resolve()
config = Config()
config.CourseDirectory.root = str(root)
api = NbGraderAPI(config=config)

def cell(source, grade_id, **more):
    return v4.new_code_cell(source, metadata={"nbgrader": dict(dict(schema_version=3, task=False,
        grade=False, solution=False, locked=False, cell_type="code", grade_id=grade_id), **more)})

cells = [cell("x = 1", "answer", solution=True),
         cell("assert x == 2", "test", grade=True, locked=True, points=3)]
(root / "source" / "one").mkdir(parents=True)
write(v4.new_notebook(cells=cells, metadata={"kernelspec": {
    "name": "python3", "display_name": "P", "language": "python"}}), root / "source" / "one" / "one.ipynb")
assert api.generate_assignment("one", create=True)["success"]
for student, kept in [("wrong", 2), ("deleted", 1)]:
    folder = root / "submitted" / student / "one"
    shutil.copytree(root / "release" / "one", folder)
    notebook = read(folder / "one.ipynb", 4)
    notebook.cells = notebook.cells[:kept]
    write(notebook, folder / "one.ipynb")
    assert api.autograde("one", student)["success"]
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        (grade,) = book.find_submission("one", student).notebooks[0].grades
        print(f"{student}: automatic score {grade.auto_score}, waits for a person {grade.needs_manual_grade}")
END
cd "$folder"
PATH="$folder/venv/bin:$PATH" python -W ignore grade.py 2>log | tee seen
[ "$(cat seen)" = "wrong: automatic score 0.0, waits for a person False
deleted: automatic score None, waits for a person True" ]
