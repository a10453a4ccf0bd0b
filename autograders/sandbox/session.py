"""A student's notebook while it is graded: its process, its time, and what to do when it dies."""

from autograders import inert
from lab.ask import Stopped

NOT_IN_TIME = "it did not end within {seconds:g} seconds"
NO_TIME_LEFT = "the time for the whole notebook, {seconds:g} seconds, is used up"
DIED = "it ended the notebook's kernel"
TOO_MUCH_MEMORY = "it used more than {megabytes:,.0f} MB of memory"
TOO_MUCH_BACK = "what came back has more than {megabytes:g} MB"
LEFT_OUT = (
    "This cell was left out when grading: {reason}. "
    "The kernel was started again and the cells before it were run again."
)
LEFT_OUT_UNRUN = "This cell was not run when grading: {reason}."


class Lost(Exception):
    """The student's process is gone, or had to be ended; the message says why."""


class OwnFault(Exception):
    """Our own side failed, so nothing can be said of the hand-in; the message says how."""


class Session:
    """Runs cells and asks functions, in one process after the other if need be.

    Parameters
    ----------
    launch : callable
        ``launch()`` starts a student's process: an object with ``run(source, seconds)``,
        which returns outputs, ``ask(question, seconds)``, which returns bytes, both raising
        `Lost`, with ``spent``, the time it has used, and ``close()``. All of these raise
        `OwnFault` where it is not the student's process that failed.
    limits : Limits
    """

    def __init__(self, launch, limits):
        self._launch, self._limits = launch, limits
        self._process = None
        self._ran: list[str] = []
        self._spent_before = 0.0
        self._lost = None

    @property
    def spent(self):
        """The time used so far, in seconds."""
        return self._spent_before + (self._process.spent if self._process else 0.0)

    def run(self, source):
        """Run a cell; return its outputs, or one that says why it was left out."""
        words = LEFT_OUT_UNRUN
        try:
            process, seconds = self._ready(), self._seconds(self._limits.cell)
            words = LEFT_OUT
            found = process.run(source, seconds)
        except Lost as lost:
            self._end()
            return inert.outputs([_note(words.format(reason=lost))])
        self._ran.append(source)
        return inert.outputs(found)

    def begin(self):
        """Begin another exercise: one that cost the process costs no other one."""
        self._lost = None

    def ask(self, question):
        """Return the answer to a packed question.

        Raises
        ------
        Stopped
            If the process did not answer, or did not at an earlier question of the exercise.
        """
        if self._lost is None:
            try:
                return self._ready().ask(question, self._seconds(self._limits.call))
            except Lost as lost:
                self._end()
                self._lost = str(lost)
        raise Stopped(self._lost)

    def close(self):
        """End the process and all that it started."""
        self._end()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def _seconds(self, most):
        left = self._limits.notebook - self.spent
        if left <= 0:
            raise Lost(NO_TIME_LEFT.format(seconds=self._limits.notebook))
        return min(most, left)

    def _ready(self):
        """Return the process, started again with the cells that ran before where it is gone."""
        self._seconds(1.0)
        if self._process is None:
            self._process = self._launch()
            again, self._ran = self._ran, []
            for source in again:
                try:
                    self._process.run(source, self._seconds(self._limits.cell))
                except Lost:  # it ran before, so this is bad luck or bad will: leave it out
                    self._end()
                    self._ran += again[len(self._ran) + 1 :]
                    return self._ready()
                self._ran.append(source)
        return self._process

    def _end(self):
        process, self._process = self._process, None
        if process is not None:
            self._spent_before += process.spent
            process.close()


def _note(text):
    return {"output_type": "stream", "name": "stdout", "text": text}
