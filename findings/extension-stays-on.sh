#!/bin/sh
# "Disabling: nbgrader's formgrader", and it stays on.
#
# One would expect: `jupyter server extension disable --user`, or `--system`, which nbgrader's guide
#   has one use on a hub so that students do not get the grader's tools, takes it off.
# What happens: in an environment of its own (venv, conda) that environment's settings come before
#   the user's and the system's, and a package that brings its own settings switches itself on there. The
#   command writes a file that nothing reads to the end, says "Disabling", exit status 0. The list
#   still says enabled. Only --sys-prefix reaches it.
# Seen with: nbgrader 0.9.6, jupyter_server 2.21.1, jupyter_core 5.9.1, Python 3.11. 2026-11-28.
# What a course should do: disable with --sys-prefix in the environment that the hub starts, and
#   look at `jupyter server extension list` as a student.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58 jupyter_server==2.21.1 jupyter_core==5.9.1
PATH="$folder/venv/bin:$PATH" HOME="$folder/home"
export PATH HOME
unset JUPYTER_CONFIG_DIR JUPYTER_PREFER_ENV_PATH 2>/dev/null || true
mkdir "$HOME"
name=nbgrader.server_extensions.formgrader
listed() { jupyter server extension list 2>&1 | sed 's/\x1b\[[0-9;]*m//g' | grep -o "$name [de][a-z]*" | sort -u; }
seen=$(for level in --user --sys-prefix; do
    jupyter server extension disable $level $name >/dev/null 2>&1 && status=0 || status=$?
    echo "disable $level: exit status $status, then" $(listed)
done)
echo "$seen"
[ "$seen" = "disable --user: exit status 0, then $name enabled
disable --sys-prefix: exit status 0, then $name disabled" ]
