"""The languages of symbolic systems: Maxima, Mathematica, Maple, SymPy, Julia, MATLAB."""
