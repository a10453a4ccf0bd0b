"""JupyterLab in a real browser, and the pictures that are taken there.

It starts servers and a browser on folders of its own, and writes into build/ and docs/pictures/.
Nothing that grades imports it.
"""

__all__ = [
    "evening",
    "guides",
    "screenshots",
]
