"""The lessons as web pages: figures with their alternatives, and strips in the sliders' place."""

import copy
import html
import pathlib
import re

import jinja2
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograders import ROOT
from autograders.authoring import formulas, outputs
from autograders.course import languages, lesson
from autograders.course.catalogue import EXERCISES

FOLDER = ROOT / "build" / "site"
FRAME = pathlib.Path(__file__).with_name("page.html")
FRAGMENT = "basic"  # nbconvert's template of the cells alone; it shows the figures' alternatives
SLIDER = re.compile(r"^\s*explore\.", re.MULTILINE)
HOLD_STILL = "from lab import explore\n\nexplore.hold_still()"
STRIP_TAG = "strip"
TABLE = '<div class="wide" role="group" aria-label="Table" tabindex="0">'
"""Around each table, so that one that is wider than the page can be scrolled with the keys."""

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
INDEX = "index.html"
INDEX_TITLE = "Deep learning, week one"
INDEX_INTRO = (
    "Four lessons, to be read in this order. Here they stand still, with what the finished "
    "notebooks show. To write the functions yourself, to check them and to move the sliders, "
    "open the notebooks."
)


def build(folder=FOLDER, assignments=None):
    """Write the pages; return their paths, the index first.

    Parameters
    ----------
    folder : pathlib.Path
        Where to; files of these names are written anew.
    assignments : sequence of str, optional
        Which lessons; all of them, in the course's order, unless told otherwise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lessons = {name: lesson.read(lesson.path(name)) for name in assignments or EXERCISES}
    pages = {INDEX: index(lessons)}
    for name, notebook in lessons.items():
        pages[f"{name}.html"] = page(with_strips(notebook, strips(name)))
    for file, text in pages.items():
        (folder / file).write_text(text, encoding="utf-8")
    return [folder / file for file in pages]


def strips(assignment):
    """Run a filled notebook whose sliders are held still; return what each of their cells shows.

    Returns
    -------
    dict of str to list
        From the cell's id to its outputs.
    """
    file = outputs.fill(assignment)
    notebook = lesson.read(file)
    notebook.cells.insert(0, new_code_cell(HOLD_STILL))
    lesson.write(notebook, file)
    finished = outputs.run(file)
    outputs.check_passed(finished, assignment)
    return {cell.id: cell.outputs for cell in finished.cells[1:] if is_slider(cell)}


def is_slider(cell: NotebookNode) -> bool:
    """Tell whether a cell shows a slider."""
    return cell.cell_type == "code" and bool(SLIDER.search(cell.source))


def with_strips(notebook, found):
    """Return a copy whose sliders' cells show these outputs.

    Parameters
    ----------
    notebook : NotebookNode
    found : dict of str to list
        See `strips`.
    """
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.id in found:
            cell.outputs = found[cell.id]
            cell.metadata.tags = [*cell.metadata.get("tags", []), STRIP_TAG]
    return notebook


def page(notebook):
    """Return one lesson as the text of a web page.

    Parameters
    ----------
    notebook : NotebookNode
        With the outputs that are to be shown.
    """
    exporter = formulas.Exporter(
        template_name=FRAGMENT,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_notebook_node(notebook)
    body = body.replace("<table>", TABLE + "<table>").replace("</table>", "</table></div>")
    says = {"home": INDEX, "course": INDEX_TITLE, "language": languages.of(notebook)}
    return _framed(body, title(notebook), **says)


def index(lessons):
    """Return the page that lists the lessons, each with its first sentences.

    Parameters
    ----------
    lessons : dict of str to NotebookNode
    """
    rows = [
        f'<li><a href="{name}.html">{html.escape(title(notebook))}</a><br>{_opening(notebook)}</li>'
        for name, notebook in lessons.items()
    ]
    listed = "\n".join(["<ol>", *rows, "</ol>"])
    return _framed(f"<h1>{INDEX_TITLE}</h1>\n<p>{INDEX_INTRO}</p>\n{listed}", INDEX_TITLE)


def _framed(body, title, language=languages.ENGLISH, **more):
    template = jinja2.Environment(autoescape=True).from_string(FRAME.read_text(encoding="utf-8"))
    return template.render(body=body, title=title, language=language, **more)


def title(notebook):
    """Return the heading of a lesson."""
    return TITLE.split(notebook.cells[0].source)[1]


def _opening(notebook):
    """Return the first paragraph of a lesson as text."""
    return html.escape(TITLE.split(notebook.cells[0].source)[2].strip().split("\n\n")[0])
