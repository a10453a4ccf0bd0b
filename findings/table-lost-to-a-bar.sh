#!/bin/sh
# A formula with a bar takes a table away from the HTML page, and not from JupyterLab.
#
# One would expect: a table that JupyterLab shows, with |x| between dollars in one of its fields, is a
#   table in `jupyter nbconvert --to html` as well: both set formulas aside before they read Markdown.
# What happens: JupyterLab 4.6 does (looked at in a browser). nbconvert looks for the fields first,
#   counts the bars of the formula, and shows the whole table as a paragraph of dashes and bars.
#   With \vert in the place of each bar it is a table.
# Seen with: nbconvert 7.17.2, mistune 3.4.0, Python 3.11. 2026-11-28.
# What a course should do: write \vert or \lvert in tables, and test that each table of a lesson is
#   one on its page.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbconvert==7.17.2 mistune==3.4.0
cat > "$folder/look.py" <<'END'
from nbconvert import HTMLExporter
from nbformat import v4
for how, formula in [("bars", "|x|"), ("vert", r"\vert x \vert")]:
    table = f"| size | steps |\n|---|---|\n| ${formula}$ | 1 |"
    page, _ = HTMLExporter().from_notebook_node(
        v4.new_notebook(cells=[v4.new_markdown_cell(table)]))
    print(f"{how}: tables on the page: {page.count('<table')}")
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "bars: tables on the page: 0
vert: tables on the page: 1" ]
