"""What is cut, covered or hard to read among a notebook's outputs, as a browser measures it."""

from axe_playwright_python.sync_playwright import Axe

OUTPUTS = ".jp-Notebook .jp-OutputArea-output"
SHOWN = "img, table, p, select, button, .noUi-target, .noUi-handle, .widget-html-content"
APART = "img, select, button, .noUi-target, .widget-label, .widget-html-content"
SLACK = 1  # pixels, of rounding
PROBLEMS = """([outputs, shown, apart, slack]) => {
    const found = [];
    const say = (what, each) =>
        found.push(`${what}: ${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`);
    const visible = each => each.getClientRects().length > 0;
    for (const output of document.querySelectorAll(outputs)) {
        const room = output.getBoundingClientRect();
        for (const each of [...output.querySelectorAll(shown)].filter(visible)) {
            const box = each.getBoundingClientRect();
            const scrolls = /auto|scroll/.test(getComputedStyle(output).overflowX);
            if (each.tagName === "TABLE" && scrolls) continue;
            if (box.right > room.right + slack || box.left < room.left - slack)
                say("cut", each);
            if (each.scrollWidth > each.clientWidth + slack && each.clientWidth
                && getComputedStyle(each).overflowX !== "visible")
                say("cut inside", each);
        }
        const pieces = [...output.querySelectorAll(apart)].filter(visible);
        pieces.forEach((one, index) => pieces.slice(index + 1).forEach(other => {
            const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > slack && high > slack && !one.contains(other)) say("covered", other);
        }));
    }
    return found;
}"""


def problems(page):
    """Return, as lines, what is cut or covered among the outputs of the notebook that is open.

    A table that is too wide may be scrolled, as in any page; nothing else may have to be.
    """
    return page.evaluate(PROBLEMS, [OUTPUTS, SHOWN, APART, SLACK])


def unreadable(page):
    """Return the outputs whose text differs too little from what is behind it."""
    options = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    found = Axe().run(page, context=OUTPUTS, options=options).response["violations"]
    return [node["html"][:200] for violation in found for node in violation["nodes"]]
