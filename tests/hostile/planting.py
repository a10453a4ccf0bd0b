"""Attacks by files: handed in beside the notebook, or left where a program looks for them."""

import os

from tests.hostile.handins import (
    ATTACK,
    BROKEN,
    PLANTED,
    HandIn,
    early,
    file,
    together,
    undone,
)
from tests.hostile.spy import attack

PLANT = f"# {PLANTED}\n"
EVIL = (
    PLANT
    + """\
import os, sys
print("it", "worked", __name__, sep="-")
sys.stderr.write("-".join(["it", "worked"]) + "\\n")
with open(os.path.join(os.path.expanduser("~"), "imported.txt"), "a") as mark:
    mark.write("-".join(["planted", "by", "a", "hand", "in"]))
"""
)
CHECK_SAYS_RIGHT = """
def check(name):
    print(f"{name} is right: 5 points.")

def ready(*names):
    return True
"""
SHADOWS = (
    "numpy",
    "json",
    "random",
    "socket",
    "struct",
    "IPython",
    "nbformat",
    "sitecustomize",
    "usercustomize",
    "autograders",
    "source_ref",
    "conftest",
    "antigravity",
)
CONFIGS = (
    "nbgrader_config.py",
    "jupyter_config.py",
    "ipython_config.py",
    "ipython_kernel_config.py",
    "jupyter_nbconvert_config.py",
    "jupyter_client_config.py",
)
MATPLOTLIBRC = f"backend: module://evil_backend  {PLANT}"
HOME_FILES = """
home = os.path.expanduser("~")
for path in (
    ".jupyter/nbgrader_config.py", ".jupyter/jupyter_config.py", ".jupyter/custom/custom.js",
    ".ipython/profile_default/startup/00-first.py", ".ipython/profile_default/ipython_config.py",
    ".ipython/extensions/autoreload.py", ".config/matplotlib/matplotlibrc",
    ".config/matplotlib/stylelib/default.mplstyle", ".local/etc/jupyter/nbgrader_config.py",
    ".local/share/jupyter/kernels/python3/kernel.json", ".bashrc", ".profile", ".pythonrc.py",
    ".local/lib/python%d.%d/site-packages/usercustomize.py" % sys.version_info[:2],
    ".local/lib/python%d.%d/site-packages/x.pth" % sys.version_info[:2],
    ".config/pip/pip.conf", ".gitconfig", ".ssh/authorized_keys",
):
    plant(os.path.join(home, path))
for variable in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR", "MPLCONFIGDIR", "XDG_CONFIG_HOME", "TMPDIR"):
    if variable in os.environ:
        plant(os.path.join(os.environ[variable], "matplotlibrc"))
"""
PATH_FILES = """
import jupyter_core.paths, site
folders = [*sys.path, *site.getsitepackages(), site.getusersitepackages(), *courses(), ".", "..",
           *jupyter_core.paths.jupyter_config_path(), *jupyter_core.paths.jupyter_path()]
for folder in dict.fromkeys(folders):
    for name in ("sitecustomize.py", "usercustomize.py", "nbgrader_config.py", "x.pth",
                 "lab/judge/randomness.py", "autograders/judge/grader.py",
                 "notebooks/overfitting/lab/check.py"):
        plant(os.path.join(folder or ".", name))
"""
CACHES = """
import glob, importlib.util, marshal
for module in ("lab.check", "lab.judge.expected", "autograders.grading.rounds",
               "source_ref.overfitting"):
    for course in courses():
        path = os.path.join(course, module.replace(".", "/") + ".py")
        if os.path.exists(path):
            try:
                plant(importlib.util.cache_from_source(path))
                plant(path)
                worked(path)
            except OSError:
                pass
"""
REPORTS = """
for name in ("overfitting.html", "feedback.html", "index.html", "solution.html", "notes.txt",
             "overfitting.ipynb", "timestamp.txt", "evil.js", ".htaccess"):
    plant(name)
"""


def files(contents):
    """Hand in files, by name."""
    return together(*(file(name, content) for name, content in contents.items()))


def pipe_beside(folder, notebook):
    os.mkfifo(folder / "data.pipe")


def sparse_beside(folder, notebook):
    with (folder / "data.bin").open("wb") as target:
        target.truncate(200 * 2**30)


def loop_of_links(folder, notebook):
    (folder / "data").symlink_to(".")
    (folder / "more").symlink_to("more")
    (folder / "root").symlink_to("/")


