"""What written answers are marked by, one module per assignment that has any.

Whoever marks reads it with ``python -m autograders rubric``, and whoever learns alone beside an
answer of their own. It goes into no release.
"""
