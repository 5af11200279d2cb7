"""Derivatives: on each edge of a graph, along each path, and multiplied out.

`graph_view` says which nodes are vertices, `edge_derivatives` what stands on the edges between them, and `chain` what
they make together; `arrays` is the same for vectors and matrices.
"""
