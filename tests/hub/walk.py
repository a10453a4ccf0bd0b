"""An evening on a real hub, in a room of its own: what was seen there, as one JSON object.

The section on JupyterHub is followed as it stands. Two students and a grader then walk, in
Chromium and at a shell.
"""

import contextlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import time
import urllib.request

from autograders import ROOT
from autograders.browser.assignments import Assignments
from autograders.browser.formgrader import Formgrader
from autograders.browser.server import SETTINGS
from autograders.browser.tab import Tab, browser
from autograders.course import catalogue, lesson, reference
from tests.hub import guide, room

HUB = "http://127.0.0.1:8000"
STARTS_WITHIN = 300  # seconds
STUDENT, OTHER, GRADER, ACCOUNT = "emmy", "alan", "grace", "grader-week_one"
PERSONS = ("ada", GRADER, OTHER, STUDENT)
OUTSIDER = "nina"
PASSWORD = "{}-knows-it"
NAME = "dropout"
COURSE = pathlib.Path("/srv/week_one")
INBOUND = pathlib.Path("/srv/nbgrader/exchange/week_one/inbound")
BECOME = "su - "
ENVIRONMENT = "PATH=/opt/jupyterhub/bin:$PATH"
ANSWER, COMMENT, GIVEN = "Units cannot lean on each other.", "Say on which.", 3
SET_BY_US = ("PYTHON", "PYTEST", "PYDEVD", "JUPYTER", "IPYTHON", "VIRTUAL_ENV", "XDG")
WINDOW = {"width": 1280, "height": 900}


