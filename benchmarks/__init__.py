"""What one waits for, measured beside what one would use instead."""
