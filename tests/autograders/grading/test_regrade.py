"""A changed exercise: the class is graded again, and who has another score is named."""

import dataclasses
import shutil

from autograders import demo, grading, lesson, regrade, release, settings
from autograders.exercises import NOTEBOOKS
from lab.examples import Part


def test_whose_score_changed_is_listed(tmp_path, monkeypatch):
    shutil.copytree(lesson.FOLDER, tmp_path / "notebooks")
    api = settings.api(tmp_path)
    release.release(api, "overfitting")
    first, *others = NOTEBOOKS["overfitting"]
    class_ = demo.hand_ins()
    for student in ("all-right", "not-clipped", "untouched-stubs"):
        demo.hand_in(tmp_path, student, "overfitting", class_[student]["overfitting"])
    assert [p for *_, p in grading.grade(api, "overfitting", workers=0) if p] == []
    assert regrade.regrade(api, ["overfitting"], workers=0) == ([], [])

    # what `not-clipped` gets wrong is worth twice as much now
    points = {"mean": 3, "ends": 2}
    parts = {name: Part(part.says, points[name]) for name, part in first.parts.items()}
    changed = [dataclasses.replace(first, parts=parts), *others]
    monkeypatch.setitem(NOTEBOOKS, "overfitting", changed)
    changes, problems = regrade.regrade(api, ["overfitting"], workers=0)
    assert problems == []
    assert [str(change) for change in changes] == [
        "not-clipped, overfitting, check_compute_cost: 4 -> 3"
    ]
