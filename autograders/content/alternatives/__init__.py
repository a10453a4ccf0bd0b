"""Right answers written in other ways, one module per notebook: all must get full marks."""
