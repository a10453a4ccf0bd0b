"""Other right answers to the exercises, one module per assignment."""
