"""LaTeX, as it stands in lecture notes, brought into the tokens of text.

In the order of reading: `document` and `macros`; `lexemes`; `names`, `brackets`, `structures` and `elements`;
`formulas`. `commands` are the tables, `reading` makes a graph.
"""
