"""Attacks on the reader's browser: script and requests in what feedback and formgrader show.

Every payload sets ``window.ran`` or asks for something from the host `ELSEWHERE`, so that a
browser tells whether it did anything.
"""

import base64

from tests.hostile.handins import (
    ATTACK,
    HandIn,
    answer,
    on,
    written,
)

ELSEWHERE = "elsewhere.invalid"
"""A host that exists nowhere; a page that asks for it has loaded something for a student."""

RUN = "window.ran=1"
SCRIPT = f"<script>{RUN}</script>"
IMAGE = f'<img src="x" onerror="{RUN}">'
REMOTE = f"http://{ELSEWHERE}/pixel.png"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"><script>{RUN}</script></svg>'
DATA_PAGE = "data:text/html;base64," + base64.b64encode(SCRIPT.encode()).decode()
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU"
    "lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

ANSWERS = {
    "script": ("a script", SCRIPT),
    "image-with-onerror": ("an image that fails", IMAGE),
    "svg": ("an SVG with a script", SVG),
    "iframe": ("a frame with a page of its own", f"<iframe srcdoc='{SCRIPT}'></iframe>"),
    "data-frame": ("a frame of a data: page", f'<iframe src="{DATA_PAGE}"></iframe>'),
    "object": ("an embedded object", f'<object data="{DATA_PAGE}"></object><embed src="{REMOTE}">'),
    "style": ("a style sheet from elsewhere", f"<style>@import url({REMOTE});</style>"),
    "style-attribute": (
        "a background from elsewhere",
        f'<p style="background:url({REMOTE})">because</p>',
    ),
    "link": ("a style sheet by link", f'<link rel="stylesheet" href="{REMOTE}">'),
    "meta-refresh": (
        "a page that goes elsewhere",
        f'<meta http-equiv="refresh" content="0;url=http://{ELSEWHERE}/">',
    ),
    "base": ("another base for every link", f'<base href="http://{ELSEWHERE}/"><img src="a.png">'),
    "remote-image": ("an image from elsewhere", f"![curve]({REMOTE})"),
    "remote-media": (
        "sound and film from elsewhere",
        f'<video src="{REMOTE}" autoplay></video><audio src="{REMOTE}" autoplay>',
    ),
    "details": ("an event without a click", f'<details open ontoggle="{RUN}">x</details>'),
    "focus": ("an event of the keyboard", f'<input autofocus onfocus="{RUN}">'),
    "javascript-link": ("a link that is a script", f"[the answer](javascript:{RUN})"),
    "encoded-link": (
        "the same, encoded",
        f"[a](java&#115;cript:{RUN}) <a href='&#x6A;avascript:{RUN}'>b</a>",
    ),
    "form": (
        "a form over the page",
        f'<form action="http://{ELSEWHERE}/"><button>Next student</button></form>',
    ),
    "closing-tags": ("tags that close the page", f"</div></div></body></html>{SCRIPT}<!--"),
    "broken-tags": (
        "tags that parsers read differently",
        f"<<script>{RUN}//<</script> <scr<script>ipt>{RUN}</scr</script>ipt> "
        f"<math><mtext></p><style><img src=x onerror={RUN}></style></mtext></math>",
    ),
    "template": (
        "marks of template languages",
        "{{ self.__init__.__globals__ }} {% raw %} ${7*7} <%= 7 * 7 %> {#",
    ),
    "formula": (
        "script in a formula",
        f"$\\href{{javascript:{RUN}}}{{x}}$ $$\\unicode{{<img "
        f"src=x onerror={RUN}>}}$$ $</script>{SCRIPT}$",
    ),
    "code-block": (
        "script in a block of code",
        f'```"><img src=x onerror={RUN}>\n</code></pre>{SCRIPT}\n```',
    ),
    "autolink": (
        "a link in angle brackets",
        f'<javascript:{RUN}> <http://{ELSEWHERE}/"onclick={RUN}>',
    ),
}
"""Written answers: what each is, and its text."""

SHOWN = {
    "returned-text": ("a text", f"{SCRIPT + IMAGE!r}"),
    "returned-type": ("a type's name", f"type({IMAGE!r}, (), {{}})()"),
    "returned-keys": ("a dict's keys", f"{{{IMAGE!r}: {SCRIPT!r}}}"),
    "returned-dtype": ("a field's name", f"np.zeros((1, 3), dtype=[({IMAGE!r}, float)])"),
    "raised-message": (
        "an exception's message",
        f"(_ for _ in ()).throw(ValueError({SCRIPT + IMAGE!r}))",
    ),
    "raised-name": (
        "an exception's name",
        f"(_ for _ in ()).throw(type({IMAGE!r}, (Exception,), {{}})())",
    ),
    "printed": ("what it prints", f"print({SCRIPT + IMAGE!r}) or print('\\x1b[2J')"),
}
"""Answers to the first exercise, whose text, type or error a message may quote."""


def attached(name, kind, content):
    def change(each):
        each.source += f"\n\n![x](attachment:{name})"
        each.attachments = {name: {kind: content}}

    return on("written_two_curves", change)


def script(name, says, prepare, points=16, **others):
    return HandIn(name, ATTACK, says, prepare, points, **others)


HAND_INS = [
    *(
        script(f"written-{name}", f"{what} in the written answer", written(f"It turns.\n\n{text}"))
        for name, (what, text) in ANSWERS.items()
    ),
    *(
        script(
            name,
            f"script in {what} of an exercise",
            answer("compute_cost", f"def compute_cost(A3, Y):\n    return {expression}"),
            11,
        )
        for name, (what, expression) in SHOWN.items()
    ),
    script(
        "attaches-an-svg",
        "an SVG attached to the written answer",
        attached("x.svg", "image/svg+xml", base64.b64encode(SVG.encode()).decode()),
    ),
    script(
        "attaches-a-page",
        "a page attached to the written answer",
        attached("x.html", "text/html", base64.b64encode(SCRIPT.encode()).decode()),
    ),
    script(
        "attaches-quotes",
        "an attachment whose name and bytes close the tag",
        attached(f'x" onerror="{RUN}', f'image/png" onerror="{RUN}', f'" onerror="{RUN}'),
    ),
]
