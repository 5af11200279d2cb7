"""TikZ, for documents in LaTeX."""
