"""JupyterLab in a real browser: a server of its own, and a tab in which a notebook is open."""
