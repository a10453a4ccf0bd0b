#!/bin/sh
# A late penalty counts only the points that stood when the hand-in was autograded.
#
# One would expect: with `penalty_method = "zero"` a late hand-in has 0 points, whoever gives them.
# What happens: nbgrader computes the penalty once, while it autogrades, as a number of points: all
#   that the hand-in had then. An answer that a person marks had none. Its points come afterwards,
#   the penalty stays as it was, and the exports subtract that. Autograding again corrects it.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: compute penalties anew before each export, or autograde late hand-ins
#   again (--force) once they are marked.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
cat > "$folder/grade.py" <<'END'
import datetime, pathlib, shutil
from nbformat import read, v4, write
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

root = pathlib.Path("course").resolve()
config = Config()
config.CourseDirectory.root = str(root)
config.LateSubmissionPlugin.penalty_method = "zero"
api = NbGraderAPI(config=config)

def marked(points=None):
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        submission = book.find_submission("essay", "ada")
        if points:
            (grade,) = submission.notebooks[0].grades
            grade.manual_score, grade.needs_manual_grade = points, False
            book.db.commit()
        return submission.score, submission.late_submission_penalty

question = v4.new_markdown_cell("Why?", metadata={"nbgrader": dict(
    schema_version=3, grade=True, solution=True, locked=False, task=False,
    points=4, grade_id="why", cell_type="markdown")})
(root / "source" / "essay").mkdir(parents=True)
write(v4.new_notebook(cells=[question]), root / "source" / "essay" / "essay.ipynb")
with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
    book.add_assignment("essay", duedate=datetime.datetime(2026, 1, 1, 12))
assert api.generate_assignment("essay")["success"]
hand_in = root / "submitted" / "ada" / "essay"
shutil.copytree(root / "release" / "essay", hand_in)
notebook = read(hand_in / "essay.ipynb", 4)
notebook.cells[0].source = "Because."
write(notebook, hand_in / "essay.ipynb")
(hand_in / "timestamp.txt").write_text("2026-01-02 12:00:00 UTC")
assert api.autograde("essay", "ada")["success"]
print("marked: score %s, penalty %s" % marked(4.0))
assert api.autograde("essay", "ada")["success"]
print("autograded again: score %s, penalty %s" % marked())
END
cd "$folder"
PATH="$folder/venv/bin:$PATH" python -W ignore grade.py 2>log | tee seen
[ "$(cat seen)" = "marked: score 4.0, penalty 0.0
autograded again: score 4.0, penalty 4.0" ]
