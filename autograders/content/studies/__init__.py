"""The results tables of the course, one module per assignment that has any."""
