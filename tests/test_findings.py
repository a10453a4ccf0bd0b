"""What findings/ says of itself, and that docs/surprises.md and it name the same."""

import re
import subprocess
import sys

import pytest

from autograders import ROOT

FOLDER = ROOT / "findings"
SCRIPTS = sorted(FOLDER.glob("*.sh"))
TABLE = (ROOT / "docs" / "surprises.md").read_text(encoding="utf-8")


def test_there_are_some():
    assert len(SCRIPTS) >= 12


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_says_what_one_expects_what_happens_and_what_to_do(script):
    text = script.read_text(encoding="utf-8")
    head = text[: text.index("set -eu")]
    places = [
        head.find(f"# {part}:")
        for part in ("One would expect", "What happens", "Seen with", "What a course should do")
    ]
    assert -1 not in places
    assert places == sorted(places)
    assert re.search(r"\b20\d\d-\d\d-\d\d\.", head)
    assert max(map(len, head.splitlines())) <= 105


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_pins_what_it_installs_and_leaves_nothing(script):
    text = script.read_text(encoding="utf-8")
    assert """folder=$(mktemp -d)\ntrap 'rm -rf "$folder"' EXIT""" in text
    lines = text.replace("\\\n", " ")
    for installed in re.findall(r"pip\" install -q --disable-pip-version-check(.*)", lines):
        assert all("==" in package for package in installed.split()), installed
    for word in ("autograders", "source_ref", "from lab"):
        assert word not in text


def test_the_table_links_to_every_script_and_names_files_that_are_there():
    assert {f"{name}.sh" for name in re.findall(r"findings/([\w-]+)\.sh", TABLE)} == {
        script.name for script in SCRIPTS
    }
    for path in re.findall(r"`((?:tests|autograders)/[\w/.]+|pyproject\.toml)`", TABLE):
        assert (ROOT / path).is_file(), path


@pytest.mark.usefixtures("slow")
def test_a_finding_that_is_not_there_is_one_line():
    done = subprocess.run(
        [sys.executable, FOLDER / "run", "no-such-finding"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("findings/run: no finding called no-such-finding; there are: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(
    ("ends", "said", "status"),
    [("exit 0", "as it was", 0), ("exit 77", "not here", 0), ("exit 1", "CHANGED", 1)],
)
def test_the_table_at_the_end_says_how_each_ended(ends, said, status, tmp_path):
    (tmp_path / "run").write_bytes((FOLDER / "run").read_bytes())
    (tmp_path / "one.sh").write_text(f"echo seen\n{ends}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == status
    assert f"one\nseen\n\none  {said}\n\n1 run, " in done.stdout
