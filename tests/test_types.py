"""Types that check: what breaks one of the seams is red, and what keeps to them is not."""

import os
import tomllib

import pytest
from mypy import api

from autograders import ROOT
from tests.repository import files

pytestmark = pytest.mark.usefixtures("slow")
KEPT, BROKEN = "kept", "broken"

SEAMS = {
    "the student's process": (
        "from autograders.sandbox.limits import Limits\n"
        "from autograders.sandbox.session import Session\n"
        "class Process:\n"
        "    spent = 0.0\n"
        "    def run(self, source: str, seconds: float) -> list[dict[str, object]]: return []\n"
        "    def ask(self, question: bytes, seconds: float) -> {answer}: ...\n"
        "    def close(self) -> None: ...\n"
        "Session(Process, Limits())\n",
        {"answer": ("bytes", "str")},
    ),
    "what grades tasks": (
        "from concurrent.futures import Future\n"
        "from autograders.grading.workers import Workers\n"
        "from autograders.judge.grader import Graded, Task\n"
        "class Made:\n"
        "    room, lost = 1, ''\n"
        "    look_every: float | None = None\n"
        "    def submit(self, task: Task) -> 'Future[{gives}]': ...\n"
        "    @property\n"
        "    def alone(self) -> Workers: ...\n"
        "    def prepare(self, assignments: list[str]) -> None: ...\n"
        "    def look(self) -> None: ...\n"
        "    def stop(self) -> None: ...\n"
        "    def close(self) -> None: ...\n"
        "made: Workers = Made()\n",
        {"gives": ("Graded", "str")},
    ),
    "what asks a function": (
        "from lab.judge.ask import Answer, Case\n"
        "from lab.judge.examples import Examples\n"
        "from lab.judge.verdict import judge\n"
        "def ask(case: Case, seeded: bool = True) -> {gives}: ...\n"
        "judge(Examples('f', 'a', {{}}, [], [], []), ask)\n",
        {"gives": ("Answer", "str")},
    ),
    "a problem's kind": (
        "from lab.judge.problems import Kind, found\nfound({kind}, place='W1')\n",
        {"kind": ("Kind.NONE", "'W1 is still None'")},
    ),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What mypy says of each seam, kept to and broken: lines by seam and way."""
    folder, files = tmp_path_factory.mktemp("seams"), {}
    for number, (seam, (code, fields)) in enumerate(SEAMS.items()):
        ((name, ways),) = fields.items()
        for way, given in zip((KEPT, BROKEN), ways, strict=True):
            # mypy remembers a module's errors under the path of the run before
            files[seam, way] = folder / f"seam_{number}_{way}_{os.getpid()}.py"
            files[seam, way].write_text(code.format(**{name: given}), encoding="utf-8")
    before = os.getcwd()
    os.chdir(ROOT)
    try:
        out, error, _ = api.run(["--disable-error-code=empty-body", *map(str, files.values())])
    finally:
        os.chdir(before)
    assert not error
    lines = [line for line in out.splitlines() if "error:" in line]
    return {key: [x for x in lines if x.startswith(str(file))] for key, file in files.items()}


@pytest.mark.parametrize("seam", SEAMS)
def test_a_broken_seam_is_red(seam, said):
    assert said[seam, KEPT] == []
    assert said[seam, BROKEN] != []


def test_where_hand_ins_are_judged_nothing_goes_untyped():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["check_untyped_defs"]
    assert settings["warn_unreachable"]
    rest = {str(file.relative_to(ROOT)) for file in files(".py")}
    rest -= {each for each in rest if each.startswith(("tests/", "findings/"))}
    checked = tuple(each if each.endswith(".py") else f"{each}/" for each in settings["files"])
    assert {each for each in rest if not each.startswith(checked)} == {"nbgrader_config.py"}
    strict = [o["module"] for o in settings["overrides"] if o.get("disallow_untyped_defs")]
    wanted = ("lab.judge", *(f"autograders.{r}" for r in ("sandbox", "judge", "course", "grading")))
    assert {f"{room}.*" for room in wanted} <= set(strict[0])
    assert not any("follow_imports" in o for o in settings["overrides"])
