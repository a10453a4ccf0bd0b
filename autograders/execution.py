"""Running a hand-in as nbgrader does, without the cells that are there to play with."""

from nbgrader.preprocessors import Execute

from autograders import lesson

KERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"]
"""A kernel without a history file that warns nobody of how it is connected."""


class ExecuteWithoutExplore(Execute):
    """nbgrader's Execute, which passes over what the course's own notebook calls explore cells."""

    def preprocess(self, nb, resources, km=None):
        """Look up which cells are explore cells, then run the others."""
        original = lesson.read(lesson.path(resources["nbgrader"]["assignment"]))
        self.explore_ids = {cell.id for cell in original.cells if lesson.is_explore(cell)}
        return super().preprocess(nb, resources, km=km)

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, unless it is an explore cell."""
        if cell.get("id") in self.explore_ids and not cell.metadata.get("nbgrader"):
            return cell, resources
        return super().preprocess_cell(cell, resources, index)
