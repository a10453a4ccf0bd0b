#!/bin/sh
# Two escaped dollars are a formula.
#
# One would expect: "\$5 and \$7" shows two prices: a backslash before a dollar is Markdown's and
#   MathJax's own way to say so, and the page's MathJax is told to process escapes.
# What happens: nbconvert's Markdown takes the backslashes away and writes "$5 and $7" into the page,
#   where MathJax, with $ as delimiter, sets "5 and " as a formula. JupyterLab 4.6 does the same
#   (looked at in a browser); this script shows the page's text.
# Seen with: nbconvert 7.17.2, mistune 3.4.0, Python 3.11. 2026-11-28.
# What a course should do: write an amount in words ("5 dollars"), or have no two bare dollars in a
#   cell of text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbconvert==7.17.2 mistune==3.4.0
cat > "$folder/look.py" <<'END'
import re
from nbconvert import HTMLExporter
from nbformat import v4
notebook = v4.new_notebook(cells=[v4.new_markdown_cell(r"costs \$5 and \$7")])
page, _ = HTMLExporter().from_notebook_node(notebook)
print(re.search(r"<p>(.*)</p>", page)[1])
print("inlineMath:", re.search(r"inlineMath: \[ (\S+)", page)[1].rstrip(","))
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "costs \$5 and \$7
inlineMath: ['\$','\$']" ]