def typed(text, check=True):
    """Type lines at root's shell, as they stand; return what they printed.

    A shell that is begun by a line reads those after it. The first line that fails ends all.
    """
    lines = [line for each in text.splitlines() for line in _strict(each)]
    done = subprocess.run(
        ["bash", "-e"],
        input="\n".join(lines) + "\n",
        cwd="/root",
        env=_of_root(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    print(f"$ {text}\n{done.stdout}", flush=True)
    if check and done.returncode:
        raise SystemExit(f"These lines failed ({done.returncode}):\n{text}\n{done.stdout[-3000:]}")
    return done.stdout


def _of_root():
    """Return the machine's own environment, without what the tests' Python has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SET_BY_US)}
    return {**kept, "HOME": "/root", "LANG": "C.UTF-8"}


def _strict(line):
    """Let a shell end at the first line that fails, but not while it logs out."""
    before, after = ["set +e"] * (line == "exit"), ["set -e"] * line.startswith(BECOME)
    return [*before, line, *after]


def as_person(person, text, check=True):
    """Type lines as somebody with the hub's programs on the path."""
    return typed(f"{BECOME}{person}\nexport {ENVIRONMENT}\n{text}\nexit", check)


def as_grader(text, check=True):
    """Type lines after the section's own, which make one the course's account."""
    (step,) = guide.steps("From release to feedback")
    return typed(f"{step.text}{text}\nexit", check)


def accounts(*persons):
    """Make persons that log in with a password."""
    for person in persons:
        typed(f"useradd --create-home --shell /bin/bash {person}")
    lines = "".join(f"{person}:{PASSWORD.format(person)}\n" for person in persons)
    subprocess.run(["chpasswd"], input=lines, text=True, check=True)


def follow(parts=None):
    """Follow the section's steps, of all parts but the last or of those that are named."""
    for step in guide.steps():
        if step.part not in (parts or PARTS):
            continue
        if step.file:
            path = pathlib.Path(step.file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        elif step.text.startswith("systemctl "):
            pass  # there is no service manager here; the unit is started by hand
        else:
            typed(step.text)


PARTS = list(dict.fromkeys(step.part for step in guide.steps()))[:-1]


def pin():
    """Let pip take pinned versions, for every user of the room."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^\w.*==[^\\\n]*", lock, re.M)
    own = (ROOT / "tests" / "hub" / "pins.txt").read_text(encoding="utf-8")
    pins = pathlib.Path("/etc/pins.txt")
    pins.write_text("\n".join([*lines, own]), encoding="utf-8")
    with open("/etc/pip.conf", "a") as file:
        file.write(f"[install]\nconstraint = {pins}\n")


@contextlib.contextmanager
def hub():
    """Run the hub as the section's unit says, while the block runs."""
    unit = guide.unit()
    folder = pathlib.Path(unit["WorkingDirectory"])
    folder.mkdir(mode=int(unit["StateDirectoryMode"], 8), parents=True, exist_ok=True)
    log = folder / "log"
    with log.open("wb") as out:
        running = subprocess.Popen(
            shlex.split(unit["ExecStart"]),
            cwd=folder,
            env=dict([unit["Environment"].split("=", 1)]),
            stdout=out,
            stderr=out,
        )
    try:
        _wait_for(HUB + "/hub/health", running, log)
        yield log
    except BaseException:
        print(log.read_text(errors="replace")[-8000:], flush=True)
        raise
    finally:
        running.terminate()
        running.wait()


def _wait_for(url, process, log):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise SystemExit(f"The hub did not start:\n{log.read_text(errors='replace')[-4000:]}")


class Seat:
    """Where a person's JupyterLab is, for a tab."""

    def __init__(self, url):
        self.url = url

    def address(self, path=""):
        tree = f"/tree/{path}" if path else ""
        return f"{self.url}lab{tree}?reset"


def prepare_lab(person):
    """Put away what JupyterLab would pop up, as a person's own settings."""
    for plugin, values in SETTINGS.items():
        file = pathlib.Path(
            f"/home/{person}/.jupyter/lab/user-settings/{plugin}.jupyterlab-settings"
        )
        text = json.dumps(values)
        typed(
            f"su - {person}\nmkdir -p {shlex.quote(str(file.parent))}\n"
            f"echo {shlex.quote(text)} > {shlex.quote(str(file))}"
        )


def log_in(page, person):
    """Log in to the hub with the person's password; return what the page then shows."""
    page.goto(f"{HUB}/hub/login")
    page.locator("#username_input").fill(person)
    page.locator("#password_input").fill(PASSWORD.format(person))
    page.locator("#login_submit").click()


def at_lab(chromium, person):
    """Log in, and wait for the person's JupyterLab; return a tab with it."""
    prepare_lab(person)
    page = chromium.new_context(viewport=WINDOW).new_page()
    tab = Tab(page, Seat(f"{HUB}/user/{person}/"))
    log_in(page, person)
    page.wait_for_url(re.compile(f"/user/{person}/lab"), timeout=STARTS_WITHIN * 1000)
    page.locator(".jp-Launcher").wait_for(timeout=STARTS_WITHIN * 1000)
    return tab


def menu_of_nbgrader(tab):
    """Return the entries of nbgrader's menu."""
    tab.page.goto(tab.server.address())
    tab.page.locator(".jp-Launcher").wait_for()
    tab.menu("Nbgrader")
    entries = tab.page.locator(".lm-Menu-itemLabel").all_inner_texts()
    tab.page.keyboard.press("Escape")
    return sorted(filter(None, entries))


IDS = [lesson.grade_id(cell) for cell in lesson.read(lesson.path(NAME)).cells]
WRITTEN = next(each for each in IDS if each.startswith("written_"))


def answer(tab, listed, functions, written=None):
    """Open the fetched notebook, answer these functions as the reference does, and validate."""
    for function in functions:
        tab.write(IDS.index(function), reference.source(NAME, function))
    if written:
        tab.write(IDS.index(WRITTEN), written)
    tab.run_all()
    text = tab.validate()
    tab.accept()
    listed.back()
    listed.submit(NAME)
    return text


def install(seen):
    """Follow the section from its first line to its last setting."""
    accounts(*PERSONS, OUTSIDER)
    pin()
    room.copy_of_the_repository(COURSE)
    follow()
    room.without_network()
    seen["doctor"] = as_grader(guide.commands()[0] + "\n", check=False)


def attempt_as(person, text):
    """Return the status and the words with which a person's lines end."""
    done = as_person(person, f"set +e\n{text}\necho STATUS $?", check=False)
    status = re.findall(r"STATUS (\d+)", done)
    return {"status": int(status[-1]) if status else -1, "said": done}


def other_student(seen):
    """Try what another student must not be able to do."""
    (theirs,) = [each.name for each in INBOUND.iterdir() if each.name.startswith(STUDENT)]
    notebook = INBOUND / theirs / f"{NAME}.ipynb"
    exchange = INBOUND.parent.parent
    released = INBOUND.parent / "outbound" / NAME
    seen["other"] = {
        "list": attempt_as(OTHER, f"ls {INBOUND}"),
        "list_homes": attempt_as(OTHER, f"ls /home/{STUDENT}"),
        "list_course": attempt_as(OTHER, f"ls {COURSE}"),
        "read_reference": attempt_as(OTHER, "/opt/jupyterhub/bin/python -c 'import source_ref'"),
        "replace_course": attempt_as(OTHER, f"mv {exchange}/week_one {exchange}/week_old"),
        "replace_release": attempt_as(OTHER, f"echo x > {released}/{NAME}.ipynb"),
        "read": attempt_as(OTHER, f"cat {INBOUND}/{STUDENT}*/{NAME}.ipynb"),
        "remove": attempt_as(OTHER, f"rm -r {INBOUND}/{STUDENT}*"),
        # even one who knew the name
        "rename": attempt_as(OTHER, f"mv '{INBOUND}/{theirs}' '{INBOUND}/{theirs}x'"),
        "gradebook": attempt_as(OTHER, "cat /srv/week_one/gradebook.db"),
    }
    seen["still_there"] = notebook.is_file()


def imitate():
    """Have another student put a hand-in into the exchange in somebody else's name."""
    as_person(
        OTHER,
        f"cd {INBOUND}\n"
        f"d='{STUDENT}+{NAME}+2099-01-01 00:00:00.000000 UTC+xxxxxxxxxxxx'\n"
        'mkdir "$d"\n'
        f'cp {INBOUND.parent}/outbound/{NAME}/{NAME}.ipynb "$d"\n'
        'echo "2099-01-01 00:00:00.000000 UTC" > "$d/timestamp.txt"\n'
        'chmod -R go+rX "$d"',
    )


def evening(seen, chromium):
    """Walk from release to feedback."""
    look, release, collect, grade, feedback, give_back = guide.commands()
    as_grader(release)
    functions = catalogue.functions(NAME)

    student = at_lab(chromium, STUDENT)
    seen["student_menu"] = menu_of_nbgrader(student)
    listed = Assignments(student)
    listed.open()
    listed.fetch(NAME)
    listed.open_notebook(NAME)
    seen["validated_first"] = answer(student, listed, functions[:1])
    as_grader(collect)
    other_student(seen)
    imitate()

    student.page.locator(".lm-TabBar-tab", has_text=f"{NAME}.ipynb").first.click()
    seen["validated_second"] = answer(student, listed, functions[1:], ANSWER)
    seen["submissions"] = listed.submissions(NAME).count()
    seen["collected"] = as_grader(collect)
    seen["graded"] = as_grader(grade)
    hand_in_at_a_shell(OTHER)
    as_grader(collect)

    refused(seen, chromium)
    mark(seen, chromium)
    seen["feedback"] = as_grader(f"{feedback}\n{give_back}")
    listed.open()
    listed.fetch_feedback(NAME)
    seen["page"] = listed.open_feedback(NAME).locator("body").inner_text()
    seen["owners"] = sorted({each.owner() for each in COURSE.glob("*") if each.name != "notebooks"})
    seen["doctor_after"] = as_grader(look, check=False)


def hand_in_at_a_shell(person):
    """Fetch and submit by nbgrader's commands, with nothing answered."""
    as_person(person, f"nbgrader fetch_assignment {NAME}\nnbgrader submit {NAME}")


def refused(seen, chromium):
    """Open the course's own JupyterLab as a student, and the hub as somebody outside."""
    page = chromium.new_context().new_page()
    log_in(page, OTHER)
    page.wait_for_url(re.compile("/user/|/hub/spawn"))
    answer = page.goto(f"{HUB}/services/week_one/lab")
    seen["service_for_student"] = [answer.status, page.locator("body").inner_text()[:500]]
    page = chromium.new_context().new_page()
    log_in(page, OUTSIDER)
    page.locator(".login_error").wait_for()
    seen["outsider"] = page.locator(".login_error").inner_text()


def mark(seen, chromium):
    """Grade by formgrader's button and mark a written answer, as a grader."""
    grader = at_lab(chromium, GRADER)
    seen["grader_menu"] = menu_of_nbgrader(grader)
    grader.open_nbgrader("Course List")
    link = grader.page.locator("#formgrader_list a", has_text="week_one")
    link.wait_for()
    with grader.page.context.expect_page() as opened:
        link.click()
    page = opened.value
    tab = Tab(page, Seat(f"{HUB}/services/week_one/"))
    page.wait_for_load_state()
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(re.compile("/services/week_one/lab"))
    formgrader = Formgrader(tab)
    formgrader.open()
    formgrader.row(NAME).locator(".num-submissions a").click()
    formgrader.row(OTHER).get_by_text("needs autograding").wait_for()
    seen["button"] = formgrader.press(formgrader.row(OTHER), "autograde")
    formgrader.row(OTHER).get_by_text("graded", exact=True).wait_for()
    formgrader.go("Manual Grading", NAME, NAME)
    formgrader.rows().first.wait_for()
    formgrader.frame.get_by_role("button", name="Show All Names").click()
    formgrader.rows().filter(has_text=STUDENT).get_by_role("link").first.click()
    formgrader.frame.get_by_text(ANSWER).wait_for()
    formgrader.mark(WRITTEN, GIVEN, COMMENT)


def main():
    """Follow, walk, and say what was seen."""
    seen = {}
    install(seen)
    with hub() as log:
        with browser() as chromium:
            evening(seen, chromium)
        seen["log"] = log.read_text(errors="replace")
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
