"""Random inputs, and what has to be true of whatever adgraph makes of them: `python -m tests.fuzz.run --help`.

Each module of the table in `families` makes an input of a `random.Random`, by `case` or `source`; its `check` raises an
AssertionError, or lets an exception through, where something is wrong with what becomes of the input.
"""
