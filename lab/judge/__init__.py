"""How an answer is judged: what is asked, what comes back, what differs first, as data.

It touches the worked examples in ``lab/examples`` and the function it is given, in this process
or through bytes from another one. It never imports what draws figures or makes sentences:
``lab.phrases`` does that, last.
"""

__all__ = [
    "answer",
    "ask",
    "call",
    "checks",
    "described",
    "examples",
    "excerpt",
    "expected",
    "naming",
    "own",
    "patience",
    "problems",
    "randomness",
    "traits",
    "verdict",
    "wire",
]
