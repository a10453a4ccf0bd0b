#!/bin/sh
# What is printed late stands under another cell, or nowhere, by how it was started.
#
# One would expect: a print that comes after its cell has ended goes to one place, whether a thread
#   or an asyncio task makes it.
# What happens: in one kernel, the thread's print stands under the cell that runs by then. The
#   task's carries the number of the cell that started it; that cell has ended, and nbclient drops it.
#   A learner sees a stranger's line under an innocent cell in the one case, and no line in the other.
# Seen with: ipykernel 7.4.0, nbclient 0.11.0, Python 3.11. 2026-11-28.
# What a course should do: wait for what a cell starts (thread.join(), await task) in the same cell,
#   and never take what is printed under a cell as a proof of what that cell did.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbclient==0.11.0 ipykernel==7.4.0
cat > "$folder/look.py" <<'END'
from nbclient import NotebookClient
from nbformat import v4
STARTS = {"thread": "import threading, time\n"
                    "def late():\n    time.sleep(1)\n    print('late')\n"
                    "threading.Thread(target=late).start()",
          "task": "import asyncio\n"
                  "async def late():\n    await asyncio.sleep(1)\n    print('late')\n"
                  "task = asyncio.create_task(late())"}
for how, start in STARTS.items():
    notebook = v4.new_notebook(cells=[v4.new_code_cell(s)
                                      for s in [start, "import asyncio\nawait asyncio.sleep(3)"]])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "P", "language": "python"}
    NotebookClient(notebook).execute()
    where = [n for n, cell in enumerate(notebook.cells, 1) if cell.outputs]
    print(how, "printed under cell", *where or ["none"])
END
seen=$("$folder/venv/bin/python" "$folder/look.py" 2>/dev/null)
echo "$seen"
[ "$seen" = "thread printed under cell 2
task printed under cell none" ]
