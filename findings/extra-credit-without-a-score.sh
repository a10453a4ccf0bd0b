#!/bin/sh
# Extra credit counts for nothing where there is no score to add it to.
#
# One would expect: two points of extra credit on an answer that waits for its mark, or whose test
#   cell the student deleted, are two points.
# What happens: extra credit is added to a manual score or to an automatic one. Where both are missing
#   the sum is missing, too, and the score is 0. Formgrader shows the two points in their field.
#   They appear the moment that anybody types a 0 beside them.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: give a score, if only 0, wherever it gives extra credit, and list the
#   grades that have the one without the other.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
cat > "$folder/grade.py" <<'END'
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    book.add_assignment("essay")
    book.add_notebook("essay", "essay")
    book.add_grade_cell("why", "essay", "essay", max_score=4, cell_type="markdown")
    book.add_student("ada")
    submission = book.add_submission("essay", "ada")
    (grade,) = submission.notebooks[0].grades
    for manual in [None, 0.0]:
        grade.manual_score, grade.extra_credit = manual, 2.0
        book.db.commit()
        book.db.refresh(submission)
        print(f"manual score {manual}, extra credit 2.0: score {submission.score}")
END
cd "$folder"
PATH="$folder/venv/bin:$PATH" python -W ignore grade.py 2>log | tee seen
[ "$(cat seen)" = "manual score None, extra credit 2.0: score 0.0
manual score 0.0, extra credit 2.0: score 2.0" ]
