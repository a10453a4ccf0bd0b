"""The course's secret, and the questions that come of it."""

import multiprocessing
import os
import pathlib
import stat

import numpy as np
import pytest

from autograders import Refused
from autograders.grading import secret
from autograders.judge import seed


def test_it_is_made_once_and_its_owner_alone_may_read_it(tmp_path):
    first = secret.read(tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.name == secret.NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert bytes.fromhex(file.read_text().strip()) == first
    assert secret.read(tmp_path) == first
    assert len(first) == secret.BYTES


def test_every_course_has_its_own(tmp_path):
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    assert len({secret.read(folder) for folder in folders}) == 2


def test_it_is_readable_by_its_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        secret.read(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / secret.NAME).stat().st_mode) == 0o600


def _read(folder, start, results):
    start.wait()
    results.put(secret.read(folder).hex())


@pytest.mark.usefixtures("slow")
def test_processes_that_start_together_agree(tmp_path):
    context = multiprocessing.get_context("fork")
    start, results = context.Barrier(6), context.Queue()
    for course in range(5):
        folder = tmp_path / str(course)
        folder.mkdir()
        processes = [context.Process(target=_read, args=(folder, start, results)) for _ in range(6)]
        for process in processes:
            process.start()
        read = {results.get(timeout=60) for _ in processes}
        for process in processes:
            process.join()
            assert process.exitcode == 0
        assert read == {secret.read(folder).hex()}
        assert [file.name for file in folder.iterdir()] == [secret.NAME]


def test_where_another_process_was_faster_its_secret_is_taken(tmp_path, monkeypatch):
    other = "ab" * secret.BYTES

    def link(source, target):
        pathlib.Path(target).write_text(other)
        raise FileExistsError(target)

    monkeypatch.setattr("os.link", link)
    assert secret.read(tmp_path).hex() == other
    assert [file.name for file in tmp_path.iterdir()] == [secret.NAME]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"nonsense", b"ab" * 31, b"ab" * 33, b"zz" * 32, b"\xff" * 64, b"ab" * 31 + b"a"],
)
def test_another_content_is_refused_and_left_as_it_is(tmp_path, content):
    file = tmp_path / secret.NAME
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        secret.read(tmp_path)
    assert str(refused.value) == (
        ".course_secret holds no secret of this course. Restore it from your backup."
    )
    assert file.read_bytes() == content


SECRET = bytes(32)
ASKED = (SECRET, "ada", "compute_cost", "digest")


def numbers(*of):
    return seed.rng(*of).randint(2**31, size=8).tolist()


def test_the_same_hand_in_meets_the_same_questions():
    assert numbers(*ASKED) == numbers(*ASKED)


@pytest.mark.parametrize(
    "other",
    [
        (b"\1" + bytes(31), *ASKED[1:]),
        (SECRET, "bob", *ASKED[2:]),
        (SECRET, "ada", "predict", "digest"),
        (SECRET, "ada", "compute_cost", "other"),
        # the same letters, parted elsewhere
        (SECRET, "adac", "ompute_cost", "digest"),
        (SECRET, "ada", "compute_costdigest", ""),
        (SECRET, "ádá", "compute_cost", "digest"),
    ],
)
def test_another_course_student_exercise_or_attempt_meets_others(other):
    assert not set(numbers(*ASKED)) & set(numbers(*other))


def test_no_generator_of_the_process_is_touched():
    np.random.seed(3)
    before = np.random.get_state()[1].tolist()
    seed.rng(*ASKED).rand(5)
    assert np.random.get_state()[1].tolist() == before
