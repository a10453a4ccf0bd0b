#!/bin/sh
# quit() in one cell ends the kernel under a later one.
#
# One would expect: the cell that says quit() is the last that runs, and is named when it ends.
# What happens: ipykernel only asks for its end there. Cells that follow at once still run, with
#   right outputs. The kernel goes as soon as it is idle a tenth of a second later: after the first slow
#   cell, and "Kernel died" is said of the innocent one behind that. Where all cells are quick, all
#   pass. Which answers of a hand-in count depends on the machine.
# Seen with: ipykernel 7.4.0, nbclient 0.11.0, Python 3.11. 2026-11-28.
# What a course should do: replace quit and exit by something that does nothing before it runs a
#   student's cells, or run each exercise in a kernel of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbclient==0.11.0 ipykernel==7.4.0
cat > "$folder/look.py" <<'END'
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat import v4
for slow in [0, 3]:
    cells = [v4.new_code_cell(s) for s in ["quit()", "print('after quit')",
             f"import time; time.sleep({slow}); print('waited')", "print('last')"]]
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "P", "language": "python"}
    try:
        NotebookClient(notebook).execute()
        end = "no error"
    except DeadKernelError as error:
        end = str(error)
    print(f"{slow} s: {['printed' if c.outputs else '-' for c in cells]} {end}")
END
seen=$("$folder/venv/bin/python" "$folder/look.py" 2>/dev/null)
echo "$seen"
[ "$seen" = "0 s: ['-', 'printed', 'printed', 'printed'] no error
3 s: ['-', 'printed', 'printed', '-'] Kernel died" ]
