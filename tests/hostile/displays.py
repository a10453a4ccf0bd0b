"""Attacks on the reader's browser through outputs, stored outputs and metadata."""

import nbformat

from tests.hostile.handins import cell, early, together, whole
from tests.hostile.scripts import ELSEWHERE, IMAGE, PIXEL, REMOTE, RUN, SCRIPT, SVG, script

OUTPUTS = {
    "html": ("HTML", f"from IPython.display import *\ndisplay(HTML({SCRIPT + IMAGE!r}))"),
    "svg-output": ("SVG", f"from IPython.display import *\ndisplay(SVG({SVG!r}))"),
    "javascript": ("JavaScript", f"from IPython.display import *\ndisplay(Javascript({RUN!r}))"),
    "markdown-output": ("Markdown", f"from IPython.display import *\nMarkdown({SCRIPT + IMAGE!r})"),
    "latex-output": (
        "LaTeX",
        f"from IPython.display import *\nLatex('$\\\\href{{javascript:{RUN}}}{{x}}$' + {IMAGE!r})",
    ),
    "remote-picture": (
        "a picture from elsewhere",
        f"from IPython.display import *\nImage(url={REMOTE!r})",
    ),
    "frame": (
        "a frame",
        f"from IPython.display import *\nIFrame({'http://' + ELSEWHERE!r}, 300, 300)",
    ),
    "widget": ("a widget", f"import ipywidgets\nipywidgets.HTML({IMAGE!r})"),
    "html-table": (
        "a table as pandas shows it",
        f"class Table:\n    _repr_html_ = lambda self: {'<table>' + IMAGE + '</table>'!r}\nTable()",
    ),
    "own-type": (
        "types of its own",
        "display({'application/vnd.vega.v5+json': {}, 'text/html': "
        f"{SCRIPT!r}, 'application/javascript': {RUN!r}, 'text/x-python': {SCRIPT!r}, "
        f"'application/pdf': {SCRIPT!r}}}, raw=True)",
    ),
    "picture-of-quotes": (
        "a picture whose bytes close the tag",
        "display({'image/png': '\" onerror=\"" + RUN + "\" x=\"', 'image/jpeg': "
        '\'" onerror="' + RUN + "\"'}, raw=True)",
    ),
    "picture-with-attributes": (
        "a picture whose size and text close the tag",
        f"display({{'image/png': {PIXEL!r}}}, metadata={{'image/png': {{'width': '1\" onload=\""
        f"{RUN}\"', 'alt': '\"><img src=x onerror={RUN}>', 'height': 1}}}}, raw=True)",
    ),
    "stream": ("HTML on stdout", f"print({SCRIPT + IMAGE!r})"),
    "terminal-codes": (
        "codes of the terminal on stdout",
        "print('\\x1b]8;;javascript:"
        + RUN
        + "\\x1b\\\\click\\x1b]8;;\\x1b\\\\ \\x1b[31;1m"
        + IMAGE
        + "\\x1b[2J\\x1b]0;x\\x07')",
    ),
    "exception": ("an exception's message", f"raise ValueError({SCRIPT + IMAGE!r})"),
    "exception-name": ("an exception's name", f"raise type({IMAGE!r}, (Exception,), {{}})('x')"),
    "own-traceback": (
        "a stack trace of its own",
        "class Odd(Exception):\n"
        f"    _render_traceback_ = lambda self: [{SCRIPT + IMAGE!r}]\nraise Odd",
    ),
    "source": ("the source of a cell", f"# </pre></div>{SCRIPT}{IMAGE}\n'''{IMAGE}'''"),
}
"""Scratch cells: what each shows, and its code."""


def explored(*outputs):
    """Give a cell to play with outputs that the student's own run is said to have left."""

    def change(notebook):
        playing = next(each for each in notebook.cells if each.id == "train")
        playing.outputs = [nbformat.from_dict(output) for output in outputs]
        playing.execution_count = 1

    return whole(change)


