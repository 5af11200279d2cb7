"""What a variable of the pool is."""

from graphviz_ad.core.record import Record


class Relation(Record):
    """A variable of the pool and what it is, as an expression; both by their indices."""

    variable: int
    value: int
    assumed: bool = False
    distance: int = 0  # of equally short forms the one is taken whose variables are nearer
