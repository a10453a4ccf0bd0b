#!/bin/sh
# A feedback page keeps the points that were changed after it was written.
#
# One would expect: `nbgrader generate_feedback` after a changed mark writes the page with the mark,
#   as formgrader shows it.
# What happens: the command compares the time stamp of the hand-in with the one that it kept beside
#   the page. A mark does not change the hand-in, so the page is passed over, in a line that says
#   "skipping", and exit status 0. So is a hand-in without a time stamp that was replaced and
#   graded again.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: `nbgrader generate_feedback --force` after each change, and release again.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
mkdir -p "$folder/course/source/essay" "$folder/course/submitted/ada"
cd "$folder/course"
PATH="$folder/venv/bin:$PATH"
export PYTHONWARNINGS=ignore
touch nbgrader_config.py
python - <<'END'
from nbformat import v4, write
question = v4.new_markdown_cell("Why?", metadata={"nbgrader": dict(
    schema_version=3, grade=True, solution=True, locked=False, task=False,
    points=4, grade_id="why", cell_type="markdown")})
write(v4.new_notebook(cells=[question]), "source/essay/essay.ipynb")
END
nbgrader generate_assignment essay 2>log
sed 's/Why?/Because./' release/essay/essay.ipynb > answered
mkdir submitted/ada/essay && mv answered submitted/ada/essay/essay.ipynb
nbgrader autograde essay 2>log
mark() {
    python - "$1" <<'END'
import sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    (grade,) = book.find_submission("essay", "ada").notebooks[0].grades
    grade.manual_score, grade.needs_manual_grade = float(sys.argv[1]), False
    book.db.commit()
END
}
page() {
    nbgrader generate_feedback essay "$@" 2>>log
    grep -o "Score: [0-9.]* / [0-9.]*" feedback/ada/essay/essay.html | head -n 1
}
mark 1
echo "marked 1: $(page)" | tee seen
mark 4
echo "marked 4: $(page)" | tee -a seen
echo "with --force: $(page --force)" | tee -a seen
[ "$(cat seen)" = "marked 1: Score: 1.0 / 4.0
marked 4: Score: 1.0 / 4.0
with --force: Score: 4.0 / 4.0" ]
