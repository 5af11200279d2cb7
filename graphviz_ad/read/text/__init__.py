"""Equations as people type them."""
