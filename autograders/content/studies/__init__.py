"""The results tables of the course, one module per notebook that has any."""

import importlib
import pkgutil

from lab.examples import in_order

_MODULES = {
    module.name: importlib.import_module(f"{__name__}.{module.name}")
    for module in pkgutil.iter_modules(__path__)
}
NOTEBOOKS = {
    name: _MODULES[name].STUDIES
    for name in in_order(_MODULES)
    if hasattr(_MODULES[name], "STUDIES")
}
"""For each notebook its tables by name, each a `Study`."""
