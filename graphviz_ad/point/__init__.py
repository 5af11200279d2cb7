"""Numbers at a point: values and derivatives, traces, checks, and whether a claim of a reader is right.

`evaluate` is where numbers come from; `comparing` and `claims` judge, `proofreading` judges documents.
"""
