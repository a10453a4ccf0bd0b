#!/bin/sh
# nbgrader collects what one user has put into the exchange in another one's name.
#
# One would expect: where hand-ins lie in a folder that all can write to, the name on a hand-in
#   counts only if its owner has it; check_owner, which is on, says so.
# What happens: the name of the folder decides. Where the owner is another one, a warning stands in
#   the log ("cheating attempt?"), and the hand-in is collected. With a later time in its name it
#   takes the place of the student's own.
# Seen with: nbgrader 0.9.6, Python 3.11. 2026-11-28. Needs root, to act as two users.
# What a course should do: leave out the hand-ins whose owner is another student.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[ "$(id -u)" = 0 ] || { echo "This needs root." >&2; exit 1; }
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58
export PATH="$folder/venv/bin:$PATH" PYTHONWARNINGS=ignore
mkdir -p "$folder/exchange/c/inbound" "$folder/course"
put() { # who, in whose name, when
    made="$folder/exchange/c/inbound/$2+ps1+$3 UTC+x"
    mkdir "$made"
    echo "by $1" >"$made/p.ipynb"
    echo "$3 UTC" >"$made/timestamp.txt"
    chown -R "$1" "$made"
}
put daemon daemon "2026-03-01 12:00:00.000000"
put nobody daemon "2026-03-02 12:00:00.000000"
cd "$folder/course"
nbgrader collect ps1 --course=c --Exchange.root="$folder/exchange" >said 2>&1
{ grep -o "cheating attempt" said; cat submitted/daemon/ps1/p.ipynb; } | tee "$folder/seen"
[ "$(cat "$folder/seen")" = "cheating attempt
by nobody" ]
