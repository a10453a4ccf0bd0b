"""nbgrader's formgrader in a tab: its lists, its buttons, and the page on which a person marks."""

ENTRY = "Formgrader"
FRAME = "#formgrader-iframe iframe"
MODAL, DONE = ".modal.in", "#success-modal"
SAVED = "/formgrader/api/{what}/"


class Formgrader:
    """Formgrader, as it opens in JupyterLab.

    Parameters
    ----------
    tab : autograders.browser.tab.Tab
    """

    def __init__(self, tab):
        self.tab, self.page = tab, tab.page
        self.frame = self.page.frame_locator(FRAME)

    def open(self):
        """Open JupyterLab anew and formgrader in it, by its menu."""
        self.tab.open_nbgrader(ENTRY)
        self.rows().first.wait_for()

    def go(self, *links):
        """Follow links by their texts, one after the other."""
        for link in links:
            # or the next link would be looked for on the page that is left
            with self.page.expect_event("framenavigated"):
                self.frame.get_by_role("link", name=link, exact=True).first.click()

    def rows(self):
        """Return the rows of the list that is shown, once it is loaded."""
        return self.frame.locator("tbody tr").filter(has_not_text="Loading")

    def row(self, text):
        """Return the row of a list that has a cell with this text."""
        return self.rows().filter(has=self.page.get_by_text(text, exact=True))

    def press(self, row, button):
        """Press a button in a row, such as autograde; return what formgrader says when done."""
        row.locator(f".{button} a").click()
        modal = self.frame.locator(MODAL)
        modal.wait_for()
        said = modal.locator(".modal-title, .modal-body p").all_inner_texts()
        modal.locator(".modal-footer button").click()
        modal.wait_for(state="detached")
        return said

    def mark(self, cell, points, comment):
        """Give points for a cell of the hand-in that is shown, and write a comment."""
        # formgrader listens to a field once it has given it, or its neighbour, a placeholder
        for field in (f"#{cell}_extra_credit", f"#{cell}-comment"):
            self.frame.locator(f"{field}[placeholder]").wait_for()
        self._save("grade", self.frame.locator(f"input.score#{cell}"), f"{points}")
        self._save("comment", self.frame.locator(f"textarea#{cell}-comment"), comment)

    def _save(self, what, field, value):
        """Type into a field and leave it, which saves it."""
        with self.page.expect_response(
            lambda answer: SAVED.format(what=what) in answer.url and answer.request.method == "PUT"
        ) as answer:
            field.fill(value)
            field.press("Tab")
        answer.value.finished()
