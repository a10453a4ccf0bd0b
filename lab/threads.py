"""Arithmetic on one thread.

Matrices as small as the lessons' gain nothing from a second BLAS thread, and lose much where the
machine is shared: the threads then wait for each other, and burn what they wait.
"""

from threadpoolctl import ThreadpoolController

on_one = ThreadpoolController().wrap(limits=1, user_api="blas")
"""A decorator: what it calls multiplies matrices on one thread, and others as before."""
