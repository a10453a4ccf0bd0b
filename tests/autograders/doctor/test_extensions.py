"""Which of nbgrader's extensions are on, from the files that Jupyter reads."""

import json
import pathlib
import sys

import pytest

from autograders.doctor import extensions
from autograders.doctor.extensions import PAGE, SERVER
from autograders.doctor.trouble import Kind

ALL = {*SERVER, "create-assignment"}
OFF = ("formgrader", "course-list", "create-assignment")


def write(folder, file, content):
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def switch(folder, name, on, level=""):
    """Switch the server's half of an extension, as Jupyter's command does."""
    content = {"ServerApp": {"jpserver_extensions": {SERVER[name]: on}}}
    write(folder, f"jupyter_server_config.d/{SERVER[name]}.json", content)


def disable(folder, **switches):
    names = {PAGE.format(name=name.replace("_", "-")): off for name, off in switches.items()}
    write(folder, "labconfig/page_config.json", {"disabledExtensions": names})


@pytest.fixture
def environment(tmp_path):
    """The folder of settings of an environment as nbgrader installs itself there: all is on."""
    folder = tmp_path / "environment" / "etc" / "jupyter"
    switches = dict.fromkeys(SERVER.values(), True)
    content = {"ServerApp": {"jpserver_extensions": switches}}
    write(folder, "jupyter_server_config.d/nbgrader.json", content)
    return folder


@pytest.fixture
def hub(environment):
    """The same, after what does not belong to students was switched off."""
    disable(environment, formgrader=True, course_list=True, create_assignment=True)
    for name in ("formgrader", "course-list"):
        switch(environment, name, False)
    return environment


def named(troubles):
    return [(each.kind, each.fields["name"]) for each in troubles]


def test_all_is_on_as_nbgrader_comes(environment):
    assert extensions.on([environment]) == ALL
    found = extensions.students(environment, [environment])
    assert named(found) == [(Kind.NOT_OFF, name) for name in OFF]


def test_what_is_off_for_students_is_off(hub):
    assert extensions.on([hub]) == {"assignment-list", "validate-assignment"}
    assert named(extensions.students(hub, [hub])) == []


def test_half_an_extension_is_off(environment):
    switch(environment, "formgrader", False)
    assert "formgrader" not in extensions.on([environment])
    switch(environment, "formgrader", True)
    disable(environment, formgrader=True)
    assert "formgrader" not in extensions.on([environment])


def test_the_first_folder_wins(hub, tmp_path):
    graders = tmp_path / "graders"
    switch(graders, "course-list", True)
    disable(graders, course_list=False)
    assert "course-list" in extensions.on([graders, hub])
    assert "course-list" not in extensions.on([hub, graders])
    assert "formgrader" not in extensions.on([graders, hub])


def test_the_course_s_own_jupyterlab_needs_the_formgrader(environment, hub):
    ((kind, name),) = named(extensions.graders(hub, [hub]))
    assert (kind, name) == (Kind.NOT_ON, "formgrader")


def test_a_student_who_has_no_list_is_named(hub):
    switch(hub, "assignment-list", False)
    assert named(extensions.students(hub, [hub])) == [(Kind.NOT_ON, "assignment-list")]


def test_the_whole_package_can_be_off(environment):
    content = {"disabledExtensions": {"@jupyter/nbgrader": True}}
    write(environment, "labconfig/page_config.json", content)
    assert extensions.on([environment]) == set()
    write(environment, "labconfig/page_config.json", {"disabledExtensions": ["@jupyter/nbgrader"]})
    assert extensions.on([environment]) == set()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ServerApp": {}}'])
def test_a_file_that_says_nothing_is_passed_over(environment, text):
    (environment / "jupyter_server_config.d" / "a.json").write_text(text)
    (environment / "jupyter_server_config.json").write_text(text)
    assert extensions.on([environment]) == ALL


def test_nbgrader_has_no_other_extensions():
    """What is installed here is what the table names."""
    folder = pathlib.Path(sys.prefix) / "etc" / "jupyter"
    file = folder / "jupyter_server_config.d" / "nbgrader.json"
    switches = json.loads(file.read_text())["ServerApp"]["jpserver_extensions"]
    assert set(switches) == set(SERVER.values())
