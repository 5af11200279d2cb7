"""Formulas in characters: a file for each notation, from plain text and LaTeX to spoken words.

`notation` is the contract of one, `write` says which shapes a formula has, `stretches` and `breaking` where lines end.
"""
