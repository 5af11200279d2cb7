"""Equations as people type them.

In the order of reading: `lookalikes`, `tokens` and `nesting`; `usage` (what names are) and `dots`, before anything is
parsed; `parser` with what it is made of (`cursor`, `brackets`, `sums`, `table_calls`, `calls`), for one equation;
`definitions`, `recurrences` and `linking`, for all of them as one graph.
"""
