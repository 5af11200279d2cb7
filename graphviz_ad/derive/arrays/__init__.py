"""Derivatives of vectors and matrices: over indices, in matrix notation, and their chains."""
