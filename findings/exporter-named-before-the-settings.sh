#!/bin/sh
# nbgrader's export looks for the exporter before it reads the course's settings.
#
# One would expect: `nbgrader export --exporter=our.Exporter` finds a class in a folder that the
#   course's nbgrader_config.py puts on sys.path, as every other plugin that the file names.
# What happens: the option is turned into a class while the command line is parsed, before the file
#   is run. Nothing of the file counts yet: "could not be imported". Named inside the file, with
#   the same sys.path, the same class is found.
# Seen with: nbgrader 0.9.6, traitlets 5.16.1, Python 3.11. 2026-11-28.
# What a course should do: name its exporter in nbgrader_config.py
#   (c.ExportApp.plugin_class), or make its folder importable where nbgrader is installed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58 traitlets==5.16.1
mkdir "$folder/plugins" "$folder/course"
cat > "$folder/plugins/ours.py" <<'END'
from nbgrader.plugins import ExportPlugin

class Exporter(ExportPlugin):
    def export(self, gradebook):
        print("ours was called")
END
cd "$folder/course"
PATH="$folder/venv/bin:$PATH"
export PYTHONWARNINGS=ignore
settings="import sys
sys.path.insert(0, '$folder/plugins')
c = get_config()"
echo "$settings" > nbgrader_config.py
look() {
    nbgrader export "$@" >said 2>&1 || true
    if grep -q "ours was called" said; then echo "found"
    elif grep -q "could not be imported" said; then echo "could not be imported"
    else tail -n 1 said; fi
}
echo "on the command line: $(look --exporter=ours.Exporter)" | tee seen
printf '%s\nc.ExportApp.plugin_class = "ours.Exporter"\n' "$settings" > nbgrader_config.py
echo "in the settings: $(look)" | tee -a seen
[ "$(cat seen)" = "on the command line: could not be imported
in the settings: found" ]
