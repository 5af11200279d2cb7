"""Figures and derivatives in documents of Sphinx, in reStructuredText and in MyST."""
