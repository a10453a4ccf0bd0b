"""A language is added by the steps of docs/translate.md, released, handed in and graded."""

from autograders.authoring import translate
from autograders.course import languages, lesson
from lab import language
from tests import pseudo
from tests.course import one_line

NAME = "initialization"
RIGHT = ("initialize_parameters_zeros", "initialize_parameters_he")
IN_PSEUDO = ("--language", pseudo.LANGUAGE)


def release(course, *more):
    return course.autograders("release", NAME, *more)


def released(course):
    return lesson.read(course.root / "release" / NAME / f"{NAME}.ipynb")


def test_an_unfinished_language_is_released_only_where_that_is_asked_for(course):
    begun = course.autograders("translate", pseudo.LANGUAGE)
    assert begun.returncode == 0, begun.stderr
    assert f"languages/{pseudo.LANGUAGE}/messages.po: 0 of " in begun.stdout
    refused = one_line(release(course, *IN_PSEUDO))
    assert refused.startswith("eo is not finished for initialization")
    assert not (course.root / "release" / NAME).exists()
    done = release(course, *IN_PSEUDO, "--incomplete")
    assert done.returncode == 0, done.stderr
    assert released(course).metadata[languages.KEY] == pseudo.LANGUAGE
    sources = [cell.source for cell in lesson.original(NAME).cells]
    assert [cell.source for cell in released(course).cells] == sources


def test_a_class_of_two_languages_has_the_same_scores_and_feedback_in_each(
    course, box, monkeypatch
):
    monkeypatch.setattr(languages, "FOLDER", course.root / "languages")
    translate.merge(pseudo.LANGUAGE)
    pseudo.fill(course.root / "languages" / pseudo.LANGUAGE)
    assert release(course).returncode == 0
    course.hand_in("english", NAME, RIGHT)
    done = release(course, *IN_PSEUDO)
    assert done.returncode == 0, done.stderr
    check_release(course)
    course.hand_in("other", NAME, RIGHT)
    course.hand_in("untouched", NAME)
    tell(course.hand_in("stripped", NAME, RIGHT), None)
    tell(course.hand_in("says-english", NAME), languages.ENGLISH)
    done = course.autograders("grade", NAME)
    assert done.returncode == 0, done.stderr
    assert course.scores("english", NAME) == course.scores("other", NAME)
    assert course.scores("english", NAME) == course.scores("stripped", NAME)
    assert set(course.scores("untouched", NAME).values()) == {0}
    said = {who: feedback(course, who) for who in ("english", "other", "stripped")}
    assert pseudo.OPEN not in said["english"] and "Every part is right." in said["english"]
    assert pseudo.said("Every part is right.") in said["other"]
    assert said["stripped"] == said["other"]
    made = course.autograders("feedback", NAME)
    assert made.returncode == 0, made.stderr
    assert pseudo.said("Student's answer") in page(course, "stripped")
    assert pseudo.OPEN not in page(course, "english")
    # the lesson's own words are nobody's answer
    for who in ("english", "other", "untouched", "stripped", "says-english"):
        (answer,) = [c for c in graded(course, who) if lesson.grade_id(c).startswith("written_")]
        assert "These words of the student's" not in answer.source
        assert course.written(who, NAME)["needs_manual_grade"] is False


def page(course, student):
    return (course.root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")


def tell(folder, language):
    """Let a hand-in's metadata tell a language, or none."""
    file = folder / f"{NAME}.ipynb"
    notebook = lesson.read(file)
    notebook.metadata.pop(languages.KEY)
    notebook.metadata.update({languages.KEY: language} if language else {})
    lesson.write(notebook, file)


def check_release(course):
    assert released(course).cells[0].source.startswith(pseudo.OPEN)
    assert released(course).metadata[languages.KEY] == pseudo.LANGUAGE
    kit = (course.root / "release" / NAME / languages.IN_THE_KIT).read_bytes()
    with language.speaking(language.catalogue(kit)):
        assert language.translated("the result") == pseudo.said("the result")


def graded(course, student):
    return lesson.read(course.root / "autograded" / student / NAME / f"{NAME}.ipynb").cells


def feedback(course, student):
    checks = [cell for cell in graded(course, student) if lesson.is_check(cell)]
    return "\n".join(out["data"]["text/plain"] for cell in checks for out in cell.outputs)
