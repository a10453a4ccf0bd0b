#!/bin/sh
# nbconvert's sanitizer shows the tags of a plain paragraph.
#
# One would expect: `HTMLExporter.sanitize_html = True` leaves a paragraph of Markdown as it is and takes
#   out scripts.
# What happens: the list of harmless tags has code, em, h1 and table, but no p. Each paragraph of
#   each text cell is shown with "<p>" before it and "</p>" behind it.
# Seen with: nbconvert 7.17.2, bleach 6.4.0, Python 3.11. 2026-11-28.
# What a course should do: set SanitizeHTML.tags itself, with p, br, pre, span and what else its
#   texts use, and look at a page.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbconvert==7.17.2 bleach==6.4.0
cat > "$folder/look.py" <<'END'
import re
from nbconvert import HTMLExporter
from nbformat import v4
notebook = v4.new_notebook(cells=[v4.new_markdown_cell("a plain *paragraph*")])
page, _ = HTMLExporter(sanitize_html=True).from_notebook_node(notebook)
print(re.search(r"\S*a plain.*", page)[0].strip())
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "&lt;p&gt;a plain <em>paragraph</em>&lt;/p&gt;" ]
