#!/bin/sh
# nbgrader makes its exchange so that any student can put a course in the place of another.
#
# One would expect: `nbgrader release_assignment` makes a folder that everybody writes to as /tmp is
#   made, with the sticky bit, and keeps that bit where it is.
# What happens: an exchange that is missing gets the mode 777. One that has another mode is set to
#   777, and a sticky bit that was there (1775) is taken away. In a folder without it any user may
#   rename the folder of a course that is not theirs, and make one of that name: the others fetch
#   it, run its code, and hand in to it.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: make the exchange by hand with 1777, and the course's folder in it, before
#   anybody else can; look at both before each release.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
export PATH="$folder/venv/bin:$PATH" PYTHONWARNINGS=ignore
mkdir -p "$folder/course/release/ps1"
echo '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}' >"$folder/course/release/ps1/p.ipynb"
cd "$folder/course"
release() {
    nbgrader release_assignment ps1 --course=c --force --Exchange.root="$1" >said 2>&1
    stat -c %a "$1"
}
{
    echo "missing: $(release "$folder/missing")"
    mkdir "$folder/there"
    chmod 1775 "$folder/there"
    echo "1775: $(release "$folder/there")"
} | tee "$folder/seen"
[ "$(cat "$folder/seen")" = "missing: 777
1775: 777" ]
