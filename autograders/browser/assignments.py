"""nbgrader's list of assignments in a tab: what a student fetches, submits and gets back."""

import re

RELEASED, FETCHED, SUBMITTED = (
    f"#{name}_assignments_list" for name in ("released", "fetched", "submitted")
)
ENTRY = "Assignment List"
TAB = ".lm-DockPanel-tabBar .lm-TabBar-tab"
LISTED = "#nbgrader-assignment-list"
NESTED = ".nested_list_item"
PAGE = ".jp-HTMLViewer iframe"
HAS_CONTENT = re.compile("^blob:")  # an empty frame is shown until the page has been fetched
VIEW = "view feedback"


class Assignments:
    """The list of assignments.

    Parameters
    ----------
    tab : autograders.browser.tab.Tab
    """

    def __init__(self, tab):
        self.tab, self.page = tab, tab.page

    def open(self):
        """Open JupyterLab anew and the list in it, by its menu."""
        self.tab.open_nbgrader(ENTRY)
        self.page.locator(f"{LISTED} .list_item").first.wait_for()

    def back(self):
        """Come back to the list from a notebook."""
        self.page.locator(TAB, has_text="Assignments").click()
        self.page.locator(LISTED).wait_for()

    def row(self, part, assignment):
        """Return the row of an assignment in one of the list's three parts."""
        title = self.page.get_by_text(assignment, exact=True)
        return self.page.locator(f"{part} > .list_item").filter(has=title)

    def fetch(self, assignment):
        """Fetch a released assignment."""
        self.row(RELEASED, assignment).locator("button").click()
        self.row(FETCHED, assignment).wait_for()

    def open_notebook(self, assignment):
        """Open the notebook of a fetched assignment and wait until its kernel is ready."""
        row = self.row(FETCHED, assignment)
        row.locator(".assignment-notebooks-link").click()
        row.locator(f"{NESTED} a").click()
        self.tab.wait_until_open()

    def submit(self, assignment):
        """Submit a fetched assignment and wait until the list shows it once more."""
        before = self.submissions(assignment).count()
        self.row(FETCHED, assignment).get_by_role("button", name="Submit").click()
        self.submissions(assignment).nth(before).wait_for()

    def submissions(self, assignment):
        """Return the lines of what has been submitted of an assignment."""
        return self.row(SUBMITTED, assignment).locator(NESTED)

    def fetch_feedback(self, assignment):
        """Fetch the feedback of an assignment, and show its folder in the file browser."""
        row = self.row(SUBMITTED, assignment)
        row.get_by_role("button", name="Fetch Feedback").click()
        row.get_by_text(VIEW).click()

    def open_feedback(self, assignment):
        """Open the fetched page of an assignment, whose folder is shown; return its frame."""
        self.page.locator(".jp-DirListing-item", has_text=f"{assignment}.html").dblclick()
        frame = self.page.locator(PAGE).element_handle().content_frame()
        frame.wait_for_url(HAS_CONTENT, wait_until="domcontentloaded")
        return frame
