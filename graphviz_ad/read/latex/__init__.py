"""LaTeX, as it stands in lecture notes."""
