"""A layered layout that knows what a computational graph means (K. Sugiyama, S. Tagawa, M. Toda 1981).

First the arrangement, which no size, label or direction has a part in: the column of each vertex (`layers`), the way
from input to output that is drawn as one straight line (`spine`), and the order in each column (`order`). Then the
figure: which items there are (`items`), where they stand (`ties`, `coordinates`, `spacing`), and the ways of the arrows
along them (`routes`).
"""
