"""Vectors and matrices in numbers, by numpy, which systems of numbers do without."""
