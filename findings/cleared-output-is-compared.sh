#!/bin/sh
# nbval compares what the cell itself has cleared.
#
# One would expect: a cell that counts up with clear_output(wait=True), stored by JupyterLab or by
#   nbclient with its last line alone, passes nbval.
# What happens: nbval does not know the message that clears ("unhandled iopub msg: clear_output"),
#   keeps all lines, and fails the cell that any run stores just so. Progress bars and animations
#   of a lesson do this.
# Seen with: nbval 0.11.0, nbclient 0.11.0, ipykernel 7.4.0, Python 3.11. 2026-11-28.
# What a course should do: print progress with a carriage return, or update one display by its id
#   outside of what nbval compares, or tag the cell nbval-ignore-output.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbval==0.11.0 nbclient==0.11.0 ipykernel==7.4.0
cd "$folder"
cat > store.py <<'END'
from nbclient import NotebookClient
from nbformat import v4, write
source = "from IPython.display import clear_output\nprint(1)\nclear_output(wait=True)\nprint(2)"
notebook = v4.new_notebook(cells=[v4.new_code_cell(source)],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
NotebookClient(notebook).execute()
print("stored:", notebook.cells[0].outputs[0].text.split())
write(notebook, "lesson.ipynb")
END
seen=$(venv/bin/python store.py 2>/dev/null)
tests=$(venv/bin/python -m pytest -q -p no:cacheprovider --color=no --nbval lesson.ipynb 2>&1 || true)
seen="$seen
$(echo "$tests" | grep -o "unhandled iopub msg: clear_output")
$(echo "$tests" | grep -o "1 failed" | head -1)"
echo "$seen"
[ "$seen" = "stored: ['2']
unhandled iopub msg: clear_output
1 failed" ]
