"""Graphviz source."""
