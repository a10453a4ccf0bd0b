"""The benchmark of the report."""

import re

from benchmarks import reports


def test_it_says_how_many_times_reading_it_takes(capsys):
    reports.main(["--students", "1"])
    said = capsys.readouterr().out
    assert "1 students, 4 graded notebooks" in said
    assert re.search(r"[\d.]+ times what json takes", said)
