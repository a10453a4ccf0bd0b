"""The kit that a notebook imports and that travels with every release.

``data`` draws the points, ``network`` is the given network, ``training``
trains it with the student's own functions, ``plots`` draws, ``explore`` lets
things be moved, ``results`` shows what many draws say, ``check`` compares an answer with the
worked examples in ``examples``, ``guesses`` keeps what is guessed, ``progress`` says how far the
checks are and how close the guesses came.
"""
