#!/bin/sh
# On Python 3.15 `is` in the place of `==` gives the right answer for whole numbers up to 1,024.
#
# One would expect: a student's `if waited is patience` is found by one question with a number above
#   256, the largest of which CPython keeps one object. Courses have asked with 257 or 300 for that.
# What happens: Python 3.15 keeps one object of each whole number up to 1,024. The same answer passes
#   the same question there, and fails on 3.14: a score depends on the version.
# Seen with: CPython 3.14.8 and 3.15.0. No packages. 2026-11-28.
# What a course should do: ask with numbers above 1,024, here 2,000, where identity must not pass.
# It needs python3.14 and python3.15, and says so where one is not there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/largest.py" <<'END'
# made from text each time, so that the compiler cannot make one of two
print(max(n for n in range(5000) if int(str(n)) is int(str(n))))
END
for version in 3.14 3.15; do
    command -v "python$version" >/dev/null || { echo "This needs python$version, which is not here."; exit 77; }
    echo "Python $version: one object up to $("python$version" -W ignore "$folder/largest.py")" | tee -a "$folder/seen"
done
[ "$(cat "$folder/seen")" = "Python 3.14: one object up to 256
Python 3.15: one object up to 1024" ]
