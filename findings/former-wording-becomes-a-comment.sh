#!/bin/sh
# What a sentence said before is lost when a catalogue is merged a second time.
#
# One would expect: Babel reads what Babel writes: the former wording that it keeps beside a changed
#   sentence ("#| msgid", for the translator to see what has changed) is there after the next merge.
# What happens: it is read as a comment of the translator's, and written as "# | msgid". No editor
#   of catalogues knows it any more, and a second change puts nothing in its place.
# Seen with: Babel 2.19.0, Python 3.11. 2026-11-28.
# What a course should do: translate what a merge has marked before it merges again, or keep the
#   catalogues in version control and look at the difference.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
cat > "$folder/look.py" <<'END'
import io
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

def written(catalogue):
    file = io.BytesIO()
    write_po(file, catalogue, include_previous=True, omit_header=True)
    return file.getvalue()

catalogue, template = Catalog(locale="de"), Catalog()
catalogue.add("Draw a mask.", "Ziehe eine Maske.")
template.add("Draw one mask.")
catalogue.update(template)
for turn in ["first", "second"]:
    text = written(catalogue)
    print(turn, [line for line in text.decode().splitlines() if "Draw a mask." in line])
    catalogue = read_po(io.BytesIO(text), locale="de")
    catalogue.update(template)
END
seen=$("$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "first ['#| msgid \"Draw a mask.\"']
second ['# | msgid \"Draw a mask.\"']" ]
