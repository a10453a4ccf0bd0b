#!/bin/sh
# A new gradebook needs a command on PATH, an old one does not.
#
# One would expect: `Gradebook("sqlite:///gradebook.db")` works in any Python that can import nbgrader.
# What happens: where the file is new, nbgrader starts the program `alembic` to write one line into
#   it. Called by the environment's own Python without its folder on PATH (cron, a service,
#   /opt/course/bin/python script.py), the first use ends in "No such file or directory: 'alembic'",
#   and leaves tables without that line. The second use finds a file and succeeds.
# Seen with: nbgrader 0.9.6, alembic of 2026, Python 3.11. 2026-11-28.
# What a course should do: put the environment's bin in front of PATH in whatever starts nbgrader.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
cd "$folder"
cat > look.py <<'END'
import sqlite3
from nbgrader.api import Gradebook
for use in ["first", "second"]:
    try:
        with Gradebook("sqlite:///gradebook.db") as book:
            print(use, "use: students", book.students)
    except FileNotFoundError as error:
        print(use, "use:", error)
tables = {name for name, in sqlite3.connect("gradebook.db").execute("select name from sqlite_master")}
print("version written:", "alembic_version" in tables)
END
seen=$(PATH=/usr/bin:/bin venv/bin/python -W ignore look.py 2>/dev/null)
echo "$seen"
[ "$seen" = "first use: [Errno 2] No such file or directory: 'alembic'
second use: students []
version written: False" ]