def deep_folder(folder, notebook):
    """A thousand folders in each other: longer than any path may be."""
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(1000):
            os.mkdir("deeper")
            os.chdir("deeper")
    finally:
        os.chdir(here)


def odd_names(folder, notebook):
    for name in (b"\xff\xfe.txt", b"new\nline.txt", b"\x1b[31mred.txt", b"-rf", b"a" * 255, b"*"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as target:
            target.write(PLANT.encode())


def many_files(folder, notebook):
    (folder / "data").mkdir()
    for number in range(5000):
        (folder / "data" / f"{number}.txt").write_text(PLANT)


def locked_folder(folder, notebook):
    (folder / "data").mkdir()
    (folder / "data" / "x.txt").write_text(PLANT)
    (folder / "data").chmod(0)


def lab_is_a_link(folder, notebook):
    for entry in sorted((folder / "lab").rglob("*"), reverse=True):
        entry.rmdir() if entry.is_dir() else entry.unlink()
    (folder / "lab").rmdir()
    (folder / "lab").symlink_to("../../../source_ref")


def plants(name, says, prepare, points=16, kind=ATTACK, **others):
    return HandIn(name, kind, says, prepare, points, **others)


HAND_INS = [
    plants(
        "brings-its-own-kit",
        "hands in a lab whose check says right",
        together(undone(), file("lab/check.py", PLANT + CHECK_SAYS_RIGHT)),
        0,
    ),
    plants(
        "brings-its-own-package",
        "hands in modules that the notebook imports",
        files({f"{name}.py": EVIL for name in SHADOWS}),
    ),
    plants(
        "brings-packages",
        "hands in packages that the graders import",
        files({f"{name}/__init__.py": EVIL for name in (*SHADOWS, "matplotlib", "nbgrader")}),
    ),
    plants(
        "brings-settings",
        "hands in settings of Jupyter's programs",
        files(dict.fromkeys(CONFIGS, EVIL)),
    ),
    plants(
        "brings-figure-settings",
        "hands in settings and a back-end of matplotlib's",
        files({"matplotlibrc": MATPLOTLIBRC, "evil_backend.py": EVIL}),
    ),
    plants(
        "brings-hidden-files",
        "hands in hidden files and start-up files",
        files(
            {
                ".env": PLANT,
                "x.pth": "import os",
                ".ipython/profile_default/startup/0.py": EVIL,
                ".jupyter/nbgrader_config.py": EVIL,
                "__pycache__/numpy.pyc": PLANT,
            }
        ),
    ),
    plants(
        "brings-a-report",
        "hands in a page that stands where feedback will",
        files(
            {
                "overfitting.html": f"<script>alert(1)</script>{PLANT}",
                "notes.html": PLANT,
                "timestamp.txt": "not a time at all",
            }
        ),
    ),
    plants("brings-a-kit-that-is-a-link", "lab is a link to the reference", lab_is_a_link),
    plants(
        "writes-its-own-kit",
        "a cell writes lab/check.py and loads it again",
        together(
            undone(),
            early(
                "import importlib, lab.check\nopen('lab/check.py', 'w').write("
                f"{CHECK_SAYS_RIGHT!r})\nimportlib.reload(lab.check)\nfrom lab.check import check"
            ),
        ),
        0,
    ),
    attack("plants-in-the-home", "leaves settings in the instructor's home", HOME_FILES),
    attack("plants-on-the-path", "leaves modules wherever Python looks", PATH_FILES),
    attack("plants-in-the-project", "changes the graders' own modules", CACHES),
    attack("plants-reports", "leaves files where feedback is made", REPORTS),
    plants("pipe-beside-the-notebook", "a pipe beside the notebook", pipe_beside),
    plants(
        "sparse-file-beside-the-notebook",
        "200 GB of nothing beside it",
        sparse_beside,
        ends_by="disk",
    ),
    plants("loop-of-links-beside-the-notebook", "links to themselves beside it", loop_of_links),
    plants("deep-folder-beside-the-notebook", "1,000 nested folders beside it", deep_folder),
    plants("odd-names-beside-the-notebook", "file names that are no text", odd_names),
    plants("many-files-beside-the-notebook", "5,000 files beside it", many_files, kind=BROKEN),
    plants(
        "locked-folder-beside-the-notebook", "a folder nobody may open", locked_folder, kind=BROKEN
    ),
]
