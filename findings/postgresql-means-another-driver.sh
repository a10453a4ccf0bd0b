#!/bin/sh
# The same db_url asks for another PostgreSQL driver.
#
# One would expect: a course's `c.CourseDirectory.db_url = "postgresql://..."`, written years ago
#   and never changed, goes on with psycopg2, which nbgrader's documentation has one install.
# What happens: SQLAlchemy 2.1 reads plain postgresql:// as psycopg (version 3). An environment
#   that is made anew takes it, nbgrader sets no upper bound, and the gradebook does not open:
#   "No module named 'psycopg'", with psycopg2 installed beside it.
# Seen with: nbgrader 0.9.6, SQLAlchemy 2.0.58 beside 2.1.9, psycopg2-binary 2.9.13. 2026-11-28.
# What a course should do: name the driver, postgresql+psycopg://, and install that one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
cat > "$folder/look.py" <<'END'
import sqlalchemy
from sqlalchemy.engine import make_url
name = make_url("postgresql://grader@localhost/course").get_dialect().driver
try:
    from nbgrader.api import Gradebook
    Gradebook("postgresql://grader@localhost:1/course")
except Exception as error:
    print(name, type(error).__name__, str(error).splitlines()[0][:70], sep=" | ")
END
for version in 2.0.58 2.1.9; do
    "$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 \
        psycopg2-binary==2.9.13 sqlalchemy=="$version"
    echo "SQLAlchemy $version: $("$folder/venv/bin/python" -W ignore "$folder/look.py")" |
        tee -a "$folder/seen"
done
grep -q "^SQLAlchemy 2.0.58: psycopg2 | OperationalError" "$folder/seen"
grep -q "^SQLAlchemy 2.1.9: psycopg | ModuleNotFoundError | No module named 'psycopg'" "$folder/seen"
