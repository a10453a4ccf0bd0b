#!/bin/sh
# `jupyter server extension disable --system` and `enable --user` change nothing, and end with 0.
#
# One would expect: an extension that its package has switched on in the environment is switched
#   off for the system, or on for one user, by the command for it; or else the command fails.
# What happens: the command looks for the extension in the one folder that it would write to. It is
#   not in there (the package put it into the environment's), so it prints "Validation failed: The
#   module ... could not be found", writes nothing, and its status is 0. Only --sys-prefix works.
# Seen with: jupyter_server 2.21.1, nbgrader 0.9.6, Python 3.11. 2026-11-28.
# What a course should do: `--sys-prefix` in the environment of all; for some, a file of settings of
#   their own in a folder that JUPYTER_CONFIG_PATH names to their servers alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 jupyter_server==2.21.1
export HOME="$folder/home" PYTHONWARNINGS=ignore
mkdir "$HOME"
name=nbgrader.server_extensions.formgrader
files() { find "$HOME" "$folder/venv/etc" -name "*$name*" | wc -l; }
look() {
    before=$(files)
    "$folder/venv/bin/jupyter" server extension "$@" $name >"$folder/said" 2>&1 && status=0 || status=$?
    grep -q "could not be found" "$folder/said" && says="could not be found" || says="done"
    echo "$*: $says, status $status, $(($(files) - before)) files written"
}
{ look disable --system; look enable --user; look disable --sys-prefix; } | tee "$folder/seen"
[ "$(cat "$folder/seen")" = "disable --system: could not be found, status 0, 0 files written
enable --user: could not be found, status 0, 0 files written
disable --sys-prefix: done, status 0, 1 files written" ]
