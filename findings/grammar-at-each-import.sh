#!/bin/sh
# Reading a notebook builds a parser of web addresses.
#
# One would expect: `import nbformat` reads JSON schemas, and costs about what they cost.
# What happens: jupyter-events asks for jsonschema[format-nongpl]. From jsonschema 4.25 on that
#   extra brings rfc3987-syntax, and jsonschema imports it whenever it is there. It builds a lark
#   grammar of all IRIs at import: most of what `import nbformat` costs, and so a second of each
#   `jupyter lab`, `nbgrader` and `jupyter nbconvert`, for a format that no notebook's schema names.
# Seen with: nbformat 5.11.1, jupyter-events 0.12.1, jsonschema 4.26.0 beside 4.24.1,
#   rfc3987-syntax 1.1.0, lark 1.3.1, Python 3.11. 2026-11-28.
# What a course should do: ask for jsonschema<4.25 in what it installs, as long as commands are
#   started once for each student or test. Nothing else changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'END'
import sys, time
begun = time.process_time()
import nbformat
used = time.process_time() - begun
note = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
nbformat.validate(note)
print(int("lark" in sys.modules), round(used, 2))
END
seen() {
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/pip" install -q --disable-pip-version-check nbformat==5.11.1 \
        jupyter-events==0.12.1 jsonschema=="$1"
    "$folder/$1/bin/python" "$folder/look.py" >/dev/null # compiles what is imported
    "$folder/$1/bin/python" "$folder/look.py"
}
new=$(seen 4.26.0)
old=$(seen 4.24.1)
echo "jsonschema 4.26.0: grammar built $new s of CPU for import nbformat"
echo "jsonschema 4.24.1: grammar built $old s of CPU for import nbformat"
[ "${new%% *} ${old%% *}" = "1 0" ]
python3 -c "import sys; sys.exit(not ${new##* } > 2 * ${old##* })"
