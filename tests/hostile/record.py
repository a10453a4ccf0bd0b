"""Try the whole list on a grader and record, as a table, what held.

``python -m tests.hostile.record stock`` or ``ours``; with names after it only those. What is
recorded beside this module already is left as it is unless named; docs/attacks.md is
written from it. nbgrader as it comes runs each student's code beside the gradebook, so its
hand-ins are tried in small classes, and a class that was damaged is tried again by halves.
"""

import argparse
import importlib.metadata
import json
import pathlib
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed

from tqdm.auto import tqdm

from autograders import ROOT
from tests.hostile import box, browsing, trial, verdict
from tests.hostile.handins import ATTACK, ATTACKS, BROKEN, THEMES, UNLUCKY, all_hand_ins, of_module

RECORD = pathlib.Path(__file__).with_name("attacks.json")
TABLE = ROOT / "docs" / "attacks.md"

ALONE = ("violence", "exhaustion", "files")
"""Modules whose hand-ins stop nbgrader as it comes: each is tried alone."""

CLASS_OF, OURS_CLASS_OF = 20, 70
"""How many hand-ins of a kind are a class; no class is so large that its loss costs much."""

SECONDS_BEFORE, SECONDS_EACH = 300, 60
"""How long a grader may take for a class, on a busy machine."""

WHOLE_CLASS = "the whole class"
"""What the record says of all hand-ins together."""

HELD, NOT_HELD, OPEN = "held", "**not held**", "not tried"
KINDS = {
    ATTACK: "Attacks: held where nothing leaks, changes or stays, and the right points remain",
    BROKEN: "Broken files and notebooks: held where they lose only what is missing, "
    "or are refused while the class is graded",
    UNLUCKY: "Honest, unlucky notebooks: held where they lose only what is missing",
}
HEAD = """\
# Hostile, broken and unlucky hand-ins

Each line is a hand-in of `tests/hostile`. It was tried in a box of bubblewrap's, in a course
with secrets that must not leak, files that must not change and services nobody may reach
(`tests/hostile/canaries.py`). It was tried on {stock} as it comes, which runs every cell, so
that there the cells to play with were emptied and `lab` lay beside the notebook; and on this
course's grader, with its usual limits; `not tried` says where it was not. Where a hand-in
aims at a reader's browser, its feedback and the page that formgrader's template makes of it
were opened in Chromium. A grading that had not ended after {before} seconds, and {each} more
for each hand-in of its class, was stopped. The reason is the first thing that did not hold.

Made by `python -m tests.hostile.record` from `tests/hostile/attacks.json`. `make test` tries
this course's grader on all of them, with tighter limits of time, and `make endure` with its own.

| | hand-ins | {stock} held | this course's grader held |
|---|---|---|---|
"""
COLUMNS = "| hand-in | what it tries | {stock} | this course's grader |\n|---|---|---|---|\n"
STOCK_NAME = "nbgrader {version}"


