"""Expressions in the forms that a textbook writes.

Of numbers: `pool` holds them, `normal_form` writes what was written as a textbook does, `textbook_form` is the shortest
of several forms. Of vectors and matrices: `indexed_terms` and `indexed` are their algebra over indices, `matrix_form`
writes what it gives as matrices.
"""
