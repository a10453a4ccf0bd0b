"""The random numbers of one hand-in's questions, which only who knows the secret can foresee."""

import hashlib

import numpy as np


def rng(secret: bytes, student: str, function: str, attempt: str) -> np.random.RandomState:
    """Return the generator of the questions for one exercise of one hand-in.

    The same hand-in meets the same questions; no two students do, and another
    attempt of the same student meets others.

    Parameters
    ----------
    secret : bytes
        The course's.
    student, function : str
    attempt : str
        What was handed in, as `autograders.judge.hearing.attempt` tells it from others.
    """
    parts = [secret, *(part.encode() for part in (student, function, attempt))]
    hashed = hashlib.sha256(b"".join(len(p).to_bytes(8, "big") + p for p in parts))
    return np.random.RandomState(np.frombuffer(hashed.digest(), dtype=np.uint32))
