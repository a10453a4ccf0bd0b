"""Write requirements.txt anew: every package pinned, with hashes, what the demo needs first.

`make lock` calls it. `uv` resolves for all Pythons and platforms at once; names given as
arguments may move to a newer version, all of them with --upgrade.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
RESOLVE = (
    *("uv", "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)
DEMO = ("grading",)
"""The extras that the demo, grading and learning need."""
BUILT = ("yattag",)
"""What comes without a wheel, and is built by the setuptools of the lock."""
HEADS = ("# the demo, grading, learning", "# maintainers", "# built here")


def entries(text):
    """Return a lock's entries, each with its hashes, by the lines that begin them."""
    return re.findall(r"^\S.*(?:\n[ ]{4}.*)*", text, re.M)


def name(entry):
    """Return the name of an entry's package."""
    return re.split(r"[=\s]", entry)[0]


def resolved(out, *arguments):
    """Resolve pyproject.toml into a file; return its entries."""
    subprocess.run([*RESOLVE, *arguments, "pyproject.toml", "-o", str(out)], cwd=ROOT, check=True)
    return entries(out.read_text(encoding="utf-8"))


def main(arguments):
    """Resolve everything, then what the demo needs of it; write both parts."""
    moved = arguments if arguments == ["--upgrade"] else [f"-P{each}" for each in arguments]
    with tempfile.TemporaryDirectory() as folder:
        everything, demo = (pathlib.Path(folder) / each for each in ("all.txt", "demo.txt"))
        everything.write_text(
            "\n".join(line for line in LOCK.read_text().splitlines() if not line.startswith("#"))
        )
        found = resolved(everything, "--all-extras", *moved)
        demo.write_text(everything.read_text())
        first = {name(each) for each in resolved(demo, *(f"--extra={each}" for each in DEMO))}
    parts = (
        [each for each in found if name(each) in first],
        [each for each in found if name(each) not in {*first, *BUILT}],
        [each for each in found if name(each) in BUILT],
    )
    text = "\n\n".join("\n".join([head, *part]) for head, part in zip(HEADS, parts, strict=True))
    LOCK.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
