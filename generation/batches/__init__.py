"""Many books of one kind, each with its own hero: read from a table, checked by row, made as one batch."""
