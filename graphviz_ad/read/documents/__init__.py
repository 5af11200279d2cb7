"""Documents, as they stand: lecture notes in Markdown, LaTeX, reStructuredText, notebooks, and their formulas."""
