#!/bin/sh
# A failing cell under %%capture ends nothing: the notebook "ran".
#
# One would expect: `jupyter nbconvert --execute` and nbclient stop at the first cell that raises,
#   as they do without the magic, which is there to keep prints away.
# What happens: %%capture runs the cell inside, its error is shown, and the cell itself is reported
#   as done. nbclient goes on, exit status 0. nbval sees the error in the same notebook.
# Seen with: nbclient 0.11.0, nbconvert 7.17.2, ipykernel 7.4.0, ipython 9.18.1, Python 3.11.
#   2026-11-28.
# What a course should do: no %%capture above asserts, and look for outputs of type "error" after a
#   run instead of trusting its end.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbconvert==7.17.2 nbclient==0.11.0 \
    ipykernel==7.4.0 ipython==9.18.1
cd "$folder"
cat > write.py <<'END'
from nbformat import v4, write
for name, magic in [("plain", ""), ("captured", "%%capture\n")]:
    write(v4.new_notebook(cells=[v4.new_code_cell(magic + "assert 1 + 1 == 3")],
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}),
        name + ".ipynb")
END
venv/bin/python write.py
seen=$(for name in plain captured; do
    PATH="$folder/venv/bin:$PATH" jupyter nbconvert --to notebook --execute --output out $name.ipynb \
        >/dev/null 2>&1 && status=0 || status=$?
    errors=$(grep -c '"output_type": "error"' out.ipynb 2>/dev/null || true)
    echo "$name: exit status $status, errors stored ${errors:-0}"
    rm -f out.ipynb
done)
echo "$seen"
[ "$seen" = "plain: exit status 1, errors stored 0
captured: exit status 0, errors stored 1" ]
