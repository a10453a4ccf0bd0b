"""The section on JupyterHub as data: what it installs is what students need, and what CI has."""

import ast
import json
import re

import pytest
import yaml
from traitlets.config import Config

from autograders import ROOT
from autograders.settings import course_id
from tests.hub import guide

SETTINGS = "/etc/jupyterhub/jupyterhub_config.py"
FILES = {step.file: step.text for step in guide.steps() if step.file}
TYPED = "\n".join(step.text for step in guide.steps() if step.language == "sh")


@pytest.fixture(scope="module")
def hub():
    """What the hub's settings set, by name."""
    c = Config()
    exec(FILES[SETTINGS], {"get_config": lambda: c})
    return {
        f"c.{section}.{name}": value
        for section, settings in c.items()
        for name, value in settings.items()
    }


def test_students_get_the_packages_of_their_notebooks():
    (line,) = re.findall(r"^/opt/jupyterhub/bin/pip install (.*)$", TYPED, re.M)
    wanted = yaml.safe_load((ROOT / "lab" / "environment.yml").read_text())["dependencies"]
    names = {each.split()[0] for each in wanted} - {"python"}
    assert names | {"nbgrader"} == {each.split("==")[0] for each in line.split()} - {"jupyterhub"}


def test_both_environments_have_the_same_hub_and_it_is_the_one_that_is_tested():
    versions = set(re.findall(r"jupyterhub==([\d.]+)", guide.SECTION))
    (pinned,) = re.findall(r"^jupyterhub==(.*)$", (ROOT / "tests/hub/pins.txt").read_text(), re.M)
    assert versions == {pinned}
    assert f"JupyterHub {pinned}" in guide.SECTION


def test_what_the_system_needs_is_what_ci_installs():
    (sentence,) = re.findall(r"^The system needs (.*?); so Debian", guide.SECTION, re.M)
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for package in re.findall(r"`([\w-]+)`", sentence):
        assert f"needs {package} " in ci, package


def test_service_group_and_exchange_are_called_like_the_course(hub):
    (service,) = hub["c.JupyterHub.services"]
    assert service["name"] == course_id()
    assert list(hub["c.JupyterHub.load_groups"]) == [f"formgrade-{course_id()}"]
    assert f'course_id = "{course_id()}"' in FILES["/etc/jupyter/nbgrader_config.py"]
    assert f"/exchange/{course_id()}\n" in TYPED


def test_groups_have_the_form_of_today_and_a_service_has_time_to_start(hub):
    for group in hub["c.JupyterHub.load_groups"].values():
        assert set(group) == {"users"}
    assert hub["c.JupyterHub.services"][0]["timeout"] >= 300


def test_frames_are_allowed_in_the_course_s_own_jupyterlab_alone(hub):
    (program, option) = hub["c.JupyterHub.services"][0]["command"]
    assert program == "/srv/week_one/.venv/bin/jupyterhub-singleuser"
    settings = ast.literal_eval(option.removeprefix("--ServerApp.tornado_settings="))
    assert settings == {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
    assert guide.SECTION.count("Content-Security-Policy") == 1


def test_nobody_is_let_in_but_a_group_of_the_system(hub):
    (group,) = hub["c.PAMAuthenticator.allowed_groups"]
    assert f"groupadd {group}\n" in TYPED
    assert not [name for name in hub if "allow_all" in name or "allowed_users" in name]


def test_nothing_is_switched_where_it_has_no_effect(hub):
    assert "--system" not in TYPED and "--user" not in TYPED and "--level=user" not in TYPED
    (override,) = hub["c.Spawner.group_overrides"].values()
    folder = override["spawner_override"]["environment"]["JUPYTER_CONFIG_PATH"]
    settings = [file for file in FILES if file.startswith(folder)]
    assert len(settings) == 2
    for file in settings:
        json.loads(FILES[file])
