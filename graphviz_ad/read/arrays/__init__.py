"""Vectors and matrices in what is read: declarations of shapes, their notation, and the shapes of all that follows.

`declarations` and `vocabulary` say what the names are, `parser` and `latex` read what stands between them, `shapes`
decides what each product is, by `sizes` that are unified.
"""
