"""Binder can build the repository; repo2docker says so without building, which needs Docker."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from autograders import ROOT

pytestmark = pytest.mark.usefixtures("slow")

PROGRAMS = pathlib.Path(sys.executable).parent


def dockerfile(folder):
    """Let repo2docker read a folder; return its exit status and all that it says."""
    done = subprocess.run(
        [PROGRAMS / "repo2docker", "--no-build", "--debug", folder],
        cwd=folder,
        # only what this environment and the system bring: no docker
        env={"PATH": f"{PROGRAMS}{os.pathsep}{os.defpath}", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def conda_entries(file):
    """Return the entries of an environment file."""
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))["dependencies"]


@pytest.fixture
def copy(tmp_path):
    """Return a folder with what repo2docker looks at."""
    shutil.copytree(ROOT / ".binder", tmp_path / ".binder")
    shutil.copy(ROOT / "environment.yml", tmp_path)
    return tmp_path


def test_repo2docker_accepts_the_repository():
    status, said = dockerfile(ROOT)
    assert status == 0, said
    (python,) = re.findall(r"Building conda environment for python=(\S+)", said)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert SpecifierSet(project["requires-python"]).contains(f"{python}.0")
    assert 'env update -p ${NB_PYTHON_PREFIX} --file ".binder/environment.yml"' in said
    assert "RUN ./.binder/postBuild" in said


def test_repo2docker_accepts_the_instructors_environment_too(copy):
    shutil.rmtree(copy / ".binder")
    status, said = dockerfile(copy)
    assert status == 0, said
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"' in said


def test_repo2docker_refuses_what_is_no_environment(copy):
    (copy / ".binder" / "environment.yml").write_text("- python=3.12")
    status, said = dockerfile(copy)
    assert status != 0
    assert "should contain a dictionary" in said


def test_binder_has_what_a_student_has():
    binder, student = conda_entries(".binder/environment.yml"), conda_entries("lab/environment.yml")
    assert binder[0] == "python=3.12"
    assert binder[1:] == [*student[1:], "pip"]


def test_what_binder_runs_after_building_can_run():
    assert os.access(ROOT / ".binder" / "postBuild", os.X_OK)
    subprocess.run(["sh", "-n", ROOT / ".binder" / "postBuild"], check=True)
