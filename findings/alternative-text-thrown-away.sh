#!/bin/sh
# A figure's alternative text is in the notebook, and the default HTML page does not show it.
#
# One would expect: a PNG whose metadata has "alt", as JupyterLab writes and reads it, keeps it in
#   `jupyter nbconvert --to html`.
# What happens: the default template (lab) never reads it, and nbconvert then writes "No description
#   has been provided for this image" and warns that the text is missing. The template "classic"
#   reads it, from the same file.
# Seen with: nbconvert 7.17.2, Python 3.11. 2026-11-28.
# What a course should do: bring its own template for pages that go out (one block, data_png), or
#   put the texts in afterwards, and test the page.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbconvert==7.17.2
cat > "$folder/look.py" <<'END'
import base64, re
from nbconvert import HTMLExporter
from nbformat import v4
png = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
figure = v4.new_output("display_data", data={"image/png": png},
                       metadata={"image/png": {"alt": "a falling curve"}})
notebook = v4.new_notebook(cells=[v4.new_code_cell("1", outputs=[figure])])
for template in ["lab", "classic"]:
    page, _ = HTMLExporter(template_name=template).from_notebook_node(notebook)
    print(template, re.findall(r'<img[^>]*alt="([^"]*)"', page))
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "lab ['No description has been provided for this image']
classic ['a falling curve']" ]
