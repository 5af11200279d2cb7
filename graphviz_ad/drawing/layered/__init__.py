"""A layered layout of our own (K. Sugiyama, S. Tagawa, M. Toda 1981): columns, the order in each, straight lines.

What reads a value from far away hangs on one rail, with a tap for each reader, so that the work and the figure grow
with the graph and not with the lengths of all arrows together.
"""
