"""Documents as they stand, lecture notes in Markdown, LaTeX, reStructuredText and notebooks, and their formulas.

`files` finds the formulas, `statements` divides them, `reading` says what each is, `gathering` makes systems of them;
`derivatives` brings derivatives of every notation to names.
"""
