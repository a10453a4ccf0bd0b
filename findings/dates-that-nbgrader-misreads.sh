#!/bin/sh
# A due date or a hand-in's time with a time zone may be another moment in the gradebook.
#
# One would expect: a time zone is heeded, or the date is refused.
# What happens: nbgrader.utils.parse_utc splits a text at its blanks. Where there are three parts, a
#   number at the end (+0100) becomes so many seconds, and any other last part goes to
#   dateutil.tz.gettz, which knows neither +01:00 nor CEST nor PST and gives None: then it is UTC.
#   The exchange writes the time with %Z. With c.Exchange.timezone = "Europe/Berlin" that is CEST in
#   summer, and with "America/Sao_Paulo" it is -03, which is read as three seconds.
# Seen with: nbgrader 0.9.6, python-dateutil 4.0.0, Python 3.11. 2026-11-28.
# What a course should do: give dates in UTC, or as 2026-03-01T12:00+01:00 without a blank; leave
#   c.Exchange.timezone at UTC.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check nbgrader==0.9.6 python-dateutil==4.0.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON' | tee "$folder/seen"
import datetime
from dateutil.tz import gettz
from nbgrader.utils import parse_utc

for text in ("12:00:00+01:00", "12:00:00 +01:00", "12:00:00 +0100", "12:00:00 PST"):
    print(text, "->", parse_utc(f"2026-03-01 {text}").time())
for zone in ("Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata"):
    noon = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.timezone.utc)
    written = noon.astimezone(gettz(zone)).strftime("%Y-%m-%d %H:%M:%S.%f %Z")
    print(zone, written.split()[-1], "->", parse_utc(written).time())
PYTHON
[ "$(cat "$folder/seen")" = "12:00:00+01:00 -> 11:00:00
12:00:00 +01:00 -> 12:00:00
12:00:00 +0100 -> 11:58:20
12:00:00 PST -> 12:00:00
Europe/Berlin CEST -> 14:00:00
America/Sao_Paulo -03 -> 09:00:03
Asia/Kolkata IST -> 17:30:00" ]
