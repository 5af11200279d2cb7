"""Documents, as they stand: lecture notes in Markdown, LaTeX, reStructuredText and notebooks, and what formulas they have."""
