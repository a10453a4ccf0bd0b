"""Hints that a student may ask for, one module per notebook: at most three per exercise."""
