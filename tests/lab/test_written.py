"""Criteria come with an answer of one's own, and not before it."""

import json

import pytest

from lab import written

PLACEHOLDER = "*Write your answer here.*"
HELD = {
    "notebook": "overfitting.ipynb",
    "rubrics": [
        {
            "cell": "written_two_curves",
            "placeholder": PLACEHOLDER,
            "criteria": [
                {"points": 1, "says": "Names the step."},
                {"points": 2, "says": "Says both sides."},
                {"points": 1, "says": "Says why."},
            ],
            "sample": "It begins where the curve turns.",
        }
    ],
}
SHOWN = """\
Your answer is marked by these criteria. Give yourself the points that you have earned.
1. Names the step. (points: 1)
2. Says both sides. (points: 2)
3. Says why. (points: 1)
A sample answer. Others may be as good.
It begins where the curve turns.
"""


@pytest.fixture(autouse=True)
def there(tmp_path, monkeypatch):
    """Run where the notebook lies."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def answered(tmp_path, capsys):
    """Return what is shown beside an answer in the saved notebook."""
    (tmp_path / written.FILE).write_text(json.dumps(HELD), encoding="utf-8")

    def shown(text):
        cell = {"metadata": {"nbgrader": {"grade_id": "written_two_curves"}}, "source": text}
        other = {"metadata": {}, "source": ["Other ", "words."]}
        saved = json.dumps({"cells": [other, cell]})
        (tmp_path / "overfitting.ipynb").write_text(saved, encoding="utf-8")
        written.criteria()
        return capsys.readouterr().out

    return shown


@pytest.mark.parametrize(
    "text", [PLACEHOLDER, "", " \n", [PLACEHOLDER, "\n"], f"{PLACEHOLDER}\n\n---", "* *"]
)
def test_without_an_answer_nothing_is_shown(answered, text):
    shown = " ".join(answered(text).split())
    assert shown.startswith("Write your answer in the cell above, save the notebook (Ctrl+S), then")
    assert "turns" not in shown and "Names the step" not in shown


@pytest.mark.parametrize(
    "text", ["At step 650.", f"{PLACEHOLDER}\n\nAt step 650.", ["At ", "step"], "六百"]
)
def test_beside_an_answer_criteria_and_a_sample_are_shown(answered, text):
    assert answered(text) == SHOWN


def test_without_a_file_there_are_none(capsys):
    written.criteria()
    assert capsys.readouterr().out == (
        "There are no criteria beside this notebook. In a class a person reads your answer.\n"
    )


@pytest.mark.parametrize(
    "saved", [None, "", "[]", '{"cells": 3}', '{"cells": [3]}', '{"cells": [{}]}']
)
def test_a_notebook_that_cannot_be_read_is_told_in_one_line(tmp_path, capsys, saved):
    (tmp_path / written.FILE).write_text(json.dumps(HELD), encoding="utf-8")
    if saved is not None:
        (tmp_path / "overfitting.ipynb").write_text(saved, encoding="utf-8")
    written.criteria()
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith(
        "overfitting.ipynb cannot be read, so your answer cannot be looked for."
    )


def test_the_file_beside_the_kit_does_where_the_kernel_runs_elsewhere(
    answered, tmp_path, monkeypatch, capsys
):
    answered("At step 650.")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr(written.lab, "__file__", str(tmp_path / "lab" / "__init__.py"))
    written.criteria()
    assert capsys.readouterr().out == SHOWN
