#!/bin/sh
# nbval compares nothing in a notebook whose outputs were stripped, and says "passed".
#
# One would expect: a cell that stores no output and prints something fails under --nbval, as it does
#   when it has a number.
# What happens: a cell without an execution count was never run, and is not compared. Tools that
#   strip outputs before a commit take the counts, too: from that commit on CI is green whatever
#   the lesson prints, and does not say "skipped".
# Seen with: nbval 0.11.0, ipykernel 7.4.0, Python 3.11. 2026-11-28.
# What a course should do: test that each code cell of a stored notebook has an execution count.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbval==0.11.0 ipykernel==7.4.0
cd "$folder"
cat > write.py <<'END'
from nbformat import v4, write
for name, count in [("counted", 1), ("stripped", None)]:
    write(v4.new_notebook(cells=[v4.new_code_cell("print('new')", execution_count=count)],
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}),
        name + ".ipynb")
END
venv/bin/python write.py
seen=$(for name in counted stripped; do
    echo "$name: $(venv/bin/python -m pytest -q -p no:cacheprovider --color=no --nbval $name.ipynb 2>&1 |
        grep -o "1 [a-z]*ed" || true)"
done)
echo "$seen"
[ "$seen" = "counted: 1 failed
stripped: 1 passed" ]
