"""Known mistakes, one module per notebook: they name what is wrong, and prove the grader."""
