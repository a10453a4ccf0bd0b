#!/bin/sh
# nbgrader reads an hour's offset in a due date as seconds, or not at all.
#
# One would expect: one moment, written with its offset in any of ISO 8601's forms, is one moment;
#   a zone that is not known is an error.
# What happens: a time with a blank before its zone is cut into three parts. "+0100" becomes 100
#   seconds, "+01:00" and a zone's abbreviation that this machine does not use itself (CEST, PST)
#   become UTC, without a word. The exchange's own time stamps end in "-03" where c.Exchange.timezone
#   is a zone without an abbreviation (America/Sao_Paulo), which is read as 3 seconds: each hand-in
#   is three hours early. Without the blank all offsets are read rightly.
# Seen with: nbgrader 0.9.6, python-dateutil 4.0.0, TZ=UTC, Python 3.11. 2026-11-28.
# What a course should do: write due dates in UTC ("2026-03-01 11:00:00 UTC"), and leave the
#   exchange's timezone at UTC.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 sqlalchemy==2.0.58 python-dateutil==4.0.0
cat > "$folder/look.py" <<'END'
import datetime
from dateutil.tz import gettz
from nbgrader.utils import parse_utc
written = datetime.datetime(2026, 3, 1, 12, tzinfo=gettz("America/Sao_Paulo"))
for text in ["2026-03-01T12:00:00+0100", "2026-03-01 12:00:00+01:00", "2026-03-01 12:00:00 +0100",
             "2026-03-01 12:00:00 +01:00", "2026-07-01 12:00:00 CEST", "2026-07-01 12:00:00 PST",
             written.strftime("%Y-%m-%d %H:%M:%S %Z")]: # the exchange's own form
    print(text, "->", parse_utc(text).time())
END
seen=$(TZ=UTC "$folder/venv/bin/python" "$folder/look.py")
echo "$seen"
[ "$seen" = "2026-03-01T12:00:00+0100 -> 11:00:00
2026-03-01 12:00:00+01:00 -> 11:00:00
2026-03-01 12:00:00 +0100 -> 11:58:20
2026-03-01 12:00:00 +01:00 -> 12:00:00
2026-07-01 12:00:00 CEST -> 12:00:00
2026-07-01 12:00:00 PST -> 12:00:00
2026-03-01 12:00:00 -03 -> 12:00:03" ]
