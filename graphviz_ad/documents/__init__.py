"""Figures of documents: sources that stand in lecture notes, in notebooks and in what builds pages, and what is made
of them."""
