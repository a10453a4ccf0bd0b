"""The student's process: how it is started, walled in, asked and watched, and what may come of it.

It touches processes, and a scratch folder of its own. Nothing that comes out of it is believed:
it is parsed, bounded and made inert here. It never imports content, the judge or a gradebook.
"""

__all__ = [
    "bubblewrap",
    "forkserver",
    "launcher",
    "limits",
    "plain",
    "remote",
    "sanitize",
    "session",
]
