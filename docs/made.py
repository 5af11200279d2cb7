"""The pages of the documentation that are made: `MADE` has each by its file."""

from __future__ import annotations

from files import listed
from generated import PAGES, inert

FILES = """# Files

What each file of the package is, by its own docstring; `python docs/files.py` prints the same.

"""
MADE = {**PAGES, "explanation/files.md": lambda: FILES + listed(written=inert)}
