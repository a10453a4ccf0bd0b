#!/bin/sh
# A translator's tool takes the dollars out of a formula that is a link, with nothing translated.
#
# One would expect: Markdown that is cut into a catalogue and put together again without any
#   translation is the same text, as the tool promises for what it reads, formulas included.
# What happens: of "[$x$](b.md)" both dollars are written in front of the link, "$$[x](b.md)". Behind
#   them the rest of the page may be taken for a formula. "$x$" by itself and "**$w$**" stay. The
#   entry in the catalogue is wrong already, so that no translation can be right.
# Seen with: mdpo 2.1.4, Python 3.11. 2026-11-28.
# What a course should do: compare the formulas and links of each text before and after, whichever
#   tool it takes, and keep formulas out of a link's words.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check mdpo==2.1.4
cd "$folder"
printf 'The cost $J$, **$w$** and [$x$](b.md).\n' > lesson.md
venv/bin/md2po lesson.md -q --save --po-filepath lesson.po
seen="before: $(cat lesson.md)
after:  $(venv/bin/po2md lesson.md -p lesson.po)"
echo "$seen"
[ "$seen" = 'before: The cost $J$, **$w$** and [$x$](b.md).
after:  The cost $J$, **$w$** and $$[x](b.md).' ]
