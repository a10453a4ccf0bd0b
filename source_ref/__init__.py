"""The reference answers, one module per notebook.

Each function stands here once, with the markers around what the student
writes. The stubs in ``notebooks/`` are derived from it; nothing here ever
leaves the instructor's machines.
"""
