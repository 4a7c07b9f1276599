"""One batch of pages in a process of its own: read, clean, annotate, make rows, validate, stage."""