def shown(data, metadata=None):
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def raw_cell(notebook):
    for kind in ("text/html", "text/restructuredtext", "", "slides"):
        raw = nbformat.v4.new_raw_cell(SCRIPT + IMAGE)
        raw.metadata = nbformat.from_dict({"raw_mimetype": kind, "format": kind})
        notebook.cells.append(raw)


def titles(notebook):
    """Script in the metadata that a template may print."""
    evil = f'"></title></style></script>{SCRIPT}{IMAGE}'
    notebook.metadata.update(
        title=evil,
        authors=[{"name": evil}],
        language_info={
            "name": evil,
            "pygments_lexer": evil,
            "mimetype": evil,
            "codemirror_mode": evil,
            "file_extension": evil,
        },
        kernelspec={"name": "python3", "display_name": evil, "language": evil},
    )


def tags(notebook):
    """Script in ids, tags and names of cells."""
    evil = f'x"><img src=x onerror={RUN}>'
    for number, each in enumerate(notebook.cells):
        each.metadata["tags"] = [*each.metadata.get("tags", []), evil]
        each.metadata["slideshow"] = {"slide_type": evil}
        each.metadata["name"] = each.metadata["jupyter"] = evil
        if not each.metadata.get("nbgrader"):
            each.id = f"{number}{evil}"
    extra = nbformat.v4.new_code_cell("1")
    extra.metadata.nbgrader = {
        **cell(notebook, "check_predict").metadata.nbgrader,
        "grade_id": evil,
    }
    notebook.cells.append(extra)


def counts(notebook):
    for each in notebook.cells:
        if each.cell_type == "code":
            each.execution_count = f"<img src=x onerror={RUN}>"


def widgets(value):
    """Return a notebook's metadata with the state of a widget that shows some HTML."""
    model = {
        "model_name": "HTMLModel",
        "model_module": "@jupyter-widgets/controls",
        "model_module_version": "2.0.0",
        "state": {"value": value},
    }
    kept = {"version_major": 2, "version_minor": 0, "state": {"a": model}}
    return {"application/vnd.jupyter.widget-state+json": kept}


VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "a", "version_major": 2}}


HAND_INS = [
    *(
        script(f"shows-{name}", f"{what} as an output", early(code))
        for name, (what, code) in OUTPUTS.items()
    ),
    script(
        "left-html-in-an-explore-cell",
        "stored HTML under a cell that is not run",
        explored(
            shown({"text/html": SCRIPT + IMAGE}),
            shown({"image/svg+xml": SVG}),
            shown({"application/javascript": RUN}),
            shown({"text/markdown": IMAGE}),
        ),
    ),
    script(
        "left-a-picture-in-an-explore-cell",
        "stored pictures whose bytes close the tag",
        explored(
            shown({"image/png": f'" onerror="{RUN}'}),
            shown({"image/gif": f'"><{SCRIPT}'}),
            shown(
                {"image/png": PIXEL},
                {
                    "image/png": {
                        "alt": f'"><img src=x onerror={RUN}>',
                        "width": f'1" onload="{RUN}',
                    }
                },
            ),
        ),
    ),
    script(
        "left-an-error-in-an-explore-cell",
        "a stored error of HTML",
        explored(
            {
                "output_type": "error",
                "ename": IMAGE,
                "evalue": SCRIPT,
                "traceback": [SCRIPT, IMAGE, "\x1b[31m" + IMAGE],
            }
        ),
    ),
    script(
        "left-widget-state",
        "stored widgets",
        together(
            explored(shown(VIEW)),
            whole(lambda n: n.metadata.update(widgets=widgets(IMAGE + SCRIPT))),
        ),
    ),
    script("raw-cells", "raw cells of HTML", whole(raw_cell)),
    script("titles", "script in the notebook's metadata", whole(titles)),
    script("tags", "script in ids, tags and names of cells", whole(tags), refused="no notebook"),
    script(
        "execution-counts", "script as the number of a run", whole(counts), refused="no notebook"
    ),
    script(
        "script-in-a-given-cell",
        "script in the given prose",
        whole(
            lambda n: [
                each.update(source=SCRIPT + IMAGE)
                for each in n.cells
                if each.cell_type == "markdown" and not each.metadata.get("nbgrader")
            ]
        ),
    ),
]