def main():
    """Try what is asked for, and write record and table."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.record", description=__doc__)
    parser.add_argument("which", choices=("stock", "ours", "table"))
    parser.add_argument("names", nargs="*", help="all that are not recorded yet unless named")
    parser.add_argument("--workers", type=int, default=2, help="trials at a time")
    options = parser.parse_args()
    if options.which != "table":
        problem = box.missing()
        if problem:
            sys.exit(problem)
        known = _recorded().get(options.which, {})
        names = options.names or [name for name in all_hand_ins() if name not in known]
        for found in _tried(options.which, names, options.workers):
            _save(options.which, found)
            TABLE.write_text(table(_recorded()), encoding="utf-8")
    TABLE.write_text(table(_recorded()), encoding="utf-8")


def _tried(which, names, workers):
    """Yield, as they come, dicts from a name to the lines of what did not hold."""
    classes = _classes(names) if which == "stock" else _by(OURS_CLASS_OF, names)
    start = trial.released(which)
    with ThreadPoolExecutor(1 if which == "ours" else workers) as pool:
        waiting = {pool.submit(_try, which, each, start) for each in classes}
        with tqdm(total=len(names), disable=not sys.stderr.isatty()) as bar:
            while waiting:
                future = next(as_completed(waiting))
                waiting.remove(future)
                try:
                    found, again = future.result()
                except BaseException:  # say so at once, not when all others have been tried
                    pool.shutdown(cancel_futures=True)
                    raise
                waiting |= {pool.submit(_try, which, each, start) for each in again}
                bar.update(len(found))
                yield found
    shutil.rmtree(start)


def _classes(names):
    """Return small classes of hand-ins that do not harm each other, as far as one knows."""
    classes = []
    for module in (*ATTACKS, *THEMES):
        own = [each.name for each in of_module(module) if each.name in names]
        classes += _by(1 if module in ALONE else CLASS_OF, own)
    return classes


def _by(size, names):
    return [names[start : start + size] for start in range(0, len(names), size)]


def _try(which, names, start):
    """Try a class; return what was found, and the smaller classes to try again."""
    listed = all_hand_ins()
    seconds = SECONDS_BEFORE + SECONDS_EACH * len(names)
    with tempfile.TemporaryDirectory() as folder:
        kept = pathlib.Path(folder)
        report = trial.report(which, names, seconds, kept, start)
        students = report["students"]
        trouble = [*report["class"], *verdict.neighbours(students)]
        if which == "stock" and trouble and len(names) > 1:
            middle = len(names) // 2
            return {}, [names[:middle], names[middle:]]
        browsed = browsing.did(kept, names, ours=which == "ours")
    strict = which == "ours"
    found = {
        name: verdict.unkept(listed[name], students.get(name), strict) + browsed.get(name, [])
        for name in names
    }
    if which == "stock":
        found = {name: [*lines, *trouble] for name, lines in found.items()}
    else:
        found |= {WHOLE_CLASS: trouble} if trouble else {}
    return found, []


def _recorded():
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def _save(which, found):
    record = _recorded()
    record["stock_version"] = importlib.metadata.version("nbgrader")
    listed = {*all_hand_ins(), WHOLE_CLASS}
    known = {**record.get(which, {}), **found}
    record[which] = {name: lines for name, lines in known.items() if name in listed}
    RECORD.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True)
    RECORD.write_text(text + "\n", encoding="utf-8")


def table(record):
    """Return the table as markdown.

    Parameters
    ----------
    record : dict
        stock_version; for "stock" and "ours" a dict from a hand-in's name to the lines
        of what did not hold.
    """
    stock = STOCK_NAME.format(version=record.get("stock_version", ""))
    limits = {"before": SECONDS_BEFORE, "each": SECONDS_EACH}
    text, parts = HEAD.format(stock=stock, **limits), []
    for kind, title in KINDS.items():
        listed = [each for each in all_hand_ins().values() if each.kind == kind]
        counts = [_count(record.get(which, {}), listed) for which in ("stock", "ours")]
        text += f"| {title.split(':')[0]} | {len(listed)} | {counts[0]} | {counts[1]} |\n"
        rows = [
            f"| {each.name} | {_plain(each.says)} | {_shown(record.get('stock', {}), each)} "
            f"| {_shown(record.get('ours', {}), each)} |\n"
            for each in listed
        ]
        parts.append(f"\n## {title}\n\n{COLUMNS.format(stock=stock)}{''.join(rows)}")
    return text + "".join(parts)


def _count(found, listed):
    tried = [each.name for each in listed if each.name in found]
    if not tried:
        return OPEN
    held = sum(1 for name in tried if not found[name])
    return f"{held} of {len(tried)}" if len(tried) < len(listed) else str(held)


def _shown(found, each):
    if each.name not in found:
        return OPEN
    lines = found[each.name]
    return f"{NOT_HELD}: {_plain(lines[0])}" if lines else HELD


def _plain(text):
    """Return text that a cell of a markdown table shows as it is."""
    text = "".join(c if c.isprintable() else "?" for c in text)[:160]
    for mark in "\\`*_<>|[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("://", "\\://")  # no link either


if __name__ == "__main__":
    main()
