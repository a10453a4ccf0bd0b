"""A pseudo-language: each text stands between marks, so that what is left in English is seen."""

from babel.messages.pofile import read_po, write_po

LANGUAGE = "eo"
OPEN, CLOSE = "⟦", "⟧"


def said(text):
    """Return a text in the pseudo-language."""
    return f"{OPEN}{text}{CLOSE}"


def fill(folder, leave_out=()):
    """Translate every entry of the catalogues below a folder, but for some texts."""
    for file in sorted(folder.rglob("*.po")):
        with file.open("rb") as stream:
            catalogue = read_po(stream)
        for entry in catalogue:
            if not entry.id or entry.id in leave_out:
                continue
            if entry.pluralizable:
                entry.string = tuple(said(entry.id[1]) for _ in range(catalogue.num_plurals))
            else:
                entry.string = said(entry.id)
        with file.open("wb") as stream:
            write_po(stream, catalogue)
