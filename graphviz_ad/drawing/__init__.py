"""Sheets as scenes, shapes with coordinates that know no format: typesetting, layout, colours.

`typeset` has the outlines of formulas, `layered` finds the places, `panel` and `figure` put both together.
"""
