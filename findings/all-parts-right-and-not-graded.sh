#!/bin/sh
# All points for a right answer, and the whole hand-in fails to be graded.
#
# One would expect: a test cell worth .3 that ends in its partial credit, three parts of .1 each,
#   gives .3.
# What happens: .1 + .1 + .1 is .30000000000000004. nbgrader compares it with the cell's points
#   without any tolerance, and raises "partial credit cannot be greater than maximum points". The
#   student who is all right is the only one who fails; all other cells of the hand-in are lost
#   with it, while two parts of three are graded.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: give whole points, or end such a cell in min(round(points, 9), maximum).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
cat > "$folder/grade.py" <<'END'
import pathlib, shutil
from nbformat import read, v4, write
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

root = pathlib.Path("course").resolve()
config = Config()
config.CourseDirectory.root = str(root)
api = NbGraderAPI(config=config)

def cell(source, **nbgrader):
    return v4.new_code_cell(source, metadata={"nbgrader": dict(schema_version=3, task=False,
        grade=False, solution=False, locked=False, cell_type="code", **nbgrader)})

answer = cell("right = 0", grade_id="answer")
answer.metadata.nbgrader.solution = True
test = cell("sum(0.1 for part in range(right))", grade_id="test", points=0.3)
test.metadata.nbgrader.update(grade=True, locked=True)
(root / "source" / "parts").mkdir(parents=True)
write(v4.new_notebook(cells=[answer, test], metadata={"kernelspec": {
    "name": "python3", "display_name": "P", "language": "python"}}), root / "source" / "parts" / "parts.ipynb")
assert api.generate_assignment("parts", create=True)["success"]
for student, right in [("two", 2), ("three", 3)]:
    folder = root / "submitted" / student / "parts"
    shutil.copytree(root / "release" / "parts", folder)
    notebook = read(folder / "parts.ipynb", 4)
    notebook.cells[0].source = f"right = {right}"
    write(notebook, folder / "parts.ipynb")
    result = api.autograde("parts", student)
    print(student, "parts right:", "graded" if result["success"] else
          [line for line in result.get("log", "").splitlines() if "ValueError: " in line][-1].strip())
END
cd "$folder"
PATH="$folder/venv/bin:$PATH" python -W ignore grade.py 2>log | tee seen
[ "$(cat seen)" = "two parts right: graded
three parts right: ValueError: partial credit cannot be greater than maximum points for cell" ]
