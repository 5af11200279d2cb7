"""Vectors and matrices in what is read: declarations of shapes, their notation, and the shapes of all that follows."""
