#!/bin/sh
# A test cell that went through a text notebook counts as changed.
#
# One would expect: a notebook kept as a script (py:percent) or in MyST, as jupytext pairs them, gives
#   back the cells that it was made of.
# What happens: an empty line at the end of a cell is gone, in MyST one at its beginning, too. nbgrader
#   knows its test cells by a checksum of their text: such a cell counts as changed by the student
#   in validation, and is overwritten when graded. Light scripts and plain Markdown keep them.
# Seen with: jupytext 1.19.6, nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: release from the .ipynb, and let no cell begin or end in an empty line.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58 jupytext==1.19.6
cat > "$folder/look.py" <<'END'
import jupytext
from nbformat import v4
from nbgrader.utils import compute_checksum
cell = v4.new_code_cell("assert f(1) == 2\n", metadata={"nbgrader": dict(schema_version=3,
    grade_id="test", grade=True, locked=True, solution=False, task=False, points=1)})
notebook = v4.new_notebook(cells=[cell], metadata={"kernelspec": {
    "name": "python3", "display_name": "Python 3", "language": "python"}})
for form in ["py:percent", "md:myst", "py:light", "md"]:
    back = jupytext.reads(jupytext.writes(notebook, form), form).cells[0]
    same = compute_checksum(back) == compute_checksum(cell)
    print(f"{form}: {back.source!r}, checksum {'the same' if same else 'another'}")
END
seen=$("$folder/venv/bin/python" -W ignore "$folder/look.py" 2>/dev/null)
echo "$seen"
[ "$seen" = "py:percent: 'assert f(1) == 2', checksum another
md:myst: 'assert f(1) == 2', checksum another
py:light: 'assert f(1) == 2\n', checksum the same
md: 'assert f(1) == 2\n', checksum the same" ]
