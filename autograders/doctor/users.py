"""Users of the system, by number and by name."""


def user(number: int) -> str:
    """Return a user's name; the number where there is none."""
    try:
        import pwd

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):  # no accounts, as on Windows; or this one is gone
        return str(number)


def number(name: str) -> int | None:
    """Return the number of a user, None where there is no such user."""
    try:
        import pwd

        return pwd.getpwnam(name).pw_uid
    except (ImportError, KeyError):
        return None
