"""What students may ask for, one module per assignment."""
