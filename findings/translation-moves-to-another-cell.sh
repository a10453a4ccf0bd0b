#!/bin/sh
# A translation moves to a sentence of another cell that only looks alike.
#
# One would expect: a catalogue whose entries have contexts, here one for each cell of a lesson, is
#   merged context by context: where a cell is gone its translation goes with it.
# What happens: Babel looks for the most similar text among all contexts. The translation of the cell
#   that is gone is given, as fuzzy, to a cell that was never translated. In a lesson, where
#   many cells say nearly the same with one word turned round, it says the wrong one.
# Seen with: Babel 2.19.0, Python 3.11. 2026-11-28.
# What a course should do: merge with no_fuzzy_matching=True, and look for a cell's own former text
#   within its context.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
cat > "$folder/look.py" <<'END'
from babel.messages.catalog import Catalog
translated, template = Catalog(locale="de"), Catalog()
translated.add("The weights of W1 shrink.", "Die Gewichte in W1 werden kleiner.", context="cell 1")
template.add("The weights of W1 grow.", context="cell 2")
translated.update(template)
for entry in translated:
    if entry.id:
        print(f"{entry.context}: {entry.id} -> {entry.string}{' (fuzzy)' if entry.fuzzy else ''}")
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "cell 2: The weights of W1 grow. -> Die Gewichte in W1 werden kleiner. (fuzzy)" ]
