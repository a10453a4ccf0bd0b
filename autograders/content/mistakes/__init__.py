"""Known mistakes of the course, one module per assignment; long lists have one of their own."""
